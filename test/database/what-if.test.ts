import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { calendarsFor, editCalendar, importHolidays } from '../../server/src/features/calendar/calendar.service.ts';
import { seededCalendars } from '../../server/src/features/calendar/holidays.rules.ts';
import { checkClocks } from '../../server/src/features/clock/clock-check.service.ts';
import { setAgreementLines, updateAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { AgreementEntity } from '../../server/src/features/customer/customer.entity.ts';
import { suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { respond, take } from '../../server/src/features/incident/incident-work.service.ts';
import { policiesAt, editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import type { LevelTable } from '../../server/src/features/service-level/service-level.rules.ts';
import { whatIfAgreement, whatIfAgreementLines, whatIfCalendar, whatIfHolidays, whatIfPolicy } from '../../server/src/features/what-if/what-if.service.ts';
import type { WhatIfAnswer } from '../../server/src/features/what-if/what-if-tally.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { DeskStory } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start('2026-03-02 10:00');
afterAll(() => story.open.close());
const { database } = story;
const admin = SYSTEM('admin');
const withRole = (role: string, customerId: string | null = null): Actor => ({ ...admin, kind: 'person', name: role, grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }] });
const acme = story.customer('Acme').agreement();
const vip = story.customer('Bolt').agreement('vip', { LV2: { response: { minutes: 45 } } });

beforeAll(async () => {
  for (const level of ['LV1', 'LV2', 'LV3', 'LV4'] as const) {
    await acme.incident({ level });
    await vip.incident({ level });
  }
  // One that has answered, one that waits for its customer, one that is late: what is met, paused or breached must stay so.
  await (await acme.incident({ level: 'LV3' })).tell('technicalManager', respond, { channel: 'phone', reached: true });
  const paused = await (await acme.incident({ level: 'LV3' })).tell('engineer', take, {});
  await paused.tell('engineer', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-20 10:00') });
  await (await acme.incident({ level: 'LV2' })).look('2026-03-02 10:45');
  await work();
});

/** What the worker does: one look at every ticket whose timer is due. */
async function work(): Promise<void> {
  const due = await database.em.execute<{ id: string }[]>(`select ticket_id as id from timer where due_at <= ? order by ticket_id`, [new Date(story.open.time.current)]);
  for (const { id } of due) await fireDueClocks(database, id);
}

type Standing = Record<string, readonly [state: string, due: number | null, remaining: number | null, breached: number | null]>;

async function standing(): Promise<Standing> {
  const rows = await database.em.execute<{ key: string; state: string; due: number | null; remaining: number | null; breached: number | null }[]>(
    `select ticket_id || ' ' || kind as key, state, (extract(epoch from due_at) * 1000)::float8 as due, remaining_ms::float8 as remaining, (extract(epoch from breached_at) * 1000)::float8 as breached
     from clock order by 1`,
  );
  return Object.fromEntries(rows.map(({ key, state, due, remaining, breached }) => [key, [state, due, state === 'paused' ? remaining : null, breached] as const]));
}

/** What the question says would be, over what is. */
function foretold(now: Standing, { rows, rowTotal }: WhatIfAnswer): Standing {
  expect(rows.length).toBe(rowTotal);
  return { ...now, ...Object.fromEntries(rows.map(({ id, kind, after }) => [`${id} ${kind}`, [after.state, after.dueAt, after.remainingMs, after.breachedAt] as const])) };
}

/** Everything the database holds, but for what a question is allowed to touch: nothing. */
async function fingerprint(): Promise<unknown> {
  const tables = await database.em.execute<{ name: string }[]>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`);
  const rows = [];
  for (const { name } of tables) rows.push(...(await database.em.execute<object[]>(`select '${name}' as t, count(*)::int as n, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as h from "${name}" x`)));
  return rows;
}

/** Asks, then saves the very same: every clock then stands as it was foretold, and the asking itself changed nothing. */
async function askThenSave(ask: () => Promise<WhatIfAnswer>, save: () => Promise<unknown>): Promise<WhatIfAnswer> {
  const before = await fingerprint();
  const now = await standing();
  const answer = await ask();
  expect(await fingerprint()).toEqual(before);
  await save();
  await work();
  expect(await standing()).toEqual(foretold(now, answer));
  expect(await checkClocks(database)).toMatchObject({ different: 0, differences: [] });
  return answer;
}

const table = async (): Promise<{ body: LevelTable; version: number }> => {
  const { policies, versions } = await policiesAt(database, database.em, Date.parse('2036-01-01'));
  return { body: policies['level-table'], version: versions['level-table'] };
};
const tableWith = (body: LevelTable, more: Partial<Record<keyof LevelTable['levels'], object>>): LevelTable => ({
  ...body, levels: Object.fromEntries(Object.entries(body.levels).map(([level, targets]) => [level, { ...targets, ...more[level as 'LV1'] }])) as LevelTable['levels'],
});
const agreementOf = async (number: string) => database.em.findOneOrFail(AgreementEntity, { number });
const termsOf = async (number: string) => {
  const { id, name, tier, calendarId, targets, startsAt, endsAt, version } = await agreementOf(number);
  return { id, name, tier, calendarId, targets, startsAt, endsAt, expectedVersion: version };
};

describe('SLA-10 what a policy change would give', () => {
  test('SLA-10 saving a level table then gives exactly the due instants that were foretold, and asking changed nothing', async () => {
    const { body, version } = await table();
    // 45 minutes have passed: 50 leaves time, 40 is late at once; LV3 gets more of everything.
    const draft = { key: 'level-table', expectedVersion: version, body: tableWith(body, { LV1: { startOfWork: { minutes: 50 } }, LV2: { startOfWork: { minutes: 40 } }, LV3: { response: { minutes: 600 }, calendar: '24x7' } }) };
    const { totals, byLevel, rows } = await askThenSave(() => whatIfPolicy(database, admin, draft, 100), () => editPolicy(database, admin, draft));
    // Three LV2 are open: Acme's two and Bolt's; each has its start of work due 20 minutes earlier, which is past.
    expect(rows.filter(({ change }) => change === 'breached').map(({ level, kind }) => `${level} ${kind}`)).toEqual(['LV2 start-of-work', 'LV2 start-of-work', 'LV2 start-of-work']);
    expect(byLevel.find(({ level }) => level === 'LV2')).toMatchObject({ incidents: 3, breached: 3 });
    // LV1's start of work was breached at 10:10: it moves to 10:50 and the breach stays (SLA-14).
    expect(totals).toMatchObject({ incidents: 11, breachKept: 2 });
    expect(rows.filter(({ level, kind }) => level === 'LV1' && kind === 'start-of-work').map(({ before, after }) => [inShanghai(before?.breachedAt ?? null), inShanghai(after.breachedAt), inShanghai(after.dueAt)]))
      .toEqual([['2026-03-02 10:10', '2026-03-02 10:10', '2026-03-02 10:50'], ['2026-03-02 10:10', '2026-03-02 10:10', '2026-03-02 10:50']]);
    expect(totals.breached + totals.earlier + totals.later + totals.added + totals.ended + totals.unchanged).toBe(totals.clocks);
  });

  test('SLA-10 a tier, and D-15: an own target is not moved by it', async () => {
    const { policies, versions } = await policiesAt(database, database.em, story.open.time.current);
    const tiers = policies['tier-table'].tiers.map((tier) => (tier.key === 'vip' ? { ...tier, response: { minutes: 30 }, resolution: { minutes: 90 } } : tier));
    const draft = { key: 'tier-table', expectedVersion: versions['tier-table'], body: { tiers } };
    const { rows } = await askThenSave(() => whatIfPolicy(database, admin, draft, 100), () => editPolicy(database, admin, draft));
    expect(new Set(rows.map(({ customer }) => customer))).toEqual(new Set(['Bolt']));
    // Bolt's own response target of LV2 prevails.
    expect(rows.filter(({ level, kind }) => level === 'LV2' && kind === 'response')).toEqual([]);
    expect(rows.some(({ level, kind }) => level === 'LV3' && kind === 'response')).toBe(true);
  });

  test('D-22 SLA-10 a valid-from to come: the clocks as they will be then, and until then nothing moves', async () => {
    const { body, version } = await table();
    const validFrom = shanghai('2026-03-02 15:00');
    const draft = { key: 'level-table', expectedVersion: version, body: tableWith(body, { LV4: { startOfWork: { minutes: 900 } } }), validFrom };
    const before = await standing();
    const answer = await whatIfPolicy(database, admin, draft, 100);
    expect([inShanghai(answer.asOf), answer.needsReason]).toEqual(['2026-03-02 15:00', false]);
    await editPolicy(database, admin, draft);
    await work();
    expect(await standing()).toEqual(before);
    story.at('2026-03-02 14:59:59.999');
    await work();
    const untouched = await standing();
    story.at('2026-03-02 15:00');
    await work();
    expect(await standing()).toEqual(foretold(untouched, answer));
    expect(answer.rows.filter(({ level, kind }) => level === 'LV4' && kind === 'start-of-work').map(({ change }) => change)).toEqual(['later', 'later']);
  });

  test('D-22 SLA-10 an edit in hindsight says that a reason will be asked for', async () => {
    const { body, version } = await table();
    const draft = { key: 'level-table', expectedVersion: version, body: tableWith(body, { LV4: { startOfWork: { minutes: 300 } } }), validFrom: shanghai('2026-03-02 15:00'), reason: 'The contract says so' };
    story.at('2026-03-02 15:10');
    await work();
    const { needsReason } = await askThenSave(() => whatIfPolicy(database, admin, draft, 100), () => editPolicy(database, admin, draft));
    expect(needsReason).toBe(true);
    expect((await whatIfPolicy(database, admin, { ...draft, expectedVersion: version + 1, validFrom: story.open.time.current }, 1)).needsReason).toBe(false);
  });

  test('SLA-10 a policy that no clock is planned by moves nothing', async () => {
    const { policies, versions } = await policiesAt(database, database.em, story.open.time.current);
    const { totals, rowTotal } = await whatIfPolicy(database, admin, { key: 'knowledge', expectedVersion: versions.knowledge, body: policies.knowledge }, 1);
    expect([rowTotal, totals.unchanged === totals.clocks, totals.incidents]).toEqual([0, true, 11]);
  });
});

describe('SLA-10 calendars and agreements', () => {
  const holiday = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', 'DTSTART;VALUE=DATE:20260303', 'DTEND;VALUE=DATE:20260304', 'SUMMARY:Flood', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

  test('SLA-10 CAL-03 shorter hours of a calendar', async () => {
    const id = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    const source = { ...seededCalendars()['5x8'], weeklyHours: { ...seededCalendars()['5x8'].weeklyHours, mon: [['09:00', '12:00']] } };
    const draft = { id, expectedVersion: 1, source };
    const { totals } = await askThenSave(() => whatIfCalendar(database, admin, draft, 100), () => editCalendar(database, admin, draft));
    expect([totals.later > 0, totals.earlier]).toEqual([true, 0]);
  });

  test('SLA-10 CAL-04 a list of holidays', async () => {
    const calendarId = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
    const draft = { calendarId, ics: holiday, expectedVersion: 2 };
    const { totals } = await askThenSave(() => whatIfHolidays(database, admin, draft, 100), () => importHolidays(database, admin, draft));
    expect(totals.later > 0).toBe(true);
  });

  test('SLA-10 AGR-08 an agreement that gets a tier moves its own open incidents only', async () => {
    const draft = { ...(await termsOf('SA Acme')), tier: 'standard' };
    const { rows, totals } = await askThenSave(() => whatIfAgreement(database, admin, draft, 100), () => updateAgreement(database, admin, draft));
    expect([new Set(rows.map(({ customer }) => customer)), totals.incidents]).toEqual([new Set(['Acme']), 7]);
  });

  test('SLA-10 an own target that is edited again moves them again, though no policy has changed', async () => {
    const draft = { ...(await termsOf('SA Acme')), targets: { any: { resolution: { minutes: 1000 } } } };
    const { rows } = await askThenSave(() => whatIfAgreement(database, admin, draft, 100), () => updateAgreement(database, admin, draft));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['resolution']));
    const name = { ...(await termsOf('SA Acme')), name: 'Renamed' };
    expect((await askThenSave(() => whatIfAgreement(database, admin, name, 100), () => updateAgreement(database, admin, name))).rowTotal).toBe(0);
  });

  test('SLA-10 AGR-08 lines: a new one moves nothing that is open, one that an incident was taken under does', async () => {
    const { id, version } = await agreementOf('SA Bolt');
    const department = { id, expectedVersion: version, lines: [{ department: 'Trading', tier: 'standard', targets: { any: { response: { minutes: 33 } } } }] };
    expect((await askThenSave(() => whatIfAgreementLines(database, admin, department, 100), () => setAgreementLines(database, admin, department))).rowTotal).toBe(0);
    const told = await vip.incident({ level: 'LV3', department: 'Trading' });
    const again = { ...department, expectedVersion: version + 1, lines: [{ department: 'Trading', tier: 'standard', targets: { any: { response: { minutes: 90 } } } }] };
    const { rows } = await askThenSave(() => whatIfAgreementLines(database, admin, again, 100), () => setAgreementLines(database, admin, again));
    expect(rows.map(({ id: ticket, kind, change }) => [ticket, kind, change])).toEqual([[told.id, 'response', 'later']]);
  });
});

describe('SLA-10 who may ask, and what is refused', () => {
  test('ORG-03 only who may save may ask', async () => {
    const { body, version } = await table();
    const policy = { key: 'level-table', expectedVersion: version, body };
    const calendar = { id: (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '', expectedVersion: 3, source: '24x7' };
    for (const role of ['service-manager', 'auditor', 'customer-contact']) {
      await expect(whatIfPolicy(database, withRole(role), policy)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(whatIfCalendar(database, withRole(role), calendar)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(whatIfHolidays(database, withRole(role), { calendarId: calendar.id, ics: '', expectedVersion: 3 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(whatIfAgreement(database, withRole(role), await termsOf('SA Acme'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(whatIfAgreementLines(database, withRole(role), { id: (await agreementOf('SA Acme')).id, expectedVersion: 3, lines: [] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    expect((await whatIfPolicy(database, withRole('administrator'), policy)).rowTotal).toBe(0);
    expect((await whatIfAgreement(database, withRole('sla-owner'), await termsOf('SA Acme'))).totals.incidents).toBe(7);
  });

  test('ORG-03 another customer\'s agreement is answered like one that is not there', async () => {
    const owner = withRole('sla-owner', await acme.customerId());
    expect((await whatIfAgreement(database, owner, await termsOf('SA Acme'))).totals.incidents).toBe(7);
    await expect(whatIfAgreement(database, owner, await termsOf('SA Bolt'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('API-02 API-03 a draft that could not be saved is refused with the field that saving would name', async () => {
    const { body, version } = await table();
    const draft = (more: object, expectedVersion = version) => whatIfPolicy(database, admin, { key: 'level-table', expectedVersion, body: tableWith(body, { LV1: more }) });
    await expect(draft({ response: { minutes: 0 } })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: expect.stringContaining('body.levels.LV1.response') });
    await expect(draft({ calendar: '9x5' })).rejects.toMatchObject({ field: 'body.levels.LV1.calendar' });
    await expect(draft({}, version - 1)).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await expect(whatIfAgreement(database, admin, { ...(await termsOf('SA Acme')), tier: 'gold' })).rejects.toMatchObject({ field: 'tier' });
  });

  test('SLA-10 the list is capped, the totals are exact', async () => {
    const { body, version } = await table();
    const draft = { key: 'level-table', expectedVersion: version, body: tableWith(body, { LV1: { progressReportEvery: { minutes: 90 } }, LV2: { progressReportEvery: { minutes: 200 } } }) };
    const all = await whatIfPolicy(database, admin, draft, 100);
    const few = await whatIfPolicy(database, admin, draft, 2);
    expect([few.rows.length, few.rowTotal, few.totals]).toEqual([2, all.rowTotal, all.totals]);
    expect(few.rows).toEqual(all.rows.slice(0, 2));
    await expect(whatIfPolicy(database, admin, draft, 101)).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'first' });
  });
});
