import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../../server/src/kernel/instant.ts';
import { Draw } from '../support/process-model-draw.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { openDesk } from './harness/fault-desk.ts';
import type { FaultRun, Part } from './harness/fault-run.ts';
import { ServerRoom } from './harness/server-room.ts';
import { timerControls } from './harness/timer-controls.ts';
import { arm, timersEach, untilFired, type Pace } from './harness/timer-load.ts';
import { checkTimers, expectedTimers, FULL_LATENESS, ownTargets, QUICK_LATENESS } from './harness/timer-plan.ts';

const PROCESSES = 3;
const KILL_EVERY_MS = 5 * SECOND;

/** Of the 16 thresholds of an incident the first is due 5 s after it was recorded and the last 155 s: 50 timers a second. */
const FULL: Pace = { targets: { response: 1, 'start-of-work': 2, 'on-site': 3, resolution: 3 }, reportedBeforeMs: 25 * SECOND, incidentsPerSecond: 50 / 16 };
/** Of 8 that are left, four are due after 4 s and the others after 10 s. */
const QUICK: Pace = { targets: { response: 1, 'start-of-work': 1, 'on-site': 1, resolution: 1 }, reportedBeforeMs: 50 * SECOND, incidentsPerSecond: 10 };
const QUICK_TIMERS = 400;

/** R5: timers fall due all the time over three processes, of which one is killed every 5 s; each fires exactly once and in time. */
export const timers: FaultRun = {
  id: 'R5', title: 'timers over three processes, one killed every 5 s', unit: 'timers', full: 36_000, quick: QUICK_TIMERS, budgetMinutes: 16,
  async run(serverUrl, part) {
    const isQuick = part.upTo === QUICK_TIMERS;
    const pace = isQuick ? QUICK : FULL;
    const made = await faultDatabase(serverUrl);
    const room = await ServerRoom.open(made.url, PROCESSES);
    try {
      return await withDatabase(made.url, async (database) => {
        const desk = await openDesk(database, ownTargets(pace.targets));
        const killing = killInTurn(room, part);
        const each = timersEach(pace);
        const armed = await arm({ database, desk }, pace, (count) => {
          if (count > 0 && count % 250 === 0) part.say(`${count * each} timers armed`);
          return part.from + count * each < part.upTo && !part.over();
        });
        const expected = expectedTimers(armed, pace.targets);
        await untilFired(database, Math.max(...expected.map(({ at }) => at)));
        const kills = await killing.stop();
        const { findings, p99LateMs, worstLateMs } = await checkTimers(made.url, expected, isQuick ? QUICK_LATENESS : FULL_LATENESS);
        return { done: part.from + expected.length, figures: { kills, p99LateMs, worstLateMs }, findings: [...room.findings, ...findings] };
      });
    } finally {
      await room.close();
      await made.drop();
    }
  },
  controls: (serverUrl) => timerControls(serverUrl),
};

function killInTurn(room: ServerRoom, { seed, from }: Part): { stop(): Promise<number> } {
  const draw = new Draw(seed + from);
  const over = new AbortController();
  let kills = 0;
  const running = (async () => {
    while (!over.signal.aborted) {
      await wait(KILL_EVERY_MS, null, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted && room.alive > 1 && room.kill(draw.whole(0, PROCESSES - 1))) kills += 1;
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await running;
      return kills;
    },
  };
}
