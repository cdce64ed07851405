import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant } from '../../platform/db/columns.ts';
import type { BoardTurn, Place, ScreenReport } from './screen.rules.ts';

/** A screen on a wall (WBD-10): what it shows, how big it is, and the identity that it proves itself by. */
export const ScreenEntity = defineEntity({
  name: 'Screen',
  tableName: 'screen',
  properties: {
    id: id(),
    name: p.text(),
    place: p.text().strictNullable(),
    /** In the order of the rotation. */
    boards: p.json<BoardTurn[]>(),
    locale: p.enum(['zh-CN', 'en']).default('zh-CN'),
    diagonalInches: p.double().$type<number>(),
    seatMetres: p.double().$type<number>(),
    sound: p.boolean().default(true),
    pairedAt: instant(),
    pairedBy: p.text(),
    revokedAt: instant().strictNullable(),
    revokedBy: p.text().strictNullable(),
    /** Digest of the secret in the device's cookie. */
    secretHash: p.text().unique(),
    /** Since when; null while it is still the one that the device paired with. */
    secretAt: instant().strictNullable(),
    /** Given to the device, and not used by it yet; the old one holds until then. */
    nextSecretHash: p.text().strictNullable().unique(),
    /** The one before: whoever brings it now is a copy. */
    retiredSecretHash: p.text().strictNullable().index(),
    retiredAt: instant().strictNullable(),
    lastSeenAt: instant().strictNullable(),
    report: p.json<ScreenReport>().strictNullable(),
    /** Page loads that used the identity lately. */
    places: p.json<Place[]>(),
    /** The identity was seen in use from two places at once; until somebody has looked at it. */
    clonedAt: instant().strictNullable(),
    clonedFrom: p.json<string[]>().strictNullable(),
    version: p.integer().default(1),
  },
});
export type Screen = InferEntity<typeof ScreenEntity>;

/** A device that shows a code and waits. Codes and secrets are here as digests only. */
export const ScreenPairingEntity = defineEntity({
  name: 'ScreenPairing',
  tableName: 'screen_pairing',
  properties: {
    id: id(),
    codeHash: p.text(),
    secretHash: p.text().unique(),
    origin: p.text(),
    startedAt: instant(),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
  },
  indexes: [{ properties: ['codeHash', 'expiresAt'] }, { properties: ['origin', 'startedAt'] }],
});
export type ScreenPairing = InferEntity<typeof ScreenPairingEntity>;

/** A code that was typed and is none: for the limit (WBD-10). */
export const ScreenCodeAttemptEntity = defineEntity({
  name: 'ScreenCodeAttempt',
  tableName: 'screen_code_attempt',
  properties: { id: id(), actorId: p.text(), at: instant() },
  indexes: [{ properties: ['actorId', 'at'] }],
});

/** Every table of this feature. */
export const SCREEN_ENTITIES: readonly object[] = [ScreenEntity, ScreenPairingEntity, ScreenCodeAttemptEntity];
