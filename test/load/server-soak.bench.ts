/**
 * A server at 60 times the rate of a busy desk, 200 boards and 20 queues that come and go: what it holds after forced
 * collections. `node --import tsx test/load/server-soak.bench.ts [--minutes=30]`; then the same judge on a planted leak.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import type { WebSocket } from 'ws';
import { BOARD_FEED } from '../support/board-follower.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { SOAK_PER_SECOND } from '../support/soak.ts';
import { steadily } from '../support/steadily.ts';
import { benchDatabase } from './harness/bench-database.ts';
import { startChild } from './harness/child.ts';
import { inHundreds, openScreen, type Operation } from './harness/screen.ts';
import { withStarted, type Started } from './harness/started.ts';
import { openForWriting } from './harness/writing.ts';
import { faultsOf, type ServerHolding } from './server-soak/judge.ts';

const BOARDS = 200;
const QUEUES = 20;
const INCIDENTS = 100;
const QUEUE_FEED = `subscription Queue { queue(filter: {}) { __typename
  ... on QueueSnapshot { seq total rows { id version order } } ... on QueueDelta { fromSeq toSeq upserts { id version order } removals } ... on QueueHeartbeat { seq } } }`;
/** One screen after another is cut and comes back. */
const RECONNECT_EVERY_MS = 500;
/** The server keeps the newest 10,000 events: that it fills is no leak, so it is full before the first look. */
const EVENTS_KEPT = 10_000;
/** Samples a run; short runs take them more often. */
const SAMPLES = 30;

interface Desk {
  readonly databaseUrl: string;
  readonly desk: PlainDesk;
  readonly token: string;
  readonly ids: string[];
}

const { values: { minutes: given } } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(given);
process.exitCode = await withStarted(async (started) => {
  const world = await openDesk(started);
  const flat = faultsOf(await soak(world, minutes, false));
  console.log(`${minutes} min at ${SOAK_PER_SECOND} changes/s, ${BOARDS} boards, ${QUEUES} queues: ${flat.says}${flat.faults.map((fault) => `; FAULT: ${fault}`).join('')}`);
  const leaking = faultsOf(await soak(world, Math.min(minutes, 3), true));
  const found = ['the heap grows', 'timers grow'].every((fault) => leaking.faults.includes(fault));
  console.log(`planted leak: ${leaking.says}; ${found ? 'found' : `NOT FOUND, only ${leaking.faults.join(', ') || 'nothing'}`}`);
  return flat.faults.length === 0 && found ? 0 : 1;
});

async function openDesk(started: Started): Promise<Desk> {
  const databaseUrl = await benchDatabase(started);
  const desk = await PlainDesk.open(await openForWriting(started, databaseUrl));
  const ids: string[] = [];
  while (ids.length < INCIDENTS) ids.push(await desk.open());
  return { databaseUrl, desk, ids, token: (await desk.token()).plain };
}

async function soak(world: Desk, soakMinutes: number, leaks: boolean): Promise<readonly ServerHolding[]> {
  return withStarted(async (started) => {
    const environment = { DATABASE_URL: world.databaseUrl, ...(leaks ? { LEAK: '1' } : {}) };
    const server = started.ends(await startChild<{ url: string }>('test/load/server-soak/server.ts', environment, ['--expose-gc']), ({ end }) => end());
    const room = started.ends(await openRoom(server.ready.url, world), (opened) => opened.close());
    await fillRing(world);
    const stop = comeAndGo(room);
    const samples: ServerHolding[] = [];
    const began = performance.now();
    const looking = (async () => {
      for (let index = 1; index <= SAMPLES; index += 1) {
        await wait(Math.max(0, began + (soakMinutes * 60_000 * index) / SAMPLES - performance.now()));
        const held = await server.ask<Omit<ServerHolding, 'minute' | 'connections'>>('holding');
        samples.push({ ...held, minute: (performance.now() - began) / 60_000, connections: await connectionsOf(world) });
        const { minute, heapMb, rssMb, sockets, timers, connections } = samples.at(-1)!;
        console.log(`${leaks ? 'leaking ' : ''}${minute.toFixed(1)} min: heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(0)} MB, ${sockets} sockets, ${timers} timers, ${connections} connections`);
      }
    })();
    const { failed } = await steadily(SOAK_PER_SECOND, soakMinutes * 60, (turn) => act(world, turn));
    await looking;
    await stop();
    if (failed > 0) throw new Error(`${failed} changes failed.`);
    return samples;
  });
}

interface Room {
  /** Cuts one screen and opens it again. */
  cut(place: number): Promise<void>;
  readonly size: number;
  close(): void;
}

async function openRoom(url: string, { token, desk }: Desk): Promise<Room> {
  const board: Operation = { id: 'feed', query: BOARD_FEED, variables: { id: desk.boards.all } };
  const queue: Operation = { id: 'feed', query: QUEUE_FEED, variables: {} };
  const open = (place: number): Promise<WebSocket> => openScreen(url, token, [place < BOARDS ? board : queue], (text) => {
    if (text.includes('"errors"')) throw new Error(text.slice(0, 500));
  });
  const sockets = await inHundreds(BOARDS + QUEUES, open);
  return {
    size: sockets.length,
    cut: async (place) => {
      sockets[place]!.terminate();
      sockets[place] = await open(place);
    },
    close: () => sockets.forEach((socket) => socket.terminate()),
  };
}

function comeAndGo(room: Room): () => Promise<void> {
  let over = false;
  const going = (async () => {
    for (let turn = 0; !over; turn += 1) {
      await wait(RECONNECT_EVERY_MS);
      await room.cut(turn % room.size);
    }
  })();
  return async () => {
    over = true;
    await going;
  };
}

async function fillRing({ desk, ids }: Desk): Promise<void> {
  for (let done = 0; done < EVENTS_KEPT; done += 500) {
    await desk.database.change(SYSTEM('bench'), async ({ emit, now }) => {
      const occurredAt = await now();
      const event = (index: number) => ({
        type: 'incident.logged', subjectKind: 'incident', subjectId: ids[index % INCIDENTS]!, ticketId: ids[index % INCIDENTS]!, occurredAt,
        customerId: desk.customers.acme, teamIds: [desk.teams.net], after: { title: `Turn ${index}` },
      });
      emit(...Array.from({ length: 500 }, (_, index) => event(index)));
    });
    await wait(300);
  }
}

/** Mostly new titles; every fourth turn one incident goes and another comes, so that the number of open ones stands. */
async function act({ desk, ids }: Desk, turn: number): Promise<void> {
  const place = turn % ids.length;
  const id = ids[place]!;
  if (turn % 4 !== 3) return desk.retitle(id, `Turn ${turn}`);
  ids[place] = await desk.open({ title: `New at turn ${turn}` });
  await desk.close(id);
}

async function connectionsOf({ desk }: Desk): Promise<number> {
  const rows = await desk.database.em.execute<{ count: number }[]>('select count(*)::int as count from pg_stat_activity where datname = current_database()');
  return rows[0]!.count;
}
