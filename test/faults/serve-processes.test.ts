import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../../server/src/exit-codes.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { HOUR, SECOND } from '../../server/src/kernel/instant.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { freshSnapshot, toldTwice } from '../support/board-truth.ts';
import { BoardWatcher } from '../support/board-watcher.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { awkwardFolder, isAlive, serveProcess, serversOf, type StartProcess } from '../support/start-process.ts';
import { until } from '../support/until.ts';
import { withDatabase } from './harness/fault-database.ts';
import { DESK, openDesk, type FaultDesk } from './harness/fault-desk.ts';
import { checkMutations } from './harness/mutation-check.ts';
import { MutationLoad } from './harness/mutation-load.ts';

const BOARDS = 100;
/** Who is busy is handed fewer connections: of a quarter each nobody can be sure. */
const OF_ONE_PROCESS = 4;
const OLD_INCIDENTS = 20;
const MUTATIONS_BETWEEN = 150;

let folder: ReturnType<typeof awkwardFolder>;
let made: TestDatabase;
let served: StartProcess;

beforeEach(async () => {
  folder = awkwardFolder();
  made = await createTestDatabase();
});
afterEach(async () => {
  served?.kill('SIGKILL');
  await served?.end();
  await made.drop();
  folder.remove();
});

function serve(processes: string): StartProcess {
  return (served = serveProcess({ dataDirectory: folder.path, args: ['--processes', processes], environment: { DATABASE_URL: made.url, LOG_LEVEL: 'warn' } }));
}

interface Readiness { readonly status: string; readonly process: number; readonly processes: readonly { process: number; pid: number | null; state: string }[] }

/** Over a connection of its own, so that each time another process answers. */
async function readiness(url: string): Promise<Readiness> {
  const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' } });
  return (await answer.json()) as Readiness;
}

async function allReady(url: string, count: number): Promise<void> {
  await until('every process is ready', async () => (await readiness(url)).processes.filter(({ state }) => state === 'ready').length === count, 120_000);
}

/** LV1s eight hours less a few seconds old: they warn, breach and escalate while the test looks on. */
async function recordOld(database: Database, { customerId, teamId }: FaultDesk): Promise<void> {
  const now = await database.now();
  for (let index = 0; index < OLD_INCIDENTS; index += 1) {
    await record(database, DESK, {
      customerId, teamId, title: `Old ${index}`, description: 'planted', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV1',
      reportedAt: now - 8 * HOUR + (4 + index * 0.5) * SECOND,
    });
  }
}

test('LIV-02 LIV-04 SLA-02 four processes behind one port, 100 boards, one process killed: nothing acknowledged is lost, every board is right', { timeout: 240_000 }, async () => {
  const url = await serve('4').address();
  const answered = new Set<number>();
  await until('each process answers in its turn', async () => answered.add((await readiness(url)).process).size === 4);
  await withDatabase(made.url, async (database) => {
    const desk = await openDesk(database);
    const boards = Array.from({ length: BOARDS }, () => new BoardWatcher(desk.boardId, desk.screenToken, () => url));
    const watching = boards.map((board) => board.watch());
    await until('every board has its snapshot', () => boards.every((board) => board.snapshots > 0), 60_000);
    await recordOld(database, desk);

    const load = new MutationLoad({ desk, urls: () => [url], perSecond: 60, seed: 7, name: 'serve' });
    await until('some was acknowledged', () => load.done > MUTATIONS_BETWEEN, 60_000);
    const killed = serversOf(served)[1]!;
    process.kill(killed, 'SIGKILL');
    await until('its boards are back through the others', () => boards.filter((board) => board.reconnections > 0).length >= OF_ONE_PROCESS);
    await until('more was acknowledged', () => load.done > 2 * MUTATIONS_BETWEEN, 60_000);
    await allReady(url, 4);
    const { said, findings } = await load.end();
    expect(findings).toEqual([]);

    await until('nothing that is due is left', async () => (await database.em.execute(`select from timer where due_at < clock_timestamp() + interval '1 second'`)).length === 0, 90_000);
    const { seq } = (await database.em.execute<{ seq: number }[]>('select seq::float8 as seq from event_log_head'))[0]!;
    await until('every board is at the end of the log', () => boards.every((board) => Number(board.seq) >= seq), 60_000);
    const { rows } = await freshSnapshot(url, { token: desk.screenToken, boardId: desk.boardId });
    for (const board of boards) expect(board.shown).toEqual(rows);
    expect(await checkMutations(made.url, said, 'serve')).toEqual([]);
    expect(await toldTwice(database)).toEqual([]);
    expect((await database.em.execute(`select from event_log where type = 'clock.breached'`)).length).toBeGreaterThanOrEqual(OLD_INCIDENTS);
    expect(await database.em.execute('select * from verify_event_log()')).toEqual([]);
    expect(serversOf(served)).not.toContain(killed);
    expect(served.said()).toMatch(/"how":"SIGKILL".*started again/);
    for (const board of boards) board.end();
    await Promise.all(watching);
  });
});

