import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { alterCi, registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { CiExceptionEntity } from '../../server/src/features/cmdb/cmdb-baseline.entity.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { AT, EXCEPTION, openCmdb, REGISTER, somebody } from '../support/cmdb-desk.ts';

const desk = await openCmdb();
const { database, keeper } = desk;
afterAll(desk.close);
const customers = { acme: '', bolt: '' };

beforeAll(async () => {
  await seedPolicy(database);
  customers.acme = (await createCustomer(database, keeper, { name: 'Acme', fullName: 'Acme Ltd', timeZone: 'Asia/Shanghai' })).id;
  customers.bolt = (await createCustomer(database, keeper, { name: 'Bolt', fullName: 'Bolt Ltd', timeZone: 'Asia/Shanghai' })).id;
});

test('CMDB-01 an item has the attributes of its class and of all above it; one of another class or type is refused by name', async () => {
  const vm = await desk.register('vm-a', 'virtual-machine', { attributes: { vcpus: '8', memory_gb: '32.5', ip_address: '10.0.0.7/24' } });
  expect(vm.attributes).toEqual({ vcpus: '8', memory_gb: '32.5', ip_address: '10.0.0.7/24' });
  await expect(desk.alter('vm-a', { attributes: { vcpus: 'eight' } })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'attributes.vcpus', message: '"attributes.vcpus" (integer) must be a whole number such as 16, got "eight".' });
  await expect(desk.alter('vm-a', { attributes: { raid: '5' } })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'attributes.raid' });
  await expect(desk.alter('vm-a', { attributes: { ip_address: '10.0.0.256' } })).rejects.toMatchObject({ field: 'attributes.ip_address' });
  expect((await desk.alter('vm-a', { attributes: { vcpus: '16', memory_gb: null } })).attributes).toEqual({ vcpus: '16', ip_address: '10.0.0.7/24' });
});

test('CMDB-01 a required attribute must be there from the start and cannot be taken away', async () => {
  await expect(desk.register('db', 'database')).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'attributes.engine' });
  await desk.register('db', 'database', { attributes: { engine: 'PostgreSQL' } });
  await expect(desk.alter('db', { attributes: { engine: '' } })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'attributes.engine' });
});

test('CMDB-01 a class that is not there, or only there to be inherited from, is refused with those that may be', async () => {
  for (const kind of ['spaceship', 'ci', 'place']) await expect(desk.register('x', kind)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'class' });
});

test('CMDB-02 CMDB-11 an item carries supplier, serials, contract, warranty, addresses, responsible persons in order', async () => {
  const given = {
    productVersion: '15.2(4)M', model: 'ISR 4331', specification: '4 GE', supplier: '神州数码', supplierContact: '王工', supplierPhone: '021-5555', serial: 'SN-1', systemSerial: 'SYS-1',
    contractNumber: 'PO-2026-7', warrantyEndsOn: '2029-02-28', addresses: ['10.0.0.1', '浦东机房'], responsible: ['李雷', '韩梅梅'], ownerName: 'IT', userName: '张三', location: 'A-03', accessories: '电源线×2', assetLabel: 'WF-0001',
  };
  const router = await desk.register('router', 'network-device', { ...given, seal: 'intact', customerId: customers.acme });
  expect(router).toMatchObject({ ...given, seal: 'intact', life: 'in-stock', customerId: customers.acme });
  await expect(desk.alter('router', { warrantyEndsOn: '2027-02-29' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'warrantyEndsOn' });
  await expect(desk.alter('router', { responsible: ['李雷', '李雷'] })).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'responsible' });
});

