import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../../server/src/exit-codes.ts';
import { readRunningNote } from '../../server/src/platform/db/embedded/running-note.ts';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { createTestDatabase } from '../support/database.ts';
import { onServer, urlOf } from '../support/on-server.ts';
import { awkwardFolder, isAlive, postmasterOf, startBelowShell, startProcess, type StartProcess } from '../support/start-process.ts';
import { until } from '../support/until.ts';

let folder: ReturnType<typeof awkwardFolder>;
let dataDirectory: string;

beforeEach(() => {
  folder = awkwardFolder();
  dataDirectory = folder.path;
});
afterEach(() => folder.remove());

function postmaster(): number {
  return postmasterOf(join(dataDirectory, 'postgres'))!;
}

async function nothingRuns(pids: readonly number[]): Promise<void> {
  await until('nothing that was started is still running', () => !pids.some(isAlive));
}

/** One sentence, never a trace of the code. */
function expectSentence(start: StartProcess, sentence: string): void {
  expect(start.said()).toContain(sentence);
  expect(start.said()).not.toMatch(/\n\s+at /);
}

/** A row that only a surviving database still has. */
async function leaveMark(): Promise<void> {
  await onServer(readRunningNote(dataDirectory)!.databaseUrl!, (client) => client.query('create table mark as select 7 as n'));
}

async function expectMark(): Promise<void> {
  const { rows } = await onServer(readRunningNote(dataDirectory)!.databaseUrl!, (client) => client.query('select n from mark'));
  expect(rows).toEqual([{ n: 7 }]);
}

test('Ctrl-C ends everything with 0, and the next start keeps what was there', async () => {
  const first = startProcess({ dataDirectory });
  expect((await fetch(await first.address())).status).toBe(200);
  expect(first.said()).toContain('The administrator is');
  await leaveMark();
  const pids = [first.child.pid!, postmaster()];
  first.kill('SIGINT');
  expect(await first.end()).toBe(EXIT.OK);
  await nothingRuns(pids);
  const second = startProcess({ dataDirectory });
  await second.address();
  expect(second.said()).not.toContain('The administrator is');
  await expectMark();
  second.kill('SIGTERM');
  expect(await second.end()).toBe(EXIT.OK);
});

test('Ctrl-C while it is still starting ends everything with 0', async () => {
  const start = startProcess({ dataDirectory });
  await until('the database runs', () => readRunningNote(dataDirectory)?.databaseUrl != null);
  const pids = [start.child.pid!, postmaster()];
  start.kill('SIGINT');
  expect(await start.end()).toBe(EXIT.OK);
  await nothingRuns(pids);
});

test('a second start in the same folder prints the running address and ends with 3', async () => {
  const first = startProcess({ dataDirectory });
  const address = await first.address();
  const second = startProcess({ dataDirectory });
  expect(await second.end()).toBe(EXIT.ALREADY_RUNNING);
  expect(EXIT.ALREADY_RUNNING).toBe(3);
  expectSentence(second, `Watchfloor is already running at ${address} (process ${first.child.pid}), with its data in ${dataDirectory}.`);
  expect((await fetch(address)).status).toBe(200);
  first.kill('SIGINT');
  await first.end();
});

test('kill -9 leaves nothing running, loses nothing, and the next start takes the folder over', async () => {
  const first = startProcess({ dataDirectory });
  await first.address();
  await leaveMark();
  const pids = [first.child.pid!, postmaster()];
  first.kill('SIGKILL');
  expect(await first.end()).toBe('SIGKILL');
  const second = startProcess({ dataDirectory });
  await second.address();
  await nothingRuns(pids);
  await expectMark();
  second.kill('SIGINT');
  expect(await second.end()).toBe(EXIT.OK);
});

test('kill -9 of the package manager that runs it leaves nothing running', async () => {
  const shell = startBelowShell({ dataDirectory });
  await shell.address();
  const pids = [readRunningNote(dataDirectory)!.pid, postmaster()];
  expect(pids).not.toContain(shell.child.pid);
  shell.kill('SIGKILL');
  await nothingRuns(pids);
});

test('a first start that was killed while it filled the database is done again', async () => {
  const database = await createTestDatabase();
  await onServer(database.url, async (client) => {
    await client.query(`insert into person (id, name, email, created_at) values (gen_random_uuid(), 'Half', 'half@example.org', now())`);
    await client.query(`comment on table event_log_head is 'seeding unfinished'`);
  });
  const start = startProcess({ dataDirectory, environment: { DATABASE_URL: database.url } });
  await start.address();
  const { rows } = await onServer(database.url, (client) => client.query("select count(*)::int as n from person where name = 'Half'"));
  expect(rows).toEqual([{ n: 0 }]);
  start.kill('SIGINT');
  expect(await start.end()).toBe(EXIT.OK);
  await database.drop();
});

