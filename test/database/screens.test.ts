import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { authenticateScreen, screenStillValid } from '../../server/src/features/screen/screen-identity.service.ts';
import { pairingState, pairScreen, startPairing, type PairScreen } from '../../server/src/features/screen/screen-pairing.service.ts';
import { listScreens } from '../../server/src/features/screen/screen.queries.ts';
import { reportScreen, revokeScreen, updateScreen } from '../../server/src/features/screen/screen.service.ts';
import { findBoard, listBoards } from '../../server/src/features/board/board.service.ts';
import { assign } from '../../server/src/features/incident/incident-work.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { DAY, MINUTE, SECOND } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openApi, START } from '../support/open-api.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const { database, time, close, actors } = await openApi();
const desk = await PlainDesk.open(database);
const admin = actors['admin']!;
afterAll(close);

let at = START;
// Every test a day later, so that none meets the limits of the one before.
beforeEach(() => { at += DAY; time.current = at; });

const settings = (boards: readonly string[] = [desk.boards.acme]): Omit<PairScreen, 'code'> => ({
  name: 'East wall', place: 'NOC 3F', boards: boards.map((boardId) => ({ boardId, seconds: 30 })), locale: 'zh-CN', diagonalInches: 65, seatMetres: 4, sound: true,
});
const REPORT = { version: '0.1.0+abc', userAgent: 'Chromium', width: 1920, height: 1080, problems: [] };

async function paired(boards?: readonly string[], origin = 'http 10.0.0.1'): Promise<{ id: string; secret: string; use: (instance?: string, from?: string) => Promise<Actor | null> }> {
  const { code, secret } = await startPairing(database, origin);
  const id = await pairScreen(database, admin, { ...settings(boards), code });
  return { id, secret, use: (instance = 'instance-1', from = origin) => authenticateScreen(database, { secret, instance, origin: from }) };
}

const events = async (id: string): Promise<string[]> => (await database.em.execute<{ type: string }[]>('select type from event_log where subject_id = ? order by seq', [id])).map(({ type }) => type);
const lineOf = async (id: string) => (await listScreens(database, admin)).find((screen) => screen.id === id)!;

