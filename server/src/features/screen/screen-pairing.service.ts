import { LockMode } from '@mikro-orm/core';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { DAY, MINUTE, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTurn } from '../../platform/auth/in-turn.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newCode } from '../../platform/time/new-code.ts';
import { newId } from '../../platform/time/new-id.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { codesAskedSince, revokedBySecret, screenIdentity, wrongCodesOf } from './screen.queries.ts';
import { ScreenCodeAttemptEntity, ScreenEntity, ScreenPairingEntity, type ScreenPairing } from './screen.entity.ts';
import { CODE_ALPHABET, CODE_LENGTH, CODE_LIFE, checkedSettings, requireCodesLeft, requireTriesLeft, typedCode, type ScreenSettings } from './screen.rules.ts';
import { requireBoards, shownSettings } from './screen.service.ts';

/** Pairings are of no use to anybody a day after they ended. */
const PAIRING_KEPT = DAY;

/** A code for a device to show, and the secret by which it will be known once somebody has entered the code. Anybody may ask. */
export async function startPairing(database: Database, origin: string): Promise<{ code: string; expiresAt: Instant; secret: string }> {
  return inTurn(`screen pairing ${origin}`, () => database.change({ ...SYSTEM('screen'), origin }, async ({ em, now }) => {
    const startedAt = await now();
    await em.execute('delete from screen_pairing where expires_at < ?::timestamptz', [toIso(startedAt - PAIRING_KEPT)]);
    requireCodesLeft(await codesAskedSince(em, origin, startedAt - 10 * MINUTE));
    const [code, secret] = [newCode(CODE_ALPHABET, CODE_LENGTH), newSecret()];
    const expiresAt = startedAt + CODE_LIFE;
    em.create(ScreenPairingEntity, { id: newId(), codeHash: tokenHash(code), secretHash: tokenHash(secret), origin, startedAt, expiresAt, usedAt: null });
    return { code, expiresAt, secret };
  }));
}

/** How a device stands that shows a code: `none` where its secret is of no pairing and no screen (any more). */
export type PairingState = 'waiting' | 'paired' | 'expired' | 'revoked' | 'none';

export async function pairingState(database: Database, secret: string | null): Promise<PairingState> {
  if (secret === null) return 'none';
  const em = database.em;
  const hash = tokenHash(secret);
  if (await screenIdentity(em, { hash })) return 'paired';
  if (await revokedBySecret(em, hash)) return 'revoked';
  const pairing = await em.findOne(ScreenPairingEntity, { secretHash: hash });
  if (!pairing || pairing.usedAt !== null) return 'none';
  return (await database.time.read(em)) < pairing.expiresAt ? 'waiting' : 'expired';
}

export interface PairScreen extends ScreenSettings {
  readonly code: string;
  readonly idempotencyKey?: string | null;
}

/** Binds the device that shows the code to boards and a size. A code is good once, for ten minutes (WBD-10). Needs `screen.edit`. */
export async function pairScreen(database: Database, actor: Actor, input: PairScreen): Promise<string> {
  requirePermission(actor, 'screen.edit');
  const settings = checkedSettings(input);
  // One try at a time for each person, so that a burst in parallel cannot slip under the limit.
  return inTurn(`screen code ${actor.id}`, async () => {
    try {
      return await database.change(actor, (change) => idempotent(change, 'pairScreen', input, () => bind(change, input.code, settings)));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'NOT_FOUND' && error.field === 'code') await noteWrongCode(database, actor);
      throw error;
    }
  });
}

async function bind(change: Change, typed: string, settings: ScreenSettings): Promise<string> {
  const { em, actor, emit } = change;
  const now = await change.now();
  requireTriesLeft(await wrongCodesOf(em, actor.id, now - 15 * MINUTE), now);
  await requireBoards(em, settings.boards);
  const pairing = await waitingPairing(change, typed);
  pairing.usedAt = now;
  const screen = em.create(ScreenEntity, {
    id: newId(), ...settings, boards: [...settings.boards], pairedAt: now, pairedBy: actor.name, revokedAt: null, revokedBy: null, secretHash: pairing.secretHash, secretAt: null,
    nextSecretHash: null, retiredSecretHash: null, retiredAt: null, lastSeenAt: null, report: null, places: [], clonedAt: null, clonedFrom: null, version: 1,
  });
  emit({ type: 'screen.paired', subjectKind: 'screen', subjectId: screen.id, occurredAt: now, after: { ...shownSettings(screen), device: pairing.origin } });
  return screen.id;
}

async function waitingPairing({ em, now }: Change, typed: string): Promise<ScreenPairing> {
  const code = typedCode(typed);
  const found = code.length === CODE_LENGTH
    ? await em.findOne(ScreenPairingEntity, { codeHash: tokenHash(code), expiresAt: { $gt: await now() }, usedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { startedAt: 'desc', id: 'asc' } })
    : null;
  // Refreshed under the lock: somebody else may have been faster with the same code.
  if (found?.usedAt === null) return found;
  throw new Refusal('NOT_FOUND', `No screen shows the code "${typed.slice(0, 20)}" now: it has ${CODE_LENGTH} characters, is good for ten minutes and once. Read it from the screen again.`, 'code');
}

async function noteWrongCode(database: Database, actor: Actor): Promise<void> {
  await database.change(actor, async ({ em, emit, now }) => {
    const attempt = em.create(ScreenCodeAttemptEntity, { id: newId(), actorId: actor.id, at: await now() });
    emit({ type: 'screen.code-refused', subjectKind: 'screen-code', subjectId: attempt.id, occurredAt: await now() });
  });
}
