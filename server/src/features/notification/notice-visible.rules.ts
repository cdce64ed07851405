import type { Actor } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permission.ts';

/** A condition with its parameters in order. */
export interface Filter {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const NOTHING: Filter = { sql: 'false', parameters: [] };

/** Which notices a person may still read: `may` as a filter on `t` (ticket) and `n` (notice), asked at every reading (ORG-03). */
export function readableNotices(actor: Actor, readPermissions: Readonly<Record<string, Permission>>): Filter {
  const tickets = Object.entries(readPermissions).map(([kind, permission]) => {
    const scope = within(actor, permission, { customer: 't.customer_id', team: 't.team_id' });
    return { sql: `(t.kind = ? and (${scope.sql}))`, parameters: [kind, ...scope.parameters] };
  });
  const others = within(actor, 'team.read', { customer: null, team: `(n.facts->>'teamId')::uuid` });
  const all = [...tickets, { sql: `(n.ticket_id is null and (${others.sql}))`, parameters: others.parameters }];
  return { sql: `(${all.map(({ sql }) => sql).join(' or ')})`, parameters: all.flatMap(({ parameters }) => parameters) };
}

function within(actor: Actor, permission: Permission, columns: { readonly customer: string | null; readonly team: string }): Filter {
  const own = actor.customerId;
  const limits = actor.grants.filter(({ permissions, customerId }) => permissions.has(permission) && (own === null || customerId === null || customerId === own));
  const parts = limits.map(({ customerId, teamId }) => limited({ customerId: own ?? customerId, teamId }, columns));
  return parts.length === 0 ? NOTHING : { sql: parts.map(({ sql }) => `(${sql})`).join(' or '), parameters: parts.flatMap(({ parameters }) => parameters) };
}

function limited(limit: { readonly customerId: string | null; readonly teamId: string | null }, columns: { readonly customer: string | null; readonly team: string }): Filter {
  // What belongs to no customer is not a customer's.
  if (limit.customerId !== null && columns.customer === null) return NOTHING;
  const parts = [
    ...(limit.customerId === null ? [] : [{ sql: `${columns.customer} = ?::uuid`, parameters: [limit.customerId] }]),
    ...(limit.teamId === null ? [] : [{ sql: `${columns.team} = ?::uuid`, parameters: [limit.teamId] }]),
  ];
  return parts.length === 0 ? { sql: 'true', parameters: [] } : { sql: parts.map(({ sql }) => sql).join(' and '), parameters: parts.flatMap(({ parameters }) => parameters) };
}
