import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { alterCi, registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { takeBaseline } from '../../server/src/features/cmdb/cmdb-baseline.service.ts';
import { proposeCensuses } from '../../server/src/features/cmdb/cmdb-census-propose.service.ts';
import { resolveDifference, type Resolution } from '../../server/src/features/cmdb/cmdb-census-resolve.service.ts';
import { censuses, censusItems } from '../../server/src/features/cmdb/cmdb-census.queries.ts';
import { closeCensus, recordFinding, recordUnregistered, startCensus } from '../../server/src/features/cmdb/cmdb-census.service.ts';
import { exportReport } from '../../server/src/features/cmdb/cmdb-report-export.service.ts';
import { issuedReports, issueReport, previewReport } from '../../server/src/features/cmdb/cmdb-report.service.ts';
import type { CiAuthorisation, CiLife } from '../../server/src/features/cmdb/cmdb.rules.ts';
import { resolveCensusDifference } from '../../server/src/features/import/import-register.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase(Date.parse('2026-03-02T01:00:00Z'));
afterAll(() => close());
const system = SYSTEM('test');
const actorOf = (role: string, scope: { grant?: string; own?: string } = {}): Actor => ({
  kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: role, origin: 'test', teamIds: [], customerId: scope.own ?? null,
  grants: [{ role, permissions: permissionsOfRole(role), customerId: scope.grant ?? scope.own ?? null, teamId: null }],
});
const manager = actorOf('configuration-manager');
const customers: Record<string, string> = {};
const cis: Record<string, string> = {};
const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
const add = async (name: string, customer: string, life: CiLife = 'in-use', site: string | null = null) => {
  cis[name] = await database.change(system, async (change) => (await registerCi(change, { class: 'server', name, externalId: name, customerId: customers[customer] ?? null, life, site })).id);
};
const ciOf = async (name: string) => (await database.em.execute<{ serial: string | null; life: string; version: number }[]>('select serial, life, version from ci where name = ?', [name]))[0];
const alter = async (name: string, patch: object, authorisation: CiAuthorisation, actor = manager) =>
  database.change(actor, async (change) => alterCi(change, { ciId: cis[name] ?? '', expectedVersion: (await ciOf(name))?.version ?? 0, patch, authorisation }));

beforeAll(async () => {
  await seedPolicy(database);
  for (const name of ['Acme', 'Borealis']) customers[name] = (await createCustomer(database, system, { name, fullName: `${name} Ltd`, timeZone: 'Asia/Shanghai' })).id;
  for (const name of ['a-1', 'a-2', 'a-3']) await add(name, 'Acme', 'in-use', 'Pudong');
  await add('a-spare', 'Acme', 'in-stock');
  await add('a-old', 'Acme', 'ordered');
  await add('b-1', 'Borealis');
});

const start = (over: Partial<Parameters<typeof startCensus>[2]> = {}, actor = manager) =>
  startCensus(database, actor, { id: null, kind: 'census', customerId: customers['Acme'] ?? '', ciClass: null, site: null, dueAt: null, ...over });
const one = async (id: string) => {
  const [row] = await censuses(database.em, manager, { id, first: 1 });
  if (!row) throw new Error('no census');
  return row;
};
const itemOf = async (censusId: string, name: string) => {
  const { rows } = await censusItems(database.em, { censusId, only: null, search: name, first: 10, after: null });
  return rows[0]?.id ?? '';
};
const find = async (censusId: string, name: string, over: Partial<Parameters<typeof recordFinding>[2]> = {}) =>
  recordFinding(database, manager, { itemId: await itemOf(censusId, name), finding: 'found', differences: [], note: null, ...over });
const resolve = async (censusId: string, name: string, over: Partial<Resolution>, actor = manager) =>
  resolveDifference(database, actor, { itemId: await itemOf(censusId, name), by: 'register', text: null, exceptionReason: null, ciClass: null, changeNumber: null, ...over });

describe('CMDB-08 the census', () => {
  test('CMDB-08 covers what stands in the scope, not what is ordered or retired or of others', async () => {
    expect((await one(await start({}))).items).toBe(4);
    expect((await one(await start({ site: 'Pudong' }))).items).toBe(3);
    expect(await refusal(start({ ciClass: 'printer' }))).toBe('INVALID_INPUT');
    expect(await refusal(start({ dueAt: Date.parse('2026-03-02T01:00:00Z') }))).toBe('OUT_OF_RANGE');
  });

  test('CMDB-08 found, missing, different: each difference is resolved before it closes', async () => {
    const id = await start({});
    await find(id, 'a-1');
    await find(id, 'a-2', { finding: 'different', differences: [{ field: 'serial', register: null, found: 'SN-77' }, { field: 'site', register: 'Pudong', found: 'Pudong' }] });
    await find(id, 'a-3', { finding: 'missing' });
    await recordUnregistered(database, manager, { censusId: id, name: '旧打印机', note: 'under the desk' });
    const close = async () => closeCensus(database, manager, { id, expectedVersion: (await one(id)).version });
    await expect(close()).rejects.toMatchObject({ code: 'MISSING_FIELD', detail: { lacks: [{ code: 'UNCHECKED' }, { code: 'DIFFERENCE_OPEN' }] } });
    await find(id, 'a-spare');
    expect(await one(id)).toMatchObject({ items: 5, unchecked: 0, found: 2, missing: 1, different: 1, unregistered: 1, open: 3 });
    await resolve(id, 'a-2', { by: 'register', exceptionReason: 'typed wrong at intake' });
    expect((await ciOf('a-2'))?.serial).toBe('SN-77');
    await resolve(id, 'a-3', { by: 'thing', text: 'was in the next rack, put back' });
    await expect(close()).rejects.toMatchObject({ detail: { lacks: [{ code: 'DIFFERENCE_OPEN', message: '1 differences have neither a change nor a correction, e.g. 旧打印机.' }] } });
    await resolve(id, '旧打印机', { by: 'register', ciClass: 'printer' });
    expect(await database.em.execute(`select class, life, customer_id from ci where name = '旧打印机'`)).toEqual([{ class: 'printer', life: 'in-use', customer_id: customers['Acme'] }]);
    await close();
    expect(await one(id)).toMatchObject({ state: 'closed', open: 0, closedByName: 'configuration-manager' });
    expect(await refusal(find(id, 'a-1'))).toBe('MOVE_NOT_ALLOWED');
    expect(await database.em.execute(`select reason from ci_exception`)).toMatchObject([{ reason: expect.stringMatching(/^CEN-\d{7}: typed wrong at intake$/) }]);
  });

  test('CMDB-06 CMDB-08 the register of a controlled item is not corrected without an exception; nothing is half done', async () => {
    const id = await start({});
    await find(id, 'a-1', { finding: 'different', differences: [{ field: 'serial', register: null, found: 'X' }] });
    expect(await refusal(resolve(id, 'a-1', { by: 'register' }))).toBe('UNAUTHORISED');
    expect(await refusal(resolve(id, 'a-1', { by: 'register', exceptionReason: 'why' }, actorOf('administrator')))).toBe('FORBIDDEN');
    expect([(await ciOf('a-1'))?.serial, (await one(id)).open]).toEqual([null, 1]);
  });

  test('CMDB-08 a difference that a change sees to names a change that there is', async () => {
    const id = await start({});
    await find(id, 'a-1', { finding: 'missing' });
    const itemId = await itemOf(id, 'a-1');
    expect(await refusal(resolveCensusDifference(database, manager, { itemId, by: 'change' }))).toBe('MISSING_FIELD');
    expect(await refusal(resolveCensusDifference(database, manager, { itemId, by: 'change', changeNumber: 'CHG-9999999' }))).toBe('NOT_FOUND');
    await resolve(id, 'a-1', { by: 'change', changeNumber: async () => 'CHG-0000042' });
    const { rows } = await censusItems(database.em, { censusId: id, only: null, search: 'a-1', first: 1, after: null });
    expect(rows[0]).toMatchObject({ resolution: 'change', resolvedBy: 'CHG-0000042' });
    expect(await refusal(resolve(id, 'a-1', { by: 'thing', text: 'x' }))).toBe('ALREADY_DONE');
  });

  test.each([
    ['different without saying what', { finding: 'different' as const }, 'MISSING_FIELD'],
    ['different in nothing', { finding: 'different' as const, differences: [{ field: 'serial', register: 'a', found: 'a' }] }, 'MISSING_FIELD'],
    ['a field that there is not', { finding: 'different' as const, differences: [{ field: 'colour', register: '', found: 'red' }] }, 'INVALID_INPUT'],
    ['found, but with differences', { differences: [{ field: 'serial', register: '', found: 'x' }] }, 'INVALID_INPUT'],
    ['unchecked', { finding: 'unchecked' as const }, 'INVALID_INPUT'], ['unregistered for a known item', { finding: 'unregistered' as const }, 'INVALID_INPUT'],
  ])('CMDB-08 %s is refused', async (_what, over, code) => {
    expect(await refusal(find(await start({}), 'a-1', over))).toBe(code);
  });

  test('CMDB-08 what was found as the register says cannot be resolved', async () => {
    const id = await start({});
    await find(id, 'a-1');
    expect(await refusal(resolve(id, 'a-1', { by: 'thing', text: 'x' }))).toBe('MOVE_NOT_ALLOWED');
  });

  test("ORG-03 CMDB-08 who keeps one customer neither starts nor sees another's census", async () => {
    const id = await start({});
    const other = actorOf('configuration-manager', { grant: customers['Borealis'] ?? '' });
    expect(await refusal(start({}, other))).toBe('FORBIDDEN');
    expect(await refusal(start({ customerId: null }, other))).toBe('FORBIDDEN');
    expect(await censuses(database.em, other, { id, first: 1 })).toEqual([]);
    expect(await refusal(closeCensus(database, other, { id, expectedVersion: 1 }))).toBe('NOT_FOUND');
    expect(await refusal(recordFinding(database, other, { itemId: await itemOf(id, 'a-1'), finding: 'found', differences: [], note: null }))).toBe('NOT_FOUND');
    expect(await refusal(start({}, actorOf('engineer')))).toBe('FORBIDDEN');
  });
});

describe('CMDB-08 the next one is proposed by the policy', () => {
  const proposed = async () => (await censuses(database.em, manager, { first: 100 })).filter(({ state }) => state === 'proposed').map(({ kind, customerName }) => `${customerName} ${kind}`).toSorted();

  test('CMDB-08 an inspection after 30 days, a census after six months, each once', async () => {
    // Borealis has had none: counted from the item's first day, 2 March 09:00 in Shanghai.
    time.current = Date.parse('2026-04-01T00:59:59Z');
    expect(await proposeCensuses(database)).toBe(0);
    time.current = Date.parse('2026-04-01T01:00:00Z');
    await proposeCensuses(database);
    expect(await proposed()).toEqual(['Acme inspection', 'Borealis inspection']);
    expect(await proposeCensuses(database)).toBe(0);
    time.current = Date.parse('2026-09-02T00:59:59Z');
    await proposeCensuses(database);
    expect(await proposed()).not.toContain('Borealis census');
    time.current = Date.parse('2026-09-02T01:00:00Z');
    await proposeCensuses(database);
    // Acme has censuses running: no other is proposed beside them.
    expect(await proposed()).toEqual(['Acme inspection', 'Borealis census', 'Borealis inspection']);
  });

  test('CMDB-08 a proposed one is begun as it is', async () => {
    const found = (await censuses(database.em, manager, { first: 100 })).find(({ kind, customerName }) => kind === 'inspection' && customerName === 'Borealis');
    const id = await start({ id: found?.id ?? '' });
    expect(await one(id)).toMatchObject({ state: 'running', kind: 'inspection', customerName: 'Borealis', items: 1 });
    expect(await refusal(start({ id }))).toBe('MOVE_NOT_ALLOWED');
  });
});

describe('CMDB-10 the configuration status report', () => {
  const scope = { customerId: '', month: '2026-10' };

  test('CMDB-10 names alterations with their change, baselines that moved and what nobody authorised', async () => {
    scope.customerId = customers['Borealis'] ?? '';
    time.current = Date.parse('2026-09-30T15:59:59Z');
    await add('b-2', 'Borealis');
    await add('b-3', 'Borealis', 'in-stock');
    const first = await database.change(manager, (change) => takeBaseline(change, { name: 'Autumn', customerId: scope.customerId }));
    // 1 October 00:00 in Shanghai.
    time.current = Date.parse('2026-09-30T16:00:00Z');
    await alter('b-1', { serial: 'S1' }, { kind: 'change', ticketId: '00000000-0000-4000-8000-000000000002', number: 'CHG-0000007' });
    await alter('b-2', { serial: 'S2' }, { kind: 'exception', reason: 'audit' });
    await alter('b-3', { serial: 'S3' }, { kind: 'register' });
    await database.em.execute(`update ci set serial = 'past the rules', version = version + 1 where name = 'b-1'`);
    time.current = Date.parse('2026-10-31T15:59:59Z');
    await database.change(manager, (change) => takeBaseline(change, { name: 'Late autumn', customerId: scope.customerId, replacesId: first.id }));
    time.current = Date.parse('2026-10-31T16:00:00Z');
    await alter('b-3', { serial: 'next month' }, { kind: 'register' });
    const { figures, alterations, baselines, unauthorised } = await previewReport(database, manager, scope);
    expect(alterations.map(({ ciName, fields, authority, authorisedBy, unauthorised: without }) => [ciName, fields, authority, authorisedBy, without])).toEqual(expect.arrayContaining([
      ['b-1', ['serial'], 'change', 'CHG-0000007', false], ['b-2', ['serial'], 'exception', 'audit', false], ['b-3', ['serial'], 'register', null, false], ['b-1', ['serial'], 'unknown', null, true],
    ]));
    expect(figures).toEqual({ items: 3, added: 0, altered: 4, underChange: 1, underException: 1, unauthorised: 1, baselines: 2 });
    expect(baselines.map(({ name, replaces, items, moved }) => [name, replaces, items, moved])).toEqual([['Late autumn', 'Autumn', 3, 0], ['Autumn', null, 3, 3]]);
    expect(unauthorised).toMatchObject([{ source: 'alteration', ciName: 'b-1', what: 'serial' }]);
  });

  test('CMDB-10 is issued when the month is over, once, and stays as it is', async () => {
    time.current = Date.parse('2026-10-31T15:59:59.999Z');
    expect(await refusal(issueReport(database, manager, scope))).toBe('OUT_OF_RANGE');
    time.current = Date.parse('2026-10-31T16:00:00Z');
    expect(await refusal(issueReport(database, actorOf('administrator'), scope))).toBe('FORBIDDEN');
    expect(await refusal(issueReport(database, manager, { ...scope, month: '2026-13' }))).toBe('INVALID_INPUT');
    const id = await issueReport(database, manager, scope);
    expect(await refusal(issueReport(database, manager, scope))).toBe('ALREADY_DONE');
    await database.em.execute(`update ci_version set state = state || '{"serial":"rewritten"}' where valid_from < '2026-10-31'`);
    const [report] = await issuedReports(database.em, manager, { id, first: 1 });
    expect(report?.content.figures.altered).toBe(4);
    expect(report?.number).toMatch(/^CSR-\d{7}$/);
  });

  test('ORG-03 CMDB-10 the customer sees its own report and nobody else’s', async () => {
    await issueReport(database, manager, { customerId: null, month: '2026-10' });
    const contact = (customer: string) => actorOf('customer-contact', { own: customers[customer] ?? '' });
    const [own] = await issuedReports(database.em, contact('Borealis'), { first: 10 });
    expect(own?.month).toBe('2026-10');
    expect(await issuedReports(database.em, contact('Borealis'), { first: 10 })).toHaveLength(1);
    expect(await issuedReports(database.em, contact('Acme'), { first: 10 })).toEqual([]);
    expect(await refusal(previewReport(database, contact('Borealis'), scope))).toBe('FORBIDDEN');
    const file = await exportReport(database.em, contact('Borealis'), { id: own?.id ?? '', format: 'csv', language: 'en' });
    expect(String(file.content)).toContain('CHG-0000007');
    expect(await refusal(exportReport(database.em, contact('Acme'), { id: own?.id ?? '', format: 'csv', language: 'en' }))).toBe('NOT_FOUND');
  });

  test('CMDB-10 a difference of a census that nobody resolved is in the report', async () => {
    const census = await start({ customerId: customers['Borealis'] ?? '', kind: 'census', id: null });
    await find(census, 'b-2', { finding: 'missing' });
    expect((await previewReport(database, manager, { ...scope, month: '2026-11' })).unauthorised).toMatchObject([{ source: 'census', ciName: 'b-2', what: 'missing' }]);
  });
});
