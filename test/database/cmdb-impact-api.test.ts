import { afterAll, beforeAll, expect, test } from 'vitest';
import { createService } from '../../server/src/features/customer/customer-place.service.ts';
import { AgreementEntity } from '../../server/src/features/customer/customer.entity.ts';
import { setAgreementLines } from '../../server/src/features/customer/customer-agreement.service.ts';
import { alterCi, registerCi } from '../../server/src/features/cmdb/cmdb-alter.service.ts';
import { relateCis, setRedundancy } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { setServiceCis } from '../../server/src/features/cmdb/cmdb-service.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openApi } from '../support/open-api.ts';

const api = await openApi();
const { database, ask, ids } = api;
afterAll(api.close);
const system = SYSTEM('test');
const REGISTER = { kind: 'register' } as const;
const id = (name: string): string => ids[name] ?? '';
const items: Record<string, string> = {};
const item = (name: string): string => items[name] ?? '';

/** Two customers on one cluster of three; Acme's mail rests on it, the catalogue's mail service too. */
beforeAll(async () => {
  await api.person('keeper', 'configuration-manager');
  await api.person('acme-keeper', 'configuration-manager', { grantCustomerId: id('Acme') });
  const put = async (name: string, kind: string, customer: string | null) => {
    items[name] = (await database.change(system, (change) => registerCi(change, { name, class: kind, customerId: customer === null ? null : id(customer) }))).id;
  };
  for (const [name, kind, customer] of [
    ['feed-a', 'power', null], ['feed-b', 'power', null], ['rack', 'rack', null], ['n1', 'server', null], ['n2', 'server', null], ['cluster', 'cluster', null],
    ['acme-vm', 'virtual-machine', 'Acme'], ['acme-mail', 'application', 'Acme'], ['borealis-vm', 'virtual-machine', 'Borealis'],
  ] as const) await put(name, kind, customer);
  for (const line of ['rack powered_by feed-a', 'rack powered_by feed-b', 'n1 installed_in rack', 'n2 installed_in rack', 'n1 member_of cluster', 'n2 member_of cluster', 'acme-vm runs_on cluster', 'borealis-vm runs_on cluster', 'acme-mail runs_on acme-vm']) {
    const [source = '', type = '', target = ''] = line.split(' ');
    await database.change(system, (change) => relateCis(change, { sourceId: item(source), type, targetId: item(target), authorisation: REGISTER }));
  }
  await database.change(system, (change) => setRedundancy(change, { ciId: item('rack'), type: 'powered_by', required: 1, authorisation: REGISTER }));
  await database.change(system, (change) => setRedundancy(change, { ciId: item('cluster'), type: 'member_of', required: 1, authorisation: REGISTER }));
  const mail = await createService(database, system, { key: 'mail', name: 'Mail', nameZh: '邮件' });
  const hosting = await createService(database, system, { key: 'hosting', name: 'Hosting', nameZh: '托管' });
  await database.change(system, (change) => setServiceCis(change, { serviceId: mail.id, ciIds: [item('acme-mail')] }));
  await database.change(system, (change) => setServiceCis(change, { serviceId: hosting.id, ciIds: [item('cluster')] }));
  const { version } = await database.em.findOneOrFail(AgreementEntity, { id: id('Acme agreement') });
  await setAgreementLines(database, system, { id: id('Acme agreement'), expectedVersion: version, lines: [{ serviceId: mail.id }] });
});

const IMPACT = `query($question: CiImpactQuestion!) { ciImpact(question: $question) {
  total cutOff cutOffBy classes { class count } nodes { id name depth type path } edges { type } spared { name type required has failed }
  services { key nameZh } customers { name ciCount agreements } notAffected { name reason markId } roots { name } } }`;
const walk = async (who: string, question: object) => (await ask(who, IMPACT, { question }));
const names = (answer: { data: { ciImpact: { nodes: { name: string }[] } } }) => answer.data.ciImpact.nodes.map(({ name }) => name).toSorted();

test('CMDB-04 services and customers that are reached are named, with the agreement that says so', async () => {
  const answer = await walk('keeper', { ciIds: [item('rack')] });
  const { nodes, ...rest } = answer.data.ciImpact;
  expect(names(answer)).toEqual(['acme-mail', 'acme-vm', 'borealis-vm', 'cluster', 'n1', 'n2']);
  expect(rest).toEqual({
    total: 6, cutOff: false, cutOffBy: null, spared: [], roots: [{ name: 'rack' }], notAffected: [],
    classes: [{ class: 'server', count: 2 }, { class: 'virtual-machine', count: 2 }, { class: 'application', count: 1 }, { class: 'cluster', count: 1 }],
    edges: expect.arrayContaining([{ type: 'member_of' }]),
    services: [{ key: 'hosting', nameZh: '托管' }, { key: 'mail', nameZh: '邮件' }],
    customers: [{ name: 'Acme', ciCount: 2, agreements: ['AGR-Acme'] }, { name: 'Borealis', ciCount: 1, agreements: [] }],
  });
  const mail = nodes.find(({ name }: { name: string }) => name === 'acme-mail');
  expect([mail.depth, mail.path.length, mail.path[0], mail.path.at(-1)]).toEqual([4, 5, item('rack'), item('acme-mail')]);
});

