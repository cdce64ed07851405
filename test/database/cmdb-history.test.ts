import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { compareBaseline, restorePlan, takeBaseline } from '../../server/src/features/cmdb/cmdb-baseline.service.ts';
import { CiComparisonEntity } from '../../server/src/features/cmdb/cmdb-baseline.entity.ts';
import { CiEntity, ServiceCiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { closeComparison, reportBrokenSeal } from '../../server/src/features/cmdb/cmdb-seal.service.ts';
import { followServices, setServiceCis } from '../../server/src/features/cmdb/cmdb-service.service.ts';
import { cisAt, relationsEver, versionsOf } from '../../server/src/features/cmdb/cmdb-version.queries.ts';
import type { Change } from '../../server/src/platform/db/database.ts';
import type { LoggedEvent } from '../../server/src/platform/live/logged-event.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { AT, openCmdb, somebody } from '../support/cmdb-desk.ts';

const desk = await openCmdb();
const { database, keeper, time } = desk;
afterAll(desk.close);
const HOUR = 3_600_000;
const customers = { acme: '', bolt: '' };

beforeAll(async () => {
  await seedPolicy(database);
  customers.acme = (await createCustomer(database, keeper, { name: 'Acme', fullName: 'Acme Ltd', timeZone: 'Asia/Shanghai' })).id;
  customers.bolt = (await createCustomer(database, keeper, { name: 'Bolt', fullName: 'Bolt Ltd', timeZone: 'Asia/Shanghai' })).id;
});

test('CMDB-05 an item is told as it was at any instant, to the millisecond, with what each alteration rested on', async () => {
  const { id } = await desk.register('pc', 'endpoint', { model: 'M1', attributes: { operating_system: 'Windows 10' } });
  desk.later(HOUR);
  await desk.alter('pc', { model: 'M2' });
  desk.later(HOUR);
  await desk.alter('pc', { life: 'in-use', attributes: { operating_system: 'Windows 11' } });
  const modelAt = async (at: number) => (await cisAt(database.em, keeper, [id], at)).get(id)?.model;
  expect([await modelAt(AT - 1), await modelAt(AT), await modelAt(AT + HOUR - 1), await modelAt(AT + HOUR)]).toEqual([undefined, 'M1', 'M1', 'M2']);
  const versions = await versionsOf(database.em, keeper, { ciId: id, first: 10, beforeSeq: null });
  expect(versions.map(({ seq, validFrom, validTo, differences, ci }) => [seq, validFrom - AT, validTo === null ? null : validTo - AT, differences, ci.authority?.kind])).toEqual([
    [3, 2 * HOUR, null, [{ field: 'status', before: 'in-stock', after: 'in-use' }, { field: 'life', before: 'in-stock', after: 'in-use' }, { field: 'attributes.operating_system', before: 'Windows 10', after: 'Windows 11' }], 'register'],
    [2, HOUR, 2 * HOUR, [{ field: 'model', before: 'M1', after: 'M2' }], 'register'],
    [1, 0, HOUR, [], 'register'],
  ]);
  expect(await versionsOf(database.em, keeper, { ciId: id, first: 1, beforeSeq: 3 })).toMatchObject([{ seq: 2 }]);
});

test('CMDB-05 CMDB-06 an item altered past the rules has a version too, and nothing that it rests on', async () => {
  const { id } = await desk.register('sneaky', 'server');
  await database.em.execute('update ci set model = ?, version = version + 1, updated_at = ? where id = ?', ['X', new Date(time.current + 1000).toISOString(), id]);
  const [latest] = await versionsOf(database.em, keeper, { ciId: id, first: 1, beforeSeq: null });
  expect([latest?.seq, latest?.ci.model, latest?.ci.authority]).toEqual([2, 'X', null]);
});

test('CMDB-05 ORG-03 a customer sees no version of a time when the item was another customer\'s', async () => {
  const { id } = await desk.register('moved', 'server', { customerId: customers.acme, model: 'secret' });
  desk.later(HOUR);
  await desk.alter('moved', { customerId: customers.bolt, model: 'plain' });
  const contact = somebody('customer-contact', { own: customers.bolt });
  const seen = await versionsOf(database.em, contact, { ciId: id, first: 10, beforeSeq: null });
  expect(seen.map(({ seq, differences }) => [seq, differences])).toEqual([[2, []]]);
  await desk.alter('moved', { life: 'in-use' });
  await desk.alter('moved', { model: 'other' }, { kind: 'exception', reason: 'inside matter' });
  const told = async (who: typeof contact) => (await versionsOf(database.em, who, { ciId: id, first: 1, beforeSeq: null })).map(({ ci }) => [ci.authority?.kind, ci.authority?.reason]);
  expect([await told(contact), await told(keeper)]).toEqual([[['exception', null]], [['exception', 'inside matter']]]);
  expect((await cisAt(database.em, contact, [id], time.current - 1)).size).toBe(0);
  expect(await versionsOf(database.em, somebody('customer-contact', { own: customers.acme }), { ciId: id, first: 10, beforeSeq: null })).toEqual([]);
});

test('CMDB-05 a relation that was ended is still told, from when to when; impact is asked as of then', async () => {
  time.current = AT + 100 * HOUR;
  await desk.register('vm', 'virtual-machine');
  await desk.register('old-host', 'server');
  await desk.register('new-host', 'server');
  const first = await desk.relate('vm runs_on old-host');
  desk.later(HOUR);
  await desk.end(first);
  await desk.relate('vm runs_on new-host');
  const of = (at: number | null) => relationsEver(database.em, keeper, { ciId: desk.idOf('vm'), at, first: 10 });
  expect((await of(null)).map(({ ci, validFrom, validTo }) => [ci.name, validFrom - AT, validTo === null ? null : validTo - AT])).toEqual([['new-host', 101 * HOUR, null], ['old-host', 100 * HOUR, 101 * HOUR]]);
  expect((await of(AT + 101 * HOUR - 1)).map(({ ci }) => ci.name)).toEqual(['old-host']);
  expect([await desk.reached('old-host'), await desk.reached('old-host', { asOf: AT + 101 * HOUR - 1 }), await desk.reached('old-host', { asOf: AT + 101 * HOUR }), await desk.reached('old-host', { asOf: AT })]).toEqual([[], ['vm'], [], []]);
  expect(await desk.reached('new-host', { asOf: AT + 101 * HOUR })).toEqual(['vm']);
});

test('CMDB-05 a baseline keeps a set as it stands; comparing tells what became of it, the restore plan leads back', async () => {
  const names = ['b-app', 'b-db', 'b-gone'];
  await desk.register('b-app', 'application', { customerId: customers.acme, site: 'Base' });
  await desk.register('b-db', 'database', { customerId: customers.acme, site: 'Base', attributes: { engine: 'Oracle' } });
  await desk.register('b-gone', 'server', { customerId: customers.acme, site: 'Base' });
  await desk.relate('b-app depends_on b-db');
  const baseline = await database.change(keeper, (change) => takeBaseline(change, { name: '2026-03 基线', customerId: customers.acme, site: 'Base' }));
  expect(baseline.ciCount).toBe(3);
  expect(await compareBaseline(database.em, keeper, { id: baseline.id, withId: null })).toEqual({ differences: [], same: 3 });
  await desk.alter('b-db', { life: 'in-use', attributes: { engine: 'PostgreSQL' } });
  await desk.relate('b-app runs_on b-gone');
  const { differences, same } = await compareBaseline(database.em, keeper, { id: baseline.id, withId: null });
  expect(same).toBe(1);
  expect(differences.map(({ name, kind, fields, relationsAdded, relationsEnded }) => ({ name, kind, fields: fields.map(({ field }) => field), relationsAdded, relationsEnded }))).toEqual([
    { name: 'b-app', kind: 'changed', fields: [], relationsAdded: [{ type: 'runs_on', targetId: desk.idOf('b-gone') }], relationsEnded: [] },
    { name: 'b-db', kind: 'changed', fields: ['status', 'life', 'attributes.engine'], relationsAdded: [], relationsEnded: [] },
  ]);
  const plan = await restorePlan(database.em, keeper, { id: baseline.id, now: time.current });
  expect(plan.map(({ name, controlled, expectedVersion, fields, relate, end }) => ({ name, controlled, expectedVersion, fields, relate, end }))).toEqual([
    { name: 'b-app', controlled: false, expectedVersion: 1, fields: [], relate: [], end: [{ type: 'runs_on', targetId: desk.idOf('b-gone') }] },
    { name: 'b-db', controlled: true, expectedVersion: 2, fields: [{ field: 'life', from: 'in-use', to: 'in-stock' }, { field: 'attributes.engine', from: 'PostgreSQL', to: 'Oracle' }], relate: [], end: [] },
  ]);
  const later = await database.change(keeper, (change) => takeBaseline(change, { name: '2026-04 基线', ciIds: names.slice(0, 2).map((name) => desk.idOf(name)), replacesId: baseline.id }));
  expect((await compareBaseline(database.em, keeper, { id: baseline.id, withId: later.id })).differences.map(({ name, kind }) => [name, kind])).toEqual([['b-app', 'changed'], ['b-db', 'changed'], ['b-gone', 'removed']]);
  await expect(database.change(keeper, (change) => takeBaseline(change, { name: 'again', ciIds: [desk.idOf('b-app')], replacesId: baseline.id }))).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'replacesId' });
});

