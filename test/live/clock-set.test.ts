import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { startServer } from '../../server/src/app/server.ts';
import { DAY, HOUR, SECOND } from '../../server/src/kernel/instant.ts';
import { BoardFollower, type Update } from '../support/board-follower.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

const database = await createTestDatabase();
const server = await startServer({ databaseUrl: database.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
const desk = await PlainDesk.open(server.database);
const token = (await desk.token()).plain;
const id = await desk.open();

afterEach(() => void vi.restoreAllMocks());
afterAll(async () => {
  await server.close();
  await database.drop();
});

/** Somebody sets the clock of the server's machine; the database's is another machine's and stays right. */
function setClock(byMs: number): void {
  const right = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => right() + byMs);
}

async function join(): Promise<{ screen: BoardFollower; first: Update }> {
  const screen = new BoardFollower(server.url, token, desk.boards.all);
  await screen.connect();
  return { screen, first: await screen.step() };
}

test.each([['an hour ahead', HOUR], ['a day back', -DAY]])('LIV-03 D-19 the server set %s: boards still hear the database\'s time, and changes at once', async (_what, byMs) => {
  const { screen } = await join();
  setClock(byMs);
  const before = await server.database.now();
  const { screen: other, first } = await join();
  for (const told of [first.serverTime, first.asOf]) expect(Math.abs(Date.parse(told) - before)).toBeLessThan(15 * SECOND);
  const title = `told at ${before} after ${byMs}`;
  const began = performance.now();
  await desk.retitle(id, title);
  await screen.until(({ rows }) => rows.get(id)?.title === title);
  // A heartbeat would bring it too, up to 5 s later.
  expect(screen.kinds.filter((kind) => kind === 'BoardHeartbeat').length + (performance.now() - began > 10 * SECOND ? 1 : 0)).toBeLessThan(2);
  const heartbeat = async (): Promise<Update> => {
    for (;;) {
      const update = await screen.step();
      if (update.__typename === 'BoardHeartbeat') return update;
    }
  };
  const { asOf, serverTime } = await heartbeat();
  const now = await server.database.now();
  for (const told of [serverTime, asOf]) expect(Math.abs(Date.parse(told) - now)).toBeLessThan(15 * SECOND);
  screen.disconnect();
  other.disconnect();
});