test('CMDB-04 with A and B power one feed fails without effect, and it is said what held', async () => {
  const one = await walk('keeper', { ciIds: [item('feed-a')] });
  expect([one.data.ciImpact.total, one.data.ciImpact.spared, one.data.ciImpact.customers]).toEqual([0, [{ name: 'rack', type: 'powered_by', required: 1, has: 2, failed: 1 }], []]);
  expect((await walk('keeper', { ciIds: [item('feed-a'), item('feed-b')] })).data.ciImpact.total).toBe(7);
  expect((await walk('keeper', { ciIds: [item('n1')] })).data.ciImpact.spared).toEqual([{ name: 'cluster', type: 'member_of', required: 1, has: 2, failed: 1 }]);
});

test('CMDB-04 a walk that is bounded says so; what is shown may be less than what is counted', async () => {
  const near = await walk('keeper', { ciIds: [item('rack')], maxDepth: 1 });
  expect([names(near), near.data.ciImpact.cutOff, near.data.ciImpact.cutOffBy]).toEqual([['n1', 'n2'], true, 'depth']);
  const few = await walk('keeper', { ciIds: [item('rack')], first: 2 });
  expect([few.data.ciImpact.nodes.length, few.data.ciImpact.total, few.data.ciImpact.cutOff]).toEqual([2, 6, false]);
  for (const [question, field] of [[{ first: 0 }, 'first'], [{ first: 1001 }, 'first'], [{ maxDepth: 0 }, 'maxDepth']] as const) {
    const { errors } = await walk('keeper', { ciIds: [item('rack')], ...question });
    expect([field, errors]).toEqual([field, ['OUT_OF_RANGE']]);
  }
  expect((await walk('keeper', { ciIds: [] })).errors).toEqual(['OUT_OF_RANGE']);
  expect((await walk('keeper', { ciIds: [newId()] })).errors).toEqual(['NOT_FOUND']);
});

test('CMDB-04 what an operator marks as not affected is neither counted nor walked through, for one record or for all', async () => {
  const MARK = 'mutation($input: MarkCiNotAffectedInput!) { markCiNotAffected(input: $input) { id userErrors { code field } } }';
  const ticketId = newId();
  expect(names(await walk('keeper', { ciIds: [item('rack')], notAffected: [item('acme-vm')] }))).toEqual(['borealis-vm', 'cluster', 'n1', 'n2']);
  const marked = await ask('desk', MARK, { input: { ciId: item('acme-vm'), ticketId, reason: '已切换到备机' } });
  expect(marked.data.markCiNotAffected.userErrors).toEqual([]);
  expect(names(await walk('keeper', { ciIds: [item('rack')] }))).toContain('acme-mail');
  const within = await walk('keeper', { ciIds: [item('rack')], ticketId });
  expect([names(within), within.data.ciImpact.notAffected]).toEqual([['borealis-vm', 'cluster', 'n1', 'n2'], [{ name: 'acme-vm', reason: '已切换到备机', markId: marked.data.markCiNotAffected.id }]]);
  expect((await ask('desk', MARK, { input: { ciId: item('acme-vm'), reason: 'for all' } })).errors).toEqual(['FORBIDDEN']);
  const forAll = await ask('keeper', MARK, { input: { ciId: item('cluster'), reason: '演练' } });
  expect(names(await walk('desk', { ciIds: [item('rack')] }))).toEqual(['n1', 'n2']);
  const back = await ask('keeper', 'mutation($id: ID!) { withdrawCiMark(id: $id) { id userErrors { code } } }', { id: forAll.data.markCiNotAffected.id });
  expect([back.data.withdrawCiMark.userErrors, names(await walk('desk', { ciIds: [item('rack')] })).length]).toEqual([[], 6]);
});

