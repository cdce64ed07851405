import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { calendarsFor, importHolidays, previewHolidays } from '../../server/src/features/calendar/calendar.service.ts';
import { createPerson, updatePerson } from '../../server/src/features/access/access-people.service.ts';
import { agreementRegister, placeOf, type AgreementPage } from '../../server/src/features/customer/agreement-list.queries.ts';
import { createAgreement, setAgreementLines, updateAgreement, warnRenewals } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createProject, createService, createSite, setCustomerDate } from '../../server/src/features/customer/customer-place.service.ts';
import { findAgreements, findServices } from '../../server/src/features/customer/customer.queries.ts';
import { coverageFor, createCustomer, updateCustomer } from '../../server/src/features/customer/customer.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const START = Date.parse('2026-03-02T01:00:00Z');
const DAY = 86_400_000;
const admin = SYSTEM('test');
const withRole = (role: string, customerId: string | null = null): Actor => ({ ...admin, kind: 'person', name: role, customerId, grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }] });
let calendarId: string;
let acme: string;
let other: string;
let mail: string;
let erp: string;

beforeAll(async () => {
  await seedPolicy(database);
  calendarId = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
  acme = (await createCustomer(database, admin, { name: 'Acme', fullName: 'Acme Ltd', timeZone: 'Asia/Shanghai' })).id;
  other = (await createCustomer(database, admin, { name: 'Other', fullName: 'Other Ltd', timeZone: 'Asia/Shanghai' })).id;
  mail = (await createService(database, admin, { key: 'mail', name: 'Mail', nameZh: '邮件' })).id;
  erp = (await createService(database, admin, { key: 'erp', name: 'ERP', nameZh: 'ERP' })).id;
});

let count = 0;
const agreement = (more: object = {}) => {
  count += 1;
  return createAgreement(database, admin, { customerId: acme, number: `AGR-${count}`, name: 'Service', tier: 'standard', calendarId, startsAt: START, endsAt: START + 365 * DAY, ...more });
};

