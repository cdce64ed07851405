import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { fireDueClocks } from '../../../server/src/features/incident/incident-timers.service.ts';
import { MINUTE } from '../../../server/src/kernel/instant.ts';
import { ENTITIES } from '../../../server/src/app/entities.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { SetTime } from '../../../server/src/platform/time/time-source.ts';
import { faultDatabase, type FaultDatabase } from './fault-database.ts';
import { onServer } from '../../support/on-server.ts';
import { DESK, openDesk } from './fault-desk.ts';
import type { Control } from './fault-run.ts';
import { checkTimers, expectedTimers, FULL_LATENESS, ownTargets, type Armed, type ExpectedTimer, type TimerTargets } from './timer-plan.ts';

const TARGETS: TimerTargets = { response: 1, 'start-of-work': 2, 'on-site': 3, resolution: 3 };
const one = `(select f.id from clock_firing f join clock c on c.id = f.clock_id where c.kind = 'response' and f.step = 'breach' order by f.id limit 1)`;
const toldOf = `(select min(seq) from event_log where type = 'clock.breached' and payload->'after'->>'clock' = 'response')`;
const LOG_OPEN = 'alter table event_log disable trigger user';

export type Plantings = Readonly<Record<string, readonly string[]>>;

export const DOUBLED: Plantings = {
  'a firing doubled': [
    'alter table clock_firing drop constraint clock_firing_clock_id_step_occurrence_unique',
    `insert into clock_firing (id, clock_id, ticket_id, step, occurrence, at, fired_at, late, mark, withdrawn_at, withdrawn_reason)
     select gen_random_uuid(), clock_id, ticket_id, step, occurrence, at, fired_at, late, mark, withdrawn_at, withdrawn_reason from clock_firing where id = ${one}`,
  ],
};

const MISSING_AND_EARLY: Plantings = {
  'a firing deleted': [`delete from clock_firing where id = ${one}`],
  'a firing before its instant': [`update clock_firing set fired_at = at - interval '1 millisecond' where id = ${one}`],
};

/** What a clock that is wrong would leave behind. */
export const MISTIMED: Plantings = { ...DOUBLED, ...MISSING_AND_EARLY };

/** What broken timers would leave behind. */
const BROKEN_TIMERS: Plantings = {
  ...MISTIMED,
  'a firing 11 s late': [`update clock_firing set fired_at = at + interval '11 seconds' where id = ${one}`],
  'two in a hundred fired 3 s late': [`update clock_firing set fired_at = at + interval '3 seconds' where id in (select id from clock_firing order by id limit (select ceil(count(*) * 0.02) from clock_firing))`],
  'a firing for another instant': [`update clock_firing set at = at + interval '1 second', fired_at = fired_at + interval '1 second' where id = ${one}`],
  'a breach told twice': [LOG_OPEN, `insert into event_log select (jsonb_populate_record(e, jsonb_build_object('seq', 1000000))).* from event_log e where seq = ${toldOf}`],
  'a breach never told': [LOG_OPEN, `delete from event_log where seq = ${toldOf}`],
};

/** Some incidents are brought past all their thresholds by a clock that is turned; then each defect is planted in a copy. */
export async function timerControls(serverUrl: string, plantings: Plantings = BROKEN_TIMERS): Promise<readonly Control[]> {
  const made = await faultDatabase(serverUrl);
  try {
    const expected = await fireAll(made);
    const controls: Control[] = [];
    for (const [planted, statements] of Object.entries(plantings)) controls.push({ planted, findings: await inCopy(made, statements, expected) });
    const unplanted = await inCopy(made, [], expected);
    if (unplanted.length > 0) throw new Error(`The checker finds something where nothing was planted: ${unplanted.join('; ')}`);
    return controls;
  } finally {
    await made.drop();
  }
}

async function fireAll(made: FaultDatabase): Promise<ExpectedTimer[]> {
  const orm = await createOrm(made.url, ENTITIES, 4);
  try {
    const start = Date.parse('2026-03-02T01:00:00Z');
    const time = new SetTime(start);
    const database = new Database(orm, time);
    const desk = await openDesk(database, ownTargets(TARGETS));
    const armed: Armed[] = [];
    for (let index = 0; index < 8; index += 1) {
      const id = await record(database, DESK, {
        customerId: desk.customerId, title: `Incident ${index}`, description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV3', teamId: desk.teamId,
      });
      armed.push({ id, startAt: start, armedAt: start });
    }
    const expected = expectedTimers(armed, TARGETS);
    for (const at of [...new Set(expected.map((timer) => timer.at))].toSorted((a, b) => a - b)) {
      time.current = at + 1;
      for (const { id } of armed) await fireDueClocks(database, id);
    }
    time.current += MINUTE;
    return expected;
  } finally {
    await orm.close(true);
  }
}

async function inCopy(made: FaultDatabase, statements: readonly string[], expected: readonly ExpectedTimer[]): Promise<string[]> {
  const copy = await made.copy();
  try {
    await onServer(copy.url, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
    return (await checkTimers(copy.url, expected, FULL_LATENESS)).findings;
  } finally {
    await copy.drop();
  }
}
