import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { calendarsFor, editCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { editPolicy, policiesAt } from '../../server/src/features/service-level/service-level.service.ts';
import { parsePolicy } from '../../server/src/features/service-level/service-level.rules.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const admin = SYSTEM('test');
const START = Date.parse('2026-03-02T01:00:00Z');
const HOUR = 3_600_000;
const withRole = (role: string): Actor => ({ ...admin, kind: 'person', name: role, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }] });
const inForce = async (at: number) => policiesAt(database, database.em, at);

beforeAll(() => seedPolicy(database));

describe('AGR-05 seeded policy', () => {
  test('AGR-05 seeding twice changes nothing', async () => {
    await seedPolicy(database);
    const rows = await database.em.execute<{ policies: number; calendars: number }[]>(
      'select (select count(*) from policy_version)::int as policies, (select count(*) from calendar_version)::int as calendars',
    );
    expect(rows).toEqual([{ policies: 17, calendars: 2 }]);
  });

  test('AGR-05 the level table is the one of the handbook', async () => {
    const { levels, warnAt } = (await inForce(START)).policies['level-table'];
    const figures = Object.values(levels).map(({ calendar, response, startOfWork, onSite, progressReportEvery, escalation1, escalation2 }) => [
      calendar, response, startOfWork, onSite, progressReportEvery, escalation1.minutes, escalation2.minutes,
    ]);
    expect(figures).toEqual([
      ['24x7', { minutes: 10 }, { minutes: 10 }, { minutes: 120 }, { minutes: 60 }, 480, 720],
      ['24x7', { minutes: 30 }, { minutes: 60 }, { minutes: 240 }, { minutes: 120 }, 1440, 2160],
      ['5x8', { minutes: 240 }, { minutes: 120 }, null, { minutes: 480 }, 4320, 5280],
      ['5x8', { workingDays: 1 }, { minutes: 240 }, null, { minutes: 960 }, 8640, 9600],
    ]);
    expect(warnAt).toEqual([50, 75, 90]);
  });

  test('INC-05 who gets it and who is told', async () => {
    const { levels } = (await inForce(START)).policies['level-table'];
    expect([levels.LV1.assignTo, levels.LV1.notify]).toEqual(['technical-managers', ['service-delivery-manager', 'department-manager', 'sales', 'executive']]);
    expect([levels.LV2.assignTo, levels.LV2.notify]).toEqual(['senior-engineers', ['service-delivery-manager', 'service-manager', 'project-manager']]);
    expect([levels.LV3.assignTo, levels.LV4.assignTo]).toEqual(['engineers', 'engineers']);
  });

  test('AGR-04 the three tiers', async () => {
    const { tiers } = (await inForce(START)).policies['tier-table'];
    expect(tiers.map(({ key, nameZh, calendar, response, resolution, responseRatePercent, satisfactionAbovePercent, telephone }) =>
      [key, nameZh, calendar, response, resolution, responseRatePercent, satisfactionAbovePercent, telephone])).toEqual([
      ['standard', '标准', '5x8', { minutes: 120 }, { minutes: 240 }, 100, 95, '24x7'],
      ['advanced', '高级', '5x8', { minutes: 60 }, { minutes: 240 }, 100, 95, '24x7'],
      ['vip', 'VIP', '5x8', { minutes: 60 }, { minutes: 120 }, 100, 95, '24x7'],
    ]);
  });

  test('INC-28 the seeded suspension reasons, D-21 one of them pauses nothing', async () => {
    const { reasons } = (await inForce(START)).policies.suspension;
    expect(reasons.map(({ key }) => key)).toEqual(expect.arrayContaining(['under-observation', 'awaiting-user', 'user-busy', 'other']));
    expect(reasons.filter(({ pauses }) => !pauses).map(({ key }) => key)).toEqual(['contracted-vendor']);
  });

  test('CAL-01 the seeded 5×8 closes for lunch, on holidays, and works make-up days', async () => {
    const book = await calendarsFor(database, database.em);
    const calendar = book.resolve(book.idByKey['5x8'] ?? '');
    const at = (local: string) => calendar.isOpen(Date.parse(`${local}+08:00`));
    expect([at('2026-03-02T08:59:59'), at('2026-03-02T09:00:00')]).toEqual([false, true]);
    expect([at('2026-03-02T11:59:59'), at('2026-03-02T12:00:00'), at('2026-03-02T13:00:00')]).toEqual([true, false, true]);
    expect([at('2026-03-02T17:59:59'), at('2026-03-02T18:00:00')]).toEqual([true, false]);
    // Saturday 14 February is worked for the Spring Festival, Monday 16 February is not.
    expect([at('2026-02-14T10:00:00'), at('2026-02-16T10:00:00')]).toEqual([true, false]);
    expect(book.resolve(book.idByKey['24x7'] ?? '').isOpen(Date.parse('2026-02-17T03:00:00+08:00'))).toBe(true);
  });
});

