import { afterAll, beforeEach, expect, test } from 'vitest';
import { BoardEntity, type Board } from '../../server/src/features/board/board.entity.ts';
import { acknowledgeAlarm, ringingAlarms } from '../../server/src/features/board/board-alarm.service.ts';
import { readBoard, type BoardState } from '../../server/src/features/board/board.service.ts';
import { acknowledge, escalate, regrade, settleRegrade } from '../../server/src/features/incident/incident-lead.service.ts';
import { close } from '../../server/src/features/incident/incident-solve.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { MINUTE } from '../../server/src/kernel/instant.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));
const { database, people } = story;

/** A customer of its own with a board of its own, so that tests do not hear each other. */
async function room(name: string): Promise<{ incident: ReturnType<ReturnType<DeskStory['customer']>['agreement']>; board: Board }> {
  const incident = story.customer(name).agreement();
  const customerIds = [await incident.customerId()];
  const id = newId();
  await database.change(SYSTEM('test'), async ({ em }) => {
    em.create(BoardEntity, { id, name, nameZh: name, timeZone: 'Asia/Shanghai', rowLimit: 12, customerIds, teamIds: [], position: 0 });
  });
  return { incident, board: await database.em.findOneOrFail(BoardEntity, { id }) };
}

const shown = async (board: Board, actor: Actor = SYSTEM('test')): Promise<BoardState> => readBoard(database, database.em, { board, actor, now: await database.now() });
const rung = async (board: Board) => (await shown(board)).alarms.map(({ kind, detail, acknowledgedBy }) => [kind, detail, acknowledgedBy].filter(Boolean).join(' '));
const counted = async (board: Board) => {
  const { alarmsUnacknowledged, newAlarms } = (await shown(board)).counters;
  return [alarmsUnacknowledged, newAlarms];
};
const types = async (told: IncidentInDatabase) => (await told.events()).map(({ type }) => type).filter((type) => type.includes('acknowledged'));

test('WBD-03 a new LV1 and a breach ring, each from the transaction in which it happened; an LV2 does not', async () => {
  const { incident, board } = await room('Ring');
  await incident.incident({ level: 'LV2' });
  expect(await rung(board)).toEqual([]);
  const told = await incident.incident({ level: 'LV1' });
  expect(await rung(board)).toEqual(['new-lv1']);
  const { dueAt } = await told.clock('response');
  story.open.time.current = dueAt!;
  await told.look();
  expect(await rung(board)).toEqual(['new-lv1']);
  story.open.time.current = dueAt! + 1;
  await told.look();
  // An LV1 is to be begun by the same instant.
  expect(await rung(board)).toEqual(expect.arrayContaining(['breached response', 'breached start-of-work', 'new-lv1']));
  expect(await counted(board)).toEqual([3, 2]);
});

test('WBD-03 whoever acknowledges first is kept, everybody reads who and when, a second time changes nothing', async () => {
  const { incident, board } = await room('First');
  const told = await incident.incident({ level: 'LV1' });
  const [alarm] = (await shown(board)).alarms;
  story.at('2026-03-02 10:01');
  const at = shanghai('2026-03-02 10:01');
  const first = { id: alarm!.id, incidentId: told.id, acknowledgedBy: 'desk', acknowledgedAt: at };
  expect(await acknowledgeAlarm(database, people.desk, { alarmId: alarm!.id })).toEqual([{ ...first, now: true }]);
  story.at('2026-03-02 10:02');
  expect(await acknowledgeAlarm(database, people.engineer, { incidentId: told.id })).toEqual([{ ...first, now: false }]);
  expect(await types(told)).toEqual(['alarm.acknowledged']);
  expect(await counted(board)).toEqual([0, 1]);
  expect((await shown(board)).alarms).toMatchObject([{ acknowledgedBy: 'desk', acknowledgedAt: at }]);
  // Who and when stay for five minutes.
  story.open.time.current = at + 5 * MINUTE - 1;
  expect((await shown(board)).alarms).toHaveLength(1);
  story.open.time.current = at + 5 * MINUTE;
  expect((await shown(board)).alarms).toEqual([]);
});

test('WBD-03 of one incident only the named alarm is acknowledged, of the whole incident all', async () => {
  const { incident, board } = await room('One');
  const told = await incident.incident({ level: 'LV1' });
  await told.tell('lead', escalate, { step: 'manual', reason: 'now', to: [] });
  const other = (await shown(board)).alarms.find(({ kind }) => kind === 'new-lv1')!;
  await acknowledgeAlarm(database, people.desk, { alarmId: other.id });
  expect(await rung(board)).toEqual(['escalated manual', 'new-lv1 desk']);
  await acknowledgeAlarm(database, people.desk, { incidentId: told.id });
  expect(await counted(board)).toEqual([0, 1]);
});

