import { afterAll, describe, expect, test } from 'vitest';
import { calendarsFor, editCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { checkClocks } from '../../server/src/features/clock/clock-check.service.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { close, propose, refuse } from '../../server/src/features/incident/incident-solve.service.ts';
import { log, respond, take } from '../../server/src/features/incident/incident-work.service.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import type { Level, LevelTable } from '../../server/src/features/service-level/service-level.rules.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { seededCalendars } from '../../server/src/features/calendar/holidays.rules.ts';
import { LEVEL_TABLE } from '../../server/src/seed/policy-levels.ts';
import { DeskStory } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const { database } = story;
const acme = story.customer('Acme').agreement();
const admin = SYSTEM('admin');

/** What the worker does: one look at every ticket whose timer is due. */
const work = async (): Promise<string[]> => {
  const due = await database.em.execute<{ id: string }[]>(`select ticket_id as id from timer where due_at <= ? order by ticket_id`, [new Date(story.open.time.current)]);
  for (const { id } of due) await fireDueClocks(database, id);
  return due.map(({ id }) => id);
};
let version = 1;
const editTable = async (level: Level, more: Partial<LevelTable['levels'][Level]>, edit: { validFrom?: number; reason?: string } = {}): Promise<void> => {
  await editPolicy(database, admin, { key: 'level-table', expectedVersion: version, body: { ...LEVEL_TABLE, levels: { ...LEVEL_TABLE.levels, [level]: { ...LEVEL_TABLE.levels[level], ...more } } }, ...edit });
  version += 1;
};
const checked = async (): Promise<void> => expect(await checkClocks(database)).toMatchObject({ different: 0, differences: [] });

describe('SLA-13 CAL-03 edits of policy', () => {
  test('SLA-13 an edit re-plans the open clocks in the background and leaves closed ones; each names its version', async () => {
    story.at('2026-03-02 10:00');
    const open = await acme.incident({ level: 'LV2' });
    const closed = await acme.incident({ level: 'LV2' });
    await closed.tell('desk', close, { closureCode: 'false-alarm', reason: 'A test' });
    const before = await closed.clock('response');
    story.at('2026-03-02 10:05');
    await editTable('LV2', { response: { minutes: 20 } });
    expect(inShanghai((await open.clock('response')).dueAt)).toBe('2026-03-02 10:30');
    expect(await work()).toContain(open.id);
    const clock = await open.clock('response');
    expect([inShanghai(clock.dueAt), clock.policy, inShanghai(clock.startAt)]).toEqual(['2026-03-02 10:20', 'level-table v2 LV2', '2026-03-02 10:00']);
    expect(await closed.clock('response')).toEqual(before);
    expect((await open.events()).at(-1)?.type).toBe('incident.replanned');
    await checked();
  });

  test('SLA-13 a second look changes nothing and tells nothing', async () => {
    story.at('2026-03-02 10:06');
    const open = await acme.incident({ level: 'LV2' });
    const before = (await open.events()).length;
    await open.look();
    await open.look();
    expect((await open.events()).length).toBe(before);
  });

  test('D-22 an edit for later holds from its valid-from, on the instant, for tickets from before it and after it', async () => {
    story.at('2026-03-03 10:00');
    const before = await acme.incident({ level: 'LV2' });
    await editTable('LV2', { response: { minutes: 25 } }, { validFrom: shanghai('2026-03-03 10:20') });
    await work();
    const after = await acme.incident({ level: 'LV2' });
    for (const told of [before, after]) {
      expect(inShanghai((await told.clock('response')).dueAt)).toBe('2026-03-03 10:20');
      expect(await told.timerDue()).toBe('2026-03-03 10:10');
      await told.look('2026-03-03 10:19:59.999');
      expect([inShanghai((await told.clock('response')).dueAt), await told.timerDue()]).toEqual(['2026-03-03 10:20', '2026-03-03 10:20']);
      await told.look('2026-03-03 10:20');
      expect([inShanghai((await told.clock('response')).dueAt), (await told.clock('response')).breachedAt]).toEqual(['2026-03-03 10:25', null]);
      story.at('2026-03-03 10:00');
    }
    story.at('2026-03-03 10:20');
    await checked();
  });

  test('D-22 a timer re-derives its instant before it fires: an edit that nobody has acted on yet counts already', async () => {
    story.at('2026-03-04 10:00');
    const told = await acme.incident({ level: 'LV2' });
    await editTable('LV2', { response: { minutes: 60 } });
    await told.look('2026-03-04 10:26');
    expect([(await told.clock('response')).breachedAt, await told.firings('response')]).toEqual([null, []]);
  });

  test('SLA-14 an edit that would have left time does not erase a breach, nor announce it again', async () => {
    story.at('2026-03-05 10:00');
    const told = await acme.incident({ level: 'LV2' });
    await told.look('2026-03-05 11:00:00.001');
    expect(inShanghai((await told.clock('response')).breachedAt)).toBe('2026-03-05 11:00');
    await editTable('LV2', { response: { minutes: 600 } });
    await told.look('2026-03-05 11:10');
    const clock = await told.clock('response');
    expect([inShanghai(clock.breachedAt), inShanghai(clock.dueAt)]).toEqual(['2026-03-05 11:00', '2026-03-05 20:00']);
    await told.look('2026-03-05 20:00:00.001');
    expect((await told.events()).filter(({ type }) => type === 'clock.breached').length).toBe(3);
    await checked();
  });

  test('D-22 SLA-14 an edit in hindsight, with its reason: open clocks follow from its valid-from, what is met or breached stays', async () => {
    story.at('2026-03-05 22:00');
    const told = await acme.incident({ level: 'LV2' });
    story.at('2026-03-05 22:03');
    await told.tell('technicalManager', respond, { channel: 'phone', reached: true });
    const met = await told.clock('response');
    await told.look('2026-03-05 23:30');
    expect(inShanghai((await told.clock('start-of-work')).breachedAt)).toBe('2026-03-05 23:00');
    await editTable('LV2', { response: { minutes: 5 }, startOfWork: { minutes: 300 }, onSite: { minutes: 80 } }, { validFrom: shanghai('2026-03-05 21:00'), reason: 'Agreed on the phone' });
    await work();
    expect(await told.clock('response')).toMatchObject({ dueAt: met.dueAt, metAt: met.metAt, breachedAt: null, outcome: 'met' });
    expect(inShanghai((await told.clock('start-of-work')).breachedAt)).toBe('2026-03-05 23:00');
    expect([inShanghai((await told.clock('on-site')).breachedAt), inShanghai((await told.clock('on-site')).announcedAt)]).toEqual(['2026-03-05 23:20', '2026-03-05 23:30']);
    await checked();
  });

  test('D-32 an edited escalation applies to those that are open', async () => {
    story.at('2026-03-06 10:00');
    const told = await acme.incident({ level: 'LV2' });
    await editTable('LV2', { response: { minutes: 600 }, escalation1: { ...LEVEL_TABLE.levels.LV2.escalation1, minutes: 60 } });
    await work();
    await told.look('2026-03-06 11:00:00.001');
    expect((await told.escalations()).map(({ step, dueAt }) => [step, inShanghai(dueAt)])).toEqual([['escalation-1', '2026-03-06 11:00']]);
  });

  test('SLA-13 a solution that waits for the customer keeps its clock; refused, it goes on under the new policy', async () => {
    story.at('2026-03-09 10:00');
    const told = await (await acme.incident({ level: 'LV3' })).tell('engineer', take, {});
    await told.tell('engineer', propose, { solution: 'Try now', causeClass: 'operation' });
    const due = (await told.clock('resolution')).dueAt;
    await editTable('LV3', { escalation1: { ...LEVEL_TABLE.levels.LV3.escalation1, minutes: 120 } });
    await work();
    expect([(await told.clock('resolution')).dueAt, (await told.clock('resolution')).outcome]).toEqual([due, 'met']);
    story.at('2026-03-09 11:00');
    await told.tell('desk', refuse, { reason: 'No' });
    expect(inShanghai((await told.clock('resolution')).dueAt)).toBe('2026-03-09 14:00');
    await checked();
  });
});

describe('CAL-03 edits of a calendar', () => {
  test('CAL-03 SLA-13 SLA-14 open clocks follow, closed ones and what was announced stay', async () => {
    story.at('2026-03-16 09:00');
    const open = await (await acme.incident({ level: 'LV4' })).tell('engineer', take, {});
    const breached = await (await acme.incident({ level: 'LV4' })).tell('engineer', take, {});
    const closed = await acme.incident({ level: 'LV4' });
    story.at('2026-03-16 14:00');
    await breached.look();
    await closed.tell('desk', close, { closureCode: 'false-alarm', reason: 'A test' });
    expect(inShanghai((await open.clock('start-of-work')).dueAt)).toBe('2026-03-16 14:00');
    await breached.look('2026-03-16 14:00:00.001');
    expect(inShanghai((await breached.clock('start-of-work')).breachedAt)).toBe('2026-03-16 14:00');
    const before = await closed.clock('resolution');
    // In hindsight the whole of Monday was a holiday.
    const book = await calendarsFor(database, database.em);
    const seeded = seededCalendars()['5x8'];
    const source = { ...seeded, exceptions: [...seeded.exceptions, { date: '2026-03-16', hours: [], name: 'Flood' }] };
    await editCalendar(database, admin, { id: book.idByKey['5x8']!, expectedVersion: 1, source, validFrom: shanghai('2026-03-16 00:00'), reason: 'The river' });
    await work();
    expect(inShanghai((await open.clock('start-of-work')).dueAt)).toBe('2026-03-17 14:00');
    const clock = await breached.clock('start-of-work');
    expect([inShanghai(clock.breachedAt), inShanghai(clock.dueAt), clock.breachHolderId]).toEqual(['2026-03-16 14:00', '2026-03-17 14:00', story.people.engineer.id]);
    expect(await closed.clock('resolution')).toEqual(before);
    await closed.tell('engineer', log, { kind: 'note', text: 'Still closed', customerVisible: false });
    expect(await closed.clock('resolution')).toEqual(before);
    await breached.look('2026-03-17 14:00:00.001');
    expect((await breached.firings('start-of-work')).filter((line) => line.startsWith('breach'))).toEqual(['breach @ 2026-03-16 14:00']);
    await checked();
  });

  test('ORG-05 the trail holds', async () => {
    expect(await story.auditProblems()).toEqual([]);
  });
});