test('a connection on its way to a process that dies is ended, so that its client comes again', { timeout: 120_000 }, async () => {
  const url = new URL(await serve('2').address());
  const struck = serversOf(served)[1]!;
  process.kill(struck, 'SIGSTOP');
  const clients = Array.from({ length: 8 }, () => new WaitingClient(url));
  await until('the one that runs has answered its share', () => clients.filter(({ answered }) => answered).length >= 4);
  process.kill(struck, 'SIGKILL');
  await until('nobody waits for the one that died', () => clients.every(({ answered, ended }) => answered || ended), 10_000);
  expect(clients.some(({ answered }) => !answered)).toBe(true);
});

/** Asks once, over a connection of its own. */
class WaitingClient {
  answered = false;
  ended = false;

  constructor({ hostname, port }: URL) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).on('close', () => (this.ended = true)).on('data', () => (this.answered = true));
    socket.write(`GET /healthz HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  }
}

test('Ctrl-C drains every process and ends with 0; kill -9 of the first leaves none of them', { timeout: 240_000 }, async () => {
  const first = serve('2');
  await first.address();
  const pids = serversOf(first);
  expect(pids).toHaveLength(2);
  const began = performance.now();
  // As a terminal does: to every process of it.
  for (const pid of pids) process.kill(pid, 'SIGINT');
  first.kill('SIGINT');
  expect(await first.end()).toBe(EXIT.OK);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(pids.filter(isAlive)).toEqual([]);
  const second = serve('2');
  await second.address();
  const orphans = serversOf(second);
  second.kill('SIGKILL');
  await until('nothing that was started is still running', () => !orphans.some(isAlive));
});

test('a process that ends again and again is told, and ends the whole with a code of its own', { timeout: 120_000 }, async () => {
  const first = serve('1');
  await first.address();
  const hunt = setInterval(() => serversOf(first).forEach((pid) => process.kill(pid, 'SIGKILL')), 50);
  try {
    expect(await first.end()).toBe(EXIT.PROCESSES_KEEP_ENDING);
  } finally {
    clearInterval(hunt);
  }
  expect(EXIT.PROCESSES_KEEP_ENDING).toBe(14);
  expect(first.said()).toContain('Server process 1 ended 6 times in a row soon after its start, the last time by SIGKILL.');
});

test('more processes than PostgreSQL has connections for are refused before anything is changed, with the setting to raise', async () => {
  const first = serve('64');
  expect(await first.end()).toBe(EXIT.SETTING_INVALID);
  expect(first.said()).toMatch(/--processes 64 may need 1219 connections to PostgreSQL \(19 each and 3\); it allows \d+ by max_connections = \d+ \(\d+ of them reserved\)\. Ask for at most --processes \d+, or raise that to make room for 1219\./);
});
