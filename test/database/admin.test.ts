import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson, updatePerson } from '../../server/src/features/access/access-people.service.ts';
import { issuePasswordReset, redeemPasswordReset } from '../../server/src/features/access/access-reset.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { signIn } from '../../server/src/features/access/access.service.ts';
import { newestEntries } from '../../server/src/features/audit/audit.service.ts';
import { updateCalendar } from '../../server/src/features/calendar/calendar-register.service.ts';
import { calendarsFor, createCalendar } from '../../server/src/features/calendar/calendar.service.ts';
import { endAgreement } from '../../server/src/features/customer/agreement-end.service.ts';
import { createAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createProject, createService, createSite } from '../../server/src/features/customer/customer-place.service.ts';
import { updateProject, updateService, updateSite } from '../../server/src/features/customer/customer-register.service.ts';
import { catalogue, findServices } from '../../server/src/features/customer/customer.queries.ts';
import { coverageFor, createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { POLICY_FORMS } from '../../server/src/features/service-level/policy-shape.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const START = Date.parse('2026-03-02T01:00:00Z');
const DAY = 86_400_000;
const admin: Actor = { ...SYSTEM('韩冰'), kind: 'person', grants: [{ role: 'administrator', permissions: permissionsOfRole('administrator'), customerId: null, teamId: null }] };
const withRole = (role: string, customerId: string | null = null): Actor => ({ ...admin, name: role, grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }] });
const lastEvent = async () => (await newestEntries(database, admin, { first: 1 })).events[0];
let acme: string;
let other: string;
let calendarId: string;

beforeAll(async () => {
  await seedPolicy(database);
  calendarId = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
  acme = (await createCustomer(database, admin, { name: 'Acme', fullName: 'Acme Ltd', timeZone: 'Asia/Shanghai' })).id;
  other = (await createCustomer(database, admin, { name: 'Other', fullName: 'Other Ltd', timeZone: 'Asia/Shanghai' })).id;
});

