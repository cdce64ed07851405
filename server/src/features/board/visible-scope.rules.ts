import type { Actor } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permission.ts';

/** Which customers' and teams' records an actor sees; null stands for any. A record is seen if one of them holds. */
export type VisibleScope = 'all' | readonly { readonly customerId: string | null; readonly teamId: string | null }[];

/** What a permission lets an actor see: the same answer as `may`, as a filter for lists (ORG-03). */
export function visibleScope(actor: Actor, permission: Permission): VisibleScope {
  if (actor.kind === 'system') return 'all';
  const grants = actor.grants.filter(({ permissions }) => permissions.has(permission));
  const own = actor.customerId;
  const limits = grants
    .filter(({ customerId }) => own === null || customerId === null || customerId === own)
    .map(({ customerId, teamId }) => ({ customerId: own ?? customerId, teamId }));
  return limits.some(({ customerId, teamId }) => customerId === null && teamId === null) ? 'all' : limits;
}