describe('AGR-01 customers', () => {
  test('AGR-01 a name is unique, a time zone is known, a version is current', async () => {
    const create = (more: object) => createCustomer(database, admin, { name: 'New', fullName: 'New Ltd', timeZone: 'Asia/Shanghai', ...more });
    await expect(create({ name: 'Acme' })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'name' });
    await expect(create({ timeZone: 'Asia/Shangri-La' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'timeZone' });
    await expect(create({ timeZone: '+08:00' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'timeZone' });
    await expect(create({ name: '   ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'name' });
    await expect(create({ name: 'x'.repeat(201) })).rejects.toMatchObject({ code: 'TOO_LARGE', field: 'name' });
    expect((await create({ name: 'x'.repeat(200) })).version).toBe(1);
    const edit = { id: other, expectedVersion: 1, importance: 'key' as const };
    expect(await updateCustomer(database, admin, edit)).toMatchObject({ importance: 'key', version: 2, name: 'Other' });
    await expect(updateCustomer(database, admin, edit)).rejects.toMatchObject({ code: 'STALE_VERSION' });
  });

  test('ORG-03 who may edit one customer does not even learn of another', async () => {
    const limited: Actor = { ...withRole('administrator', null), grants: [{ role: 'administrator', permissions: permissionsOfRole('administrator'), customerId: acme, teamId: null }] };
    expect((await createSite(database, limited, { customerId: acme, name: 'Pudong' })).name).toBe('Pudong');
    const foreign = createSite(database, limited, { customerId: other, name: 'Pudong' });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND', message: `There is no customer "${other}".` });
    const missing = newId();
    await expect(createSite(database, limited, { customerId: missing, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: `There is no customer "${missing}".` });
    await expect(createSite(database, withRole('engineer'), { customerId: acme, name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(createProject(database, admin, { customerId: acme, number: 'P-1', name: 'P', startsAt: START, endsAt: START })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
  });
});

describe('AGR-03 agreements', () => {
  test('AGR-03 wrong terms name their field and leave nothing behind', async () => {
    await expect(agreement({ tier: 'gold' })).rejects.toMatchObject({ message: '"gold" is not a tier; there are standard, advanced, vip.', field: 'tier' });
    await expect(agreement({ endsAt: START })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'endsAt' });
    await expect(agreement({ calendarId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'calendarId' });
    await expect(agreement({ targets: { LV1: { response: { minutes: -1 } } } })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: expect.stringContaining('targets.LV1.response') });
    await expect(agreement({ targets: { LV9: {} } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const [rows] = await database.em.execute<{ n: number }[]>('select count(*)::int as n from agreement');
    expect(rows?.n).toBe(0);
  });

  test('INC-23 covered from the first instant to just before the last, and told why not', async () => {
    const { id } = await agreement({ endsAt: START + DAY });
    const at = async (instant: number) => (await coverageFor(database.em, { customerId: acme, serviceId: mail, at: instant }));
    expect(await at(START - 1)).toMatchObject({ covered: false, agreementId: null, reason: 'Acme has no agreement in force at 2026-03-02T00:59:59.999Z.' });
    expect(await at(START)).toMatchObject({ covered: true, agreementId: id, lineId: null, reason: null });
    expect(await at(START + DAY - 1)).toMatchObject({ covered: true });
    expect(await at(START + DAY)).toMatchObject({ covered: false });
  });

  test('AGR-08 the most specific line, a service outside the agreement, and a line that was taken out', async () => {
    const { id } = await agreement({ customerId: other, number: 'AGR-OTHER' });
    const site = (await createSite(database, admin, { customerId: other, name: 'Plant' })).id;
    const lines = await setAgreementLines(database, admin, { id, expectedVersion: 1, lines: [{ serviceId: mail, tier: 'vip' }, { serviceId: mail, siteId: site }] });
    const query = { customerId: other, serviceId: mail, at: START };
    expect((await coverageFor(database.em, query)).lineId).toBe(lines[0]?.id);
    expect((await coverageFor(database.em, { ...query, siteId: site })).lineId).toBe(lines[1]?.id);
    expect(await coverageFor(database.em, { ...query, serviceId: erp })).toMatchObject({ covered: false, reason: 'No agreement of Other (AGR-OTHER) covers the service "ERP" at 2026-03-02T01:00:00Z.' });
    expect((await findServices(database.em, admin, { customerId: other, now: START })).map(({ key }) => key)).toEqual(['mail']);
    const kept = await setAgreementLines(database, admin, { id, expectedVersion: 2, lines: [{ serviceId: mail, tier: 'advanced' }] });
    expect([kept[0]?.id, kept[0]?.tier]).toEqual([lines[0]?.id, 'advanced']);
    expect((await coverageFor(database.em, { ...query, siteId: site })).lineId).toBe(lines[0]?.id);
    await expect(setAgreementLines(database, admin, { id, expectedVersion: 2, lines: [] })).rejects.toMatchObject({ code: 'STALE_VERSION' });
  });

  test('AGR-03 the end is announced once, 60 days before, and again after an extension', async () => {
    const day = START + 1000 * DAY;
    const row = await agreement({ number: 'AGR-RENEW', startsAt: day - 300 * DAY, endsAt: day + 60 * DAY });
    const warnAt = (instant: number) => {
      time.current = instant;
      return warnRenewals(database);
    };
    expect(await warnAt(day - 1)).toBe(0);
    const [first, second] = await Promise.all([warnAt(day), warnAt(day)]);
    expect((first ?? 0) + (second ?? 0)).toBe(1);
    expect(await warnAt(day + DAY)).toBe(0);
    await updateAgreement(database, admin, { id: row.id, expectedVersion: 1, name: row.name, calendarId, startsAt: row.startsAt, endsAt: row.endsAt + 30 * DAY });
    expect(await warnAt(day + DAY)).toBe(0);
    expect(await warnAt(day + 30 * DAY)).toBe(1);
    const ending = (days: number) => findAgreements(database.em, admin, { endingWithinDays: days, now: day + 30 * DAY });
    expect([(await ending(59)).length, (await ending(60)).map(({ number }) => number)]).toEqual([0, ['AGR-RENEW']]);
  });

  test('ORG-03 an SLA owner may edit agreements, a service manager may not', async () => {
    const input = { customerId: acme, number: 'AGR-ROLE', name: 'Service', calendarId, startsAt: START, endsAt: START + DAY };
    await expect(createAgreement(database, withRole('service-manager'), input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await createAgreement(database, withRole('sla-owner'), input)).tier).toBeNull();
  });
});

describe('CAL-05 a customer\'s own dates', () => {
  const at = (local: string) => Date.parse(`${local}+08:00`);

  test('CAL-05 its own hours replace those of one date, for it alone, and can be given back', async () => {
    time.current = START;
    const ref = `${calendarId}@${acme}`;
    const before = await calendarsFor(database, database.em);
    expect([before.refFor(calendarId, acme), before.refFor(calendarId, null), before.versionOf(ref)]).toEqual([ref, calendarId, 100_000]);
    await setCustomerDate(database, admin, { customerId: acme, date: '2026-03-07', hours: [['10:00', '12:00']], name: 'Stock-taking' });
    const book = await calendarsFor(database, database.em);
    const saturday = at('2026-03-07T10:30:00');
    expect([book.resolve(ref).isOpen(saturday), book.resolve(calendarId).isOpen(saturday), book.resolve(`${calendarId}@${other}`).isOpen(saturday)]).toEqual([true, false, false]);
    expect(book.resolve(ref).exceptionName(saturday)).toBe('Stock-taking');
    expect(book.versionOf(ref)).toBe(100_001);
    await setCustomerDate(database, admin, { customerId: acme, date: '2026-03-07', hours: null });
    const after = await calendarsFor(database, database.em);
    expect(after.resolve(ref).isOpen(saturday)).toBe(false);
    // SLA-13: what was judged by the first edit still is.
    expect([after.resolve(ref, 100_001).isOpen(saturday), after.resolve(ref, 100_000).isOpen(saturday), after.versionOf(ref)]).toEqual([true, false, 100_002]);
  });

  test('D-22 today needs no reason, yesterday does', async () => {
    time.current = at('2026-03-10T00:00:00');
    const set = (date: string, reason?: string) => setCustomerDate(database, admin, { customerId: acme, date, hours: [], reason: reason ?? null });
    expect((await set('2026-03-10')).hours).toEqual([]);
    await expect(set('2026-03-09')).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    expect((await set('2026-03-09', 'The notice came late')).reason).toBe('The notice came late');
  });

  test('API-02 an impossible date or time is refused with its path', async () => {
    const set = (date: string, hours: [string, string][]) => setCustomerDate(database, admin, { customerId: acme, date, hours });
    await expect(set('2026-02-30', [])).rejects.toMatchObject({ code: 'CALENDAR_INVALID' });
    await expect(set('2026-04-01', [['25:00', '26:00']])).rejects.toMatchObject({ code: 'CALENDAR_INVALID' });
  });
});

describe('CAL-04 the yearly list', () => {
  const ics = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN',
    'BEGIN:VEVENT', 'UID:1', 'DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20270102', 'SUMMARY:元旦', 'END:VEVENT',
    'BEGIN:VEVENT', 'UID:2', 'DTSTART;VALUE=DATE:20270103', 'DTEND;VALUE=DATE:20270104', 'SUMMARY:元旦（班）', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

  test('CAL-05 a preview says what would change and changes nothing; the import does, for its year alone', async () => {
    const preview = await previewHolidays(database, admin, { calendarId, ics });
    expect(preview.added.map(({ date, hours }) => [date, hours.length])).toEqual([['2027-01-01', 0], ['2027-01-03', 2]]);
    expect([preview.changed, preview.removed]).toEqual([[], []]);
    const friday = Date.parse('2027-01-01T10:00:00+08:00');
    expect((await calendarsFor(database, database.em)).resolve(calendarId).isOpen(friday)).toBe(true);
    await importHolidays(database, admin, { calendarId, ics, expectedVersion: 1 });
    const calendar = (await calendarsFor(database, database.em)).resolve(calendarId);
    expect([calendar.isOpen(friday), calendar.isOpen(Date.parse('2027-01-03T10:00:00+08:00')), calendar.isOpen(Date.parse('2026-10-01T10:00:00+08:00'))]).toEqual([false, true, false]);
    expect(await previewHolidays(database, admin, { calendarId, ics })).toEqual({ added: [], changed: [], removed: [] });
    await expect(importHolidays(database, withRole('engineer'), { calendarId, ics, expectedVersion: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('WBD-11 the register and the people of an agreement', () => {
  test('WBD-11 AGR-03 the register goes on where the page before ended, also among those that end together', async () => {
    const customerId = (await createCustomer(database, admin, { name: 'Paged', fullName: 'Paged Ltd', timeZone: 'Asia/Shanghai' })).id;
    const ends = [3, 1, 2, 2, 2];
    for (const [index, days] of ends.entries()) await agreement({ customerId, number: `PG-${index}`, endsAt: START + days * DAY });
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page: AgreementPage = await agreementRegister(database.em, admin, { search: 'paged', first: 2, after });
      seen.push(...page.rows.map(({ number }) => number));
      after = placeOf(page.rows.at(-1)!);
      more = page.hasNextPage;
    }
    expect([seen[0], seen.slice(1, 4).toSorted(), seen[4], seen.length]).toEqual(['PG-1', ['PG-2', 'PG-3', 'PG-4'], 'PG-0', 5]);
    expect((await agreementRegister(database.em, admin, { search: 'pg-3' })).rows.map(({ number }) => number)).toEqual(['PG-3']);
    expect((await agreementRegister(database.em, admin, { search: '%' })).rows).toEqual([]);
    expect((await agreementRegister(database.em, withRole('administrator', customerId), { first: 100 })).rows.length).toBe(5);
    expect((await agreementRegister(database.em, withRole('administrator', acme), { search: 'paged' })).rows).toEqual([]);
    await expect(agreementRegister(database.em, admin, { after: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
    await expect(agreementRegister(database.em, admin, { first: 101 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'first' });
  });

  test('AGR-03 who answers for an agreement works for the provider and is there; who was named before stays', async () => {
    const manager = await createPerson(database, admin, { name: '韩冰', email: 'han@example.com' });
    const contact = await createPerson(database, admin, { name: '顾', email: 'gu@example.com', customerId: acme });
    const made = await agreement({ slaOwnerId: manager.id });
    const terms = { id: made.id, name: 'Service', tier: 'standard', calendarId, startsAt: START, endsAt: START + 365 * DAY };
    await expect(updateAgreement(database, admin, { ...terms, expectedVersion: 1, projectManagerId: contact.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'projectManagerId' });
    await expect(updateAgreement(database, admin, { ...terms, expectedVersion: 1, technicalManagerId: acme })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'technicalManagerId' });
    await updatePerson(database, admin, { id: manager.id, expectedVersion: 1, active: false });
    await expect(updateAgreement(database, admin, { ...terms, expectedVersion: 1, slaOwnerId: manager.id, serviceManagerId: manager.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'serviceManagerId' });
    expect(await updateAgreement(database, admin, { ...terms, expectedVersion: 1, slaOwnerId: manager.id })).toMatchObject({ slaOwnerId: manager.id, serviceManagerId: null, version: 2 });
  });
});
