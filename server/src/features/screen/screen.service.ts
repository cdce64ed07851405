import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { BoardEntity } from '../board/board.entity.ts';
import { ScreenEntity, type Screen } from './screen.entity.ts';
import { checkedReport, checkedSettings, KEEP_REPORT_EVERY, secretDue, type BoardTurn, type ScreenReport, type ScreenSettings } from './screen.rules.ts';

export interface ScreenEdit extends ScreenSettings {
  readonly id: string;
  readonly expectedVersion: number;
  /** The copy that was noticed has been looked at. */
  readonly cloneSeen?: boolean | null;
}

/** Binds a screen to other boards or another size; it follows within seconds. Needs `screen.edit`. */
export async function updateScreen(database: Database, actor: Actor, input: ScreenEdit): Promise<string> {
  requirePermission(actor, 'screen.edit');
  const settings = checkedSettings(input);
  return database.change(actor, async ({ em, emit, now }) => {
    const screen = await lockScreen(em, input.id);
    if (screen.revokedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', `The screen "${screen.name}" is revoked; pair the device anew.`, 'id');
    requireVersion(screen, input.expectedVersion, 'screen');
    await requireBoards(em, settings.boards);
    const before = shownSettings(screen);
    Object.assign(screen, settings, { boards: [...settings.boards], version: screen.version + 1 });
    if (input.cloneSeen === true) Object.assign(screen, { clonedAt: null, clonedFrom: null });
    emit({ type: 'screen.edited', subjectKind: 'screen', subjectId: screen.id, occurredAt: await now(), before, after: { ...shownSettings(screen), cloneSeen: input.cloneSeen === true } });
    return screen.id;
  });
}

/** Ends a screen's identity at once; its open streams end within seconds (LIV-05). Revoking twice is no mistake. Needs `screen.edit`. */
export async function revokeScreen(database: Database, actor: Actor, { id, reason }: { readonly id: string; readonly reason?: string | null }): Promise<string> {
  requirePermission(actor, 'screen.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const screen = await lockScreen(em, id);
    if (screen.revokedAt !== null) return screen.id;
    Object.assign(screen, { revokedAt: await now(), revokedBy: actor.name, version: screen.version + 1 });
    emit({ type: 'screen.revoked', subjectKind: 'screen', subjectId: screen.id, occurredAt: await now(), before: shownSettings(screen), reason: optionalText(reason, 'reason') });
    return screen.id;
  });
}

/** What a screen needs to know of itself. */
export interface OwnScreen extends Pick<Screen, 'id' | 'name' | 'place' | 'boards' | 'locale' | 'diagonalInches' | 'seatMetres' | 'sound' | 'version'> {}

/**
 * A screen tells how it is, and hears what it shows. `newSecret`: it is to be known by that from now on; the old one holds until the new one is used,
 * so that a lost answer leaves no gap.
 */
export async function reportScreen(database: Database, actor: Actor, told: ScreenReport): Promise<{ screen: OwnScreen; newSecret: string | null }> {
  if (actor.kind !== 'screen') throw new Refusal('FORBIDDEN', 'Only a screen tells how it is.');
  const report = checkedReport(told);
  const em = database.em;
  const now = await database.time.read(em);
  const screen = await em.findOne(ScreenEntity, { id: actor.id, revokedAt: null });
  if (!screen) throw new Refusal('UNAUTHENTICATED', 'This screen has been revoked.');
  if (screen.lastSeenAt === null || now - screen.lastSeenAt >= KEEP_REPORT_EVERY || JSON.stringify(screen.report) !== JSON.stringify(report)) {
    await em.execute('update screen set last_seen_at = ?::timestamptz, report = ?::jsonb where id = ?', [toIso(now), JSON.stringify(report), screen.id]);
  }
  return { screen, newSecret: secretDue(screen.secretAt, now) ? await nextSecret(em, screen.id) : null };
}

async function nextSecret(em: Em, id: string): Promise<string> {
  const secret = newSecret();
  await em.execute('update screen set next_secret_hash = ? where id = ?', [tokenHash(secret), id]);
  return secret;
}

async function lockScreen(em: Em, id: string): Promise<Screen> {
  const screen = UUID.test(id) ? await em.findOne(ScreenEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  if (!screen) throw new Refusal('NOT_FOUND', `There is no screen "${id}".`, 'id');
  return screen;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws Refusal NOT_FOUND naming the first board that there is not */
export async function requireBoards(em: Em, boards: readonly BoardTurn[]): Promise<void> {
  const ids = boards.map(({ boardId }) => boardId);
  const known = await em.find(BoardEntity, { id: { $in: ids.filter((id) => UUID.test(id)) } });
  const missing = ids.find((id) => !known.some((board) => board.id === id));
  if (missing !== undefined) throw new Refusal('NOT_FOUND', `There is no board "${missing}".`, 'boards');
}

/** What the audit trail keeps of a screen: never a secret, not even its digest. */
export function shownSettings({ name, place, boards, locale, diagonalInches, seatMetres, sound }: ScreenSettings): ScreenSettings {
  return { name, place, boards, locale, diagonalInches, seatMetres, sound };
}
