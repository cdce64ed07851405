import { afterAll, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { importCis, importConnections, importRelations } from '../../server/src/features/import/import-cmdb.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
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
const counts = async () => (await database.em.execute<{ cis: number; relations: number }[]>('select (select count(*)::int from ci) as cis, (select count(*)::int from ci_relation) as relations'))[0];

test('API-06 the register, its relations and its port connections come in; doubled lines are listed', async () => {
  const dry = await importCis(database, actor, { ...real('cmdb_ci.csv.gz'), dryRun: true });
  expect([dry.accepted, await counts()]).toEqual([431, { cis: 0, relations: 0 }]);
  expect((await importCis(database, actor, real('cmdb_ci.csv.gz'))).accepted).toBe(431);
  const relations = await importRelations(database, actor, real('cmdb_relations.csv.gz'));
  expect([relations.accepted, relations.refused, relations.reasons]).toEqual([474, 28, { ROW_DOUBLED: 28 }]);
  expect((await importConnections(database, actor, real('cmdb_port_connections.csv.gz'))).accepted).toBe(108);
  expect(await database.em.execute('select count(*)::int as n from port_connection')).toEqual([{ n: 108 }]);
  expect(await counts()).toMatchObject({ cis: 431 });
});

test('API-06 the same files again change nothing', async () => {
  const before = await counts();
  const again = await importCis(database, actor, real('cmdb_ci.csv.gz'));
  expect([again.already, again.accepted]).toEqual([true, 431]);
  await importRelations(database, actor, real('cmdb_relations.csv.gz'));
  expect(await counts()).toEqual(before);
});

test('API-06 a newer register brings known items up to date and keeps their ports', async () => {
  const header = 'ci_id,class,name,status,manufacturer,model';
  const done = await importCis(database, actor, given('newer.csv', `${header}\ndevice-1,device,核心交换机,offline,Huawei,S5700\nnew-1,rack,新机柜,active,,`));
  expect(done.accepted).toBe(2);
  const rows = await database.em.execute<{ name: string; status: string; version: number; ports: number }[]>(
    `select name, status, version, (select count(*)::int from port_connection where a_ci_id = ci.id) as ports from ci where external_id in ('device-1', 'new-1') order by external_id`,
  );
  expect(rows.map(({ name, status, version, ports }) => [name, status, version, ports])).toEqual([['核心交换机', 'offline', 2, 3], ['新机柜', 'active', 1, 0]]);
});

test('API-06 what cannot be is refused line by line, the rest comes in', async () => {
  const cis = await importCis(database, actor, given('bad.csv', 'ci_id,class,name\n,device,no id\nx-1,spaceship,Enterprise\nx-2,device,\nx-3,device,good\nx-3,device,twice\nx-4,device'));
  expect([cis.accepted, cis.reasons]).toEqual([1, { CLASS_UNKNOWN: 1, ID_MISSING: 1, LINE_MALFORMED: 1, NAME_MISSING: 1, ROW_DOUBLED: 1 }]);
  const relations = await importRelations(database, actor, given('bad-relations.csv', 'source,type,target\nx-3,runs_on,nowhere\nx-3,runs_on,x-3\nx-3,Runs On!,device-1\nx-3,runs_on,device-1'));
  expect([relations.accepted, relations.reasons]).toEqual([1, { CI_UNKNOWN: 1, SELF_RELATION: 1, TYPE_UNKNOWN: 1 }]);
  expect(relations.rejects.map(({ reason }) => reason)).toContain('There is no CI "nowhere"; import the CIs first.');
});

test('API-06 a file that is none, is empty or lacks columns is refused in one sentence', async () => {
  await expect(importCis(database, actor, { path: '/nowhere/cis.csv', source: 'x' })).rejects.toThrow('There is no file');
  await expect(importCis(database, actor, given('empty.csv', ''))).rejects.toThrow('is empty');
  await expect(importCis(database, actor, given('other.csv', 'a,b\n1,2'))).rejects.toThrow('lacks the columns ci_id, class, name');
  await expect(importCis(database, actor, given('fake.csv.gz', 'not gzip'))).rejects.toThrow('cannot be read as CSV');
});
