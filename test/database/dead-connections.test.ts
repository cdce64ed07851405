import { afterAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer } from '../support/on-server.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { until } from '../support/until.ts';

const POOL = 3;
const database = await createTestDatabase();
const direct = new URL(database.url);
const cable = await FaultProxy.start({ host: direct.hostname || '127.0.0.1', port: Number(direct.port || 5432) });
const url = new URL(database.url);
url.hostname = '127.0.0.1';
url.port = String(cable.port);
const orm = await createOrm(url.href, ENTITIES, POOL);
afterAll(async () => {
  await orm.close(true);
  await cable.stop();
  await database.drop();
});

const asleep = async (): Promise<number> => onServer(database.url, async (client) =>
  (await client.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`)).rows[0]!.n);

/** In the middle of its transaction, so that the way out of it meets a connection that is gone. */
function transaction(): Promise<string> {
  return orm.em.fork().transactional(async (em) => {
    await em.execute('select 1');
    await em.execute('select pg_sleep(5)');
  }).then(() => 'done', (error: Error) => error.message);
}

async function answers(): Promise<unknown> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(late.resolve, 3000, 'the pool has no place');
  const answer = await Promise.race([orm.em.fork().execute<{ one: number }[]>('select 1 as one'), late.promise]);
  clearTimeout(timer);
  return answer;
}

test('LIV-04 connections that die within transactions give their places in the pool back', async () => {
  const all = Array.from({ length: POOL }, transaction);
  await until('all of the pool are at work', async () => (await asleep()) === POOL);
  cable.reset();
  expect(await Promise.all(all)).not.toContain('done');
  expect(await answers()).toEqual([{ one: 1 }]);
});

test('LIV-04 a transaction that cannot begin gives its place back', async () => {
  for (let turn = 0; turn < POOL; turn += 1) {
    await orm.em.fork().execute('select 1');
    cable.set({ loses: ['to-server'] });
    const lost = transaction();
    cable.reset();
    cable.set({});
    expect(await lost).not.toBe('done');
  }
  expect(await answers()).toEqual([{ one: 1 }]);
});

test('API-08 a backend that is ended in the middle of a transaction costs no connection of the pool', async () => {
  const desk = new Database(orm);
  for (let turn = 0; turn < 5; turn += 1) {
    const work = desk.change(SYSTEM('test'), async ({ em }) => {
      const [me] = await em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
      await onServer(database.url, (other) => other.query('select pg_terminate_backend($1)', [me!.pid]));
      await em.execute('select 1');
    });
    await expect(work).rejects.toThrow();
  }
  // With three connections for five that were ended, the next would wait for ever.
  await desk.change(SYSTEM('test'), ({ em }) => em.execute('select 1'));
}, 20_000);
