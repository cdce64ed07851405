import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { SECOND, toIso, type Instant } from '../../kernel/instant.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Database } from '../../platform/db/database.ts';
import { authorityKey } from '../../platform/live/authority.ts';
import { SCREEN_SCOPES } from '../access/access.rules.ts';
import { screenIdentity, type ScreenIdentity } from './screen.queries.ts';
import { notePlace, SECRET_GRACE } from './screen.rules.ts';

export interface ScreenCredentials {
  readonly secret: string;
  /** The page load that uses it. */
  readonly instance: string;
  readonly origin: string;
}

const INSTANCE = /^[\w-]{8,64}$/;
const NOTE_PLACE_EVERY = 4 * SECOND;

/** The screen whose secret that is; null for one that is revoked, retired or unknown (WBD-10). An identity never expires by idling. */
export async function authenticateScreen(database: Database, { secret, instance, origin }: ScreenCredentials): Promise<Actor | null> {
  if (!INSTANCE.test(instance)) return null;
  const hash = tokenHash(secret);
  const found = await screenIdentity(database.em, { hash });
  if (!found) return null;
  const now = await database.now();
  if (found.matched === 'retired' && now - (found.retiredAt ?? 0) > SECRET_GRACE) {
    await noticeClone(database, found.id, [origin], 'a secret that was replaced');
    return null;
  }
  if (found.matched === 'next') await promote(database, found, now);
  await usedFrom(database, found, { instance, origin, now });
  return actorOfScreen(found, origin);
}

/** Whether a live stream of a screen may go on: not revoked, and its boards are the same (LIV-05). */
export async function screenStillValid(database: Database, actor: Actor): Promise<boolean> {
  const found = await screenIdentity(database.em, { id: actor.id });
  return found !== null && authorityKey(actorOfScreen(found, '')) === authorityKey(actor);
}

function actorOfScreen({ id, name, boards }: ScreenIdentity, origin: string): Actor {
  return {
    kind: 'screen', id, name, grants: [{ role: 'screen', permissions: new Set(SCREEN_SCOPES), customerId: null, teamId: null }], customerId: null, teamIds: [], origin,
    credentialId: id, boardIds: boards.map(({ boardId }) => boardId),
  };
}

/** The device has the new secret and uses it: from now on the old one is a copy's. */
async function promote(database: Database, { id, name }: ScreenIdentity, now: Instant): Promise<void> {
  await database.change(SYSTEM('screen'), async ({ em, emit }) => {
    const changed = await em.execute<unknown[]>(
      `update screen set retired_secret_hash = secret_hash, retired_at = ?::timestamptz, secret_hash = next_secret_hash, next_secret_hash = null, secret_at = ?::timestamptz
       where id = ? and next_secret_hash is not null returning id`, [toIso(now), toIso(now), id],
    );
    if (changed.length > 0) emit({ type: 'screen.renewed', subjectKind: 'screen', subjectId: id, occurredAt: now, after: { name } });
  });
}

async function usedFrom(database: Database, { id, places, clonedAt }: ScreenIdentity, use: { readonly instance: string; readonly origin: string; readonly now: Instant }): Promise<void> {
  const known = places.find(({ instance }) => instance === use.instance);
  if (known && use.now - known.seenAt < NOTE_PLACE_EVERY) return;
  const noted = notePlace(places, use);
  await database.em.execute('update screen set places = ?::jsonb where id = ?', [JSON.stringify(noted.places), id]);
  if (noted.cloned && clonedAt === null) await noticeClone(database, id, noted.cloned, 'two page loads at once');
}

/** Noticed once, until somebody has looked at it: the identity is in use from two places (S10). */
async function noticeClone(database: Database, id: string, from: readonly string[], by: string): Promise<void> {
  await database.change(SYSTEM('screen'), async ({ em, emit, now }) => {
    const at = await now();
    const noticed = await em.execute<{ name: string }[]>(
      'update screen set cloned_at = ?::timestamptz, cloned_from = ?::jsonb where id = ? and cloned_at is null returning name', [toIso(at), JSON.stringify(from), id],
    );
    if (noticed[0]) emit({ type: 'screen.cloned', subjectKind: 'screen', subjectId: id, occurredAt: at, after: { name: noticed[0].name, from, by } });
  });
}
