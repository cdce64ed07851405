import { fork, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { onServer } from '../support/on-server.ts';
import { awkwardFolder, isAlive, postmasterOf } from '../support/start-process.ts';
import { until } from '../support/until.ts';

let folder: ReturnType<typeof awkwardFolder>;

beforeEach(() => {
  folder = awkwardFolder();
});
afterEach(() => folder.remove());

/** A process that holds a server until it is killed. */
async function holder(): Promise<{ readonly url: string; kill(): Promise<void> }> {
  const child = fork(new URL('../support/hold-postgres.ts', import.meta.url), [folder.path], { execArgv: ['--import', 'tsx'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', () => reject(new Error('The holder ended instead of starting PostgreSQL.')));
  });
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function gone(pid: number): Promise<void> {
  await until(`process ${pid} is gone`, () => !isAlive(pid));
}

test('the database keeps its rows, its port and its password from one start to the next', async () => {
  const first = await launchPostgres({ dataDirectory: folder.path });
  await onServer(first.url, (client) => client.query('create table kept as select 7 as n'));
  await first.stop();
  const second = await launchPostgres({ dataDirectory: folder.path });
  expect(second.url).toBe(first.url);
  expect((await onServer(second.url, (client) => client.query('select n from kept'))).rows).toEqual([{ n: 7 }]);
  await second.stop();
});

test('the database sorts by code point, counts in UTC and listens on this machine alone', async () => {
  const server = await launchPostgres({ dataDirectory: folder.path });
  const { rows } = await onServer(server.url, (client) => client.query(
    `select current_setting('TimeZone') as zone, current_setting('listen_addresses') as listens, current_setting('server_encoding') as encoding,
      (select string_agg(x, '' order by x) from (values ('b'), ('é'), ('A'), ('中'), ('a')) t (x)) as sorted, lower('É') as lowered`,
  ));
  expect(rows).toEqual([{ zone: 'UTC', listens: '127.0.0.1', encoding: 'UTF8', sorted: 'Aabé中', lowered: 'é' }]);
  const stranger = new URL(server.url);
  stranger.password = 'guess';
  await expect(onServer(stranger.href, (client) => client.query('select 1'))).rejects.toThrow('password authentication failed');
  await server.stop();
});

test('kill -9 of the process that started the database leaves nothing running and loses nothing', async () => {
  const held = await holder();
  await onServer(held.url, (client) => client.query('create table kept as select 7 as n'));
  const postmaster = postmasterOf(folder.path)!;
  await held.kill();
  await gone(postmaster);
  const next = await launchPostgres({ dataDirectory: folder.path });
  expect((await onServer(next.url, (client) => client.query('select n from kept'))).rows).toEqual([{ n: 7 }]);
  await next.stop();
});

test('kill -9 of the database itself loses nothing that was committed', async () => {
  const held = await holder();
  await onServer(held.url, (client) => client.query('create table kept as select 7 as n'));
  const postmaster = postmasterOf(folder.path)!;
  process.kill(postmaster, 'SIGKILL');
  await held.kill();
  await gone(postmaster);
  const next = await launchPostgres({ dataDirectory: folder.path });
  expect((await onServer(next.url, (client) => client.query('select n from kept'))).rows).toEqual([{ n: 7 }]);
  await next.stop();
});

test('a process id in postmaster.pid that now belongs to a stranger does not stop the start', async () => {
  await (await launchPostgres({ dataDirectory: folder.path })).stop();
  writeFileSync(join(folder.path, 'cluster', 'postmaster.pid'), `${process.pid}\n${join(folder.path, 'cluster')}\n1\n5432\n\n127.0.0.1\n`);
  const next = await launchPostgres({ dataDirectory: folder.path });
  await next.stop();
  expect(isAlive(process.pid)).toBe(true);
});

test('a zombie of an earlier database does not stop the start', async () => {
  await (await launchPostgres({ dataDirectory: folder.path })).stop();
  // The shell becomes a sleep that never collects its ended child.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const zombie = await new Promise<number>((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))));
  await until('the child has ended', () => !isAlive(zombie));
  writeFileSync(join(folder.path, 'cluster', 'postmaster.pid'), `${zombie}\n${join(folder.path, 'cluster')}\n1\n5432\n\n127.0.0.1\n`);
  const next = await launchPostgres({ dataDirectory: folder.path });
  await next.stop();
  parent.kill();
});

test('of two first starts in one empty folder one makes the database, the other is told that it is in use', async () => {
  const outcomes = await Promise.allSettled([launchPostgres({ dataDirectory: folder.path }), launchPostgres({ dataDirectory: folder.path })]);
  const started = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(started).toHaveLength(1);
  expect(refused).toMatchObject([{ reason: { code: 'ALREADY_RUNNING' } }]);
  for (const { value } of started) await value.stop();
});

test('what a first start left that was cut short is made again', async () => {
  mkdirSync(join(folder.path, 'cluster.new', 'base'), { recursive: true });
  writeFileSync(join(folder.path, 'cluster.new', 'PG_VERSION'), '18\n');
  const server = await launchPostgres({ dataDirectory: folder.path });
  expect(readFileSync(join(folder.path, 'cluster', 'PG_VERSION'), 'utf8')).toBe('18\n');
  await server.stop();
});

test('a database made by another major version is refused in one sentence', async () => {
  mkdirSync(join(folder.path, 'cluster'), { recursive: true });
  writeFileSync(join(folder.path, 'cluster', 'PG_VERSION'), '17\n');
  await expect(launchPostgres({ dataDirectory: folder.path })).rejects.toMatchObject({
    code: 'DATABASE_NOT_STARTED', message: expect.stringContaining('was made by PostgreSQL 17; this installation has 18.'),
  });
});

test('a port that was taken in the meantime is replaced by another one', async () => {
  const first = await launchPostgres({ dataDirectory: folder.path });
  await first.stop();
  const other = awkwardFolder();
  mkdirSync(other.path, { recursive: true });
  writeFileSync(join(other.path, 'port'), new URL(first.url).port);
  const taker = await launchPostgres({ dataDirectory: other.path });
  expect(new URL(taker.url).port).toBe(new URL(first.url).port);
  const second = await launchPostgres({ dataDirectory: folder.path });
  expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
  await second.stop();
  await taker.stop();
  other.remove();
});