describe('D-22 versions', () => {
  const later = { ...SEEDED_POLICIES.feedback, attempts: 4 };

  test('D-22 a new version holds from its valid-from, the old one until the instant before', async () => {
    time.current = START;
    const row = await editPolicy(database, admin, { key: 'feedback', expectedVersion: 1, body: later, validFrom: START + HOUR });
    expect(row.version).toBe(2);
    const before = await inForce(START + HOUR - 1);
    const after = await inForce(START + HOUR);
    expect([before.policies.feedback.attempts, before.versions.feedback]).toEqual([3, 1]);
    expect([after.policies.feedback.attempts, after.versions.feedback]).toEqual([4, 2]);
    expect(after.versions['level-table']).toBe(1);
  });

  test('D-22 a valid-from in the past needs a reason, now does not', async () => {
    time.current = START + 2 * HOUR;
    const edit = { key: 'handoff', expectedVersion: 1, body: { ...SEEDED_POLICIES.handoff, pingPongMoves: 4 } };
    await expect(editPolicy(database, admin, { ...edit, validFrom: time.current - 1 })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await expect(editPolicy(database, admin, { ...edit, validFrom: time.current - 1, reason: '  ' })).rejects.toMatchObject({ code: 'MISSING_FIELD' });
    expect((await editPolicy(database, admin, { ...edit, validFrom: time.current })).version).toBe(2);
    const past = await editPolicy(database, admin, { ...edit, expectedVersion: 2, validFrom: START, reason: 'Agreed in writing on 1 March' });
    expect([past.version, past.reason]).toEqual([3, 'Agreed in writing on 1 March']);
    expect((await inForce(START)).versions.handoff).toBe(3);
    expect((await inForce(START + 2 * HOUR)).versions.handoff).toBe(2);
  });

  test('API-03 a stale version is refused and says the current one', async () => {
    await expect(editPolicy(database, admin, { key: 'feedback', expectedVersion: 1, body: later })).rejects.toMatchObject({ code: 'STALE_VERSION', detail: { currentVersion: 2 } });
  });

  test('ORG-03 only who may edit policy does: the administrator, not the service manager', async () => {
    const edit = { key: 'feedback', expectedVersion: 2, body: { ...later, attempts: 5 } };
    await expect(editPolicy(database, withRole('service-manager'), edit)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await editPolicy(database, withRole('administrator'), edit)).version).toBe(3);
  });

  test('ORG-05 an edit is in the trail with before and after', async () => {
    const rows = await database.em.execute<{ type: string; before: number; after: number }[]>(
      `select type, (payload#>>'{before,body,attempts}')::int as before, (payload#>>'{after,body,attempts}')::int as after
       from event_log where type = 'policy.edited' and payload#>>'{after,key}' = 'feedback' order by seq`,
    );
    expect(rows).toEqual([{ type: 'policy.edited', before: 3, after: 4 }, { type: 'policy.edited', before: 4, after: 5 }]);
  });

  test('API-02 a wrong policy names its field', async () => {
    const table = SEEDED_POLICIES['level-table'];
    const broken = (LV1: object) => ({ key: 'level-table', expectedVersion: 1, body: { ...table, levels: { ...table.levels, LV1: { ...table.levels.LV1, ...LV1 } } } });
    await expect(editPolicy(database, admin, broken({ response: { minutes: 0 } }))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: expect.stringContaining('body.levels.LV1.response') });
    await expect(editPolicy(database, admin, broken({ calendar: '9x5' }))).rejects.toMatchObject({ message: '"9x5" is not the key of a calendar; there are 24x7, 5x8.', field: 'body.levels.LV1.calendar' });
    await expect(editPolicy(database, admin, broken({ notify: ['boss'] }))).rejects.toMatchObject({ message: '"boss" is not a role.', field: 'body.levels.LV1.notify' });
    await expect(editPolicy(database, admin, broken({ escalation2: { ...table.levels.LV1.escalation2, minutes: 480 } }))).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    await expect(editPolicy(database, admin, { key: 'prices', expectedVersion: 1, body: {} })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'key' });
    expect(() => parsePolicy('feedback', { attempts: 3 })).toThrow('Policy "feedback"');
  });
});

describe('CAL-03 calendar versions', () => {
  const closedOnMonday = { timeZone: 'Asia/Shanghai', weeklyHours: { tue: [['09:00', '18:00']] }, exceptions: [] };

  test('CAL-03 an edit holds from its valid-from; what was judged by an earlier version still is', async () => {
    time.current = Date.parse('2026-03-09T01:00:00Z');
    const id = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    const edited = await editCalendar(database, admin, { id, expectedVersion: 1, source: closedOnMonday, validFrom: time.current });
    expect(edited.version).toBe(2);
    const book = await calendarsFor(database, database.em);
    const nextMonday = Date.parse('2026-03-16T02:00:00Z');
    expect(book.versionOf(id)).toBe(2);
    expect(book.resolve(id).isOpen(Date.parse('2026-03-02T02:00:00Z'))).toBe(true);
    expect(book.resolve(id).isOpen(nextMonday)).toBe(false);
    expect(book.resolve(id, 1).isOpen(nextMonday)).toBe(true);
  });

  test('CAL-02 a calendar that never opens is refused', async () => {
    const id = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    const never = { timeZone: 'Asia/Shanghai', weeklyHours: {}, exceptions: [] };
    await expect(editCalendar(database, admin, { id, expectedVersion: 2, source: never })).rejects.toMatchObject({ code: 'CALENDAR_NEVER_OPENS' });
  });

  test('D-22 a calendar edit of the past needs a reason', async () => {
    const id = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    const edit = { id, expectedVersion: 2, source: closedOnMonday, validFrom: time.current - 24 * HOUR };
    await expect(editCalendar(database, admin, edit)).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    expect((await editCalendar(database, admin, { ...edit, reason: 'The notice came late' })).version).toBe(3);
  });

  test('ORG-03 an engineer may not edit a calendar', async () => {
    const id = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    await expect(editCalendar(database, withRole('engineer'), { id, expectedVersion: 3, source: closedOnMonday })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
