/**
 * From COMMIT to the socket: 200 boards of one view at one server process, 50 commits a second of one row each. Counted
 * from the moment the writer has the database's answer to COMMIT; every change counts at every board, also those that a
 * delta has skipped over (D-29): they waited for the delta that tells what came after them.
 */
import { performance } from 'node:perf_hooks';
import ws from 'ws/package.json' with { type: 'json' };
import { BOARD_FEED } from '../support/board-follower.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { steadily } from '../support/steadily.ts';
import { until } from '../support/until.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { benchDatabase } from './harness/bench-database.ts';
import { cpuSeconds, startChild } from './harness/child.ts';
import { quantile } from './harness/compare.ts';
import { inHundreds, openScreen } from './harness/screen.ts';
import { withStarted, type Started } from './harness/started.ts';
import { openForWriting } from './harness/writing.ts';

const BOARDS = 200;
const PER_SECOND = 50;
const INCIDENTS = 12;

interface Change {
  readonly turn: number;
  committedAt: number | null;
}

export const bench: Bench = {
  name: 'commit-to-socket',
  work: `${PER_SECOND} writes a second, ${BOARDS} boards of one view, from COMMIT to the socket`,
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const databaseUrl = await benchDatabase(started);
  const desk = await PlainDesk.open(await openForWriting(started, databaseUrl), INCIDENTS);
  const ids = await Promise.all(Array.from({ length: INCIDENTS }, () => desk.open()));
  const server = started.ends(await startChild<{ url: string }>('test/load/harness/server-child.ts', { DATABASE_URL: databaseUrl }), ({ end }) => end());
  const operation = { id: 'feed', query: BOARD_FEED, variables: { id: desk.boards.all } };
  const { plain } = await desk.token();
  const boards: Board[] = [];
  const sockets = await inHundreds(BOARDS, async () => {
    const board = new Board();
    boards.push(board);
    return openScreen(server.ready.url, plain, [operation], (text) => board.hear(text));
  });
  started.ends(sockets, (open) => open.forEach((socket) => socket.terminate()));

  const write = async (milliseconds: number): Promise<number> => {
    const { failed } = await steadily(PER_SECOND, milliseconds / 1000, async () => {
      const change: Change = { turn: (turn += 1), committedAt: null };
      const id = ids[turn % INCIDENTS]!;
      for (const board of boards) board.expect(id, change);
      await desk.retitle(id, `turn ${change.turn}`);
      change.committedAt = performance.now();
    });
    await until('every board has every change', () => boards.every(({ missing }) => missing === 0));
    return failed;
  };
  let turn = 0;
  await write(run.warmUpMs);
  for (const board of boards) board.latencies.length = 0;
  const [cpu, before] = [cpuSeconds(server.pid), await server.ask<{ evaluations: number }>('figures')];
  const milliseconds = run.rounds * run.roundMs;
  const failed = await write(milliseconds);
  const after = await server.ask<{ evaluations: number }>('figures');
  const latencies = boards.flatMap((board) => board.latencies);
  const seconds = milliseconds / 1000;
  return {
    comparisons: [],
    figures: {
      p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), mostMs: quantile(latencies, 1), changes: latencies.length / BOARDS, failedWrites: failed,
      messagesPerSecondAndBoard: boards.reduce((sum, { deltas }) => sum + deltas, 0) / BOARDS / seconds,
      evaluationsPerSecond: (after.evaluations - before.evaluations) / seconds, serverCores: (cpuSeconds(server.pid) - cpu) / seconds,
    },
    aims: [{ of: 'p50Ms', most: 100 }, { of: 'p99Ms', most: 400 }, { of: 'failedWrites', most: 0 }],
    versions: { node: process.version, ws: ws.version },
  };
}

/** One board's end: which changes it still waits for, by incident. */
class Board {
  readonly latencies: number[] = [];
  deltas = 0;
  missing = 0;
  private readonly awaited = new Map<string, Change[]>();

  expect(id: string, change: Change): void {
    this.missing += 1;
    const others = this.awaited.get(id);
    if (others) others.push(change);
    else this.awaited.set(id, [change]);
  }

  hear(text: string): void {
    const now = performance.now();
    if (!text.includes('"BoardDelta"')) return;
    this.deltas += 1;
    for (const [, id, turn] of text.matchAll(/"id":"([0-9a-f-]{36})","number":"[^"]*","version":\d+,"title":"turn (\d+)"/g)) this.shown(id!, Number(turn), now);
  }

  private shown(id: string, turn: number, now: number): void {
    // Two writers of one incident may commit in the other order; what is shown last is shown.
    const awaited = this.awaited.get(id) ?? [];
    const heard = awaited.filter((change) => change.turn <= turn);
    this.awaited.set(id, awaited.filter((change) => change.turn > turn));
    this.missing -= heard.length;
    // A socket may be quicker than the answer to COMMIT.
    for (const { committedAt } of heard) this.latencies.push(Math.max(0, now - (committedAt ?? now)));
  }
}
