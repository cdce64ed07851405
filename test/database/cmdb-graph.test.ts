import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { graphFor } from '../../server/src/features/cmdb/cmdb-graph.service.ts';
import { impactOf } from '../../server/src/features/cmdb/cmdb-impact.service.ts';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { openCmdb, REGISTER } from '../support/cmdb-desk.ts';

const desk = await openCmdb();
const { database, keeper } = desk;
const other = await createOrm(desk.url, ENTITIES);
afterAll(async () => {
  await other.close(true);
  await desk.close();
});
/** Reached by another process: it has a pool, and so a graph, of its own. */
const elsewhere = async (name: string) => (await impactOf(other.em.fork(), { ciIds: [desk.idOf(name)], direction: 'impact' })).nodes.map(({ ciId }) => desk.nameOf(ciId)).toSorted();

test('CMDB-04 what one process relates, ends or makes redundant, every process walks at once', async () => {
  for (const name of ['a', 'b', 'c']) await desk.register(name, 'device');
  expect([await desk.reached('a'), await elsewhere('a')]).toEqual([[], []]);
  const first = await desk.relate('b depends_on a');
  expect([await desk.reached('a'), await elsewhere('a')]).toEqual([['b'], ['b']]);
  await desk.relate('c depends_on b', 'c depends_on a');
  await desk.needs('c', 'depends_on', 1);
  expect([await desk.reached('b'), await elsewhere('b')]).toEqual([[], []]);
  await desk.needs('c', 'depends_on', null);
  expect(await elsewhere('b')).toEqual(['c']);
  desk.later(1000);
  await desk.end(first);
  expect([await desk.reached('a'), await elsewhere('a')]).toEqual([['c'], ['c']]);
});

test('CMDB-04 the graph is kept and brought up to date, not read again', async () => {
  const before = await graphFor(database.em);
  await desk.register('d', 'device');
  await desk.relate('d depends_on a');
  const after = await graphFor(database.em);
  expect([after === before, await elsewhere('a')]).toEqual([true, ['c', 'd']]);
});

test('CMDB-04 a command sees its own relations before they are committed, nobody else ever does if it fails', async () => {
  await desk.register('e', 'device');
  const seen: string[][] = [];
  const failing = database.change(keeper, async (change) => {
    await relateCis(change, { sourceId: desk.idOf('e'), type: 'depends_on', targetId: desk.idOf('a'), authorisation: REGISTER });
    await change.em.flush();
    seen.push((await impactOf(change.em, { ciIds: [desk.idOf('a')], direction: 'impact' })).nodes.map(({ ciId }) => desk.nameOf(ciId)).toSorted());
    seen.push(await elsewhere('a'));
    throw new Error('taken back');
  });
  await expect(failing).rejects.toThrow('taken back');
  expect(seen).toEqual([['c', 'd', 'e'], ['c', 'd']]);
  expect([await desk.reached('a'), await elsewhere('a')]).toEqual([['c', 'd'], ['c', 'd']]);
  await desk.relate('e depends_on a');
  expect([await desk.reached('a'), await elsewhere('a')]).toEqual([['c', 'd', 'e'], ['c', 'd', 'e']]);
});

test('CMDB-04 many asking at once while relations come get whole answers', async () => {
  await desk.register('hub', 'device');
  const names = Array.from({ length: 12 }, (_, index) => `spoke-${String(index).padStart(2, '0')}`);
  for (const name of names) await desk.register(name, 'device');
  const asked: Promise<string[]>[] = [];
  for (const name of names) {
    await desk.relate(`${name} depends_on hub`);
    asked.push(elsewhere('hub'), desk.reached('hub'), elsewhere('hub'));
  }
  for (const answer of await Promise.all(asked)) expect(answer).toEqual(names.slice(0, answer.length));
  expect([await desk.reached('hub'), await elsewhere('hub')]).toEqual([names, names]);
});

test('CMDB-03 an item of another class whose failures travel otherwise is walked anew by every process', async () => {
  await desk.register('line', 'device');
  await desk.register('far', 'device');
  await desk.relate('far connected_to line');
  expect(await elsewhere('line')).toEqual([]);
  await desk.alter('line', { class: 'network-device' });
  await desk.alter('far', { class: 'server' });
  expect([await desk.reached('line'), await elsewhere('line')]).toEqual([['far'], ['far']]);
});