test('CMDB-02 an item goes through its life only by the moves that there are', async () => {
  await desk.register('pc', 'endpoint', { life: 'ordered' });
  await expect(desk.alter('pc', { life: 'in-repair' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', message: '"life" cannot go from ordered to in-repair; allowed: in-stock, in-use, disposed.' });
  for (const life of ['in-stock', 'retired', 'disposed'] as const) expect((await desk.alter('pc', { life })).life).toBe(life);
  await expect(desk.alter('pc', { life: 'in-stock' })).rejects.toMatchObject({ message: '"life" cannot go from disposed to in-stock; nothing follows it.' });
});

test('CMDB-02 an item on which others in use rest is not retired beneath them', async () => {
  await desk.register('host', 'server');
  await desk.register('guest', 'virtual-machine', { life: 'in-use' });
  const relationId = await database.change(keeper, (change) => relateCis(change, { sourceId: desk.idOf('guest'), type: 'runs_on', targetId: desk.idOf('host'), authorisation: EXCEPTION }));
  await expect(desk.alter('host', { life: 'retired' })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', message: expect.stringContaining('"guest"') });
  await desk.end(relationId, EXCEPTION);
  expect((await desk.alter('host', { life: 'retired' })).life).toBe('retired');
});

test('CMDB-06 a controlled item is altered only through a change that names it or a recorded exception', async () => {
  const core = await desk.register('core', 'network-device', { life: 'in-use', customerId: customers.acme });
  await expect(desk.alter('core', { model: 'S5700' })).rejects.toMatchObject({
    code: 'UNAUTHORISED', field: 'changeId', message: '"core" is controlled (in-use): alter it through a change in implementation that names it, or with "exceptionReason" by someone who holds cmdb.control.',
  });
  await expect(desk.alter('core', { model: 'S5700' }, { kind: 'change', ticketId: core.id, number: 'CHG-0000009', ciIds: [] })).rejects.toMatchObject({ code: 'UNAUTHORISED', message: expect.stringContaining('CHG-0000009') });
  const changed = await desk.alter('core', { model: 'S5700' }, { kind: 'change', ticketId: core.id, number: 'CHG-0000001', ciIds: [core.id] });
  expect([changed.model, changed.version, changed.authority]).toEqual(['S5700', 2, { kind: 'change', ticketId: core.id, number: 'CHG-0000001', reason: null, by: 'keeper', version: 2 }]);
  const again = await desk.alter('core', { model: 'S6700' }, EXCEPTION);
  expect(again.authority).toMatchObject({ kind: 'exception', reason: '机房断电抢修', version: 3 });
  expect(await database.em.find(CiExceptionEntity, { ciId: core.id })).toMatchObject([{ reason: '机房断电抢修', alteration: { fields: { model: 'S6700' } }, recordedAt: AT, recordedByName: 'keeper' }]);
});

test('CMDB-06 what is in stock is altered freely, and controlled from the moment it is in use', async () => {
  await desk.register('spare', 'server');
  await desk.alter('spare', { model: 'R740' });
  await desk.alter('spare', { life: 'in-use' });
  await expect(desk.alter('spare', { life: 'in-stock' })).rejects.toMatchObject({ code: 'UNAUTHORISED' });
  await desk.alter('spare', { life: 'in-repair' }, EXCEPTION);
  await expect(desk.alter('spare', { model: 'R750' })).rejects.toMatchObject({ code: 'UNAUTHORISED' });
});

test('CMDB-06 a relation of a controlled item needs the same authority as the item', async () => {
  await desk.register('switch', 'network-device', { life: 'in-use' });
  await desk.register('box', 'server');
  const wanted = { sourceId: desk.idOf('box'), type: 'connected_to', targetId: desk.idOf('switch') };
  await expect(database.change(keeper, (change) => relateCis(change, { ...wanted, authorisation: REGISTER }))).rejects.toMatchObject({ code: 'UNAUTHORISED' });
  const id = await database.change(keeper, (change) => relateCis(change, { ...wanted, authorisation: EXCEPTION }));
  await expect(desk.end(id)).rejects.toMatchObject({ code: 'UNAUTHORISED' });
  await desk.end(id, EXCEPTION);
  await expect(desk.end(id, EXCEPTION)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'relationId' });
});

test('CMDB-06 ORG-03 who may: the register needs cmdb.edit, an exception cmdb.control, and another customer has no such item', async () => {
  await desk.register('theirs', 'server', { life: 'in-use', customerId: customers.acme });
  const manager = somebody('configuration-manager');
  expect((await desk.alter('theirs', { model: 'A' }, EXCEPTION, manager)).model).toBe('A');
  await expect(desk.alter('theirs', { model: 'B' }, EXCEPTION, somebody('administrator'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(desk.alter('theirs', { model: 'B' }, EXCEPTION, somebody('engineer'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(desk.alter('theirs', { model: 'B' }, EXCEPTION, somebody('configuration-manager', { customerId: customers.bolt }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(desk.alter('theirs', { model: 'B' }, EXCEPTION, somebody('customer-contact', { own: customers.bolt }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const byChange = { kind: 'change', ticketId: desk.idOf('theirs'), number: 'CHG-0000002', ciIds: [desk.idOf('theirs')] } as const;
  expect((await desk.alter('theirs', { model: 'C' }, byChange, somebody('change-implementer'))).model).toBe('C');
  await expect(desk.alter('theirs', { model: 'D' }, byChange, somebody('auditor'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(desk.register('new', 'server', { customerId: customers.acme }, somebody('configuration-manager', { customerId: customers.bolt }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('CMDB-06 an alteration names the version it was based on; one that alters nothing leaves the item as it is', async () => {
  const ci = await desk.register('desk-pc', 'endpoint', { model: 'M1' });
  expect((await desk.alter('desk-pc', { model: ' M1 ', attributes: {} })).version).toBe(1);
  await desk.alter('desk-pc', { model: 'M2' });
  await expect(database.change(keeper, (change) => alterCi(change, { ciId: ci.id, expectedVersion: 1, patch: { model: 'M3' }, authorisation: REGISTER }))).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'expectedVersion' });
  await expect(desk.alter('desk-pc', { name: '' })).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'name' });
  await expect(database.change(keeper, (change) => registerCi(change, { name: 'a', class: 'server', externalId: 'K1' }).then(() => registerCi(change, { name: 'b', class: 'server', externalId: 'K1' })))).rejects.toMatchObject({ code: 'NOT_UNIQUE', field: 'externalId' });
});

test('CMDB-03 a relation that the rules do not know is refused with what may be', async () => {
  await desk.register('erp', 'application');
  await desk.register('site', 'site');
  await expect(desk.relate('erp located_in site')).rejects.toMatchObject({ code: 'RELATION_FORBIDDEN', field: 'type', message: expect.stringContaining('device → place, document → place, other → place, place → place') });
  await expect(desk.relate('erp flies_over site')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'type' });
  await desk.register('oracle', 'database', { attributes: { engine: 'Oracle' } });
  await desk.relate('erp depends_on oracle');
  await expect(desk.relate('erp depends_on oracle')).rejects.toMatchObject({ code: 'NOT_UNIQUE' });
  await expect(desk.relate('erp depends_on erp')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'targetId' });
});

test('CMDB-01 CMDB-03 an item of another class keeps only attributes and relations that this class may have', async () => {
  await desk.register('thing', 'device');
  await desk.register('rack', 'rack');
  await desk.register('line', 'circuit');
  await desk.relate('thing installed_in rack', 'line connected_to thing');
  await expect(desk.alter('thing', { class: 'virtual-machine' })).rejects.toMatchObject({ code: 'RELATION_FORBIDDEN' });
  expect((await desk.alter('thing', { class: 'network-device', attributes: { port_count: '48' } })).class).toBe('network-device');
  await expect(desk.alter('thing', { class: 'server' })).rejects.toMatchObject({ field: 'attributes.port_count' });
  expect(await desk.reached('line')).toEqual(['thing']);
});
