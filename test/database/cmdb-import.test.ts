import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { CiExceptionEntity } from '../../server/src/features/cmdb/cmdb-baseline.entity.ts';
import { CiEntity, CiRelationVersionEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { impactOf } from '../../server/src/features/cmdb/cmdb-impact.service.ts';
import { versionsOf } from '../../server/src/features/cmdb/cmdb-version.queries.ts';
import { importCis, importRelations } from '../../server/src/features/import/import-cmdb.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { logFolder } from '../support/incident-log.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, close } = await openDatabase();
const folder = logFolder();
afterAll(async () => {
  await close();
  folder.remove();
});
const actor = SYSTEM('import');
const real = (name: string) => ({ path: fileURLToPath(new URL(`../../server/data/${name}`, import.meta.url)), source: 'register' });
const given = (name: string, text: string) => ({ path: folder.writeText(name, text), source: 'register' });
const ciOf = (externalId: string) => database.em.findOneOrFail(CiEntity, { externalId });

beforeAll(async () => {
  await seedPolicy(database);
  await importCis(database, actor, real('cmdb_ci.csv.gz'));
  await importRelations(database, actor, real('cmdb_relations.csv.gz'));
});

test('CMDB-02 a register of other words comes in: status stands for a stage of life, columns become fields', async () => {
  await importCis(database, actor, given('words.csv', 'ci_id,class,name,status,model,serial,asset_tag,location,role,ip_address\nw-1,vm,erp01,planned,m,s,WF-1,A1,db,10.0.0.1/24\nw-2,switch,sw,库存,,,,,,\nw-3,server,srv,报废,,,,,,\nw-4,server,odd,whatever,,,,,,'));
  expect(await ciOf('w-1')).toMatchObject({ class: 'virtual-machine', status: 'planned', life: 'ordered', model: 'm', serial: 's', assetLabel: 'WF-1', location: 'A1', attributes: { role: 'db', ip_address: '10.0.0.1/24' } });
  expect([(await ciOf('w-2')).class, (await ciOf('w-2')).life, (await ciOf('w-3')).life, (await ciOf('w-4')).life]).toEqual(['network-device', 'in-stock', 'disposed', 'in-use']);
});

test('CMDB-06 a line that would alter a controlled item is refused and listed; with a reason it comes in as an exception', async () => {
  const line = (model: string) => given(`${model}.csv`, `ci_id,class,name,status,model\ncontrolled-1,server,db01,active,${model}\nfree-1,server,spare,inventory,${model}`);
  expect((await importCis(database, actor, line('A'))).accepted).toBe(2);
  const dry = await importCis(database, actor, { ...line('B'), dryRun: true });
  expect([dry.accepted, dry.reasons, dry.rejects.map(({ line: at, number }) => [at, number])]).toEqual([1, { UNAUTHORISED: 1 }, [[2, 'controlled-1']]]);
  const refused = await importCis(database, actor, line('B'));
  expect([refused.accepted, refused.reasons, (await ciOf('controlled-1')).model, (await ciOf('free-1')).model]).toEqual([1, { UNAUTHORISED: 1 }, 'A', 'B']);
  const excused = await importCis(database, actor, { ...line('C'), exceptionReason: '年度盘点' });
  expect([excused.accepted, (await ciOf('controlled-1')).model]).toEqual([2, 'C']);
  const { id } = await ciOf('controlled-1');
  expect(await database.em.find(CiExceptionEntity, { ciId: id })).toMatchObject([{ reason: '年度盘点', recordedByName: 'import' }]);
  expect((await versionsOf(database.em, actor, { ciId: id, first: 5, beforeSeq: null })).map(({ ci }) => [ci.model, ci.authority?.kind, ci.authority?.reason])).toEqual([['C', 'exception', '年度盘点'], ['A', 'import', 'register']]);
});

test('CMDB-03 a line with a relation that may not be is refused with the reason, the real register has none', async () => {
  const done = await importRelations(database, actor, given('forbidden.csv', 'source,type,target\nw-1,powered_by,w-2\nw-1,runs_on,w-4\nw-1,flies_over,w-4'));
  expect([done.accepted, done.reasons]).toEqual([1, { RELATION_FORBIDDEN: 2 }]);
  expect(await database.em.count(CiRelationVersionEntity, { propagation: 'none', type: { $ne: 'connected_to' } })).toBe(0);
});

test('CMDB-04 in the real register a rack that fails takes with it what is installed in it, a feed its rack', async () => {
  const rack = await ciOf('rack-1');
  const direct = await database.em.execute<{ id: string }[]>(`select source_id as id from ci_relation where target_id = ? and type = 'installed_in'`, [rack.id]);
  const { nodes, cutOff } = await impactOf(database.em, { ciIds: [rack.id], direction: 'impact' });
  const depthOne = nodes.filter(({ depth }) => depth === 1).map(({ ciId }) => ciId);
  expect([direct.length > 0, direct.every(({ id }) => depthOne.includes(id)), cutOff]).toEqual([true, true, false]);
  const resting = await impactOf(database.em, { ciIds: [rack.id], direction: 'dependency' });
  expect(resting.nodes.length).toBeGreaterThan(0);
});
