import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { exportRegister } from '../../server/src/features/cmdb/cmdb-register-export.service.ts';
import { readTable, writeWorkbook } from '../../server/src/features/cmdb/cmdb-register-file.service.ts';
import { applyRegister, comparisonOf, discardRegister, proposeRegister, type RegisterDecision } from '../../server/src/features/cmdb/cmdb-register-import.service.ts';
import type { CiAuthorisation } from '../../server/src/features/cmdb/cmdb.rules.ts';
import { importCis, importConnections, importRelations } from '../../server/src/features/import/import-cmdb.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, close } = await openDatabase();
afterAll(() => close());
const actorOf = (role: string, customerId: string | null = null): Actor => ({
  kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: role, origin: 'test', teamIds: [], customerId: null,
  grants: [{ role, permissions: permissionsOfRole(role), customerId, teamId: null }],
});
const manager = actorOf('configuration-manager');
const admin = actorOf('administrator');
const real = (name: string) => ({ path: fileURLToPath(new URL(`../../server/data/${name}`, import.meta.url)), source: 'register' });
const customers: Record<string, string> = {};

const propose = (kind: string, text: string, customerId: string | null = null, actor = manager) =>
  proposeRegister(database, actor, { kind, fileName: 'register.csv', content: Buffer.from(text), customerId });
const look = async (id: string) => {
  const found = await comparisonOf(database, manager, id);
  if (!found) throw new Error('no such file');
  return found;
};
const apply = async (id: string, over: Partial<RegisterDecision> = {}, actor = manager) => {
  const { file, digest } = await look(id);
  return applyRegister(database, actor, { id, expectedVersion: file.version, digest, retireGone: false, exceptionReason: null, authorise: null, ...over });
};
const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));
const ciOf = async (key: string) => (await database.em.execute<{ id: string; name: string; life: string; model: string | null; version: number }[]>('select id, name, life, model, version from ci where external_id = ?', [key]))[0];

beforeAll(async () => {
  await seedPolicy(database);
  await importCis(database, SYSTEM('import'), real('cmdb_ci.csv.gz'));
  await importRelations(database, SYSTEM('import'), real('cmdb_relations.csv.gz'));
  await importConnections(database, SYSTEM('import'), real('cmdb_port_connections.csv.gz'));
  for (const name of ['Acme', 'Borealis']) customers[name] = (await createCustomer(database, SYSTEM('test'), { name, fullName: `${name} Ltd`, timeZone: 'Asia/Shanghai' })).id;
});

describe('CMDB-07 export and back again', () => {
  test.each([['ci', 'csv', 431], ['ci', 'xlsx', 431], ['servers', 'csv', 180], ['servers', 'xlsx', 180], ['ports', 'csv', 108], ['ports', 'xlsx', 108]])(
    'CMDB-07 %s as %s comes back without a difference', async (kind, format, lines) => {
      for (const language of ['zh-CN', 'en']) {
        const file = await exportRegister(database.em, manager, { kind, format, language, filter: {} });
        const content = typeof file.content === 'string' ? Buffer.from(file.content) : Buffer.from(file.content);
        const { counts } = await look(await proposeRegister(database, manager, { kind, fileName: file.fileName, content, customerId: null }));
        expect(counts).toEqual({ new: 0, changed: 0, controlled: 0, gone: 0, refused: 0, same: lines });
      }
    },
  );

  test('CMDB-07 the files carry their names and the titles of the handbook', async () => {
    const file = await exportRegister(database.em, manager, { kind: 'ports', format: 'csv', language: 'zh-CN', filter: {} });
    expect(file.fileName).toBe('端口连接表.csv');
    expect(String(file.content).split('\r\n')[0]).toBe('\uFEFF线缆,A端编号,A端名称,A端端口,B端编号,B端名称,B端端口,线缆类型,状态');
  });

  test("ORG-03 CMDB-07 a customer's scope exports only its own", async () => {
    const file = await exportRegister(database.em, actorOf('configuration-manager', customers['Acme']), { kind: 'ci', format: 'csv', language: 'en', filter: {} });
    expect(String(file.content).trim().split('\r\n')).toHaveLength(1);
    expect(await refusal(exportRegister(database.em, actorOf('sales'), { kind: 'ci', format: 'csv', language: 'en', filter: {} }))).toBe('FORBIDDEN');
  });

  test('CMDB-07 a cell never runs in a spreadsheet, and comes back as it was', async () => {
    const name = '=HYPERLINK("http://evil","x")';
    await apply(await propose('ci', `key,class,name,life\nrun-1,other,"${name.replaceAll('"', '""')}",in-stock`, customers['Acme'] ?? null));
    const file = await exportRegister(database.em, manager, { kind: 'ci', format: 'csv', language: 'en', filter: { customerIds: [customers['Acme'] ?? ''] } });
    expect(String(file.content)).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
    const again = await look(await proposeRegister(database, manager, { kind: 'ci', fileName: 'again.csv', content: Buffer.from(String(file.content)), customerId: customers['Acme'] ?? null }));
    expect(again.counts).toMatchObject({ same: 1, changed: 0 });
  });
});

