import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../../server/src/kernel/instant.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { Draw } from '../support/process-model-draw.ts';
import { until } from '../support/until.ts';
import { untoldAge, watchHonesty } from './harness/board-honesty.ts';
import { cpuRate, herd } from './harness/cpu-watch.ts';
import { openFaultBoard, type FaultBoard } from './harness/fault-board.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { openDesk, type FaultDesk } from './harness/fault-desk.ts';
import type { FaultRun, Part } from './harness/fault-run.ts';
import { KillablePostgres } from './harness/killable-postgres.ts';
import { keepMarking } from './harness/marking.ts';
import { checkMutations } from './harness/mutation-check.ts';
import { MutationLoad } from './harness/mutation-load.ts';
import { ServerRoom } from './harness/server-room.ts';
import { arm, untilFired, type Pace } from './harness/timer-load.ts';
import { checkTimers, expectedTimers, ownTargets } from './harness/timer-plan.ts';
import { stopControls } from './r3/stop-controls.ts';
import { backAgain } from './r3/stop-scene.ts';

const PROCESSES = 2;
const BOARDS = 20;
const PER_SECOND = 20;
const QUICK_STOPS = 3;
const BACK_WITHIN_MS = 15 * SECOND;
const STEADY_MS = 10 * SECOND;
const HERD_MS = 15 * SECOND;
/** Stops longer than this are long enough for boards to say their age, and are followed by a look at the herd. */
const LONG_MS = 11_500;
const PACE: Pace = { targets: { response: 1, 'start-of-work': 1, 'on-site': 1, resolution: 1 }, reportedBeforeMs: 44 * SECOND, incidentsPerSecond: 1 };
/** The last timer of an incident is then due 8 s after it was recorded. */
const QUICK_PACE: Pace = { ...PACE, reportedBeforeMs: 52 * SECOND };
/** A timer waits for whoever stands still; that it comes once is what counts here. */
const AS_LATE_AS_IT_MAY_BE = { p99Ms: 60 * SECOND, mostMs: 120 * SECOND };

type Victim = 'server' | 'database';

/** R3: a server or the whole of PostgreSQL stands still (SIGSTOP) for a while and goes on. */
export const stopAndGo: FaultRun = {
  id: 'R3', title: 'server or database stopped and continued', unit: 'stops', full: 100, quick: QUICK_STOPS, budgetMinutes: 12,
  async run(_serverUrl, part) {
    const postgres = await KillablePostgres.open();
    let room: ServerRoom | null = null;
    try {
      const made = await faultDatabase(postgres.url);
      const servers = await ServerRoom.open(made.url, PROCESSES);
      room = servers;
      return await withDatabase(made.url, async (database) => {
        const desk = await openDesk(database, ownTargets(PACE.targets));
        return stopping({ postgres, servers, database, databaseUrl: made.url, desk }, part);
      });
    } finally {
      await room?.close();
      await postgres.close();
    }
  },
  controls: stopControls,
};

interface Scene {
  readonly postgres: KillablePostgres;
  readonly servers: ServerRoom;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly desk: FaultDesk;
}

async function stopping(scene: Scene, part: Part) {
  const { servers, database, databaseUrl, desk } = scene;
  const name = `r3-${part.seed}-${part.from}`;
  const boards = Array.from({ length: BOARDS }, (_, index) => openFaultBoard(servers.urls[index % PROCESSES]!, { token: desk.screenToken, boardId: desk.boardId }));
  const marking = await keepMarking(database, desk);
  const marked = marking.marks[0]!;
  const honesty = watchHonesty(boards, [marked]);
  const load = new MutationLoad({ desk, urls: () => servers.urls, perSecond: PER_SECOND, seed: part.seed + part.from, name });
  let armingOver = false;
  const arming = arm({ database, desk }, part.upTo === QUICK_STOPS ? QUICK_PACE : PACE, () => !armingOver);
  await until('every board shows something', () => boards.every((board) => board.trueUntil() !== null));
  const stops = await manyStops(scene, { boards, marked, part });
  armingOver = true;
  const expected = expectedTimers(await arming, PACE.targets);
  const journal = await load.end();
  await marking.stop();
  const lies = honesty.stop();
  await untilFired(database, Math.max(...expected.map(({ at }) => at)));
  for (const board of boards) board.stop();
  await servers.close();
  const timers = await checkTimers(databaseUrl, expected, AS_LATE_AS_IT_MAY_BE);
  const wrong = await checkMutations(databaseUrl, journal.said, name);
  return {
    done: stops.done,
    figures: { timers: expected.length, acknowledged: journal.said.length, marks: marked.committedAt.length, longStops: stops.longStops, worstBackMs: stops.worstBackMs },
    findings: [...servers.findings, ...stops.findings, ...lies, ...timers.findings, ...journal.findings, ...wrong],
  };
}

