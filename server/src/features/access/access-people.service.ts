import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import { hashPassword, passwordMatches } from '../../platform/auth/password.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { PasswordResetEntity, PersonEntity, RoleGrantEntity, SessionEntity, type Person, type RoleGrant } from './access.entity.ts';
import { CUSTOMER_ROLES, isRole, PASSWORD_LENGTH, ROLES } from './access.rules.ts';

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly phone?: string | null;
  readonly locale?: 'zh-CN' | 'en' | null;
  /** Set for a customer's own people: they see only this customer's records (ORG-03). */
  readonly customerId?: string | null;
  /** Without one the person is known but cannot sign in. */
  readonly password?: string | null;
}

/** Puts a person on the list. @throws Refusal NOT_UNIQUE when the e-mail is taken. Needs `person.edit`. */
export async function createPerson(database: Database, actor: Actor, input: NewPerson): Promise<Person> {
  requirePermission(actor, 'person.edit');
  const passwordHash = input.password ? await hashPassword(checkedPassword(input.password)) : null;
  return database.change(actor, async ({ em, emit, now }) => {
    const email = checkedEmail(input.email);
    await requireFreeEmail(em, email, null);
    const person = em.create(PersonEntity, {
      id: newId(), name: requiredText(input.name, 'name'), email, phone: optionalText(input.phone, 'phone', 50), locale: input.locale ?? 'zh-CN',
      customerId: input.customerId ?? null, passwordHash, active: true, createdAt: await now(), version: 1,
    });
    emit({ type: 'person.created', subjectKind: 'person', subjectId: person.id, customerId: person.customerId, occurredAt: await now(), after: shown(person) });
    return person;
  });
}

export interface PersonEdit {
  readonly id: string;
  readonly expectedVersion: number;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly locale?: 'zh-CN' | 'en' | null;
  /** False: signed out everywhere at once, and kept for the history. */
  readonly active?: boolean | null;
}

/** Changes what is given, leaves the rest. Needs `person.edit`. */
export async function updatePerson(database: Database, actor: Actor, input: PersonEdit): Promise<Person> {
  requirePermission(actor, 'person.edit');
  return database.change(actor, async (change) => {
    const person = await lockPerson(change.em, input.id);
    requireVersion(person, input.expectedVersion, 'person');
    const before = shown(person);
    if (input.email) await requireFreeEmail(change.em, checkedEmail(input.email), person.id);
    person.name = input.name ? requiredText(input.name, 'name') : person.name;
    person.email = input.email ? checkedEmail(input.email) : person.email;
    person.phone = input.phone === undefined ? person.phone : optionalText(input.phone, 'phone', 50);
    person.locale = input.locale ?? person.locale;
    if (input.active === false && person.active) await leave(change, person);
    person.active = input.active ?? person.active;
    person.version += 1;
    change.emit({ type: 'person.edited', subjectKind: 'person', subjectId: person.id, customerId: person.customerId, occurredAt: await change.now(), before, after: shown(person) });
    return person;
  });
}

export interface PasswordChange {
  readonly personId: string;
  readonly password: string;
  /** Asked of people who change their own; an administrator sets another's without it. */
  readonly currentPassword?: string | null;
  /** The one-time secret that is used up by it, in the same transaction. */
  readonly resetId?: string;
}

/** Sets a password and ends the person's other sessions. One's own with the current one, another's with `person.edit`. */
export async function changePassword(database: Database, actor: Actor, input: PasswordChange): Promise<Person> {
  const own = actor.kind === 'person' && actor.id === input.personId;
  if (!own) requirePermission(actor, 'person.edit');
  const passwordHash = await hashPassword(checkedPassword(input.password));
  const before = await database.em.findOne(PersonEntity, { id: input.personId });
  if (own && !(await passwordMatches(input.currentPassword ?? '', before?.passwordHash ?? null))) {
    throw new Refusal('WRONG_CREDENTIALS', 'The current password is not right.', 'currentPassword');
  }
  return database.change(actor, async (change) => {
    const person = await lockPerson(change.em, input.personId);
    if (input.resetId !== undefined) await useUp(change, input.resetId);
    person.passwordHash = passwordHash;
    person.version += 1;
    await endSessions(change, person.id, own ? (actor.credentialId ?? null) : null);
    change.emit({ type: 'password.changed', subjectKind: 'person', subjectId: person.id, occurredAt: await change.now() });
    return person;
  });
}

async function useUp(change: Change, resetId: string): Promise<void> {
  const now = await change.now();
  const used = await change.em.nativeUpdate(PasswordResetEntity, { id: resetId, usedAt: null, expiresAt: { $gt: now } }, { usedAt: now });
  if (used === 0) throw new Refusal('WRONG_CREDENTIALS', 'This link was used a moment ago: ask an administrator for another.', 'secret');
}

export interface NewGrant {
  readonly personId: string;
  readonly role: string;
  readonly customerId?: string | null;
  readonly teamId?: string | null;
}

