import { afterAll, expect, test } from 'vitest';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { announceReplay } from '../../server/src/features/board/board.service.ts';
import { HOUR, MINUTE } from '../../server/src/kernel/instant.ts';
import { startServer } from '../../server/src/app/server.ts';
import { BoardFollower, freshBoard } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const options = { databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false };
const first = await startServer(options);
const second = await startServer(options);
const desk = await PlainDesk.open(first.database, 5);
const token = (await desk.token()).plain;
const followers: BoardFollower[] = [];

afterAll(async () => {
  for (const follower of followers) follower.disconnect();
  await Promise.all([first.close(), second.close()]);
  await database.drop();
});

async function follow(url = first.url, board = desk.boards.all): Promise<BoardFollower> {
  const follower = new BoardFollower(url, token, board);
  followers.push(follower);
  await follower.connect();
  await follower.step();
  return follower;
}

test('LIV-01 LIV-02 a board begins with a snapshot, then tells what changes', async () => {
  const follower = await follow();
  expect(follower.kinds).toEqual(['BoardSnapshot']);
  const id = await desk.open({ title: 'Core switch down', level: 'LV1' });
  await follower.until(({ rows }) => rows.has(id));
  expect(follower.rows.get(id)).toMatchObject({ title: 'Core switch down', level: 'LV1', state: 'IN_PROGRESS', clock: { kind: 'RESOLUTION', state: 'RUNNING', outsideHours: false } });
  expect(follower.counters).toMatchObject({ open: 1, byLevel: [{ level: 'LV1', count: 1 }, { level: 'LV2', count: 0 }, { level: 'LV3', count: 0 }, { level: 'LV4', count: 0 }] });
  await desk.close(id);
  await follower.until(({ rows }) => !rows.has(id));
  expect(follower.counters).toMatchObject({ open: 0 });
});

test('LIV-04 a change committed on one process reaches the screens of the other', async () => {
  const here = await follow(first.url);
  const there = await follow(second.url);
  const id = await desk.open();
  await Promise.all([here.until(({ rows }) => rows.has(id)), there.until(({ rows }) => rows.has(id))]);
  expect(there.canonical()).toBe(here.canonical());
  await desk.close(id);
});

test('LIV-02 WBD-01 a row that is pushed out of the first five is taken away, and comes back', async () => {
  const follower = await follow();
  const ids: string[] = [];
  for (let index = 1; index <= 5; index += 1) ids.push(await desk.open({ dueInMs: index * HOUR }));
  await follower.until(({ rows }) => rows.size === 5);
  const urgent = await desk.open({ dueInMs: MINUTE });
  await follower.until(({ rows }) => rows.has(urgent));
  expect([...follower.rows.keys()]).not.toContain(ids[4]);
  expect(follower.rows.size).toBe(5);
  await desk.close(urgent);
  await follower.until(({ rows }) => rows.has(ids[4]!));
  for (const id of ids) await desk.close(id);
});

test('LIV-02 D-29 a screen that was away gets what it missed on any process: rows, removals and every happening', async () => {
  const follower = await follow(first.url);
  const stays = await desk.open({ dueInMs: 2 * HOUR });
  const goes = await desk.open({ dueInMs: 3 * HOUR });
  await follower.until(({ rows }) => rows.has(stays) && rows.has(goes));
  follower.disconnect();
  await desk.close(goes);
  await desk.breach(stays);
  await desk.retitle(stays, 'changed while away');
  follower.happenings.length = 0;
  await follower.connect(second.url);
  await follower.until(({ rows }) => rows.get(stays)?.title === 'changed while away' && !rows.has(goes));
  expect(follower.snapshots).toBe(1);
  expect(follower.happenings.length).toBe(2);
  expect(follower.canonical()).toBe((await freshBoard(first.url, token, desk.boards.all)).canonical);
  await desk.close(stays);
});

test('LIV-02 resuming where nothing happened says so at once', async () => {
  const follower = await follow();
  follower.disconnect();
  await follower.connect();
  const update = await follower.step();
  expect(['BoardHeartbeat', 'BoardDelta']).toContain(update.__typename);
  expect(follower.snapshots).toBe(1);
});

test.each([
  ['of another log', (follower: BoardFollower) => { follower.epoch = '00000000-0000-4000-8000-000000000000'; }],
  ['ahead of the log', (follower: BoardFollower) => { follower.seq = '999999999'; }],
])('LIV-02 a cursor %s gets a fresh snapshot', async (_what, spoil) => {
  const follower = await follow();
  follower.disconnect();
  spoil(follower);
  await follower.connect();
  expect((await follower.step()).__typename).toBe('BoardSnapshot');
});

test('LIV-03 D-28 a heartbeat comes within 5 s though nothing changes, with the server\'s clock', async () => {
  const follower = await follow();
  const began = performance.now();
  let update = await follower.step();
  while (update.__typename !== 'BoardHeartbeat') update = await follower.step();
  expect(performance.now() - began).toBeLessThan(6000);
  expect(Math.abs(Date.parse(update.serverTime) - Date.now())).toBeLessThan(1000);
});

test('LIV-02 one board sees only its own: another customer\'s incident is neither sent nor counted', async () => {
  const acme = await follow(first.url, desk.boards.acme);
  const all = await follow(first.url, desk.boards.all);
  const foreign = await desk.open({ customer: 'bolt' });
  const own = await desk.open({ customer: 'acme' });
  await acme.until(({ rows }) => rows.has(own));
  await all.until(({ rows }) => rows.has(own) && rows.has(foreign));
  expect(acme.rows.has(foreign)).toBe(false);
  expect(acme.counters).toMatchObject({ open: 1 });
  await desk.close(own);
  await desk.close(foreign);
});

test('D-27 when a replay begins to feed the boards every screen is told by a snapshot, also one that was away', async () => {
  const here = await follow(first.url);
  const away = await follow(second.url);
  away.disconnect();
  const before = here.snapshots;
  await announceReplay(first.database, SYSTEM('test'), 60);
  await here.until(({ snapshots }) => snapshots > before);
  await away.connect();
  await away.until(({ snapshots }) => snapshots === 2);
});
