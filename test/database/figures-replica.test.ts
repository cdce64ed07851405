import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { startServer } from '../../server/src/app/server.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { createOrm, type Orm } from '../../server/src/platform/db/orm.ts';
import { ReadReplica } from '../../server/src/platform/db/read-replica.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { onServer, urlOf } from '../support/on-server.ts';
import { PlainDesk } from '../support/plain-desk.ts';
import { streamingPair, type StreamingPair } from '../support/streaming-pair.ts';
import { until } from '../support/until.ts';

let pair: StreamingPair;
let primary: Database;
let replica: Orm;
let desk: PlainDesk;
let reader: ReadReplica;

beforeAll(async () => {
  pair = await streamingPair();
  primary = new Database(await createOrm(pair.primaryUrl, ENTITIES));
  await seedPolicy(primary);
  desk = await PlainDesk.open(primary);
  replica = await createOrm(pair.replicaUrl, ENTITIES, 2);
  reader = await freshReader();
});
afterAll(async () => {
  await replica?.close(true);
  await primary?.orm.close(true);
  await pair?.stop();
});

/** One that has not been disappointed yet. */
async function freshReader(): Promise<ReadReplica> {
  let seen = await primary.em.execute<{ epoch: string; seq: number }[]>('select epoch, seq::float8 as seq from event_log_head');
  primary.onCommit((seq) => (seen = [{ epoch: seen[0]!.epoch, seq }]));
  return new ReadReplica(primary, replica, () => seen[0]!);
}

interface Answer { readonly from: 'replica' | 'primary'; readonly tickets: number }

const question = async (database: Database): Promise<Answer> => (await database.em.execute<Answer[]>(
  `select case when pg_is_in_recovery() then 'replica' else 'primary' end as from, (select count(*)::int from ticket) as tickets`,
))[0]!;
const asked = (): Promise<Answer> => reader.read(question);
const onReplica = (sql: string) => onServer(pair.replicaUrl, (client) => client.query(sql));

test('MET-03 figures come from the replica and hold every change that this process has committed', async () => {
  for (let turn = 1; turn <= 20; turn += 1) {
    await desk.open();
    expect(await asked()).toEqual({ from: 'replica', tickets: turn });
  }
});

test('"now" is the primary\'s clock also on the replica (D-19)', async () => {
  const [before, there, after] = [await primary.now(), await reader.read((database) => database.now()), await primary.now()];
  expect(there).toBeGreaterThanOrEqual(before);
  expect(there).toBeLessThanOrEqual(after);
});

test('MET-03 while the replica is behind, the primary answers with what the replica lacks; caught up, the replica does again', async () => {
  reader = await freshReader();
  await onReplica('select pg_wal_replay_pause()');
  const { tickets } = await question(primary);
  await desk.open();
  expect(await asked()).toEqual({ from: 'primary', tickets: tickets + 1 });
  expect(await asked()).toEqual({ from: 'primary', tickets: tickets + 1 });
  await onReplica('select pg_wal_replay_resume()');
  await until('the replica is asked again', async () => (await asked()).from === 'replica');
  expect((await asked()).tickets).toBe(tickets + 1);
});

test('a replica that goes away in the middle of a question, or refuses it, costs the asker nothing but time', async () => {
  reader = await freshReader();
  const interrupted = await reader.read(async (database) => {
    const { from } = await question(database);
    if (from === 'replica') await pair.stopReplica();
    return question(database);
  });
  expect(interrupted.from).toBe('primary');
  reader = await freshReader();
  expect((await asked()).from).toBe('primary');
  await pair.startReplica();
  await until('the replica is asked again', async () => (await asked()).from === 'replica');
});

test('what somebody names as the replica, but holds another log, is never read', async () => {
  await onServer(pair.primaryUrl, (client) => client.query('create database stranger'));
  const url = urlOf(pair.primaryUrl, 'stranger');
  await migrate(url);
  const strange = await createOrm(url, ENTITIES, 2);
  const head = (await primary.em.execute<{ epoch: string; seq: number }[]>('select epoch, seq::float8 as seq from event_log_head'))[0]!;
  const stranger = new ReadReplica(primary, strange, () => ({ ...head, seq: 0 }));
  const database = await stranger.read((one) => one.em.execute<{ name: string }[]>('select current_database() as name'));
  expect(database).toEqual([{ name: 'watchfloor' }]);
  await strange.close(true);
});

test('MET-01 a server with a replica reads the metrics page there, and says as of when', async () => {
  const server = await startServer({ databaseUrl: pair.primaryUrl, replicaUrl: pair.replicaUrl, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
  const users = async () => (await onServer(pair.replicaUrl, (client) => client.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = 'watchfloor' and query not like '%from ticket%' and pid <> pg_backend_pid()`,
  ))).rows.map(({ pid }) => pid);
  const before = await users();
  try {
    const token = (await desk.token({ scopes: ['metrics.read'] })).plain;
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ metrics(section: INCIDENTS) { asOf figures { key } } }' }),
    });
    const { data } = (await answer.json()) as { data: { metrics: { asOf: string; figures: object[] } } };
    expect(data.metrics.figures.length).toBeGreaterThan(5);
    expect(Math.abs(Date.parse(data.metrics.asOf) - (await primary.now()))).toBeLessThan(60_000);
    expect((await users()).filter((pid) => !before.includes(pid))).not.toEqual([]);
  } finally {
    await server.close();
  }
});