test('a port in use is said before anything is made', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const start = startProcess({ dataDirectory, environment: { PORT: String(port) } });
  expect(await start.end()).toBe(EXIT.PORT_IN_USE);
  expectSentence(start, `Port ${port} is used by another program.`);
  expect(postmaster()).toBeNull();
  server.close();
});

test('a DATABASE_URL where nothing answers is named, without its password', async () => {
  const start = startProcess({ dataDirectory, environment: { DATABASE_URL: 'postgres://noc:hidden@127.0.0.1:1/noc' } });
  expect(await start.end()).toBe(EXIT.DATABASE_UNREACHABLE);
  expectSentence(start, 'No PostgreSQL answers at 127.0.0.1:1 (connection refused). Start it, or correct DATABASE_URL.');
  expect(start.said()).not.toContain('hidden');
});

test('a wrong password and a missing database are refused by name', async () => {
  const server = await launchPostgres({ dataDirectory: join(folder.path, 'other') });
  const url = new URL(server.url);
  url.password = 'wrong';
  const password = startProcess({ dataDirectory, environment: { DATABASE_URL: url.href } });
  expect(await password.end()).toBe(EXIT.DATABASE_REFUSED);
  expectSentence(password, 'refuses database "watchfloor": password authentication failed for user "watchfloor".');
  const missing = startProcess({ dataDirectory, environment: { DATABASE_URL: urlOf(server.url, 'absent') } });
  expect(await missing.end()).toBe(EXIT.DATABASE_REFUSED);
  expectSentence(missing, 'refuses database "absent": database "absent" does not exist.');
  await server.stop();
});

test('a database of a newer Watchfloor is left alone', async () => {
  const database = await createTestDatabase();
  await onServer(database.url, (client) => client.query(`insert into migration (name) values ('9999-from-the-future')`));
  const start = startProcess({ dataDirectory, environment: { DATABASE_URL: database.url } });
  expect(await start.end()).toBe(EXIT.SCHEMA_NEWER);
  expectSentence(start, '9999-from-the-future');
  const { rows } = await onServer(database.url, (client) => client.query('select count(*)::int as n from person'));
  expect(rows).toEqual([{ n: 0 }]);
  await database.drop();
});

test('a database that dies under it ends it with its own code', async () => {
  const start = startProcess({ dataDirectory });
  await start.address();
  process.kill(postmaster(), 'SIGKILL');
  expect(await start.end()).toBe(EXIT.DATABASE_ENDED);
  expectSentence(start, 'The database ended. What was committed is safe; start again.');
});

test('a data folder that is a file is named', async () => {
  mkdirSync(dirname(dataDirectory), { recursive: true });
  writeFileSync(dataDirectory, '');
  const start = startProcess({ dataDirectory });
  expect(await start.end()).toBe(EXIT.DIRECTORY_UNUSABLE);
  expectSentence(start, `${dataDirectory} is not a folder. Name another one in WATCHFLOOR_DATA_DIR.`);
});

test.each([
  [{ PORT: '65536' }, [], 'PORT must be a whole number from 0 to 65535, got "65536".'],
  [{ DATABASE_URL: 'mysql://db/noc' }, [], 'DATABASE_URL must be like postgres://user:password@host:5432/database.'],
  [{ HOST: '192.0.2.1' }, [], 'HOST 192.0.2.1 is not an address of this machine.'],
  [{}, ['--fast'], 'Unknown option "--fast".'],
])('the setting %j %j is refused', async (environment: Record<string, string>, args, sentence) => {
  const start = startProcess({ dataDirectory, args, environment });
  expect(await start.end()).toBe(EXIT.SETTING_INVALID);
  expectSentence(start, sentence);
});

test('an older Node that cannot find the project\'s own is told what to run', () => {
  const version = '20.0.0';
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  const args = ['--import', 'tsx', '--import', preload, 'server/src/start.ts', '--help'];
  const told = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, WATCHFLOOR_NODE_TRIED: 'yes' } });
  expect(told.status).toBe(EXIT.PLATFORM_UNSUPPORTED);
  expect(told.stderr).toContain('Watchfloor needs Node 26');
});