test('CMDB-04 ORG-03 a customer walks over their own items only and learns nothing of the others', async () => {
  expect((await walk('contact', { ciIds: [item('rack')] })).errors).toEqual(['NOT_FOUND']);
  const own = await walk('contact', { ciIds: [item('acme-mail')], direction: 'DEPENDENCY' });
  expect(own.data.ciImpact).toMatchObject({ total: 1, nodes: [{ name: 'acme-vm', path: [item('acme-mail'), item('acme-vm')] }], services: [{ key: 'mail' }], customers: [{ name: 'Acme' }] });
  expect(JSON.stringify(own.data)).not.toContain(item('cluster'));
  expect(names(await walk('acme-keeper', { ciIds: [item('acme-vm')] }))).toEqual(['acme-mail']);
  expect((await walk('acme-keeper', { ciIds: [item('borealis-vm')] })).errors).toEqual(['NOT_FOUND']);
  expect((await walk('none', { ciIds: [item('rack')] })).errors).toEqual(['UNAUTHENTICATED']);
});

test('CMDB-01 CMDB-03 classes, attributes, relation types and rules are data: a new class is used at once', async () => {
  const edit = (name: string, type: string, input: object, who = 'keeper') => ask(who, `mutation($input: ${type}!) { ${name}(input: $input) { key userErrors { code field message } } }`, { input });
  const lb = { key: 'load-balancer', parentKey: 'network-device', name: 'Load balancer', nameZh: '负载均衡' };
  expect((await edit('defineCiClass', 'DefineCiClassInput', lb, 'desk')).errors).toEqual(['FORBIDDEN']);
  expect((await edit('defineCiClass', 'DefineCiClassInput', lb)).data.defineCiClass).toEqual({ key: 'load-balancer', userErrors: [] });
  expect((await edit('defineCiClass', 'DefineCiClassInput', lb)).data.defineCiClass.userErrors).toMatchObject([{ code: 'NOT_UNIQUE', field: 'key' }]);
  expect((await edit('defineCiClass', 'DefineCiClassInput', { ...lb, key: 'Bad Key' })).data.defineCiClass.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'key' }]);
  expect((await edit('defineCiClass', 'DefineCiClassInput', { ...lb, key: 'x', parentKey: 'nothing' })).data.defineCiClass.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'parentKey' }]);
  const algorithm = { classKey: 'load-balancer', key: 'algorithm', name: 'Algorithm', nameZh: '算法', type: 'choice', required: true, choices: ['round-robin', 'least-connections'] };
  expect((await edit('defineCiAttribute', 'DefineCiAttributeInput', { ...algorithm, choices: [] })).data.defineCiAttribute.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'choices' }]);
  expect((await edit('defineCiAttribute', 'DefineCiAttributeInput', { ...algorithm, key: 'port_count' })).data.defineCiAttribute.userErrors).toMatchObject([{ code: 'NOT_UNIQUE', field: 'key' }]);
  expect((await edit('defineCiAttribute', 'DefineCiAttributeInput', algorithm)).data.defineCiAttribute.userErrors).toEqual([]);
  await edit('defineCiRelationType', 'DefineCiRelationTypeInput', { key: 'balances', name: 'balances', nameZh: '均衡', reverseName: 'balanced by', reverseNameZh: '被均衡', propagation: 'source-to-target' });
  const register = (attributes: object) => ask('keeper', `mutation($input: RegisterCiInput!) { registerCi(input: $input) { ci { id class attributes version life } userErrors { code field } } }`, { input: { class: 'load-balancer', name: 'lb', facts: { attributes } } });
  expect((await register({ port_count: 4 })).data.registerCi.userErrors).toEqual([{ code: 'MISSING_FIELD', field: 'attributes.algorithm' }]);
  expect((await register({ algorithm: 'random' })).data.registerCi.userErrors).toEqual([{ code: 'INVALID_INPUT', field: 'attributes.algorithm' }]);
  expect((await register({ algorithm: ['round-robin'] })).data.registerCi.userErrors).toEqual([{ code: 'INVALID_INPUT', field: 'attributes.algorithm' }]);
  const { ci } = (await register({ algorithm: 'round-robin', port_count: 4 })).data.registerCi;
  expect(ci).toMatchObject({ class: 'load-balancer', attributes: { algorithm: 'round-robin', port_count: '4' }, version: 1, life: 'IN_STOCK' });
  const relate = () => ask('keeper', 'mutation($input: RelateCisInput!) { relateCis(input: $input) { id userErrors { code field } } }', { input: { sourceId: ci.id, type: 'balances', targetId: item('acme-mail') } });
  expect((await relate()).data.relateCis.userErrors).toEqual([{ code: 'RELATION_FORBIDDEN', field: 'type' }]);
  await edit('allowCiRelation', 'AllowCiRelationInput', { type: 'balances', sourceClass: 'load-balancer', targetClass: 'software' });
  expect((await relate()).data.relateCis.userErrors).toEqual([]);
  expect(names(await walk('keeper', { ciIds: [ci.id] }))).toEqual(['acme-mail']);
  const tree = await ask('desk', '{ ciClasses { key parentKey attributes { key required } } ciRelationTypes { key nameZh reverseNameZh rules { sourceClass } } }');
  expect(tree.data.ciClasses.find(({ key }: { key: string }) => key === 'load-balancer').attributes.map(({ key }: { key: string }) => key)).toEqual(expect.arrayContaining(['manufacturer', 'height_u', 'firmware', 'algorithm']));
});