describe('CMDB-06 CMDB-07 differences are shown first', () => {
  test('CMDB-07 new, changed, controlled, gone and refused lines are told apart, and nothing is written', async () => {
    await apply(await propose('ci', 'key,class,name,life\nb-1,server,spare,in-stock\nb-2,server,live,in-use\nb-3,server,left,in-stock', customers['Borealis'] ?? null));
    const before = await database.em.execute('select id, version from ci order by id');
    const { differences, counts } = await look(await propose(
      'ci', '编号,类别,名称,状态,型号\nb-1,服务器,spare,库存,R740\nb-2,server,live,在用,R740\nb-4,server,fourth,在用,\nb-5,spaceship,x,在用,\nb-4,server,twice,在用,\ndevice-1,device,theirs,在用,\nb-6,server,x,broken,', customers['Borealis'] ?? null,
    ));
    expect(counts).toEqual({ new: 1, changed: 1, controlled: 1, gone: 1, refused: 4, same: 0 });
    expect(differences.map(({ line, key, outcome }) => [line, key, outcome])).toEqual([
      [2, 'b-1', 'changed'], [3, 'b-2', 'controlled'], [4, 'b-4', 'new'], [5, 'b-5', 'refused'], [6, 'b-4', 'refused'], [7, 'device-1', 'refused'], [8, 'b-6', 'refused'], [null, 'b-3', 'gone'],
    ]);
    expect(differences[1]?.changes).toEqual([{ field: 'model', before: '', after: 'R740' }]);
    expect(differences[6]?.reason).toContain('"life" must be one of ordered, in-stock, in-use');
    expect(await database.em.execute('select id, version from ci order by id')).toEqual(before);
  });

  test('CMDB-07 a file with a refused line is not taken over at all', async () => {
    const id = await propose('ci', 'key,class,name\nhalf-1,server,good\nhalf-2,spaceship,bad', customers['Borealis'] ?? null);
    expect(await refusal(apply(id))).toBe('IMPORT_ROW_INVALID');
    expect(await ciOf('half-1')).toBeUndefined();
  });

  test('CMDB-06 a controlled item is not altered without a change or an exception; the refusal names it', async () => {
    const id = await propose('ci', 'key,class,name,model\nb-1,server,spare,R1\nb-2,server,live,R2', customers['Borealis'] ?? null);
    await expect(apply(id)).rejects.toMatchObject({ code: 'UNAUTHORISED', field: 'changeNumber', detail: { keys: ['b-2'] } });
    expect([(await ciOf('b-1'))?.model, (await ciOf('b-2'))?.model]).toEqual([null, null]);
  });

  test('CMDB-06 an exception needs cmdb.control and a reason, and is recorded', async () => {
    const id = await propose('ci', 'key,class,name,model\nb-2,server,live,R2', customers['Borealis'] ?? null);
    expect(await refusal(apply(id, { exceptionReason: 'wrong since the move' }, admin))).toBe('FORBIDDEN');
    expect(await refusal(apply(id, { exceptionReason: '   ' }))).toBe('UNAUTHORISED');
    await apply(id, { exceptionReason: 'wrong since the move' });
    expect((await ciOf('b-2'))?.model).toBe('R2');
    expect(await database.em.execute('select reason from ci_exception')).toEqual([{ reason: 'wrong since the move' }]);
    expect((await look(id)).file).toMatchObject({ state: 'applied', authorisedBy: 'wrong since the move', decidedByName: 'configuration-manager' });
  });

  test('CMDB-06 a change is ground for the items that it names and for no other', async () => {
    const ci = await ciOf('b-2');
    const ground = (ciIds: string[]) => async (): Promise<CiAuthorisation> => ({ kind: 'change', ticketId: '00000000-0000-4000-8000-000000000002', number: 'CHG-0000042', ciIds });
    const id = await propose('ci', 'key,class,name,model\nb-2,server,live,R3', customers['Borealis'] ?? null);
    expect(await refusal(apply(id, { authorise: ground([]) }))).toBe('UNAUTHORISED');
    await apply(id, { authorise: ground([ci?.id ?? '']) });
    expect((await look(id)).file.authorisedBy).toBe('CHG-0000042');
    expect((await ciOf('b-2'))?.model).toBe('R3');
  });

  test('CMDB-07 what was shown is what is applied: when the register moved on, it is shown anew', async () => {
    const first = await propose('ci', 'key,class,name,model\nb-1,server,spare,A', customers['Borealis'] ?? null);
    const second = await propose('ci', 'key,class,name,model\nb-1,server,spare,B', customers['Borealis'] ?? null);
    const { file, digest } = await look(second);
    await apply(first);
    const late = applyRegister(database, manager, { id: second, expectedVersion: file.version, digest, retireGone: false, exceptionReason: null, authorise: null });
    await expect(late).rejects.toMatchObject({ code: 'STALE_VERSION', field: 'digest' });
    await apply(second);
    expect((await ciOf('b-1'))?.model).toBe('B');
    expect(await refusal(apply(second))).toBe('ALREADY_DONE');
  });

  test('CMDB-07 what the file lacks is retired only when that is asked for', async () => {
    const text = 'key,class,name\nb-1,server,spare\nb-2,server,live';
    await apply(await propose('ci', text, customers['Borealis'] ?? null));
    expect((await ciOf('b-3'))?.life).toBe('in-stock');
    await apply(await propose('ci', text, customers['Borealis'] ?? null), { retireGone: true });
    expect((await ciOf('b-3'))?.life).toBe('retired');
  });

  test('CMDB-07 a file that was put aside is not taken over', async () => {
    const id = await propose('ci', 'key,class,name,model\nb-1,server,spare,Z', customers['Borealis'] ?? null);
    await discardRegister(database, manager, { id, expectedVersion: 1 });
    expect(await refusal(apply(id))).toBe('ALREADY_DONE');
    expect((await look(id)).counts.changed).toBe(1);
  });

  test('ORG-03 CMDB-07 who keeps one customer cannot give, see or apply files of another', async () => {
    const other = actorOf('configuration-manager', customers['Acme']);
    const id = await propose('ci', 'key,class,name,model\nb-1,server,spare,Y', customers['Borealis'] ?? null);
    expect(await refusal(propose('ci', 'key,class,name\nx,server,x', customers['Borealis'] ?? null, other))).toBe('FORBIDDEN');
    expect(await refusal(propose('ci', 'key,class,name\nx,server,x', null, other))).toBe('FORBIDDEN');
    expect(await refusal(comparisonOf(database, other, id))).toBe('NOT_FOUND');
    expect(await refusal(apply(id, {}, other))).toBe('NOT_FOUND');
    expect(await refusal(propose('ci', 'key,class,name\nx,server,x', null, actorOf('engineer')))).toBe('FORBIDDEN');
  });
});