test('SLA-07 WBD-03 an escalation is acknowledged by one notion: by its own command or as an alarm, with one and the same trail', async () => {
  const { incident, board } = await room('Both');
  const [one, two] = [await incident.incident({}), await incident.incident({})];
  for (const told of [one, two]) await told.tell('lead', escalate, { step: 'manual', reason: 'now', to: [] });
  expect(await counted(board)).toEqual([2, 0]);
  const [{ id: escalationId } = { id: '' }] = await one.escalations();
  await one.tell('desk', acknowledge, { escalationId });
  expect(await counted(board)).toEqual([1, 0]);
  await acknowledgeAlarm(database, people.desk, { boardId: board.id });
  expect(await counted(board)).toEqual([0, 0]);
  expect([await types(one), await types(two)]).toEqual([['escalation.acknowledged'], ['escalation.acknowledged']]);
  expect((await two.escalations())[0]).toMatchObject({ acknowledgedBy: 'desk', acknowledgedAt: shanghai('2026-03-02 10:00') });
  expect(await story.auditProblems()).toEqual([]);
});

test('WBD-03 an acknowledgement makes nobody\'s form stale', async () => {
  const { incident } = await room('Form');
  const told = await incident.incident({ level: 'LV1' });
  const { version } = await told.ticket();
  await acknowledgeAlarm(database, people.desk, { incidentId: told.id });
  expect((await told.ticket()).version).toBe(version);
});

test('WBD-03 an alarm ends by itself when its incident closes or is LV1 no more', async () => {
  const { incident, board } = await room('End');
  const graded = await incident.incident({ level: 'LV1' });
  const closed = await incident.incident({ level: 'LV1' });
  expect(await counted(board)).toEqual([2, 2]);
  await graded.tell('lead', regrade, { level: 'LV2', reason: 'smaller than thought' });
  if ((await graded.facts()).level === 'LV1') await graded.tell('technicalManager', settleRegrade, { approve: true });
  expect((await graded.facts()).level).toBe('LV2');
  expect(await counted(board)).toEqual([1, 2]);
  await closed.tell('desk', close, { closureCode: 'false-alarm', solution: 'Nothing was wrong.', causeClass: 'other', reason: 'It was a test.' });
  expect(await counted(board)).toEqual([0, 1]);
  expect(await story.count('alarm', `ticket_id = '${closed.id}' and ended_at is not null and acknowledged_at is null`)).toBe(1);
});

test('WBD-03 ten minutes count as new, to the millisecond', async () => {
  const { incident, board } = await room('New');
  await incident.incident({ level: 'LV1' });
  const at = shanghai('2026-03-02 10:00');
  story.open.time.current = at + 10 * MINUTE - 1;
  expect(await counted(board)).toEqual([1, 1]);
  story.open.time.current = at + 10 * MINUTE;
  expect(await counted(board)).toEqual([1, 0]);
});

test('WBD-03 ORG-03 a customer, a screen and who only reads cannot acknowledge; another customer\'s alarm is not there', async () => {
  const { incident, board } = await room('Rights');
  const told = await incident.incident({ level: 'LV1' });
  const [alarm] = (await shown(board)).alarms;
  const contact = story.contactOf(await incident.customerId());
  const all = contact.grants.map((grant) => ({ ...grant, permissions: people.desk.grants[0]!.permissions }));
  const screen: Actor = { ...people.desk, kind: 'screen', boardIds: [board.id] };
  const reader: Actor = { ...people.desk, grants: people.desk.grants.map((grant) => ({ ...grant, permissions: new Set(['incident.read', 'board.read'] as const) })) };
  for (const actor of [contact, { ...contact, grants: all }, screen, reader]) {
    await expect(acknowledgeAlarm(database, actor, { alarmId: alarm!.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  const elsewhere: Actor = { ...people.desk, grants: people.desk.grants.map((grant) => ({ ...grant, customerId: newId() })) };
  await expect(acknowledgeAlarm(database, elsewhere, { incidentId: told.id })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'incidentId' });
  expect((await ringingAlarms(database, elsewhere)).count).toBe(0);
  expect(await types(told)).toEqual([]);
  await acknowledgeAlarm(database, people.slaOwner, { alarmId: alarm!.id });
  expect(await types(told)).toEqual(['alarm.acknowledged']);
});

test('WBD-03 exactly one of alarm, incident and board is named', async () => {
  await expect(acknowledgeAlarm(database, people.desk, {})).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'alarmId' });
  await expect(acknowledgeAlarm(database, people.desk, { alarmId: newId(), boardId: newId() })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(acknowledgeAlarm(database, people.desk, { alarmId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'alarmId' });
});
