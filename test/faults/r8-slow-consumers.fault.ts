import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createToken } from '../../server/src/features/access/access-token.service.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { freshBoard } from '../support/board-follower.ts';
import { longRegister } from '../support/long-register.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { numberIn, watchHonesty } from './harness/board-honesty.ts';
import { openFaultBoard, type FaultBoard } from './harness/fault-board.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { DESK, openDesk, type FaultDesk } from './harness/fault-desk.ts';
import type { Control, FaultRun, Part } from './harness/fault-run.ts';
import { complaintsFound, countedServer, holdingsOf, leaks, settledHoldings } from './harness/holdings.ts';
import { allEqual } from './r7/equal-feeds.ts';
import { LoudDesk } from './r8/loud-desk.ts';
import { beSlow, SLOW_KINDS, type SlowDesk, type SlowKind, type Slowness } from './r8/slow-clients.ts';
import { costs, p99, rssMb, unended, type Measured } from './r8/slow-check.ts';

const QUICK = 1000;
const SCOPES = ['incident.read', 'board.read', 'customer.read', 'metrics.read', 'change.read'];
const ANSWERED_WITHIN_MS = 5000;
const ASK_EVERY_MS = 500;
const EQUAL_WITHIN_MS = 15_000;
const GIVEN_BACK_WITHIN_MS = 30_000;
/** One piece of work, until everybody who is over has been asked whether. */
const SECONDS_TOGETHER = 5;

interface Size {
  readonly slow: Readonly<Record<SlowKind, number>>;
  readonly healthy: number;
  /** Of each title: what a board hears is some twelve times as long. */
  readonly letters: number;
  readonly exportRows: number;
  readonly quietSeconds: number;
  readonly slackMs: number;
  readonly mostGrowthMb: number;
}

const FULL_SIZE: Size = {
  slow: { 'deaf board': 40, 'deaf queue': 20, 'deaf records': 10, 'asks and does not read': 5, 'pings and does not read': 5, 'deaf export': 8, 'deaf answer': 6, 'drips its head': 3, 'drips its body': 3 },
  healthy: 20, letters: 1000, exportRows: 30_000, quietSeconds: 30, slackMs: 250, mostGrowthMb: 50,
};
/** Of few samples in CI's company only this is asked: no healthy board gets so old that it must say so. */
const QUICK_SLACK_MS = 10_000;
const QUICK_SIZE: Size = {
  slow: { 'deaf board': 4, 'deaf queue': 2, 'deaf records': 1, 'asks and does not read': 1, 'pings and does not read': 1, 'deaf export': 6, 'deaf answer': 1, 'drips its head': 1, 'drips its body': 1 },
  healthy: 4, letters: 16_000, exportRows: 10_000, quietSeconds: 3, slackMs: QUICK_SLACK_MS, mostGrowthMb: 80,
};

/** R8: a hundred clients that stop reading, or drip, beside healthy boards: they cost bounded memory, nobody waits for them, and they are ended. */
export const slowConsumers: FaultRun = {
  id: 'R8', title: 'clients that stop reading, or send by drops', unit: 'changes', full: 60_000, quick: QUICK, budgetMinutes: 8,
  async run(serverUrl, part) {
    const made = await faultDatabase(serverUrl);
    const server = await countedServer(made.url);
    try {
      return await withDatabase(made.url, async (database) => amongSlow({ server, database, databaseUrl: made.url, desk: await openDesk(database), size: part.upTo === QUICK ? QUICK_SIZE : FULL_SIZE }, part));
    } finally {
      await server.end('SIGKILL');
      await made.drop();
    }
  },
  controls,
};

interface Scene {
  readonly server: ServerProcess;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly desk: FaultDesk;
  readonly size: Size;
}

