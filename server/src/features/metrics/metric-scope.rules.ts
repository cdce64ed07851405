import type { Actor } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permission.ts';

/** Whose records count: of those customers and teams; null stands for any. */
export interface ScopeLimit {
  readonly customerId: string | null;
  readonly teamId: string | null;
}

/** What an actor may count, narrowed to what was asked for: `may` as a filter (ORG-03). Empty: nothing. */
export function metricScope(actor: Actor, permission: Permission, asked: ScopeLimit): readonly ScopeLimit[] {
  const everything: readonly ScopeLimit[] = [{ customerId: null, teamId: null }];
  const granted = actor.kind === 'system' ? everything : actor.grants.filter(({ permissions }) => permissions.has(permission));
  return granted
    .map(({ customerId, teamId }) => ({ customerId: narrowed(narrowed(customerId, actor.customerId), asked.customerId), teamId: narrowed(teamId, asked.teamId) }))
    .flatMap(({ customerId, teamId }) => (customerId === NOTHING || teamId === NOTHING ? [] : [{ customerId, teamId }]));
}

export function isEverything(scope: readonly ScopeLimit[]): boolean {
  return scope.some(({ customerId, teamId }) => customerId === null && teamId === null);
}

const NOTHING = 'nothing';

function narrowed(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one === other ? one : NOTHING;
}
