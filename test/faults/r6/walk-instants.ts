import { ENTITIES } from '../../../server/src/app/entities.ts';
import { calendarsFor, createCalendar } from '../../../server/src/features/calendar/calendar.service.ts';
import { createAgreement } from '../../../server/src/features/customer/customer-agreement.service.ts';
import { createCustomer } from '../../../server/src/features/customer/customer.service.ts';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { fireDueClocks } from '../../../server/src/features/incident/incident-timers.service.ts';
import type { TimerHandler } from '../../../server/src/kernel/feature.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { TimerWorker } from '../../../server/src/platform/jobs/timer-worker.ts';
import { SetTime } from '../../../server/src/platform/time/time-source.ts';
import { until } from '../../support/until.ts';
import { faultDatabase } from '../harness/fault-database.ts';
import { DESK, openDesk, type FaultDesk } from '../harness/fault-desk.ts';
import { checkTimers, FULL_LATENESS, ownTargets, type ExpectedTimer } from '../harness/timer-plan.ts';
import { calendarOf, expectedInCalendar, type CalendarInstant } from './calendar-instants.ts';

/** The one clock of the database, as two processes read it; it counts how often it was read. */
class WatchedTime extends SetTime {
  reads = 0;

  override async read(): Promise<number> {
    this.reads += 1;
    return this.current;
  }
}

/** As the feature's manifest has it, without its resolvers. */
const HANDLER: TimerHandler = { purpose: 'clocks', handle: (database, ticketId) => fireDueClocks(database as Database, ticketId) };

interface Walk {
  readonly database: Database;
  readonly time: WatchedTime;
  readonly workers: readonly TimerWorker[];
  readonly desk: FaultDesk;
}

export interface WalkOutcome {
  readonly timers: number;
  readonly findings: readonly string[];
}

/** Two timer workers live through each scenario: the database's clock is set just before each threshold, when nothing may fire, and just past it. */
export async function walkInstants(serverUrl: string, scenarios: readonly CalendarInstant[], asSaved: (scenario: CalendarInstant) => Pick<CalendarInstant, 'timeZone' | 'hours'> = (scenario) => scenario): Promise<WalkOutcome> {
  const made = await faultDatabase(serverUrl);
  const time = new WatchedTime(Date.parse('2026-01-05T00:00:00Z'));
  const databases = await Promise.all([1, 2].map(async () => new Database(await createOrm(made.url, ENTITIES, 4), time)));
  const workers = databases.map((database) => new TimerWorker(database, [HANDLER]));
  try {
    const walk: Walk = { database: databases[0]!, time, workers, desk: await openDesk(databases[0]!) };
    for (const worker of workers) worker.start();
    const expected: ExpectedTimer[] = [];
    const findings: string[] = [];
    for (const [index, scenario] of scenarios.entries()) {
      const id = await recordIn(walk, { scenario, saved: asSaved(scenario), index });
      const timers = expectedInCalendar(id, scenario);
      findings.push(...(await live(walk, id, timers)).map((finding) => `${scenario.name}: ${finding}`));
      expected.push(...timers);
      // What it still owes in months belongs to no scenario.
      await walk.database.em.execute('delete from timer where ticket_id = ?', [id]);
    }
    await Promise.all(workers.map((worker) => worker.close()));
    return { timers: expected.length, findings: [...findings, ...(await checkTimers(made.url, expected, FULL_LATENESS)).findings] };
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await Promise.all(databases.map((database) => database.orm.close(true)));
    await made.drop();
  }
}

async function recordIn({ database, time, desk }: Walk, { scenario, saved, index }: { scenario: CalendarInstant; saved: Pick<CalendarInstant, 'timeZone' | 'hours'>; index: number }): Promise<string> {
  time.current = scenario.startAt;
  const key = `r6-${index}`;
  await createCalendar(database, DESK, { key, name: key, nameZh: key, source: calendarOf(saved) });
  const { id: customerId } = await createCustomer(database, DESK, { name: key, fullName: key, timeZone: saved.timeZone });
  const calendars = await calendarsFor(database, database.em);
  await createAgreement(database, DESK, {
    customerId, number: key, name: key, calendarId: calendars.idByKey[key]!, targets: ownTargets(scenario.targets), startsAt: Date.parse('2020-01-01T00:00:00Z'), endsAt: Date.parse('2100-01-01T00:00:00Z'),
  });
  return record(database, DESK, {
    customerId, title: scenario.name, description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV3', teamId: desk.teamId,
  });
}

async function live({ database, time, workers }: Walk, id: string, timers: readonly ExpectedTimer[]): Promise<string[]> {
  const findings: string[] = [];
  for (const at of [...new Set(timers.map((timer) => timer.at))].toSorted((a, b) => a - b)) {
    await set({ time, workers }, at - 1);
    const early = timers.filter((timer) => timer.at < at).length;
    if ((await fired(database, id)) > early) findings.push(`fired before ${new Date(at).toISOString()}`);
    await set({ time, workers }, at + 1);
    const due = timers.filter((timer) => timer.at <= at).length;
    await until('it fires', async () => (await fired(database, id)) >= due, 10_000).catch(() => findings.push(`not fired at ${new Date(at).toISOString()}`));
    if (findings.length > 2) break;
  }
  return findings;
}

/** Sets the clock and waits until both workers have looked at it. */
async function set({ time, workers }: Pick<Walk, 'time' | 'workers'>, at: number): Promise<void> {
  time.current = at;
  const before = time.reads;
  for (const worker of workers) worker.wake();
  await until('the workers have looked', () => time.reads >= before + 2 * workers.length);
}

async function fired(database: Database, id: string): Promise<number> {
  const rows = await database.em.execute<{ n: number }[]>(
    `select count(*)::int as n from clock_firing f join clock c on c.id = f.clock_id where f.ticket_id = ? and c.kind in ('response', 'start-of-work', 'on-site', 'resolution') and (f.step = 'breach' or f.step like 'warning-%')`, [id],
  );
  return rows[0]!.n;
}