/** Gives a role, everywhere or limited to a customer or a team (ORG-01). Needs `person.edit`. */
export async function grantRole(database: Database, actor: Actor, input: NewGrant): Promise<RoleGrant> {
  requirePermission(actor, 'person.edit');
  if (!isRole(input.role)) {
    throw new Refusal('INVALID_INPUT', `"${input.role}" is not a role; the roles are ${ROLES.map(({ key }) => key).join(', ')}.`, 'role');
  }
  return database.change(actor, async ({ em, emit, now }) => {
    const person = await lockPerson(em, input.personId);
    requireRoleFits(person, input);
    const scope = { personId: person.id, role: input.role, customerId: input.customerId ?? null, teamId: input.teamId ?? null };
    const same = await em.findOne(RoleGrantEntity, scope);
    if (same) throw new Refusal('ALREADY_DONE', `${person.name} already holds the role "${input.role}" with this scope.`, 'role');
    const grant = em.create(RoleGrantEntity, { id: newId(), ...scope });
    emit({ type: 'role.granted', subjectKind: 'person', subjectId: person.id, occurredAt: await now(), after: { grantId: grant.id, ...scope } });
    return grant;
  });
}

/** Takes a role away; open streams that relied on it end within seconds (LIV-05). Needs `person.edit`. */
export async function revokeRole(database: Database, actor: Actor, grantId: string): Promise<Person> {
  requirePermission(actor, 'person.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const grant = await em.findOne(RoleGrantEntity, { id: grantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!grant) throw new Refusal('NOT_FOUND', `There is no role grant "${grantId}".`, 'grantId');
    const person = await lockPerson(em, grant.personId);
    if (isUnlimitedAdministrator(grant)) await requireAnotherAdministrator(em, person.id);
    const { role, customerId, teamId } = grant;
    em.remove(grant);
    emit({ type: 'role.revoked', subjectKind: 'person', subjectId: person.id, occurredAt: await now(), before: { grantId, role, customerId, teamId } });
    return person;
  });
}

function requireRoleFits(person: Person, { role, customerId }: NewGrant): void {
  if (person.customerId === null) return;
  if (CUSTOMER_ROLES.includes(role) && (customerId ?? person.customerId) === person.customerId) return;
  throw new Refusal('INVALID_INPUT', `${person.name} belongs to a customer and may only hold ${CUSTOMER_ROLES.join(', ')} for that customer, got ${role}.`, 'role');
}

/** Somebody who leaves: no open session, and never the last one who could let others in. */
async function leave(change: Change, person: Person): Promise<void> {
  const administers = await change.em.findOne(RoleGrantEntity, { personId: person.id, role: 'administrator', customerId: null, teamId: null });
  if (administers) await requireAnotherAdministrator(change.em, person.id);
  await endSessions(change, person.id, null);
}

function isUnlimitedAdministrator({ role, customerId, teamId }: RoleGrant): boolean {
  return role === 'administrator' && customerId === null && teamId === null;
}

async function requireAnotherAdministrator(em: Em, personId: string): Promise<void> {
  // Locked, so that two administrators cannot remove each other at the same moment.
  const others = await em.execute<{ id: string }[]>(
    `select p.id from role_grant g join person p on p.id = g.person_id
     where g.role = 'administrator' and g.customer_id is null and g.team_id is null and p.active and p.id <> ? order by p.id for update`,
    [personId],
  );
  if (others.length === 0) throw new Refusal('MOVE_NOT_ALLOWED', 'This is the last administrator: make another one first.', 'role');
}

async function endSessions(change: Change, personId: string, except: string | null): Promise<void> {
  const others = except === null ? {} : { id: { $ne: except } };
  await change.em.nativeUpdate(SessionEntity, { personId, revokedAt: null, ...others }, { revokedAt: await change.now() });
}

async function lockPerson(em: Em, id: string): Promise<Person> {
  const person = await em.findOne(PersonEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!person) throw new Refusal('NOT_FOUND', `There is no person "${id}".`, 'personId');
  return person;
}

async function requireFreeEmail(em: Em, email: string, except: string | null): Promise<void> {
  const holder = await em.findOne(PersonEntity, { email });
  if (holder && holder.id !== except) throw new Refusal('NOT_UNIQUE', `The e-mail ${email} already belongs to ${holder.name}.`, 'email');
}

function checkedEmail(value: string): string {
  const email = requiredText(value, 'email', 320).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Refusal('INVALID_INPUT', `"email" must be an address such as name@example.com, got "${email}".`, 'email');
  return email;
}

function checkedPassword(password: string): string {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length >= least && password.length <= most) return password;
  throw new Refusal('OUT_OF_RANGE', `"password" must be ${least}–${most} characters, got ${password.length}.`, 'password');
}

/** What the trail shows of a person; never the password's digest. */
function shown({ name, email, phone, locale, customerId, active }: Person) {
  return { name, email, phone, locale, customerId, active };
}