describe('ORG-04 a password by a one-time secret', () => {
  const signsIn = (email: string, password: string) => signIn(database, { email, password, origin: 'test' });

  test('ORG-04 the secret sets the password once, and ends what was open', async () => {
    const person = await createPerson(database, admin, { name: '李强', email: 'li@example.com', password: 'the old one 1' });
    const { secret } = await issuePasswordReset(database, admin, person.id);
    await expect(redeemPasswordReset(database, { secret, password: 'short', origin: 'test' })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'password' });
    await redeemPasswordReset(database, { secret, password: 'the new one 2', origin: 'test' });
    await expect(signsIn('li@example.com', 'the old one 1')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect((await signsIn('li@example.com', 'the new one 2')).token).toBeTruthy();
    await expect(redeemPasswordReset(database, { secret, password: 'the third one 3', origin: 'test' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS', field: 'secret' });
    expect(await database.em.execute('select count(*)::int as n from event_log where payload::text like ?', [`%${secret}%`])).toEqual([{ n: 0 }]);
  });

  test('ORG-04 it works until the last instant of its day, and only the newest does', async () => {
    const person = await createPerson(database, admin, { name: '周敏', email: 'zhou@example.com' });
    const first = await issuePasswordReset(database, admin, person.id);
    const second = await issuePasswordReset(database, admin, person.id);
    await expect(redeemPasswordReset(database, { secret: first.secret, password: 'long enough 1', origin: 'test' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    time.current = START + DAY;
    await expect(redeemPasswordReset(database, { secret: second.secret, password: 'long enough 1', origin: 'test' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    time.current = START + DAY - 1;
    await redeemPasswordReset(database, { secret: second.secret, password: 'long enough 1', origin: 'test' });
    time.current = START;
  });

  test('ORG-03 only who keeps people makes one, and not for somebody who has left', async () => {
    const person = await createPerson(database, admin, { name: '黄建国', email: 'huang@example.com' });
    for (const role of ['service-manager', 'auditor']) await expect(issuePasswordReset(database, withRole(role), person.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await updatePerson(database, admin, { id: person.id, expectedVersion: 1, active: false });
    await expect(issuePasswordReset(database, admin, person.id)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });
});

describe('WBD-11 what an administrator changes', () => {
  test('AGR-01 a site: its version, its trail, who may', async () => {
    const site = await createSite(database, admin, { customerId: acme, name: 'Pudong' });
    const edit = { id: site.id, expectedVersion: 1, name: 'Pudong 2', active: false };
    for (const refused of [withRole('service-manager'), withRole('sla-owner')]) await expect(updateSite(database, refused, edit)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateSite(database, withRole('administrator', other), edit)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await updateSite(database, admin, edit)).toMatchObject({ name: 'Pudong 2', active: false, version: 2 });
    expect(await lastEvent()).toMatchObject({ type: 'site.edited', payload: { before: { name: 'Pudong', active: true }, after: { name: 'Pudong 2', active: false } } });
    await expect(updateSite(database, admin, edit)).rejects.toMatchObject({ code: 'STALE_VERSION' });
  });

  test('AGR-01 a project ends after it starts', async () => {
    const project = await createProject(database, admin, { customerId: acme, number: 'P-1', name: 'Move', startsAt: START });
    await expect(updateProject(database, withRole('engineer'), { id: project.id, expectedVersion: 1, name: 'X' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateProject(database, admin, { id: project.id, expectedVersion: 1, endsAt: START })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'endsAt' });
    expect(await updateProject(database, withRole('project-management-office'), { id: project.id, expectedVersion: 1, endsAt: START + 1 })).toMatchObject({ endsAt: START + 1, version: 2 });
  });

  test('AGR-06 a service out of the catalogue is no longer offered, and is kept', async () => {
    const service = await createService(database, admin, { key: 'fax', name: 'Fax', nameZh: '传真' });
    const edit = { id: service.id, expectedVersion: 1, active: false };
    await expect(updateService(database, withRole('service-manager'), edit)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateService(database, admin, { ...edit, firstLineTeamId: acme })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'firstLineTeamId' });
    await updateService(database, withRole('sla-owner'), edit);
    expect((await findServices(database.em, admin, { customerId: null, now: START })).map(({ key }) => key)).toEqual([]);
    expect((await catalogue(database.em, admin)).map(({ key, active }) => [key, active])).toEqual([['fax', false]]);
    await expect(catalogue(database.em, withRole('engineer'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('AGR-03 an agreement that is ended covers until the instant before, with a reason on record', async () => {
    const agreement = await createAgreement(database, admin, { customerId: acme, number: 'A-1', name: 'Care', calendarId, startsAt: START - DAY, endsAt: START + 100 * DAY });
    const end = { id: agreement.id, expectedVersion: 1, endsAt: START + DAY, reason: 'They leave' };
    await expect(endAgreement(database, withRole('service-manager'), end)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(endAgreement(database, withRole('sla-owner', other), end)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(endAgreement(database, admin, { ...end, reason: ' ' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await expect(endAgreement(database, admin, { ...end, endsAt: START - 1 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'endsAt' });
    await expect(endAgreement(database, admin, { ...end, endsAt: START + 100 * DAY })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    await endAgreement(database, withRole('sla-owner', acme), end);
    expect([(await coverageFor(database.em, { customerId: acme, at: START + DAY - 1 })).covered, (await coverageFor(database.em, { customerId: acme, at: START + DAY })).covered]).toEqual([true, false]);
    expect(await lastEvent()).toMatchObject({ type: 'agreement.ended', payload: { reason: 'They leave' } });
  });

  test('CAL-01 a calendar that is in use stays; an unused one goes and comes back', async () => {
    const own = await createCalendar(database, admin, { key: 'own', name: 'Own', nameZh: '自有', source: '24x7' });
    const used = await createAgreement(database, admin, { customerId: other, number: 'A-2', name: 'Care', calendarId: own.id, startsAt: START, endsAt: START + DAY });
    await expect(updateCalendar(database, withRole('service-manager'), { id: own.id, expectedVersion: 1, active: false })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(updateCalendar(database, admin, { id: own.id, expectedVersion: 1, active: false })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', message: expect.stringContaining(used.number) });
    await expect(updateCalendar(database, admin, { id: calendarId, expectedVersion: 1, active: false })).rejects.toMatchObject({ message: expect.stringContaining('policy level-table') });
    time.current = START + DAY;
    expect(await updateCalendar(database, admin, { id: own.id, expectedVersion: 1, active: false })).toMatchObject({ active: false, version: 1 });
    expect(await updateCalendar(database, admin, { id: own.id, expectedVersion: 1, active: true, nameZh: '自有日历' })).toMatchObject({ active: true, nameZh: '自有日历' });
    time.current = START;
  });

  test('ORG-05 the trail, newest first, by type, by whom, and since when; for those who may read it', async () => {
    const { events } = await newestEntries(database, admin, { type: 'agreement', first: 100 });
    expect(events.map(({ type }) => type)).toEqual(['agreement.created', 'agreement.ended', 'agreement.created']);
    expect((await newestEntries(database, admin, { type: 'site.', actorName: '韩', first: 100 })).events.length).toBe(2);
    expect((await newestEntries(database, admin, { actorName: '100%', first: 100 })).events).toEqual([]);
    expect((await newestEntries(database, admin, { from: START + 1, to: START + DAY, first: 100 })).events.every(({ recordedAt }) => recordedAt > START && recordedAt < START + DAY)).toBe(true);
    const page = await newestEntries(database, admin, { first: 2 });
    const next = await newestEntries(database, admin, { first: 2, before: page.events[1]?.seq ?? 0 });
    expect([page.hasNextPage, (page.events[1]?.seq ?? 0) - (next.events[0]?.seq ?? 0)]).toEqual([true, 1]);
    await expect(newestEntries(database, withRole('engineer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const limited = await newestEntries(database, withRole('auditor', other), { first: 100 });
    expect(new Set(limited.events.map(({ customerId }) => customerId))).toEqual(new Set([other]));
  });

  test('WBD-11 every number of every policy has a name in both languages and its row of the spec', () => {
    const unnamed = POLICY_FORMS.flatMap(({ key, shape, words }) => leaves(shape as Shape).filter((path) => !words.some((word) => fits(word.path, path))).map((path) => `${key} ${path.join('.')}`));
    expect(unnamed).toEqual([]);
    expect(POLICY_FORMS.flatMap(({ key, words }) => words.filter(({ zh, en }) => zh === '' || en === '').map(({ path }) => `${key} ${path}`))).toEqual([]);
  });
});

interface Shape { readonly properties?: Readonly<Record<string, Shape>>; readonly items?: Shape; readonly anyOf?: readonly Shape[] }

/** Every value of a policy but the parts of a target and of a text in two languages, which have one name together. */
function leaves(shape: Shape, path: readonly string[] = []): string[][] {
  const inner = shape.anyOf?.find(({ properties, items }) => properties !== undefined || items !== undefined) ?? shape;
  const own = path.length === 0 || path.at(-1) === '0' ? [] : [[...path]];
  if (inner.anyOf !== undefined || inner.properties?.['minutes'] !== undefined && Object.keys(inner.properties).length === 1 || inner.properties?.['workingDays'] !== undefined && Object.keys(inner.properties).length === 1) return own;
  if (inner.items !== undefined) return [...own, ...(inner.items.properties === undefined ? [] : leaves(inner.items, [...path, '0']))];
  if (inner.properties === undefined) return own;
  return [...(/^LV\d$/.test(path.at(-1) ?? '') ? [] : own), ...Object.entries(inner.properties).flatMap(([key, value]) => leaves(value, [...path, key]))];
}

function fits(pattern: string, path: readonly string[]): boolean {
  const parts = pattern === '' ? [] : pattern.split('.');
  if (parts.length === 2 && parts[0] === '*' && path.length >= 2) return path.at(-1) === parts[1];
  return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
}
