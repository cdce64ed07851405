import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { ScreenEntity, type Screen } from './screen.entity.ts';
import { screenState, type BoardTurn, type Place, type ScreenState } from './screen.rules.ts';

export interface ScreenIdentity {
  readonly id: string;
  readonly name: string;
  readonly boards: readonly BoardTurn[];
  readonly places: readonly Place[];
  readonly clonedAt: Instant | null;
  readonly retiredAt: Instant | null;
  /** By which of its secrets it was found. */
  readonly matched: 'current' | 'next' | 'retired';
}

/** The screen that is not revoked, by a secret's digest or by its id. */
export async function screenIdentity(em: Em, by: { readonly hash: string } | { readonly id: string }): Promise<ScreenIdentity | null> {
  const [hash, where] = 'hash' in by ? [by.hash, '? in (secret_hash, next_secret_hash, retired_secret_hash)'] : ['', 'id = ?'];
  const rows = await em.execute<ScreenIdentity[]>(
    `select id, name, boards, places, ${ms('cloned_at')} as "clonedAt", ${ms('retired_at')} as "retiredAt",
       case when next_secret_hash = ? then 'next' when retired_secret_hash = ? then 'retired' else 'current' end as matched
     from screen where revoked_at is null and ${where} limit 1`, [hash, hash, 'hash' in by ? by.hash : by.id],
  );
  return rows[0] ?? null;
}

/** Was that once the secret of a screen that is revoked now? */
export async function revokedBySecret(em: Em, hash: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>('select 1 from screen where revoked_at is not null and ? in (secret_hash, next_secret_hash, retired_secret_hash) limit 1', [hash]);
  return rows.length > 0;
}

/** How many codes an address has asked for since. */
export async function codesAskedSince(em: Em, origin: string, since: Instant): Promise<number> {
  const rows = await em.execute<{ count: number }[]>('select count(*)::int as count from screen_pairing where origin = ? and started_at > ?::timestamptz', [origin, toIso(since)]);
  return rows[0]?.count ?? 0;
}

/** When somebody last typed codes that are none, oldest first; at most 50. */
export async function wrongCodesOf(em: Em, actorId: string, since: Instant): Promise<Instant[]> {
  const rows = await em.execute<{ at: Instant }[]>(
    `select at from (select ${ms('at')} as at, id from screen_code_attempt where actor_id = ? and at > ?::timestamptz order by at desc, id limit 50) as latest order by at, id`, [actorId, toIso(since)],
  );
  return rows.map(({ at }) => at);
}

export type ScreenLine = Screen & { readonly state: ScreenState };

/** The screens in use by name, then those that are revoked, the latest first; at most 500. Needs `screen.edit`. */
export async function listScreens(database: Database, actor: Actor): Promise<ScreenLine[]> {
  requirePermission(actor, 'screen.edit');
  const em = database.em;
  const now = await database.time.read(em);
  const screens = await em.find(ScreenEntity, {}, { orderBy: { revokedAt: 'desc nulls first', name: 'asc', id: 'asc' }, limit: 500 });
  return screens.map((screen) => ({ ...screen, state: screenState(screen, now) }));
}

/** One of them. */
export async function screenById(database: Database, id: string): Promise<ScreenLine> {
  const em = database.em;
  const screen = await em.findOneOrFail(ScreenEntity, { id });
  return { ...screen, state: screenState(screen, await database.time.read(em)) };
}
