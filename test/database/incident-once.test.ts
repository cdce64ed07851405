import { afterAll, describe, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { log, respond, take } from '../../server/src/features/incident/incident-work.service.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { SetTime } from '../../server/src/platform/time/time-source.ts';
import { DeskStory } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
/** A second server process on the same database, with a clock of its own. */
const otherTime = new SetTime(story.open.time.current);
const other = new Database(await createOrm(story.open.url, ENTITIES), otherTime);
afterAll(async () => {
  await other.orm.close(true);
  await story.open.close();
});

const acme = story.customer('Acme').agreement();
const at = (local: string): void => {
  story.at(local);
  otherTime.current = shanghai(local);
};
/** Four callers in two processes, all at once, again and again until nobody was turned away. */
const crowd = async (id: string): Promise<void> => {
  for (let round = 0; round < 3; round += 1) await Promise.all([story.database, story.database, other, other].map((database) => fireDueClocks(database, id)));
};
const steps = async (id: string): Promise<string[]> => {
  const rows = await story.database.em.execute<{ key: string }[]>(
    `select c.kind || ' ' || f.step || '#' || f.occurrence as key from clock_firing f join clock c on c.id = f.clock_id where f.ticket_id = ? order by f.at, 1`, [id],
  );
  return rows.map(({ key }) => key);
};

describe('SLA-02 exactly once', () => {
  test('SLA-02 four callers in two processes: each threshold once, each event once, each escalation once', async () => {
    at('2026-03-02 10:00');
    const told = await acme.incident({ level: 'LV1' });
    for (const local of ['2026-03-02 10:05', '2026-03-02 10:10:00.001', '2026-03-02 11:00:00.001', '2026-03-02 18:00:00.001', '2026-03-02 22:00:00.001', '2026-03-02 22:00:00.002']) {
      at(local);
      await crowd(told.id);
    }
    const keys = await steps(told.id);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith('response'))).toEqual(['response warning-50#0', 'response warning-75#0', 'response warning-90#0', 'response breach#0']);
    expect(keys.filter((key) => key.includes('progress-missed'))).toHaveLength(12);
    expect((await told.escalations()).map(({ step }) => step)).toEqual(['escalation-1', 'escalation-2']);
    const events = await told.events();
    expect(events.filter(({ type }) => type === 'escalation.raised')).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'clock.breached')).toHaveLength(4);
    expect(events.filter(({ type, by }) => type.startsWith('clock.') && by !== 'timer')).toEqual([]);
  });

  test('SLA-02 what fell due while every server was down fires in order, marked late, and the timer moves on', async () => {
    at('2026-03-03 10:00');
    const told = await acme.incident({ level: 'LV1' });
    expect(await told.timerDue()).toBe('2026-03-03 10:05');
    at('2026-03-03 10:30');
    await crowd(told.id);
    const rows = await story.database.em.execute<{ type: string; at: number; late: boolean }[]>(
      `select type, (extract(epoch from occurred_at) * 1000)::float8 as at, (payload->'after'->>'late')::boolean as late from event_log where ticket_id = ? and type like 'clock.%' order by seq`, [told.id],
    );
    expect(rows.map((row) => `${row.type} ${inShanghai(row.at)} ${row.late}`)).toEqual([
      'clock.warned 2026-03-03 10:05 true', 'clock.warned 2026-03-03 10:05 true', 'clock.warned 2026-03-03 10:07:30 true', 'clock.warned 2026-03-03 10:07:30 true',
      'clock.warned 2026-03-03 10:09 true', 'clock.warned 2026-03-03 10:09 true', 'clock.breached 2026-03-03 10:10 true', 'clock.breached 2026-03-03 10:10 true',
    ]);
    expect(await told.timerDue()).toBe('2026-03-03 10:30:00.001');
  });

  test('D-19 a clock set back fires nothing twice, and no event is dated before the last one', async () => {
    at('2026-03-04 10:00');
    const told = await acme.incident({ level: 'LV1' });
    at('2026-03-04 10:12');
    await crowd(told.id);
    const before = await steps(told.id);
    at('2026-03-04 09:00');
    await crowd(told.id);
    expect(await steps(told.id)).toEqual(before);
    await told.tell('technicalManager', respond, { channel: 'phone', reached: true });
    await told.tell('technicalManager', log, { kind: 'note', text: 'Back in time', customerVisible: false });
    const events = await told.events();
    expect(events.slice(-2).map(({ type, occurredAt }) => [type, inShanghai(occurredAt)])).toEqual([['incident.responded', '2026-03-04 10:12'], ['incident.logged', '2026-03-04 10:12']]);
    at('2026-03-04 10:13');
    await crowd(told.id);
    expect(await steps(told.id)).toEqual(before);
    expect(inShanghai((await told.clock('response')).metAt)).toBe('2026-03-04 10:12');
  });

  test('INC-07 a timer that comes while the ticket is suspended fires nothing, and finds nothing due', async () => {
    at('2026-03-05 10:00');
    const told = await acme.incident({ level: 'LV1' });
    at('2026-03-05 10:04');
    await told.tell('technicalManager', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-06 10:00') });
    expect(await told.timerDue()).toBe('2026-03-06 10:00');
    at('2026-03-05 20:00');
    await crowd(told.id);
    expect(await steps(told.id)).toEqual([]);
    at('2026-03-06 10:00');
    await crowd(told.id);
    expect((await told.events()).filter(({ type }) => type === 'suspension.overdue')).toHaveLength(1);
    await told.tell('technicalManager', resume, { workLog: 'They answered' });
    expect(inShanghai((await told.clock('response')).dueAt)).toBe('2026-03-06 10:06');
  });

  test('SLA-17 raised early, the crowd at the threshold adds nothing', async () => {
    at('2026-03-09 10:00');
    const told = await acme.incident({ level: 'LV1' });
    await told.tell('colleague', escalate, { step: 'escalation-1', reason: 'Will not make it', to: [] });
    at('2026-03-09 18:00:00.001');
    await crowd(told.id);
    expect((await told.escalations()).map(({ step, early, manual }) => [step, early, manual])).toEqual([['escalation-1', true, true]]);
  });

  test('SLA-02 commands and timers at once: nothing is lost and nothing happens twice', async () => {
    at('2026-03-10 10:00');
    const told = await (await acme.incident({ level: 'LV2' })).tell('senior', take, {});
    const busy = Array.from({ length: 12 }, async (_, index) => {
      at(`2026-03-10 ${10 + index}:30`);
      await fireDueClocks(index % 2 === 0 ? story.database : other, told.id);
      for (;;) {
        try {
          return await told.tell('senior', log, { kind: 'note', text: `note ${index}`, customerVisible: false });
        } catch (error) {
          if ((error as { code?: string }).code !== 'STALE_VERSION') throw error;
        }
      }
    });
    await Promise.all(busy);
    await crowd(told.id);
    const keys = await steps(told.id);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.startsWith('response'))).toHaveLength(4);
    expect(await story.count('work_log_entry', `ticket_id = '${told.id}'`)).toBe(12);
  });

  test('ORG-05 the trail of two processes is one chain', async () => {
    expect(await story.auditProblems()).toEqual([]);
  });
});
