import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';

/** A person who can sign in: staff, or a customer's contact when `customerId` is set. */
export const PersonEntity = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: id(),
    name: p.text(),
    email: p.text().unique(),
    phone: p.text().strictNullable(),
    locale: p.enum(['zh-CN', 'en']).default('zh-CN'),
    /** Opaque here; the customer feature owns it. */
    customerId: p.uuid().strictNullable(),
    passwordHash: p.text().strictNullable(),
    active: p.boolean().default(true),
    createdAt: instant(),
    version: p.integer().default(1),
  },
});
export type Person = InferEntity<typeof PersonEntity>;

/** One role of one person, everywhere or limited to a customer or a team (ORG-01). */
export const RoleGrantEntity = defineEntity({
  name: 'RoleGrant',
  tableName: 'role_grant',
  properties: {
    id: id(),
    personId: reference(PersonEntity, 'person_id').index(),
    role: p.text(),
    customerId: p.uuid().strictNullable(),
    teamId: p.uuid().strictNullable(),
  },
});
export type RoleGrant = InferEntity<typeof RoleGrantEntity>;

/** A signed-in browser; the cookie holds a random token of which only the hash is here. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: id(),
    tokenHash: p.text().unique(),
    personId: reference(PersonEntity, 'person_id').index(),
    createdAt: instant(),
    lastSeenAt: instant(),
    expiresAt: instant(),
    revokedAt: instant().strictNullable(),
    origin: p.text(),
  },
});
export type Session = InferEntity<typeof SessionEntity>;

/** A token of an integrator or of a screen (ORG-04). Scopes are permissions; the board id is opaque here. */
export const ApiTokenEntity = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    id: id(),
    name: p.text(),
    kind: p.enum(['integrator', 'screen']),
    tokenHash: p.text().unique(),
    scopes: p.json<string[]>(),
    customerId: p.uuid().strictNullable(),
    teamId: p.uuid().strictNullable(),
    boardId: p.uuid().strictNullable(),
    createdBy: p.uuid().strictNullable(),
    createdAt: instant(),
    expiresAt: instant().strictNullable(),
    lastUsedAt: instant().strictNullable(),
    revokedAt: instant().strictNullable(),
  },
});
export type ApiToken = InferEntity<typeof ApiTokenEntity>;

/** A one-time secret with which a person sets a password; only its digest is here (ORG-04). The newest of a person is the one that works. */
export const PasswordResetEntity = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_reset',
  properties: {
    id: id(),
    personId: reference(PersonEntity, 'person_id').index(),
    secretHash: p.text().unique(),
    createdBy: p.text(),
    createdAt: instant(),
    expiresAt: instant(),
    usedAt: instant().strictNullable(),
  },
});

/** Every attempt to sign in, for the limit and the audit (ORG-04). */
export const SignInAttemptEntity = defineEntity({
  name: 'SignInAttempt',
  tableName: 'sign_in_attempt',
  properties: { id: id(), email: p.text(), origin: p.text(), at: instant(), succeeded: p.boolean() },
  indexes: [{ properties: ['email', 'at'] }, { properties: ['origin', 'at'] }],
});
