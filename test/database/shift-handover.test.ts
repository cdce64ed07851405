import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { assign } from '../../server/src/features/incident/incident-work.service.ts';
import { drawnLines, handoverById, handoversFor, linesOf, listHandovers } from '../../server/src/features/shift-handover/shift-handover.queries.ts';
import {
  completeHandover, drawUpHandover, isUnaltered, lookAfterHandovers, redrawHandover, sendHandoverBack, signHandover, takeHandoverOver,
} from '../../server/src/features/shift-handover/shift-handover.service.ts';
import { swapShift } from '../../server/src/features/team/team-swap.service.ts';
import { addShift, addTeamMember, createTeam, removeShift } from '../../server/src/features/team/team.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { NoticeDesk } from '../support/notice-desk.ts';
import { shanghai } from '../support/story-world.ts';

const desk = await NoticeDesk.start();
const { story } = desk;
const { database, people, teams } = story;
afterAll(() => story.open.close());

const acme = story.customer('Acme').agreement();
const admin = SYSTEM('test');
const shiftOf = (person: Actor, from: string, to: string, leader = true) =>
  addShift(database, admin, { teamId: teams.engineers, personId: person.id, startsAt: shanghai(from), endsAt: shanghai(to), leader });
const current = async (id: string) => {
  const row = await handoverById(database.em, people.engineer, id);
  if (!row) throw new Error('no handover');
  return { id, expectedVersion: row.version, row };
};
beforeAll(async () => {
  await shiftOf(people.engineer, '2026-03-02 08:00', '2026-03-02 20:00');
  await shiftOf(people.colleague, '2026-03-02 20:00', '2026-03-03 08:00');
  const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, { teamId: teams.engineers, holderId: people.engineer.id, reason: null });
  await incident.tell('serviceManager', escalate, { step: 'escalation-1', reason: 'Urgent', to: [] });
});

