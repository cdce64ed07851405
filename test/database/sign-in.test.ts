import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { createPerson, grantRole, revokeRole, updatePerson } from '../../server/src/features/access/access-people.service.ts';
import { actorStillValid, authenticate, signIn, signOut } from '../../server/src/features/access/access.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const admin = SYSTEM('test');
const START = Date.parse('2026-03-02T01:00:00Z');
const PASSWORD = 'correct horse 9';
let count = 0;
let email: string;
let origin: string;
let personId: string;

beforeEach(async () => {
  count += 1;
  // Each test an hour, an address and a person of its own: the limits count per address and per e-mail.
  time.current = START + count * 40 * 24 * 3_600_000;
  email = `li.na${count}@example.com`;
  origin = `http 10.0.0.${count}`;
  personId = (await createPerson(database, admin, { name: 'Li Na', email, password: PASSWORD })).id;
});

const wrong = (who = email, from = origin) => signIn(database, { email: who, password: 'not the password', origin: from });
const right = (who = email, from = origin) => signIn(database, { email: who, password: PASSWORD, origin: from });
const minutes = (n: number) => n * 60_000;
const actorOf = async (token: string) => {
  const actor = await authenticate(database, { cookieToken: token, origin });
  if (!actor) throw new Error('not signed in');
  return actor;
};

describe('ORG-04 sign-in', () => {
  test('ORG-04 the right password opens a session, in any case of the e-mail', async () => {
    const { token, person } = await right(`  ${email.toUpperCase()} `);
    expect(person.name).toBe('Li Na');
    expect((await actorOf(token)).id).toBe(personId);
  });

  test('ORG-04 a wrong password, an unknown e-mail and a person who left are answered alike', async () => {
    await updatePerson(database, admin, { id: personId, expectedVersion: 1, active: false });
    const message = 'E-mail and password do not match an active account.';
    await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS', message });
    await expect(right()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS', message });
    await expect(wrong('nobody@example.com')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS', message });
  });

  test('ORG-04 the fifth failure is still answered, the sixth attempt is refused even with the right password', async () => {
    for (let n = 1; n <= 5; n += 1) await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    const again = new Date(time.current + minutes(15)).toISOString().replace('.000', '');
    await expect(right()).rejects.toMatchObject({ code: 'RATE_LIMITED', message: `Too many failed sign-ins; try again at ${again}.`, detail: { tryAgainAt: again } });
    await expect(right(email, 'http 10.9.9.9')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('ORG-04 the limit ends exactly 15 minutes after the failure that reached it', async () => {
    for (let n = 1; n <= 5; n += 1) await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    time.current += minutes(15) - 1;
    await expect(right()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    time.current += 1;
    expect((await right()).person.id).toBe(personId);
  });

  test('ORG-04 a success forgives the slips before it', async () => {
    for (let n = 1; n <= 4; n += 1) await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    time.current += 1;
    await right();
    time.current += 1;
    for (let n = 1; n <= 5; n += 1) await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    await expect(wrong()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('ORG-04 an address has 20 failures over all e-mails, and a success does not reset it', async () => {
    for (let n = 1; n <= 19; n += 1) await expect(wrong(`guess${n}@example.com`)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    time.current += 1;
    await right();
    await expect(wrong('guess20@example.com')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    await expect(right()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect((await right(email, 'http 10.8.8.8')).person.id).toBe(personId);
  });

  test('ORG-04 attempts in parallel do not slip under the limit', async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => wrong()));
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'signed in'));
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7);
  });

  test('ORG-04 every attempt is in the audit trail, the password in none', async () => {
    await expect(wrong()).rejects.toThrow();
    await right();
    const rows = await database.em.execute<{ type: string; payload: string; actor: string }[]>(
      `select type, payload::text, actor->>'origin' as actor from event_log where payload::text like ? or subject_id = ? order by seq`, [`%${email}%`, personId],
    );
    expect(rows.map(({ type, actor }) => `${type} ${actor}`)).toEqual(['person.created test', `sign-in.refused ${origin}`, `session.opened ${origin}`]);
    expect(rows.map(({ payload }) => payload).join()).not.toContain('password');
  });

  test('ORG-04 neither token nor password is stored', async () => {
    const { token } = await right();
    const rows = await database.em.execute<{ hash: string; password: string }[]>(
      'select s.token_hash as hash, p.password_hash as password from session s join person p on p.id = s.person_id where p.id = ?', [personId],
    );
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0]?.hash).not.toContain(token);
    expect(rows[0]?.password).toMatch(/^scrypt\$32768\$8\$1\$/);
  });
});

describe('ORG-04 sessions', () => {
  test('ORG-04 a session is over exactly 12 hours after its last use', async () => {
    const { token } = await right();
    const opened = time.current;
    time.current = opened + minutes(12 * 60) - 1;
    expect(await authenticate(database, { cookieToken: token, origin })).not.toBeNull();
    const used = time.current;
    time.current = used + minutes(12 * 60) - 1;
    expect(await authenticate(database, { cookieToken: token, origin })).not.toBeNull();
    time.current += minutes(12 * 60);
    expect(await authenticate(database, { cookieToken: token, origin })).toBeNull();
  });

  test('ORG-04 a session in constant use is over exactly 30 days after sign-in', async () => {
    const { token } = await right();
    const opened = time.current;
    const end = opened + 30 * 24 * 3_600_000;
    for (let at = opened; at < end; at += minutes(11 * 60)) {
      time.current = at;
      expect(await authenticate(database, { cookieToken: token, origin })).not.toBeNull();
    }
    time.current = end - 1;
    expect(await authenticate(database, { cookieToken: token, origin })).not.toBeNull();
    time.current = end;
    expect(await authenticate(database, { cookieToken: token, origin })).toBeNull();
  });

  test('ORG-04 signing out ends the session, and a second time is no mistake', async () => {
    const { token } = await right();
    const actor = await actorOf(token);
    await signOut(database, actor);
    await signOut(database, actor);
    expect(await authenticate(database, { cookieToken: token, origin })).toBeNull();
  });

  test('ORG-04 whoever leaves is signed out', async () => {
    const { token } = await right();
    await updatePerson(database, admin, { id: personId, expectedVersion: 1, active: false });
    expect(await authenticate(database, { cookieToken: token, origin })).toBeNull();
  });

  test('ORG-04 an unknown cookie is nobody', async () => {
    expect(await authenticate(database, { cookieToken: 'made-up', origin })).toBeNull();
    expect(await authenticate(database, { origin })).toBeNull();
  });
});

describe('LIV-05 rights of a live stream', () => {
  test('LIV-05 a stream goes on while the rights stay, and ends with a role, a team or the session', async () => {
    const grant = await grantRole(database, admin, { personId, role: 'engineer' });
    const { token } = await right();
    const before = await actorOf(token);
    expect(await actorStillValid(database, before)).toBe(true);
    await revokeRole(database, admin, grant.id);
    expect(await actorStillValid(database, before)).toBe(false);
    const after = await actorOf(token);
    expect(await actorStillValid(database, after)).toBe(true);
    await signOut(database, after);
    expect(await actorStillValid(database, after)).toBe(false);
  });

  test('LIV-05 an actor that nobody vouches for is not valid, the system is', async () => {
    expect(await actorStillValid(database, { ...SYSTEM('x'), kind: 'person', credentialId: newId() })).toBe(false);
    expect(await actorStillValid(database, SYSTEM('timer'))).toBe(true);
  });
});
