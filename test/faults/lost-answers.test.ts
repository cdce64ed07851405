import { performance } from 'node:perf_hooks';
import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { createTestDatabase } from '../support/database.ts';
import { BOTH_WAYS, FaultProxy } from '../support/fault-proxy.ts';

const database = await createTestDatabase();
const direct = new URL(database.url);
const cable = await FaultProxy.start({ host: direct.hostname || '127.0.0.1', port: Number(direct.port || 5432) });
const url = new URL(database.url);
url.hostname = '127.0.0.1';
url.port = String(cable.port);
const orm = await createOrm(url.href, ENTITIES, 4);
afterAll(async () => {
  await orm.close(true);
  await cable.stop();
  await database.drop();
});

const ask = (sql = 'select 1 as one') => orm.em.fork().execute<{ one: number }[]>(sql);
const seconds = async (work: Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work;
  return (performance.now() - began) / 1000;
};

test.each([['the question', 'to-server'], ['the answer', 'to-client']] as const)('LIV-04 %s is lost on the way: it fails within seconds of the mending, and the next one is answered', async (_what, direction) => {
  await ask();
  cable.set({ loses: [direction] });
  const lost = ask().then(() => 'answered', () => 'failed');
  await new Promise((done) => setTimeout(done, 1700));
  cable.set({});
  const took = await seconds(lost);
  console.log(`a connection whose ${direction === 'to-server' ? 'question' : 'answer'} was lost is ended ${took.toFixed(1)} s after the mending`);
  expect(await lost).toBe('failed');
  expect(took).toBeLessThan(4);
  expect(await ask()).toEqual([{ one: 1 }]);
});

test('LIV-04 connections that knocked in vain do not keep the pool full', async () => {
  const fresh = await createOrm(url.href, ENTITIES, 2);
  cable.set({ loses: BOTH_WAYS });
  const lost = [1, 2].map(() => fresh.em.fork().execute('select 1').then(() => 'answered', () => 'failed'));
  await new Promise((done) => setTimeout(done, 1500));
  cable.set({});
  const took = await seconds(Promise.all(lost));
  console.log(`the pool is free ${took.toFixed(1)} s after the mending`);
  expect(took).toBeLessThan(4);
  expect(await fresh.em.fork().execute('select 1 as one')).toEqual([{ one: 1 }]);
  await fresh.close(true);
});

test('LIV-04 a question that takes its time is let be', async () => {
  expect(await ask('select 1 as one from pg_sleep(2.5)')).toEqual([{ one: 1 }]);
});

test('LIV-04 an answer that is only late comes whole', async () => {
  await ask();
  cable.set({ holds: BOTH_WAYS });
  const held = ask();
  await new Promise((done) => setTimeout(done, 2200));
  cable.set({});
  expect(await held).toEqual([{ one: 1 }]);
});
