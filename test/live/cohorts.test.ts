import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { BoardFollower } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);

afterAll(async () => {
  await server.close();
  await database.drop();
});

async function room(size: number, tokens: readonly string[], board: string): Promise<BoardFollower[]> {
  return Promise.all(Array.from({ length: size }, async (_, index) => {
    const follower = new BoardFollower(server.url, tokens[index % tokens.length]!, board);
    await follower.connect();
    await follower.step();
    return follower;
  }));
}

test('LIV-06 D-30 sixty screens of two tokens with equal rights share one cohort: one evaluation and one serialisation a message', async () => {
  const tokens = [(await desk.token({ scopes: ['board.read'] })).plain, (await desk.token({ scopes: ['board.read'] })).plain];
  const before = server.live.figures();
  const screens = await room(60, tokens, desk.boards.net);
  const joined = server.live.figures();
  expect(joined.cohorts - before.cohorts).toBe(1);
  expect(joined.evaluations - before.evaluations).toBeLessThanOrEqual(3);
  const id = await desk.open();
  await Promise.all(screens.map((screen) => screen.until(({ rows }) => rows.has(id))));
  const told = server.live.figures();
  expect(told.serialisations - joined.serialisations).toBeLessThanOrEqual(3);
  expect(told.evaluations - joined.evaluations).toBeLessThanOrEqual(3);
  expect(new Set(screens.map((screen) => screen.canonical())).size).toBe(1);
  for (const screen of screens) screen.disconnect();
  await desk.close(id);
});

test('D-30 other rights are another cohort', async () => {
  const all = await desk.token({ scopes: ['board.read'] });
  const limited = await desk.token({ scopes: ['board.read'], customerId: desk.customers.bolt });
  const id = await desk.open({ customer: 'acme' });
  const [wide] = await room(1, [all.plain], desk.boards.all);
  const [narrow] = await room(1, [limited.plain], desk.boards.all);
  expect(wide!.rows.has(id)).toBe(true);
  expect(narrow!.rows.size).toBe(0);
  wide!.disconnect();
  narrow!.disconnect();
});

test('D-29 a burst of a hundred changes is told in few deltas, with every happening', async () => {
  const token = (await desk.token()).plain;
  const id = await desk.open();
  const [screen] = await room(1, [token], desk.boards.all);
  const before = server.live.figures().evaluations;
  for (let turn = 0; turn < 50; turn += 1) {
    await desk.retitle(id, `turn ${turn}`);
    await desk.breach(id);
  }
  await screen!.until(({ happenings, rows }) => happenings.length >= 50 && rows.get(id)?.title === 'turn 49');
  expect(screen!.happenings.length).toBe(50);
  // The writing took well under two seconds; four evaluations a second and the heartbeat's are the most.
  expect(server.live.figures().evaluations - before).toBeLessThanOrEqual(16);
  screen!.disconnect();
});