interface Watched {
  readonly boards: readonly FaultBoard[];
  readonly marked: Parameters<typeof backAgain>[1];
  readonly part: Part;
}

async function manyStops(scene: Scene, { boards, marked, part }: Watched): Promise<{ done: number; longStops: number; worstBackMs: number; findings: string[] }> {
  const draw = new Draw(part.seed + part.from);
  const findings: string[] = [];
  const pids = scene.servers.processes.flatMap(({ child }) => child.pid ?? []);
  const isQuick = part.upTo === QUICK_STOPS;
  const steady = isQuick ? null : await ordinary(pids);
  let longStops = 0;
  let worstBackMs = 0;
  let done = part.from;
  for (; done < part.upTo && !part.over(); done += 1) {
    const place = draw.whole(0, PROCESSES - 1);
    const victim: Victim = done % 3 === 1 ? 'database' : 'server';
    const milliseconds = isQuick ? [800, 1500, LONG_MS + 500][done % 3]! : howLong(draw);
    findings.push(...(await stand(scene, { victim, place, milliseconds, boards })));
    const rate = cpuRate(pids);
    const back = await backAgain(boards, marked, BACK_WITHIN_MS);
    worstBackMs = Math.max(worstBackMs, back.milliseconds);
    findings.push(...back.findings.map((finding) => `stop ${done + 1} (${victim}, ${milliseconds} ms): ${finding}`));
    if (milliseconds >= LONG_MS) {
      longStops += 1;
      if (steady !== null) {
        await wait(Math.max(0, HERD_MS - back.milliseconds));
        findings.push(...[herd(rate(), steady)].filter((finding) => finding !== null));
      }
    }
    if (done % 10 === 9) part.say(`${done + 1} stops`);
    await wait(draw.whole(100, 800));
  }
  return { done, longStops, worstBackMs, findings };
}

async function ordinary(pids: readonly number[]): Promise<number> {
  const rate = cpuRate(pids);
  await wait(STEADY_MS);
  return rate();
}

/** Mostly short, some of several seconds, one in fourteen long enough for every board to say its age. */
function howLong(draw: Draw): number {
  const kind = draw.next();
  if (kind < 0.7) return draw.whole(500, 2500);
  return kind < 0.93 ? draw.whole(2500, 7000) : draw.whole(LONG_MS, LONG_MS + 1500);
}

async function stand({ postgres, servers }: Scene, { victim, place, milliseconds, boards }: { victim: Victim; place: number; milliseconds: number; boards: readonly FaultBoard[] }): Promise<string[]> {
  const server = servers.processes[place]!;
  const signal = (name: 'SIGSTOP' | 'SIGCONT'): void => void (victim === 'database' ? postgres.signalAll(name) : server.child.kill(name));
  const touched = victim === 'database' ? boards : boards.filter(({ url }) => url === server.url);
  const began = performance.now();
  signal('SIGSTOP');
  try {
    await wait(milliseconds);
    const now = performance.now();
    return touched.flatMap((board) => untoldAge(board, { stoodStillMs: now - began, now }) ?? []).slice(0, 3);
  } finally {
    signal('SIGCONT');
  }
}