describe('CMDB-07 the port connection table', () => {
  const HEAD = '线缆,A端编号,A端端口,B端编号,B端端口,线缆类型,状态';

  test('CMDB-07 a cable is recorded with its relation, and ended with it', async () => {
    await apply(await propose('ci', 'key,class,name,life\np-1,network-device,sw1,in-stock\np-2,network-device,sw2,in-stock', customers['Acme'] ?? null));
    const relations = () => database.em.execute<{ n: number }[]>(`select count(*)::int as n from ci_relation r join ci c on c.id = r.source_id where c.external_id in ('p-1', 'p-2')`);
    await apply(await propose('ports', `${HEAD}\nk1,p-1,ge1,p-2,ge1,cat6,connected\nk2,p-1,ge2,p-2,ge2,,`, customers['Acme'] ?? null));
    expect(await relations()).toEqual([{ n: 1 }]);
    const turned = await look(await propose('ports', `${HEAD}\nk1,p-2,ge1,p-1,ge1,cat6,connected\nk2,p-1,ge2,p-2,ge2,fibre,connected`, customers['Acme'] ?? null));
    expect(turned.counts).toMatchObject({ same: 1, changed: 1, new: 0, gone: 0 });
    await apply(await propose('ports', `${HEAD}\nk1,p-1,ge1,p-2,ge1,cat6,connected`, customers['Acme'] ?? null), { retireGone: true });
    expect(await relations()).toEqual([{ n: 1 }]);
    await apply(await propose('ports', `${HEAD}\nk9,p-1,ge9,p-2,ge9,,`, customers['Acme'] ?? null), { retireGone: true });
    expect(await database.em.execute(`select cable from port_connection p join ci on ci.id = p.a_ci_id where ci.customer_id = ?`, [customers['Acme']])).toEqual([{ cable: 'k9' }]);
  });

  test('CMDB-06 CMDB-07 a cable at a controlled item needs a ground', async () => {
    const id = await propose('ports', `${HEAD}\nnew-cable,device-1,Gi9,device-14,Gi9,,`);
    expect((await look(id)).counts.controlled).toBe(1);
    expect(await refusal(apply(id))).toBe('UNAUTHORISED');
    await apply(id, { exceptionReason: 'cabled at night, recorded late' });
  });

  test('CMDB-07 an unknown end, an empty port and the same item at both ends are refused', async () => {
    const { differences } = await look(await propose('ports', `${HEAD}\na,nobody,1,device-1,2,,\nb,device-1,,device-14,1,,\nc,device-1,1,device-1,2,,\nd,device-1,x,device-14,x,,\nd,device-14,x,device-1,x,,`));
    expect(differences.filter(({ line }) => line !== null).map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'controlled', 'refused']);
  });
});

