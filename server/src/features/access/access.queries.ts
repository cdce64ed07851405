import type { Actor, Grant } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import { ApiTokenEntity, PersonEntity, type ApiToken, type Person } from './access.entity.ts';
import { isPermission, permissionsOfRole } from './access.rules.ts';

/** A person with everything that decides what they may do. */
interface PersonRow {
  readonly credentialId: string;
  readonly personId: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly roles: readonly { readonly role: string; readonly customerId: string | null; readonly teamId: string | null }[];
  readonly teamIds: readonly string[];
}

export interface SessionRow extends PersonRow {
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
}

export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'integrator' | 'screen';
  readonly scopes: readonly string[];
  readonly customerId: string | null;
  readonly teamId: string | null;
  readonly boardId: string | null;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

// Membership belongs to the team feature; it is read here because whose teams one is in is part of who one is.
const SESSION_FACTS = `s.id as "credentialId", p.id as "personId", p.name, p.customer_id as "customerId",
  coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'customerId', g.customer_id, 'teamId', g.team_id) order by g.role, g.id)
    from role_grant g where g.person_id = p.id), '[]') as roles,
  coalesce((select jsonb_agg(m.team_id order by m.team_id) from team_member m where m.person_id = p.id), '[]') as "teamIds"`;
const SESSIONS = 'from session s join person p on p.id = s.person_id';
const SESSION_HOLDS = 'p.active and s.revoked_at is null';

const SESSION = `
select ${SESSION_FACTS}, ${ms('s.created_at')} as "createdAt", ${ms('s.last_seen_at')} as "lastSeenAt", ${ms('s.expires_at')} as "expiresAt" ${SESSIONS} where ${SESSION_HOLDS} and `;

const TOKEN_FACTS = 'a.id, a.name, a.kind, a.scopes, a.customer_id as "customerId", a.team_id as "teamId", a.board_id as "boardId"';
const TOKEN_HOLDS = 'a.revoked_at is null';

const TOKEN = `
select ${TOKEN_FACTS}, ${ms('a.expires_at')} as "expiresAt", ${ms('a.last_used_at')} as "lastUsedAt" from api_token a where ${TOKEN_HOLDS} and `;

/** A session's cookie or a bearer token, by the digest that is stored of it. */
export interface Credential {
  readonly kind: 'session' | 'token';
  readonly hash: string;
}

const CREDENTIAL: Readonly<Record<Credential['kind'], string>> = {
  session: `select row_to_json(facts)::text as facts, ${ms('s.last_seen_at')} as seen, ${ms('s.expires_at')} as expires
    ${SESSIONS} cross join lateral (select ${SESSION_FACTS}) facts where ${SESSION_HOLDS} and s.token_hash = ?`,
  token: `select row_to_json(facts)::text as facts, ${ms('a.last_used_at')} as seen, ${ms('a.expires_at')} as expires
    from api_token a cross join lateral (select ${TOKEN_FACTS}) facts where ${TOKEN_HOLDS} and a.token_hash = ?`,
};

/** One row of `facts` (all that its actor is made of, as text), `seen` and `expires` (ms) for one that has not been ended; else none. */
export function credentialSql({ kind, hash }: Credential): { readonly sql: string; readonly parameters: readonly unknown[] } {
  return { sql: CREDENTIAL[kind], parameters: [hash] };
}

/** The session that is neither ended nor of somebody who left; whether it has expired is the caller's question. */
export async function sessionBy(em: Em, by: { readonly hash: string } | { readonly id: string }): Promise<SessionRow | null> {
  const rows = await statement<SessionRow>(em, 'hash' in by ? `${SESSION} s.token_hash = ?` : `${SESSION} s.id = ?`, Object.values(by));
  return rows[0] ?? null;
}

export async function tokenBy(em: Em, by: { readonly hash: string } | { readonly id: string }): Promise<TokenRow | null> {
  const rows = await statement<TokenRow>(em, 'hash' in by ? `${TOKEN} a.token_hash = ?` : `${TOKEN} a.id = ?`, Object.values(by));
  return rows[0] ?? null;
}

export function actorOfPerson(row: PersonRow, origin: string): Actor {
  const grants = row.roles.map(({ role, customerId, teamId }): Grant => ({ role, permissions: permissionsOfRole(role), customerId, teamId }));
  return {
    kind: 'person', id: row.personId, name: row.name, grants, customerId: row.customerId, teamIds: row.teamIds, origin, credentialId: row.credentialId,
  };
}

export function actorOfToken(row: TokenRow, origin: string): Actor {
  const permissions = new Set(row.scopes.filter(isPermission));
  return {
    kind: 'token', id: row.id, name: row.name,
    grants: [{ role: row.kind, permissions, customerId: row.customerId, teamId: row.teamId }],
    customerId: row.customerId, teamIds: row.teamId === null ? [] : [row.teamId], origin, credentialId: row.id,
    ...(row.boardId === null ? {} : { boardIds: [row.boardId] }),
  };
}

/** Everything that decides what an actor gets to see, as one text: equal texts may share a view (D-30). */
export function authorityOf(actor: Actor): string {
  const grants = actor.grants.map(({ permissions, customerId, teamId }) => [[...permissions].sort(), customerId, teamId]);
  return JSON.stringify([actor.kind === 'system', actor.customerId, [...(actor.boardIds ?? [])].sort(), [...actor.teamIds].sort(), grants.map((grant) => JSON.stringify(grant)).sort()]);
}

/** People by name, at most 100: staff and contacts that the permission lets the actor see. */
export async function findPeople(em: Em, actor: Actor, { search, first, customerId }: { search: string | null; first: number; customerId: string | null }): Promise<Person[]> {
  const named = search ? { $or: [{ name: { $ilike: `%${escapeLike(search)}%` } }, { email: { $ilike: `%${escapeLike(search)}%` } }] } : {};
  return em.find(PersonEntity, { $and: [visiblePeople(actor), named, customerId === null ? {} : { customerId }] }, { orderBy: { name: 'asc', id: 'asc' }, limit: first });
}

/** The people with those ids whom the permission lets the actor see. */
export async function peopleById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const people = await em.find(PersonEntity, { $and: [{ id: { $in: [...ids] } }, visiblePeople(actor)] });
  return new Map(people.map((person) => [person.id, person]));
}

/** Staff, and the contacts of the customers that the actor may see. */
function visiblePeople(actor: Actor) {
  requirePermission(actor, 'person.read');
  const visible = visibleCustomers(actor, 'person.read');
  return visible === 'all' ? {} : { $or: [{ customerId: null }, { customerId: { $in: [...visible] } }] };
}

/** Every token that still works first, then the others; at most 500. */
export async function listTokens(em: Em, actor: Actor): Promise<ApiToken[]> {
  requirePermission(actor, 'token.edit');
  return em.find(ApiTokenEntity, {}, { orderBy: { revokedAt: 'asc nulls first', name: 'asc', id: 'asc' }, limit: 500 });
}

/** So that a search for "100 %" finds "100 %". */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
