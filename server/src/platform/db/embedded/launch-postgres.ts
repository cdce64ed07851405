import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { Failure } from '../../failure.ts';
import { newSecret } from '../../time/new-secret.ts';
import { createCluster } from './create-cluster.ts';
import { lockDirectory } from './directory-lock.ts';
import { diskFailure, reasonOf } from './failure-of.ts';
import { clearLeftover } from './leftover-postmaster.ts';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { identityFor, type PostgresIdentity } from './postgres-identity.ts';
import { supervise, type Supervised } from './supervise.ts';

export interface LaunchOptions {
  /** Everything about this server is in here: `cluster/`, `password`, `port`, `lock`, `postgres.log`. */
  readonly dataDirectory: string;
  readonly log?: (line: string) => void;
  /** The database that `url` names; made when it is missing. */
  readonly database?: string;
  /** Extra server settings. Tests give up durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface LaunchedPostgres {
  readonly url: string;
  /** Process that ends when the server ends; the server itself is its child. */
  readonly pid: number;
  /** Resolves when the server has ended, also by itself. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const USER = 'watchfloor';
const START_PATIENCE_MS = 120_000;

/**
 * Starts the real PostgreSQL that came with the installation, on a random port of 127.0.0.1 that the folder remembers.
 * Its life is bound to this process: it ends when we end, even by kill -9, and nothing committed is lost.
 * Refuses with a `Failure`: ALREADY_RUNNING, DISK_FULL, DIRECTORY_UNUSABLE, DATABASE_NOT_STARTED, PLATFORM_UNSUPPORTED.
 */
export async function launchPostgres(options: LaunchOptions): Promise<LaunchedPostgres> {
  const folder = prepareFolder(options.dataDirectory);
  const lock = lockDirectory(folder);
  if (!lock) throw new Failure('ALREADY_RUNNING', `Another process is using the database in ${folder}.`);
  try {
    const binaries = postgresBinaries();
    const identity = identityFor(binaries.initdb, clusterFolder(folder));
    const password = passwordOf(folder);
    const cluster = await createCluster({ folder, binaries, identity, user: USER, password, log: options.log });
    await clearLeftover(cluster);
    const running = await startOnFreePort({ folder, cluster, binaries, identity, password, options });
    const stop = async () => {
      await running.server.stop();
      lock.release();
    };
    return { url: running.url, pid: running.server.child.pid ?? 0, ended: running.server.ended, stop };
  } catch (error) {
    lock.release();
    throw diskFailure(error, folder) ?? error;
  }
}

interface StartContext {
  readonly folder: string;
  readonly cluster: string;
  readonly binaries: PostgresBinaries;
  readonly identity: PostgresIdentity;
  readonly password: string;
  readonly options: LaunchOptions;
}

async function startOnFreePort(context: StartContext): Promise<{ server: Supervised; url: string }> {
  const TRIES = 5;
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(context.folder);
    const logFile = join(context.folder, 'postgres.log');
    const output = openSync(logFile, 'w', 0o600);
    const server = supervise(commandFor(context, port), context.identity, output);
    closeSync(output);
    const database = context.options.database ?? USER;
    const address = `postgres://${USER}:${context.password}@127.0.0.1:${port}`;
    if (await isReady(server, `${address}/postgres`)) {
      await ensureDatabase(`${address}/postgres`, database);
      return { server, url: `${address}/${database}` };
    }
    await server.stop();
    const said = readFileSync(logFile, 'utf8');
    // Another program took the port in between, or a backend of a killed server is still on its way out.
    const passing = /could not bind|Address already in use|still in use/.test(said);
    if (!passing || attempt === TRIES) throw new Failure('DATABASE_NOT_STARTED', `PostgreSQL in ${context.folder} did not start: ${reasonOf(said)}`);
    await wait(200 * attempt);
  }
}

function commandFor({ cluster, binaries, options }: StartContext, port: number): readonly string[] {
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', max_connections: '200',
    timezone: 'UTC', log_timezone: 'UTC', ...options.settings,
  };
  return [binaries.postgres, '-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** False when the server ended instead of becoming ready. */
async function isReady(server: Supervised, url: string): Promise<boolean> {
  let over = false;
  void server.ended.then(() => (over = true));
  const until = performance.now() + START_PATIENCE_MS;
  while (!over && performance.now() < until) {
    if (await answers(url)) return true;
    await wait(15);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function prepareFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    const folder = realpathSync(path);
    // "nobody" has to pass through it; the secrets inside have their own, narrower modes.
    if (process.getuid?.() === 0) chmodSync(folder, 0o755);
    return folder;
  } catch (error) {
    throw diskFailure(error, path) ?? error;
  }
}

function clusterFolder(folder: string): string {
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  chmodSync(cluster, 0o700);
  return cluster;
}

function passwordOf(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, newSecret(), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** The port of last time when it is free, else a new one. */
async function choosePort(folder: string): Promise<number> {
  const file = join(folder, 'port');
  const last = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  const port = (await listenOnce(last || 0)) ?? (await listenOnce(0));
  if (port === null) throw new Failure('DATABASE_NOT_STARTED', 'No free port on 127.0.0.1.');
  if (port !== last) writeFileSync(file, String(port));
  return port;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}