test('API-03 the same key with the same body makes one item, one relation, one baseline; with another body it is refused', async () => {
  const twice = async (mutation: string, type: string, fields: string, input: object, other: object) => {
    const send = async (given: object) => (await ask('keeper', `mutation($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`, { input: given })).data[mutation];
    const [first, again, refused] = [await send(input), await send(input), await send({ ...input, ...other })];
    expect([again, refused.userErrors]).toEqual([first, [{ code: 'IDEMPOTENCY_KEY_REUSED' }]]);
    return first;
  };
  const { ci } = await twice('registerCi', 'RegisterCiInput', 'ci { id name version }', { class: 'server', name: 'once', idempotencyKey: 'register-once' }, { name: 'twice' });
  await twice('alterCi', 'AlterCiInput', 'ci { version }', { id: ci.id, expectedVersion: 1, patch: { model: 'M' }, idempotencyKey: 'alter-once-1' }, { patch: { model: 'N' } });
  await twice('relateCis', 'RelateCisInput', 'id', { sourceId: ci.id, type: 'installed_in', targetId: item('rack'), idempotencyKey: 'relate-once' }, { targetId: item('n1') });
  await twice('takeCiBaseline', 'TakeCiBaselineInput', 'baseline { id ciCount }', { name: 'once', ciIds: [ci.id], idempotencyKey: 'baseline-once' }, { name: 'twice' });
});

test('CMDB-05 CMDB-06 the API tells versions, what they rested on, exceptions, and takes no alteration without authority', async () => {
  const alter = (who: string, input: object) => ask(who, 'mutation($input: AlterCiInput!) { alterCi(input: $input) { ci { version model life } userErrors { code field message } } }', { input });
  const ciId = item('borealis-vm');
  expect((await alter('keeper', { id: ciId, expectedVersion: 1, patch: { life: 'IN_USE', model: 'M1' } })).data.alterCi.ci).toEqual({ version: 2, model: 'M1', life: 'IN_USE' });
  expect((await alter('keeper', { id: ciId, expectedVersion: 2, patch: { model: 'M2' } })).data.alterCi.userErrors).toMatchObject([{ code: 'UNAUTHORISED', field: 'changeId' }]);
  expect((await alter('admin', { id: ciId, expectedVersion: 2, patch: { model: 'M2' }, exceptionReason: 'x' })).errors).toEqual(['FORBIDDEN']);
  expect((await alter('keeper', { id: ciId, expectedVersion: 2, patch: { model: 'M2' }, exceptionReason: ' ' })).data.alterCi.userErrors).toMatchObject([{ code: 'MISSING_FIELD', field: 'exceptionReason' }]);
  expect((await alter('keeper', { id: ciId, expectedVersion: 1, patch: { model: 'M2' }, exceptionReason: '抢修' })).data.alterCi.userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
  expect((await alter('keeper', { id: ciId, expectedVersion: 2, patch: { model: 'M2' }, exceptionReason: '抢修' })).data.alterCi.ci.version).toBe(3);
  const read = await ask('keeper', 'query($id: ID!, $at: DateTime!) { ci(id: $id) { versions { seq ci { model authority { kind reason by } } differences { field } } asOf(at: $at) { model } exceptions { reason } redundancy { type } relationHistory { type validTo ci { name } } } }', { id: ciId, at: new Date(api.time.current).toISOString() });
  expect(read.data.ci).toEqual({
    versions: [
      { seq: 3, ci: { model: 'M2', authority: { kind: 'exception', reason: '抢修', by: 'keeper' } }, differences: [{ field: 'model' }] },
      { seq: 2, ci: { model: 'M1', authority: { kind: 'register', reason: null, by: 'keeper' } }, differences: [{ field: 'status' }, { field: 'life' }, { field: 'model' }] },
      { seq: 1, ci: { model: null, authority: { kind: 'register', reason: null, by: 'test' } }, differences: [] },
    ],
    asOf: { model: 'M2' }, exceptions: [{ reason: '抢修' }], redundancy: [], relationHistory: [{ type: 'runs_on', validTo: null, ci: { name: 'cluster' } }],
  });
  const fromOutside = await ask('contact', 'query($id: ID!) { ci(id: $id) { name } }', { id: ciId });
  expect(fromOutside.data.ci).toBeNull();
  await expect(database.change(system, (change) => alterCi(change, { ciId: newId(), expectedVersion: 1, patch: {}, authorisation: REGISTER }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
