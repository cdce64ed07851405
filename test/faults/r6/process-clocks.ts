import { setTimeout as wait } from 'node:timers/promises';
import { DAY, HOUR, SECOND } from '../../../server/src/kernel/instant.ts';
import { serverProcess } from '../../support/server-process.ts';
import { until } from '../../support/until.ts';
import { openFaultBoard, type BoardClaims } from '../harness/fault-board.ts';
import { faultDatabase, withDatabase } from '../harness/fault-database.ts';
import { onServer } from '../../support/on-server.ts';
import { openDesk } from '../harness/fault-desk.ts';
import { ServerRoom } from '../harness/server-room.ts';
import { arm, untilFired, type Pace } from '../harness/timer-load.ts';
import { checkTimers, expectedTimers, ownTargets, type Lateness } from '../harness/timer-plan.ts';

/** How wrong the clock of a process is set; another row follows before it was set right again. */
export interface ProcessClock {
  readonly who: 'first' | 'second' | 'both';
  readonly shiftMs: number;
  /** It runs so much too fast: a smear, or a bad crystal. */
  readonly partsPerMillion: number;
}

const SET = [HOUR, -DAY, SECOND, -SECOND, -HOUR, DAY, 400 * DAY].map((shiftMs) => ({ shiftMs, partsPerMillion: 0 }));
const SMEARED = { shiftMs: 0, partsPerMillion: 500 };
/** 24: seven settings and a smear, of one, the other and both. */
export const PROCESS_CLOCKS: readonly ProcessClock[] = [...SET, SMEARED].flatMap((clock) => (['both', 'first', 'second'] as const).map((who) => ({ who, ...clock })));

/** A heartbeat comes in this time, so every board was told the time at least once by a clock that is wrong. */
const DWELL_MS = 5.6 * SECOND;
const LOOK_EVERY_MS = 400;
/** Of the reference: what a screen counts down to may be wrong by so much. */
const MOST_WRONG_MS = SECOND;
/** A slower answer of the database does not tell its time. */
const QUICK_ANSWER_MS = 300;
/** For the first quick answer of a busy machine. */
const LONGER_MS = 20 * SECOND;
const PACE: Pace = { targets: { response: 1, 'start-of-work': 1, 'on-site': 1, resolution: 1 }, reportedBeforeMs: 52 * SECOND, incidentsPerSecond: 1 };

export interface ClockOutcome {
  readonly timers: number;
  readonly worstWrongMs: number;
  readonly findings: readonly string[];
}

/** The clocks of two server processes are set wrong one after the other, while timers fall due and boards count down. */
export async function setProcessClocks(serverUrl: string, clocks: readonly ProcessClock[], lateness: Lateness): Promise<ClockOutcome> {
  const made = await faultDatabase(serverUrl);
  const room = await ServerRoom.open(made.url, 2, (url, { port }) => serverProcess(url, { port, preload: ['./test/faults/r6/shifted-clock.ts'] }));
  try {
    return await withDatabase(made.url, async (database) => {
      const desk = await openDesk(database, ownTargets(PACE.targets));
      const boards = room.urls.map((url) => openFaultBoard(url, { token: desk.screenToken, boardId: desk.boardId }));
      await until('both boards show something', () => boards.every((board) => board.serverNow() !== null));
      let over = false;
      const arming = arm({ database, desk }, PACE, () => !over);
      const findings: string[] = [];
      let worstWrongMs = 0;
      for (const clock of clocks) {
        const told = setClocks(room, clock);
        const wrongMs = await worstError(made.url, boards, DWELL_MS);
        worstWrongMs = Math.max(worstWrongMs, wrongMs);
        findings.push(...[wrongCountdown(wrongMs)].flatMap((found) => (found ? `${told}: ${found}` : [])));
      }
      over = true;
      const expected = expectedTimers(await arming, PACE.targets);
      await untilFired(database, Math.max(...expected.map(({ at }) => at)));
      for (const board of boards) board.stop();
      const timers = await checkTimers(made.url, expected, lateness);
      return { timers: expected.length, worstWrongMs, findings: [...room.findings, ...findings, ...timers.findings] };
    });
  } finally {
    await room.close();
    await made.drop();
  }
}

function setClocks(room: ServerRoom, { who, shiftMs, partsPerMillion }: ProcessClock): string {
  const [first, second] = room.processes;
  const right = { shiftMs: 0, partsPerMillion: 0 };
  const wrong = { shiftMs, partsPerMillion };
  first?.child.send(who === 'second' ? right : wrong);
  second?.child.send(who === 'first' ? right : wrong);
  return `the clock of ${who} set by ${shiftMs / SECOND} s, ${partsPerMillion} ppm`;
}

/** By how much the boards' idea of the server's time differs from the database's clock, at worst within some time. */
export async function worstError(databaseUrl: string, boards: readonly Pick<BoardClaims, 'serverNow'>[], forMs: number): Promise<number> {
  const end = performance.now() + forMs;
  let worst = 0;
  let told = false;
  await onServer(databaseUrl, async (client) => {
    while (performance.now() < end || (!told && performance.now() < end + LONGER_MS)) {
      const asked = performance.now();
      const { rows } = await client.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now');
      const answered = performance.now();
      const right = rows[0]!.now + (answered - asked) / 2;
      if (answered - asked < QUICK_ANSWER_MS) {
        told = true;
        worst = Math.max(worst, ...boards.map((board) => Math.abs((board.serverNow() ?? right) - right)));
      }
      await wait(LOOK_EVERY_MS);
    }
  });
  return worst;
}

export function wrongCountdown(wrongMs: number): string | null {
  return wrongMs <= MOST_WRONG_MS ? null : `countdowns are wrong by ${wrongMs.toFixed(0)} ms, allowed are ${MOST_WRONG_MS}`;
}
