import { may, type Actor, type Scope } from './actor.ts';
import type { Permission } from './permission.ts';
import { Refusal } from './refusal.ts';

/** Goes on only for an actor who may do it for that customer and team (ORG-03). */
export function requirePermission(actor: Actor, permission: Permission, scope: Scope = {}): void {
  if (may(actor, permission, scope)) return;
  throw new Refusal('FORBIDDEN', `${actor.name} lacks the permission "${permission}"${scopeText(scope)}.`, null, { permission });
}

/** For records that an outsider must not even know of: another customer's record is answered like one that is not there. */
export function requireVisible(actor: Actor, permission: Permission, record: Scope, missing: () => Refusal): void {
  requirePermission(actor, permission);
  if (!may(actor, permission, record)) throw missing();
}

function scopeText({ customerId, teamId }: Scope): string {
  if (customerId) return ' for this customer';
  return teamId ? ' for this team' : '';
}

/** Whose records a permission lets the actor list: `may` as a filter (ORG-03). */
export function visibleCustomers(actor: Actor, permission: Permission): 'all' | readonly string[] {
  if (actor.kind === 'system') return 'all';
  const limits = actor.grants.filter(({ permissions }) => permissions.has(permission)).map(({ customerId }) => customerId);
  const own = actor.customerId;
  if (own !== null) return limits.some((limit) => limit === null || limit === own) ? [own] : [];
  return limits.includes(null) ? 'all' : limits.flatMap((limit) => (limit === null ? [] : [limit]));
}
