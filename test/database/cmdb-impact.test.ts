import { afterAll, beforeEach, expect, test } from 'vitest';
import { CiEntity, CiRedundancyEntity, CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { impactOf } from '../../server/src/features/cmdb/cmdb-impact.service.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { openDatabase } from '../support/open-database.ts';

const { database, time, close } = await openDatabase();
afterAll(close);

const T0 = Date.parse('2026-03-02T01:00:00Z');
let ids: Record<string, string> = {};
const nameOf = (id: string) => Object.entries(ids).find(([, one]) => one === id)?.[0] ?? id;

beforeEach(() => {
  ids = {};
  time.current = T0;
});

async function cis(...names: string[]) {
  const em = database.em;
  for (const name of names) {
    ids[name] = newId();
    em.create(CiEntity, { id: ids[name], externalId: null, class: 'device', name, status: 'active', customerId: null, ownerName: null, site: null, attributes: {}, createdAt: time.current, updatedAt: time.current });
  }
  await em.flush();
}

/** `web depends_on db` and so on. */
async function relate(...lines: string[]) {
  const em = database.em;
  for (const line of lines) {
    const [source = '', type = '', target = ''] = line.split(' ');
    em.create(CiRelationEntity, { id: newId(), sourceId: ids[source]!, type, targetId: ids[target]!, createdAt: time.current });
  }
  await em.flush();
}

async function needs(name: string, type: string, required: number) {
  const em = database.em;
  em.create(CiRedundancyEntity, { id: newId(), ciId: ids[name]!, type, required, validFrom: time.current, validTo: null });
  await em.flush();
}

async function reached(name: string, more: Partial<Parameters<typeof impactOf>[1]> = {}) {
  const { nodes, ...rest } = await impactOf(database.em, { ciIds: [ids[name]!], direction: 'impact', ...more });
  return { nodes: Object.fromEntries(nodes.map(({ ciId, depth, path }) => [nameOf(ciId), [depth, path.map(nameOf).join(' ')]])), ...rest, spared: rest.spared.map((one) => ({ ...one, ciId: nameOf(one.ciId) })) };
}

test('CMDB-04 a failure reaches all that rests on it, to any depth and with the path, and what one rests on is the way back', async () => {
  await cis('erp', 'db', 'vm', 'host', 'feed');
  await relate('erp depends_on db', 'db runs_on vm', 'vm runs_on host', 'host powered_by feed');
  expect((await reached('feed')).nodes).toEqual({ host: [1, 'feed host'], vm: [2, 'feed host vm'], db: [3, 'feed host vm db'], erp: [4, 'feed host vm db erp'] });
  expect((await reached('erp', { direction: 'dependency' })).nodes).toEqual({ db: [1, 'erp db'], vm: [2, 'erp db vm'], host: [3, 'erp db vm host'], feed: [4, 'erp db vm host feed'] });
  expect((await reached('erp')).nodes).toEqual({});
});

test('CMDB-03 CMDB-04 cycles are legal and end: everybody in it is reached once', async () => {
  await cis('a', 'b', 'c');
  await relate('a depends_on b', 'b depends_on c', 'c depends_on a', 'a depends_on a');
  expect((await reached('a')).nodes).toEqual({ c: [1, 'a c'], b: [2, 'a c b'] });
});

test('CMDB-04 a cluster that needs 2 of 3 members stands after one failed and falls after two', async () => {
  await cis('app', 'cluster', 'n1', 'n2', 'n3', 'rack');
  await relate('n1 member_of cluster', 'n2 member_of cluster', 'n3 member_of cluster', 'app runs_on cluster', 'n1 installed_in rack', 'n2 installed_in rack');
  await needs('cluster', 'member_of', 2);
  const one = await reached('n1');
  expect([one.nodes, one.spared]).toEqual([{}, [{ ciId: 'cluster', type: 'member_of', required: 2, has: 3, failed: 1 }]]);
  const two = await reached('rack');
  expect(Object.keys(two.nodes).toSorted()).toEqual(['app', 'cluster', 'n1', 'n2']);
  expect([['rack n1 cluster app', 'rack n2 cluster app'].includes(String(two.nodes['app']?.[1])), two.nodes['app']?.[0], two.spared]).toEqual([true, 3, []]);
});
