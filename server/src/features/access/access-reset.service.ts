import { LockMode } from '@mikro-orm/core';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { tokenHash } from '../../platform/auth/token-hash.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { newSecret } from '../../platform/time/new-secret.ts';
import { changePassword } from './access-people.service.ts';
import { PasswordResetEntity, PersonEntity } from './access.entity.ts';

/** Long enough to reach somebody who is off shift, short enough not to lie about. */
const RESET_LASTS = DAY;

/**
 * Makes a one-time secret with which the person sets a password (ORG-04): an administrator never learns one. Shown this once;
 * an earlier one that is not used yet ends. Needs `person.edit`.
 */
export async function issuePasswordReset(database: Database, actor: Actor, personId: string): Promise<{ secret: string; expiresAt: Instant }> {
  requirePermission(actor, 'person.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const person = await em.findOne(PersonEntity, { id: personId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!person) throw new Refusal('NOT_FOUND', `There is no person "${personId}".`, 'personId');
    if (!person.active) throw new Refusal('MOVE_NOT_ALLOWED', `${person.name} has left: take the person back first.`, 'personId');
    const createdAt = await now();
    await em.nativeUpdate(PasswordResetEntity, { personId, usedAt: null, expiresAt: { $gt: createdAt } }, { expiresAt: createdAt });
    const secret = newSecret();
    const expiresAt = createdAt + RESET_LASTS;
    em.create(PasswordResetEntity, { id: newId(), personId, secretHash: tokenHash(secret), createdBy: actor.name, createdAt, expiresAt, usedAt: null });
    emit({ type: 'password.resetIssued', subjectKind: 'person', subjectId: personId, customerId: person.customerId, occurredAt: createdAt, after: { expiresAt: toIso(expiresAt) } });
    return { secret, expiresAt };
  });
}

/** Sets the password of whom the secret was made for; it works once. Whoever holds it needs no other right. */
export async function redeemPasswordReset(database: Database, { secret, password, origin }: { readonly secret: string; readonly password: string; readonly origin: string }): Promise<true> {
  const row = await database.em.findOne(PasswordResetEntity, { secretHash: tokenHash(secret) });
  const now = await database.now();
  if (!row || row.usedAt !== null || row.expiresAt <= now) throw new Refusal('WRONG_CREDENTIALS', 'This link was used already, is older than a day, or was replaced by a newer one: ask an administrator for another.', 'secret');
  // A password that is refused must not use the secret up.
  await changePassword(database, { ...SYSTEM('password-reset'), origin }, { personId: row.personId, password, resetId: row.id });
  return true;
}