describe('CMDB-07 files that are none', () => {
  test.each([
    ['an empty file', '', 'MISSING_FIELD'], ['an unknown column', 'key,class,name,colour\n1,server,x,red', 'INVALID_INPUT'], ['no name column', 'key,class\n1,server', 'MISSING_FIELD'],
    ['a column twice', 'key,class,name,名称\n1,server,x,y', 'INVALID_INPUT'], ['no line', 'key,class,name', 'INVALID_INPUT'], ['broken quotes', 'key,class,name\n1,server,"x', 'INVALID_INPUT'],
    ['too many lines', `key,class,name\n${'1,server,x\n'.repeat(5001)}`, 'TOO_LARGE'],
  ])('CMDB-07 %s is refused', async (_what, text, code) => {
    expect(await refusal(propose('ci', text))).toBe(code);
  });

  test('CMDB-07 a workbook that is none, or that unpacks to too much, is refused', async () => {
    const give = (content: Buffer) => proposeRegister(database, manager, { kind: 'ci', fileName: 'x.xlsx', content, customerId: null });
    expect(await refusal(give(Buffer.from('not a workbook')))).toBe('INVALID_INPUT');
    const bomb = await writeWorkbook('x', [['key', 'class', 'name'], ['1', 'server', 'x']]);
    bomb.writeUInt32LE(4_000_000_000, bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(await refusal(give(bomb))).toBe('TOO_LARGE');
    expect(await refusal(proposeRegister(database, manager, { kind: 'ci', fileName: 'x.pdf', content: Buffer.from('x'), customerId: null }))).toBe('INVALID_INPUT');
  });

  test('CMDB-07 GB 18030, as Chinese spreadsheets write it, is understood', async () => {
    const gb = Buffer.concat([Buffer.from('key,class,name\n1,server,'), Buffer.from([0xba, 0xcb, 0xd0, 0xc4])]);
    expect(await readTable('x.csv', gb)).toEqual([['key', 'class', 'name'], ['1', 'server', '核心']]);
  });
});