async function amongSlow(scene: Scene, part: Part) {
  const { server, database, databaseUrl, desk, size } = scene;
  await longRegister(databaseUrl, desk, size.exportRows);
  const loud = await LoudDesk.open(database, desk, size.letters);
  const { plain: token } = await createToken(database, DESK, { name: 'slow', kind: 'integrator', scopes: SCOPES });
  const slowDesk = { url: server.url, token, boardId: desk.boardId };
  const healthy = healthyBoards(scene, loud);
  await until('every board shows something', () => healthy.boards.every((board) => board.trueUntil() !== null));
  const honesty = watchHonesty(healthy.boards, [loud.marked]);
  const without = await measured(server, healthy, async (look) => {
    await loud.beLoud(size.quietSeconds);
    await look();
  });
  const before = await settledHoldings(server, { atMost: { sockets: size.healthy }, withinMs: GIVEN_BACK_WITHIN_MS });
  const asking = askOnAndOn(scene);
  const began = loud.changes;
  const changed = (): number => part.from + loud.changes - began;
  const room = slowRoom(slowDesk, size);
  const among = await measured(server, healthy, async (look) => {
    while ((changed() < part.upTo && !part.over()) || room.ended.length === 0) {
      await loud.beLoud(SECONDS_TOGETHER);
      await look();
      if (changed() % 6000 < SECONDS_TOGETHER * 200) part.say(`${changed()} changes, ${room.ended.length} slow clients ended; ${rssMb(server.child.pid!).toFixed(0)} MB`);
    }
  });
  await room.stop();
  const answers = await asking.stop();
  const equal = await allEqual(server.url, { desk, withinMs: EQUAL_WITHIN_MS }, { boards: healthy.boards, records: [] });
  const lies = honesty.stop();
  const after = await settledHoldings(server, { atMost: before, withinMs: GIVEN_BACK_WITHIN_MS });
  healthy.stop();
  const ends = room.ended.flatMap(({ endedAfterMs }) => endedAfterMs ?? []);
  return {
    done: changed(),
    figures: {
      ...Object.fromEntries(SLOW_KINDS.map((kind) => [`${kind} ended`, room.ended.filter((slow) => slow.kind === kind).length])),
      worstEndMs: Math.max(...ends), worstGrowthMb: among.worstHeldMb - without.worstHeldMb, worstRssGrowthMb: among.worstRssMb - without.worstRssMb, worstQuietP99Ms: p99(without.delaysMs), p99Ms: p99(among.delaysMs), worstAnswerMs: answers.worstMs,
    },
    findings: [
      ...costs({ without, among, ...size }), ...unended(room.ended), ...healthy.findings, ...answers.findings, ...equal.findings, ...lies,
      ...leaks({ before, after, times: room.ended.length }), ...complaintsFound([server]),
    ],
  };
}

interface Healthy {
  readonly boards: readonly FaultBoard[];
  readonly findings: string[];
  /** Of each change to each board, since it was last asked. */
  takeDelays(): number[];
  stop(): void;
}

function healthyBoards({ server, desk, size }: Scene, { marked }: LoudDesk): Healthy {
  const findings: string[] = [];
  let delays: number[] = [];
  let over = false;
  const open = (): FaultBoard => {
    let shown = 0;
    return openFaultBoard(server.url, { token: desk.screenToken, boardId: desk.boardId }, {
      update(board) {
        const number = numberIn(board.titleOf(marked.incidentId));
        // The board may hear before we know that the commit was answered.
        for (; shown < number; shown += 1) delays.push(performance.now() - (marked.committedAt[shown + 1] ?? performance.now()));
      },
      connection(state, detail) {
        if (state === 'waiting' && !over) findings.push(`a healthy board lost its connection: ${detail}`);
      },
    });
  };
  const boards = Array.from({ length: size.healthy }, open);
  return {
    boards, findings,
    takeDelays: () => {
      const taken = delays;
      delays = [];
      return taken;
    },
    stop: () => {
      over = true;
      for (const board of boards) board.stop();
    },
  };
}

