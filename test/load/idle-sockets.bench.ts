/**
 * What an idle subscription costs the server: memory before and after 5,000 sockets with one subscription of a board each,
 * heartbeats going on, after forced collection; each contender a process of its own.
 */
import { setTimeout as wait } from 'node:timers/promises';
import graphqlWs from 'graphql-ws/package.json' with { type: 'json' };
import ws from 'ws/package.json' with { type: 'json' };
import { BOARD_FEED } from '../support/board-follower.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import type { Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { benchDatabase } from './harness/bench-database.ts';
import { startChild } from './harness/child.ts';
import { compare, OURS, quantile, type Contender } from './harness/compare.ts';
import { inHundreds, openScreen } from './harness/screen.ts';
import { withStarted, type Started } from './harness/started.ts';
import { openForWriting } from './harness/writing.ts';
import type { Memory } from './idle-sockets/settled-memory.ts';

const SOCKETS = 5000;
/** Opened and closed before the first look, so that code and pools are there. */
const WARMING = 300;
/** Two heartbeats. */
const IDLE_MS = 11_000;

export const bench: Bench = {
  name: 'idle-sockets',
  work: `${SOCKETS} idle subscriptions, server memory for each`,
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const databaseUrl = await benchDatabase(started);
  const desk = await PlainDesk.open(await openForWriting(started, databaseUrl));
  await Promise.all(Array.from({ length: 12 }, () => desk.open()));
  const { plain } = await desk.token();
  const operation = { id: 'feed', query: BOARD_FEED, variables: { id: desk.boards.all } };
  const heap: Record<string, number[]> = { [OURS]: [], raw: [] };
  const contender = (key: string): Contender => ({
    key,
    round: () => withStarted(async (inRound) => {
      const flags = ['--expose-gc'];
      const child = inRound.ends(await startChild<{ url: string }>(`test/load/idle-sockets/${key}.ts`, { DATABASE_URL: databaseUrl }, flags), ({ end }) => end());
      const heard = { first: 0, lost: 0 };
      const open = (count: number) => inHundreds(count, async () => {
        let isFirst = true;
        const socket = await openScreen(child.ready.url, plain, [operation], () => {
          if (isFirst) heard.first += 1;
          isFirst = false;
        });
        return socket.on('close', () => (heard.lost += 1));
      });
      for (const socket of await open(WARMING)) socket.close();
      await wait(1000);
      const before = await child.ask<Memory>('memory');
      Object.assign(heard, { first: 0, lost: 0 });
      inRound.ends(await open(SOCKETS), (sockets) => sockets.forEach((socket) => socket.terminate()));
      await wait(IDLE_MS);
      const after = await child.ask<Memory>('memory');
      if (heard.first !== SOCKETS || heard.lost > 0) throw new Error(`${key}: of ${SOCKETS} sockets ${heard.first} have heard something and ${heard.lost} are lost.`);
      heap[key]!.push((after.heap - before.heap) / SOCKETS / 1000);
      return (after.rss - before.rss) / SOCKETS / 1000;
    }),
  });
  // A round is as long as it takes; memory does not grow more exact with time, and one warm-up less is a minute less.
  const comparison = await compare({ ...run, rounds: Math.min(run.rounds, 3) }, { unit: 'kB of RSS a socket', better: 'less' }, [contender(OURS), contender('raw')]);
  return {
    comparisons: [comparison],
    figures: { rssKbPerSocket: comparison.spread[OURS]!.median, heapKbPerSocket: quantile(heap[OURS]!, 0.5), rawHeapKbPerSocket: quantile(heap['raw']!, 0.5) },
    aims: [{ of: 'rssKbPerSocket', most: 25 }],
    versions: { node: process.version, ws: ws.version, 'graphql-ws': graphqlWs.version },
  };
}
