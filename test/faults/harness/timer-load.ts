import { setTimeout as wait } from 'node:timers/promises';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { MINUTE, SECOND } from '../../../server/src/kernel/instant.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { DESK, type FaultDesk } from './fault-desk.ts';
import { expectedTimers, type Armed, type TimerTargets } from './timer-plan.ts';

export interface Pace {
  readonly targets: TimerTargets;
  /** The incidents were reported so long before they are recorded. */
  readonly reportedBeforeMs: number;
  readonly incidentsPerSecond: number;
}

/** How many timers of each incident are still to come when it is recorded. */
export function timersEach({ targets, reportedBeforeMs }: Pace): number {
  return expectedTimers([{ id: '', startAt: 0, armedAt: reportedBeforeMs }], targets).length;
}

/** Records incidents at an even pace for as long as it is told to. */
export async function arm({ database, desk }: { database: Database; desk: FaultDesk }, { reportedBeforeMs, incidentsPerSecond }: Pace, goesOn: (armed: number) => boolean): Promise<Armed[]> {
  const armed: Armed[] = [];
  let began = performance.now();
  while (goesOn(armed.length)) {
    const early = began + (armed.length * SECOND) / incidentsPerSecond - performance.now();
    if (early > 0) await wait(early);
    // What stood still meanwhile is not caught up with.
    else if (early < -SECOND) began -= early;
    const startAt = (await database.now()) - reportedBeforeMs;
    const id = await record(database, DESK, {
      customerId: desk.customerId, title: `Timed ${armed.length}`, description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV3', teamId: desk.teamId, reportedAt: startAt,
    });
    armed.push({ id, startAt, armedAt: startAt + reportedBeforeMs });
  }
  return armed;
}

/** Waits until nothing is due any more up to an instant, and that has passed; five minutes at most, and what did not come is found by the check. */
export async function untilFired(database: Database, last: number): Promise<void> {
  // A breach is looked for just after its instant, not at it.
  const at = last + SECOND;
  const patience = performance.now() + 5 * MINUTE;
  for (;;) {
    const now = await database.now();
    const [row] = await database.em.execute<{ due: number }[]>('select count(*)::int as due from timer where due_at <= ?::timestamptz', [new Date(Math.min(now, at)).toISOString()]);
    if ((now > at && row!.due === 0) || performance.now() > patience) return;
    await wait(200);
  }
}