test('CMDB-05 a baseline of nothing, of unknown items or of another customer is refused', async () => {
  const take = (input: Parameters<typeof takeBaseline>[1], actor = keeper) => database.change(actor, (change) => takeBaseline(change, input));
  await expect(take({ name: 'x' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'ciIds' });
  await expect(take({ name: 'x', ciIds: [newId()] })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ciIds' });
  await expect(take({ name: 'x', ciIds: [desk.idOf('b-app'), newId()] })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Of 2 items 1 are there.' });
  await expect(take({ name: 'x', customerId: customers.acme }, somebody('configuration-manager', { customerId: customers.bolt }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const mine = await take({ name: 'acme', customerId: customers.acme });
  await expect(compareBaseline(database.em, somebody('customer-contact', { own: customers.bolt }), { id: mine.id, withId: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('CMDB-11 a broken seal opens a comparison with the register, once; closing it may put on a new seal', async () => {
  const { id } = await desk.register('safe', 'server', { seal: 'intact', life: 'in-use' });
  const report = (note: string) => database.change(keeper, (change) => reportBrokenSeal(change, { ciId: id, note }));
  const comparisonId = await report('机箱封条破损');
  expect(await report('again')).toBe(comparisonId);
  expect((await database.em.findOneOrFail(CiEntity, { id })).seal).toBe('broken');
  expect(await database.em.find(CiComparisonEntity, { ciId: id })).toMatchObject([{ reason: '机箱封条破损', closedAt: null, finding: null }]);
  await expect(database.change(keeper, (change) => closeComparison(change, { id: comparisonId, finding: 'different', resealed: true }))).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'note' });
  await database.change(keeper, (change) => closeComparison(change, { id: comparisonId, finding: 'different', note: '少一条内存', resealed: true }));
  expect((await database.em.findOneOrFail(CiEntity, { id })).seal).toBe('intact');
  await expect(database.change(keeper, (change) => closeComparison(change, { id: comparisonId, finding: 'same', resealed: false }))).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  expect(await report('third')).not.toBe(comparisonId);
  await desk.register('open-frame', 'server');
  await expect(database.change(keeper, (change) => reportBrokenSeal(change, { ciId: desk.idOf('open-frame'), note: 'x' }))).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
});

test('AGR-06 CMDB-04 what a service rests on is kept with its times, whether named at its start or later', async () => {
  time.current = AT + 200 * HOUR;
  await desk.register('mail-a', 'server');
  await desk.register('mail-b', 'server');
  const service = await createService(database, keeper, { key: 'mail', name: 'Mail', nameZh: '邮件', ciIds: [desk.idOf('mail-a'), newId(), 'no id'] });
  const consumer = { name: 'cmdb services', types: ['service.created'], consume: (_: object, change: object, events: readonly object[]) => followServices(change as Change, events as LoggedEvent[]) };
  while (await consumeOnce(database, consumer));
  const rows = async () => (await database.em.find(ServiceCiEntity, { serviceId: service.id }, { orderBy: { validFrom: 'asc', id: 'asc' } })).map(({ ciId, validFrom, validTo }) => [desk.nameOf(ciId), validFrom - AT, validTo === null ? null : validTo - AT]);
  expect(await rows()).toEqual([['mail-a', 200 * HOUR, null]]);
  desk.later(HOUR);
  await database.change(keeper, (change) => setServiceCis(change, { serviceId: service.id, ciIds: [desk.idOf('mail-b')] }));
  expect(await rows()).toEqual([['mail-a', 200 * HOUR, 201 * HOUR], ['mail-b', 201 * HOUR, null]]);
  await expect(database.change(keeper, (change) => setServiceCis(change, { serviceId: service.id, ciIds: [newId()] }))).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ciIds' });
});