describe('ORG-06 from drawing up to taking over', () => {
  let id: string;

  test('ORG-06 the system draws it up 45 minutes before the end of the shift, once, and tells the leaving leader', async () => {
    story.at('2026-03-02 19:14');
    await lookAfterHandovers(database);
    expect(await story.count('shift_handover')).toBe(0);
    story.at('2026-03-02 19:15');
    await Promise.all([lookAfterHandovers(database), lookAfterHandovers(database)]);
    await lookAfterHandovers(database);
    const [row] = await listHandovers(database.em, people.engineer, { teamId: teams.engineers, openOnly: true, first: 10 });
    expect([await story.count('shift_handover'), row?.state]).toEqual([1, 'drafting']);
    id = row!.id;
    expect(await desk.kinds('engineer', id)).toEqual(['shift-handover']);
    expect((await linesOf(database.em, people.engineer, id)).map(({ section }) => section)).toEqual(['escalations', 'incidents']);
  });

  test('ORG-06 only the leaving leader writes and signs; the coming one may not yet take over', async () => {
    const { row, ...at } = await current(id);
    const [line] = await linesOf(database.em, people.engineer, id);
    for (const who of [people.colleague, people.lead, people.senior]) {
      await expect(completeHandover(database, who, { ...at, notes: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(signHandover(database, who, at)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(takeHandoverOver(database, people.colleague, at)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    await completeHandover(database, people.engineer, { ...at, notes: 'Quiet day', lines: [{ id: line!.id, note: 'Call the director at nine' }] });
    await expect(signHandover(database, people.engineer, at)).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'expectedVersion' });
    expect(row.version).toBe(1);
  });

  test('ORG-06 drawn anew it keeps the notes of what is still there', async () => {
    const { row: _row, ...at } = await current(id);
    await (await acme.incident({ level: 'LV3' })).ticket();
    await redrawHandover(database, people.engineer, at);
    const lines = await linesOf(database.em, people.engineer, id);
    expect([lines.length, lines[0]?.note]).toEqual([3, 'Call the director at nine']);
  });

  test('ORG-06 signed it is frozen with its digest, waits for the next leader, and is told to them', async () => {
    const { row: _row, ...at } = await current(id);
    await signHandover(database, people.engineer, at);
    const { row, ...signed } = await current(id);
    expect([row.state, row.signedBy, row.sha256?.length]).toEqual(['signed', 'engineer', 64]);
    await expect(completeHandover(database, people.engineer, { ...signed, notes: 'late' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    expect([(await handoversFor(database.em, people.colleague)).length, (await handoversFor(database.em, people.engineer)).length]).toEqual([1, 0]);
    expect(await desk.kinds('colleague', id)).toEqual(['shift-handover']);
  });

  test('ORG-06 the next leader sends it back with a question; it is answered and signed again', async () => {
    const { row: _row, ...at } = await current(id);
    await expect(sendHandoverBack(database, people.colleague, { ...at, question: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'question' });
    await sendHandoverBack(database, people.colleague, { ...at, question: 'Which director?' });
    expect(await desk.kinds('engineer', id)).toEqual(['shift-handover ×2']);
    const back = await current(id);
    expect([back.row.state, back.row.question, back.row.sha256, back.row.signedBy]).toEqual(['questioned', 'Which director?', null, null]);
    await completeHandover(database, people.engineer, { id, expectedVersion: back.expectedVersion, notes: 'The one of Acme' });
    const { row: _again, ...again } = await current(id);
    await signHandover(database, people.engineer, again);
    expect((await current(id)).row.state).toBe('signed');
  });

  test('ORG-06 past the end of the shift it is late: both sides and the lead are told once', async () => {
    story.at('2026-03-02 19:59:59');
    await lookAfterHandovers(database);
    const told = async () => (await database.em.execute<{ n: number }[]>(`select count(*)::int as n from event_log where type = 'shift-handover.overdue'`))[0]!.n;
    expect(await told()).toBe(0);
    story.at('2026-03-02 20:00:00');
    await lookAfterHandovers(database);
    await lookAfterHandovers(database);
    expect(await told()).toBe(1);
    expect(await desk.kinds('lead', id)).toContain('shift-handover');
  });

  test('ORG-06 what was altered in the database is not taken over', async () => {
    const { row: _row, ...at } = await current(id);
    await database.em.execute(`update shift_handover set notes = 'Nothing happened' where id = ?`, [id]);
    expect(await isUnaltered(database.em, id)).toBe(false);
    await expect(takeHandoverOver(database, people.colleague, at)).rejects.toMatchObject({ code: 'CHECKSUM_DIFFERS' });
    await database.em.execute(`update shift_handover set notes = 'The one of Acme' where id = ?`, [id]);
    expect(await isUnaltered(database.em, id)).toBe(true);
  });

  test('ORG-06 the next leader takes over; it stays as it was signed', async () => {
    const { row: _row, ...at } = await current(id);
    await takeHandoverOver(database, people.colleague, at);
    const { row } = await current(id);
    expect([row.state, row.takenOverBy, await isUnaltered(database.em, id)]).toEqual(['taken-over', 'colleague', true]);
    const { row: _done, ...done } = await current(id);
    await expect(takeHandoverOver(database, people.colleague, done)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    const types = await database.em.execute<{ type: string }[]>(`select type from event_log where subject_id = ? order by seq`, [id]);
    expect(types.map(({ type }) => type.replace('shift-handover.', ''))).toEqual(['drawn', 'edited', 'redrawn', 'signed', 'sentBack', 'edited', 'signed', 'overdue', 'takenOver']);
    expect(await story.auditProblems()).toEqual([]);
  });
});

describe('ORG-06 edges of the roster', () => {
  test('ORG-02 ORG-06 a shift that is swapped meanwhile changes who takes over, and who swapped it for what reason is on record', async () => {
    const shift = await shiftOf(people.engineer, '2026-03-03 08:00', '2026-03-03 20:00');
    story.at('2026-03-03 07:30');
    const id = await drawUpHandover(database, people.colleague, teams.engineers);
    await signHandover(database, people.colleague, { id, expectedVersion: 1 });
    await expect(swapShift(database, people.engineer, { id: shift.id, personId: people.lead.id, reason: 'Ill' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(swapShift(database, people.serviceManager, { id: shift.id, personId: people.senior.id, reason: 'Ill' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'personId' });
    await swapShift(database, people.serviceManager, { id: shift.id, personId: people.lead.id, reason: 'Ill' });
    await expect(takeHandoverOver(database, people.engineer, { id, expectedVersion: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await takeHandoverOver(database, people.lead, { id, expectedVersion: 2 });
    const [event] = await database.em.execute<{ reason: string; before: { personId: string }; by: string }[]>(
      `select payload->>'reason' as reason, payload->'before' as before, actor->>'name' as by from event_log where type = 'roster.shiftSwapped'`,
    );
    expect([event?.reason, event?.before.personId, event?.by]).toEqual(['Ill', people.engineer.id, 'serviceManager']);
    await removeShift(database, admin, shift.id);
  });

  test('ORG-06 nobody on call: there is no shift to hand over; another team than one\'s own: refused', async () => {
    story.at('2026-03-06 10:00');
    await expect(drawUpHandover(database, people.engineer, teams.engineers)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'teamId' });
    await addShift(database, admin, { teamId: teams.seniors, personId: people.senior.id, startsAt: shanghai('2026-03-06 08:00'), endsAt: shanghai('2026-03-06 20:00'), leader: true });
    await expect(drawUpHandover(database, people.engineer, teams.seniors)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('D-13 ORG-06 the 7×24 team hands over what the desk holds, for it acts as desk; another team does not', async () => {
    const duty = await createTeam(database, admin, { key: 'duty', name: 'Duty', nameZh: '值班', line: 1, purpose: 'duty' });
    for (const { id } of [people.senior, people.desk]) await addTeamMember(database, admin, { teamId: duty.id, personId: id });
    const night = (personId: string, from: string, to: string) => addShift(database, admin, { teamId: duty.id, personId, startsAt: shanghai(from), endsAt: shanghai(to), leader: true });
    await night(people.senior.id, '2026-03-09 20:00', '2026-03-10 08:00');
    await night(people.desk.id, '2026-03-10 08:00', '2026-03-10 20:00');
    story.at('2026-03-10 07:50');
    const unsorted = await acme.incident({ level: 'LV4' });
    await database.em.execute('update ticket set team_id = ? where id = ?', [teams.desk, unsorted.id]);
    const id = await drawUpHandover(database, people.senior, duty.id);
    const { number } = await unsorted.ticket();
    expect((await linesOf(database.em, people.senior, id)).map((line) => line.number)).toContain(number);
    const other = await drawnLines(database.em, { teamId: teams.seniors, now: shanghai('2026-03-10 07:50'), until: shanghai('2026-03-10 20:00') });
    expect(other.map(({ facts }) => facts.number)).not.toContain(number);
  });

  test('ORG-06 ORG-03 a customer contact sees none', async () => {
    const contact = story.contactOf(await acme.customerId());
    await expect(listHandovers(database.em, contact, { teamId: null, openOnly: false, first: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
