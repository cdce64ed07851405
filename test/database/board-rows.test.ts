import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { HOUR, MINUTE, SECOND } from '../../server/src/kernel/instant.ts';
import { BoardEntity } from '../../server/src/features/board/board.entity.ts';
import type { BoardSort } from '../../server/src/features/board/board-order.rules.ts';
import { boardSnapshot, readBoard, type BoardState } from '../../server/src/features/board/board.service.ts';
import { createCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { EscalationEntity } from '../../server/src/features/clock/clock.entity.ts';
import { HandoffEntity } from '../../server/src/features/handoff/handoff.entity.ts';
import { SuspensionEntity } from '../../server/src/features/incident/incident.entity.ts';
import { RosterShiftEntity } from '../../server/src/features/team/team.entity.ts';
import { PersonEntity } from '../../server/src/features/access/access.entity.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { SetTime } from '../../server/src/platform/time/time-source.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { createTestDatabase } from '../support/database.ts';
import { PlainDesk } from '../support/plain-desk.ts';

/** A Friday. */
const FRIDAY = Date.parse('2026-03-06T00:00:00+08:00');
const at = (hours: number, minutes = 0, seconds = 0): number => FRIDAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;

const file = await createTestDatabase();
const clock = new SetTime(at(9));
const database = new Database(await createOrm(file.url, ENTITIES, 4), clock);
await seedPolicy(database);
const desk = await PlainDesk.open(database);
const office = await createCalendar(database, SYSTEM('test'), {
  key: 'nine-to-six', name: 'Office', nameZh: '班',
  source: { timeZone: 'Asia/Shanghai', exceptions: [], weeklyHours: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']], wed: [['09:00', '18:00']], thu: [['09:00', '18:00']], fri: [['09:00', '18:00']], sat: [], sun: [] } },
});

afterAll(async () => {
  await database.orm.close(true);
  await file.drop();
});

async function board(now: number, which: keyof PlainDesk['boards'] = 'all', sort: BoardSort = 'due'): Promise<BoardState> {
  const em = database.em;
  const found = await em.findOneOrFail(BoardEntity, { id: desk.boards[which] });
  return readBoard(database, em, { board: found, actor: SYSTEM('test'), now, sort });
}

const change = (sql: string, values: unknown[] = []) => database.em.execute(sql, values);

test('SLA-12 a running clock outside its hours stands still, says when it goes on, and is not paused', async () => {
  clock.current = at(9);
  const id = await desk.open({ dueInMs: 0 });
  await change('update clock set calendar_ref = ?, due_at = ? where ticket_id = ?', [office.id, new Date(FRIDAY + 3 * 24 * HOUR + 10 * HOUR).toISOString(), id]);
  const open = (await board(at(17, 59, 59))).rows[0]!.clock;
  expect(open).toMatchObject({ state: 'running', outsideHours: false, resumesAt: null, remainingBusinessSeconds: 3601 });
  const shut = (await board(at(18))).rows[0]!.clock;
  expect(shut).toMatchObject({ state: 'running', outsideHours: true, resumesAt: FRIDAY + 3 * 24 * HOUR + 9 * HOUR, remainingBusinessSeconds: 3600 });
  expect((await board(at(18))).counters.suspended).toBe(0);
  await desk.close(id);
});

test('D-08 D-28 counted as breached only after the due instant, as due soon from fifteen minutes before it', async () => {
  clock.current = at(9);
  const id = await desk.open({ dueInMs: 2 * HOUR });
  const counted = async (now: number) => {
    const { breached, dueWithin15, dueWithin60 } = (await board(now)).counters;
    return [breached, dueWithin15, dueWithin60];
  };
  expect(await counted(at(10))).toEqual([0, 0, 0]);
  expect(await counted(at(10) + 1)).toEqual([0, 0, 1]);
  expect(await counted(at(10, 45))).toEqual([0, 0, 1]);
  expect(await counted(at(10, 45) + 1)).toEqual([0, 1, 1]);
  expect(await counted(at(11))).toEqual([0, 1, 1]);
  expect(await counted(at(11) + 1)).toEqual([1, 0, 0]);
  expect((await board(at(11, 0, 30))).rows[0]!.clock!.remainingBusinessSeconds).toBe(-30);
  await desk.close(id);
});

test('SLA-03 WBD-01 a suspended row shows its frozen time and its reason, and stands below the running ones', async () => {
  clock.current = at(9);
  const suspended = await desk.open({ level: 'LV1', dueInMs: MINUTE });
  const running = await desk.open({ level: 'LV4', dueInMs: 99 * HOUR });
  await change(`update incident set state = 'suspended' where ticket_id = ?`, [suspended]);
  await change(`update clock set state = 'paused', due_at = null, remaining_ms = 3600000 where ticket_id = ?`, [suspended]);
  await database.change(SYSTEM('test'), async ({ em }) => {
    em.create(SuspensionEntity, {
      id: newId(), ticketId: suspended, category: 'customer-feedback', text: 'waits for the log', pastedMail: null, fromAt: at(9), toAt: null, expectedEndAt: at(16), suspendedBy: 'Wang',
      resumedBy: null, remindedAt: null, flagged: true, correctedAt: null, correctedBy: null, correctedReason: null,
    });
  });
  const { rows, counters } = await board(at(10));
  expect(rows.map(({ id }) => id)).toEqual([running, suspended]);
  expect(rows[1]).toMatchObject({
    state: 'suspended', clock: { state: 'paused', dueAt: null, remainingSeconds: 3600, outsideHours: false },
    suspension: { category: 'customer-feedback', text: 'waits for the log', since: at(9), expectedEndAt: at(16), flagged: true },
  });
  expect(counters).toMatchObject({ open: 2, suspended: 1 });
  for (const id of [suspended, running]) await desk.close(id);
});

test('HND-05 a waiting handoff shows on the boards of both teams until it is decided; an escalation until it is taken', async () => {
  clock.current = at(9);
  const id = await desk.open({ team: 'desk' });
  const handoffId = newId();
  const escalationId = newId();
  await database.change(SYSTEM('test'), async ({ em }) => {
    em.create(HandoffEntity, {
      id: handoffId, ticketId: id, fromTeamId: desk.teams.net, toTeamId: desk.teams.desk, fromPersonId: null, toPersonId: null, reason: 'yours', tried: '', requestedAction: '',
      state: 'waiting', requestedAt: at(9), requestedBy: 'Wang', decidedAt: null, decidedBy: null, decisionReason: null, ageingStep: 2, unusual: false, mark: null,
    });
    em.create(EscalationEntity, {
      id: escalationId, ticketId: id, clockId: null, step: 'escalation-1', dueAt: at(9), firedAt: at(9), addressees: ['technical-manager: Ms Tang'], warned: [], manual: false, early: false, late: true,
      mark: null, reason: null, raisedBy: null, acknowledgedBy: null, acknowledgedAt: null,
    });
  });
  const sender = await board(at(10), 'net');
  expect(sender.rows[0]).toMatchObject({
    id, handoff: { id: handoffId, fromTeam: 'net', toTeam: 'desk', since: at(9), ageingStep: 2 },
    escalation: { id: escalationId, step: 'escalation-1', firedAt: at(9), to: ['technical-manager: Ms Tang'], early: false, late: true },
  });
  expect(sender.counters).toMatchObject({ handoffsWaiting: 1, escalationsUnacknowledged: 1 });
  await change(`update handoff set state = 'accepted' where id = ?`, [handoffId]);
  await change('update escalation set acknowledged_at = now() where id = ?', [escalationId]);
  expect((await board(at(10), 'net')).rows).toEqual([]);
  expect((await board(at(10))).rows[0]).toMatchObject({ id, handoff: null, escalation: null });
  await desk.close(id);
});

test('ORG-02 who is on call is who has the shift now, from its first instant to before its last', async () => {
  const personId = newId();
  await database.change(SYSTEM('test'), async ({ em }) => {
    em.create(PersonEntity, { id: personId, name: 'Li Na', email: 'li@example.com', phone: '138', locale: 'zh-CN', customerId: null, passwordHash: null, active: true, createdAt: at(0), version: 1 });
    await em.flush();
    em.create(RosterShiftEntity, { id: newId(), teamId: desk.teams.desk, personId, startsAt: at(8), endsAt: at(20), leader: true });
  });
  expect((await board(at(8) - 1)).onCall).toEqual([]);
  expect((await board(at(8))).onCall).toEqual([{ team: 'desk', teamZh: 'desk', person: 'Li Na', phone: '138', leader: true, until: at(20) }]);
  expect((await board(at(20) - 1)).onCall.length).toBe(1);
  expect((await board(at(20))).onCall).toEqual([]);
  expect((await board(at(8), 'net')).onCall).toEqual([]);
});

test('WBD-01 the rows of the statement are in the order of their keys, with exact counts of what is not shown', async () => {
  clock.current = at(9);
  const ids: string[] = [];
  for (let index = 0; index < 20; index += 1) ids.push(await desk.open({ dueInMs: ((index * 7) % 20) * HOUR, level: `LV${1 + (index % 4)}` as 'LV1' }));
  const { rows, counters, below } = await board(at(9, 30));
  expect(rows.length).toBe(12);
  expect(rows.map(({ order }) => order)).toEqual(rows.map(({ order }) => order).toSorted());
  expect(counters).toMatchObject({ open: 20, byLevel: [{ count: 5 }, { count: 5 }, { count: 5 }, { count: 5 }] });
  expect(below.length).toBe(8);
  expect(new Set([...rows.map(({ id }) => id), ...below])).toEqual(new Set(ids));
});

test('SLA-11 a board by risk: missed first, then the likeliest, then what nothing is known of; it says how likely, and a customer is refused', async () => {
  const { rows: [missed, suspended, ...others] } = await board(at(9, 30));
  for (const [index, { id }] of others.entries()) if (index % 3 > 0) await change('insert into incident_risk (ticket_id, percent) values (?, ?)', [id, (index * 37) % 101]);
  await change('update clock set breached_at = due_at where ticket_id = ?', [missed!.id]);
  await change(`update incident set state = 'suspended' where ticket_id = ?`, [suspended!.id]);
  const { rows, below } = await board(at(9, 30), 'all', 'risk');
  const risks = rows.map(({ risk }) => risk);
  expect(rows[0]!.id).toBe(missed!.id);
  expect(rows.map(({ order }) => order)).toEqual(rows.map(({ order }) => order).toSorted());
  expect(risks.slice(1).filter((risk) => risk !== null)).toEqual(risks.filter((risk) => risk !== null).toSorted((a, b) => b! - a!));
  expect([risks.filter((risk) => risk !== null).length, below.at(-1)]).toEqual([6, suspended!.id]);
  expect((await board(at(9, 30))).rows.every(({ risk }) => risk === null)).toBe(true);
  const contact = { ...SYSTEM('customer'), customerId: desk.customers.acme };
  await expect(boardSnapshot(database, contact, { id: desk.boards.all, version: '1', sort: 'risk' })).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'sort' });
});