describe('WBD-10 pairing', () => {
  test('WBD-10 a code that an administrator enters binds the device that shows it, by its own secret; dashes and small letters do not matter', async () => {
    const { code, expiresAt, secret } = await startPairing(database, 'http 10.0.0.9');
    expect(code).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{8}$/);
    expect(expiresAt).toBe(at + 10 * MINUTE);
    expect([await pairingState(database, secret), await authenticateScreen(database, { secret, instance: 'instance-1', origin: 'x' })]).toEqual(['waiting', null]);
    const id = await pairScreen(database, admin, { ...settings(), code: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} ` });
    expect(await pairingState(database, secret)).toBe('paired');
    expect(await authenticateScreen(database, { secret, instance: 'instance-1', origin: 'x' })).toMatchObject({ kind: 'screen', id, boardIds: [desk.boards.acme] });
    expect(await events(id)).toEqual(['screen.paired']);
    expect(JSON.stringify(await database.em.execute('select * from screen, screen_pairing'))).not.toContain(secret);
  });

  test('WBD-10 a code is good once, and for less than ten minutes', async () => {
    const { code } = await startPairing(database, 'http 10.0.0.9');
    time.current = at + 10 * MINUTE - 1;
    await pairScreen(database, admin, { ...settings(), code });
    await expect(pairScreen(database, admin, { ...settings(), code })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'code' });
    const late = await startPairing(database, 'http 10.0.0.9');
    time.current += 10 * MINUTE;
    await expect(pairScreen(database, admin, { ...settings(), code: late.code })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'code' });
    expect(await pairingState(database, late.secret)).toBe('expired');
  });

  test('WBD-10 two administrators with one code at the same moment make one screen', async () => {
    const { code } = await startPairing(database, 'http 10.0.0.9');
    const second: Actor = { ...admin, id: newId(), name: 'second' };
    const results = await Promise.allSettled([admin, second].map((actor) => pairScreen(database, actor, { ...settings(), code })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('WBD-10 ten wrong codes are enough: the eleventh try waits, a right one too, until the first is 15 minutes old', async () => {
    const guesser: Actor = { ...admin, id: newId() };
    const wrong = () => pairScreen(database, guesser, { ...settings(), code: 'AAAAAAAA' });
    for (let count = 0; count < 10; count += 1) await expect(wrong()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { code } = await startPairing(database, 'http 10.0.0.9');
    await expect(pairScreen(database, guesser, { ...settings(), code })).rejects.toMatchObject({ code: 'RATE_LIMITED', field: 'code' });
    time.current = at + 15 * MINUTE;
    const fresh = await startPairing(database, 'http 10.0.0.9');
    expect(await pairScreen(database, guesser, { ...settings(), code: fresh.code })).toBeTruthy();
    const refused = await database.em.execute<{ count: number }[]>(`select count(*)::int as count from event_log where type = 'screen.code-refused' and actor->>'id' = ?`, [guesser.id]);
    expect(refused[0]?.count).toBe(10);
  });

  test('WBD-10 an address gets sixty codes in ten minutes, and another address its own', async () => {
    for (let count = 0; count < 60; count += 1) await startPairing(database, 'http 10.0.0.60');
    await expect(startPairing(database, 'http 10.0.0.60')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect((await startPairing(database, 'http 10.0.0.61')).code).toHaveLength(8);
  });

  test('ORG-03 only who may keep screens pairs, lists, changes and revokes them', async () => {
    const { code } = await startPairing(database, 'http 10.0.0.9');
    const nobody = actors['desk']!;
    const { id } = await paired();
    for (const attempt of [
      () => pairScreen(database, nobody, { ...settings(), code }), () => listScreens(database, nobody), () => revokeScreen(database, nobody, { id }),
      () => updateScreen(database, nobody, { ...settings(), id, expectedVersion: 1 }),
    ]) await expect(attempt()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('WBD-10 bad settings are refused with the field and what would be right', async () => {
    const { code } = await startPairing(database, 'http 10.0.0.9');
    const refused = (more: Partial<PairScreen>) => pairScreen(database, admin, { ...settings(), code, ...more });
    await expect(refused({ boards: [] })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'boards' });
    await expect(refused({ boards: [{ boardId: newId(), seconds: 30 }] })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'boards' });
    await expect(refused({ boards: [{ boardId: desk.boards.acme, seconds: 9 }] })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'boards.seconds' });
    await expect(refused({ seatMetres: 5.3 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'seatMetres', message: expect.stringContaining('5.2 m, or the screen needs 67″') });
    await expect(refused({ seatMetres: 5.2 })).resolves.toBeTruthy();
  });
});

describe('WBD-10 identity', () => {
  test('ORG-03 a screen reads its boards, no other, and changes nothing', async () => {
    const { use } = await paired([desk.boards.acme, desk.boards.net]);
    const screen = (await use())!;
    expect((await listBoards(database, screen)).map(({ id }) => id).sort()).toEqual([desk.boards.acme, desk.boards.net].sort());
    await expect(findBoard(database, screen, desk.boards.all)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const incident = await desk.open();
    await expect(assign(database, screen, { id: incident, expectedVersion: 1, teamId: null, holderId: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(pairScreen(database, screen, { ...settings(), code: 'AAAAAAAA' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('WBD-10 an identity does not end by idling: after two years of silence it is the same screen', async () => {
    const { id, use } = await paired();
    time.current = at + 730 * DAY;
    expect(await use()).toMatchObject({ id });
    time.current = at;
  });

  test('WBD-10 a revoked screen is nobody at once, on HTTP and for its open streams, and is told so; it cannot be changed any more', async () => {
    const { id, secret, use } = await paired();
    const screen = (await use())!;
    expect(await screenStillValid(database, screen)).toBe(true);
    await revokeScreen(database, admin, { id, reason: 'taken down' });
    expect([await screenStillValid(database, screen), await use(), await pairingState(database, secret)]).toEqual([false, null, 'revoked']);
    await expect(reportScreen(database, screen, REPORT)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await revokeScreen(database, admin, { id });
    await expect(updateScreen(database, admin, { ...settings(), id, expectedVersion: 2 })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    expect(await events(id)).toEqual(['screen.paired', 'screen.revoked']);
    expect(await lineOf(id)).toMatchObject({ state: 'revoked', revokedBy: 'admin' });
  });

  test('LIV-05 other boards end the open streams, another size does not; a stale version changes nothing', async () => {
    const { id, use } = await paired();
    const screen = (await use())!;
    await updateScreen(database, admin, { ...settings(), id, expectedVersion: 1, diagonalInches: 75 });
    expect(await screenStillValid(database, screen)).toBe(true);
    await updateScreen(database, admin, { ...settings([desk.boards.net]), id, expectedVersion: 2 });
    expect(await screenStillValid(database, screen)).toBe(false);
    await expect(updateScreen(database, admin, { ...settings(), id, expectedVersion: 2 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    expect((await reportScreen(database, (await use())!, REPORT)).screen.boards).toEqual([{ boardId: desk.boards.net, seconds: 30 }]);
  });

  test('WBD-10 the secret is renewed at the first report and after 30 days; the old one holds until the new one is used, and a minute longer', async () => {
    const { id, secret, use } = await paired();
    const first = await reportScreen(database, (await use())!, REPORT);
    expect(first.newSecret).not.toBeNull();
    // The answer was lost: the device goes on with what it has, and is given another.
    const second = (await reportScreen(database, (await use())!, REPORT)).newSecret!;
    const renewed = () => authenticateScreen(database, { secret: second, instance: 'instance-1', origin: 'x' });
    expect(await renewed()).toMatchObject({ id });
    expect((await reportScreen(database, (await renewed())!, REPORT)).newSecret).toBeNull();
    time.current = at + MINUTE;
    expect(await use()).toMatchObject({ id });
    expect((await lineOf(id)).clonedAt).toBeNull();
    time.current = at + 30 * DAY - 1;
    expect((await reportScreen(database, (await renewed())!, REPORT)).newSecret).toBeNull();
    time.current = at + 30 * DAY;
    expect((await reportScreen(database, (await renewed())!, REPORT)).newSecret).not.toBeNull();
    expect(await events(id)).toEqual(['screen.paired', 'screen.renewed']);
    expect(secret).not.toBe(second);
    time.current = at;
  });

  test('S10 a secret that was replaced is refused a minute later, and whoever brought it is noticed and audited', async () => {
    const { id, use } = await paired();
    const { newSecret } = await reportScreen(database, (await use())!, REPORT);
    await authenticateScreen(database, { secret: newSecret!, instance: 'instance-1', origin: 'x' });
    time.current = at + MINUTE + 1;
    expect(await use('instance-2', 'http 203.0.113.5')).toBeNull();
    expect(await lineOf(id)).toMatchObject({ state: 'cloned', clonedFrom: ['http 203.0.113.5'] });
    expect(await events(id)).toEqual(['screen.paired', 'screen.renewed', 'screen.cloned']);
  });

  test('S10 one secret used by two page loads at once is noticed, once, until somebody has looked at it; a reload is not', async () => {
    const { id, use } = await paired();
    const later = async (seconds: number, instance: string, from?: string) => { time.current = at + seconds * SECOND; await use(instance, from); };
    await later(0, 'load-one-1');
    await later(5, 'load-one-1');
    await later(10, 'load-two-2');
    await later(15, 'load-two-2');
    expect(await lineOf(id)).toMatchObject({ clonedAt: null });
    await later(20, 'load-one-1', 'http 10.0.0.77');
    expect(await lineOf(id)).toMatchObject({ state: 'cloned', clonedFrom: ['http 10.0.0.1', 'http 10.0.0.77'] });
    await later(25, 'load-two-2');
    expect((await events(id)).filter((type) => type === 'screen.cloned')).toHaveLength(1);
    await updateScreen(database, admin, { ...settings(), id, expectedVersion: 1, cloneSeen: true });
    expect((await lineOf(id)).clonedAt).toBeNull();
    await later(30, 'load-one-1', 'http 10.0.0.77');
    expect((await events(id)).filter((type) => type === 'screen.cloned')).toHaveLength(2);
  });

  test('WBD-10 last seen, version and problems are listed; after more than 30 s of silence the screen is away', async () => {
    const { id, use } = await paired();
    expect(await lineOf(id)).toMatchObject({ state: 'away', lastSeenAt: null });
    await reportScreen(database, (await use())!, { ...REPORT, problems: ['wake-lock'] });
    expect(await lineOf(id)).toMatchObject({ state: 'live', lastSeenAt: at, report: { version: '0.1.0+abc', width: 1920, height: 1080, problems: ['wake-lock'] } });
    time.current = at + 30 * SECOND;
    expect((await lineOf(id)).state).toBe('live');
    time.current = at + 30 * SECOND + 1;
    expect((await lineOf(id)).state).toBe('away');
  });

  test('WBD-10 nobody but a screen tells how a screen is', async () => {
    await expect(reportScreen(database, admin, REPORT)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await authenticateScreen(database, { secret: 'made-up', instance: 'instance-1', origin: 'x' })).toBeNull();
    const { secret } = await paired();
    expect(await authenticateScreen(database, { secret, instance: 'x', origin: 'x' })).toBeNull();
  });
});
