import { setTimeout as wait } from 'node:timers/promises';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { MINUTE, SECOND } from '../../server/src/kernel/instant.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import { Draw } from '../support/process-model-draw.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { DESK, openDesk, type FaultDesk } from './harness/fault-desk.ts';
import type { FaultRun, Part } from './harness/fault-run.ts';
import { ServerRoom } from './harness/server-room.ts';
import { timerControls } from './harness/timer-controls.ts';
import { checkTimers, expectedTimers, FULL_LATENESS, ownTargets, QUICK_LATENESS, type Armed, type TimerTargets } from './harness/timer-plan.ts';

const PROCESSES = 3;
const KILL_EVERY_MS = 5 * SECOND;

interface Pace {
  readonly targets: TimerTargets;
  /** The incidents were reported so long before they are recorded. */
  readonly reportedBeforeMs: number;
  readonly incidentsPerSecond: number;
}
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
        const armed = await arm(database, desk, pace, part);
        const expected = expectedTimers(armed, pace.targets);
        await untilPast(database, Math.max(...expected.map(({ at }) => at)) + SECOND);
        const kills = await killing.stop();
        const { findings, p99LateMs, worstLateMs } = await checkTimers(made.url, expected, isQuick ? QUICK_LATENESS : FULL_LATENESS);
        return { done: part.from + expected.length, figures: { kills, p99LateMs, worstLateMs }, findings: [...room.findings, ...findings] };
      });
    } finally {
      await room.close();
      await made.drop();
    }
  },
  controls: timerControls,
};

/** Records incidents at an even pace until so many timers are armed, or the time is over. */
async function arm(database: Database, desk: FaultDesk, { targets, reportedBeforeMs, incidentsPerSecond }: Pace, part: Part): Promise<Armed[]> {
  const armed: Armed[] = [];
  const began = performance.now();
  const each = expectedTimers([{ id: '', startAt: 0, armedAt: reportedBeforeMs }], targets).length;
  while (part.from + armed.length * each < part.upTo && !part.over()) {
    const early = began + (armed.length * SECOND) / incidentsPerSecond - performance.now();
    if (early > 0) await wait(early);
    const startAt = (await database.now()) - reportedBeforeMs;
    const id = await record(database, DESK, {
      customerId: desk.customerId, title: `Incident ${armed.length}`, description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV3', teamId: desk.teamId, reportedAt: startAt,
    });
    armed.push({ id, startAt, armedAt: await database.now() });
    if (armed.length % 250 === 0) part.say(`${armed.length * each} timers armed`);
  }
  return armed;
}

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

/** Nothing may be due any more, and what is due now has had its time. */
async function untilPast(database: Database, at: number): Promise<void> {
  const patience = performance.now() + 5 * MINUTE;
  for (;;) {
    const now = await database.now();
    const [row] = await database.em.execute<{ due: number }[]>('select count(*)::int as due from timer where due_at <= ?::timestamptz', [new Date(Math.min(now, at)).toISOString()]);
    if ((now > at && row!.due === 0) || performance.now() > patience) return;
    await wait(200);
  }
}