/** While some work goes on; `look` asks for what is held, which takes the server a moment. */
async function measured(server: ServerProcess, healthy: Pick<Healthy, 'takeDelays'>, work: (look: () => Promise<number>) => Promise<unknown>): Promise<Measured> {
  healthy.takeDelays();
  let worstRssMb = 0;
  let worstHeldMb = 0;
  const looking = setInterval(() => (worstRssMb = Math.max(worstRssMb, rssMb(server.child.pid!))), 200);
  try {
    await work(async () => {
      const { heapMb } = await holdingsOf(server);
      worstHeldMb = Math.max(worstHeldMb, heapMb);
      return heapMb;
    });
  } finally {
    clearInterval(looking);
  }
  return { worstHeldMb, worstRssMb, delaysMs: healthy.takeDelays() };
}

/** As many slow ones of each kind as are wanted; whoever is ended comes back and is slow again. */
function slowRoom(desk: SlowDesk, { slow }: Size): { readonly ended: Slowness[]; stop(): Promise<void> } {
  const ended: Slowness[] = [];
  let over = false;
  const one = async (kind: SlowKind): Promise<void> => {
    while (!over) {
      const told = await beSlow(kind, desk, () => over);
      if (told) ended.push(told);
      await wait(200);
    }
  };
  const all = SLOW_KINDS.flatMap((kind) => Array.from({ length: slow[kind] }, () => one(kind)));
  return {
    ended,
    stop: async () => {
      over = true;
      await Promise.all(all);
    },
  };
}

/** An ordinary question twice a second: slow ones must not take the connections to the database away. */
function askOnAndOn({ server, desk }: Scene): { stop(): Promise<{ readonly worstMs: number; readonly findings: string[] }> } {
  const findings: string[] = [];
  let worstMs = 0;
  let over = false;
  const running = (async () => {
    while (!over) {
      const began = performance.now();
      await freshBoard(server.url, desk.screenToken, desk.boardId).catch((error: unknown) => findings.push(`an ordinary question failed: ${String(error).slice(0, 300)}`));
      worstMs = Math.max(worstMs, performance.now() - began);
      await wait(ASK_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      over = true;
      await running;
      if (worstMs > ANSWERED_WITHIN_MS) findings.push(`an ordinary question waited ${worstMs.toFixed(0)} ms`);
      return { worstMs, findings };
    },
  };
}

/** A real server without one of the bounds, then what the judges say of clients and boards that fare ill. */
async function controls(serverUrl: string): Promise<readonly Control[]> {
  const usual: Measured = { worstHeldMb: 100, worstRssMb: 200, delaysMs: Array.from({ length: 100 }, () => 100) };
  return [
    await boundless(serverUrl),
    { planted: 'a server that never lets go of a deaf board', findings: unended([{ kind: 'deaf board', endedAfterMs: null, served: true }]) },
    { planted: 'a server that does not take it back', findings: unended([{ kind: 'deaf queue', endedAfterMs: 5000, served: false }]) },
    { planted: 'healthy boards that wait for slow ones', findings: costs({ without: usual, among: { ...usual, delaysMs: usual.delaysMs.map((delay) => delay + 400) }, slackMs: FULL_SIZE.slackMs, mostGrowthMb: FULL_SIZE.mostGrowthMb }) },
  ];
}

async function boundless(serverUrl: string): Promise<Control> {
  const made = await faultDatabase(serverUrl);
  const server = await countedServer(made.url, { preload: ['./test/faults/r8/boundless-server.ts'] });
  try {
    const desk = await withDatabase(made.url, openDesk);
    const nobody = { takeDelays: () => [0] };
    const without = await measured(server, nobody, (look) => look());
    let over = false;
    const among = await measured(server, nobody, async (look) => {
      const flood = Array.from({ length: 4 }, () => beSlow('pings and does not read', { url: server.url, token: desk.token, boardId: desk.boardId }, () => over));
      await until('its memory grows', async () => (await look()) > without.worstHeldMb + 100, 20_000).catch(() => undefined);
      over = true;
      await Promise.all(flood);
    });
    return { planted: 'a server that keeps an answer for every ping of a client that does not read', findings: costs({ without, among, ...QUICK_SIZE }) };
  } finally {
    await server.end('SIGKILL');
    await made.drop();
  }
}
