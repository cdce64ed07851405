import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { lockDirectory } from '../../server/src/platform/db/embedded/directory-lock.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { onServer, urlOf } from './on-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

export interface TestServer {
  /** A database of the server that we may connect to while making others. */
  readonly url: string;
  /** All our databases are named with this, random for each run; nothing else is ever dropped. */
  readonly prefix: string;
  readonly template: string;
}

const FOLDER_PREFIX = 'watchfloor-test-';

/** One server and one migrated template for the whole run; every test file clones the template (`createTestDatabase`). */
export default async function globalSetup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const prefix = `watchfloor_test_${randomBytes(5).toString('hex')}`;
  const template = `${prefix}_template`;
  const clear = async () => {
    if (process.env['TEST_DATABASE_URL']) await dropOurs(server.url, prefix);
    await server.stop();
  };
  try {
    await onServer(server.url, (client) => client.query(`create database ${template} template template0`));
    await migrate(urlOf(server.url, template));
  } catch (error) {
    await clear();
    throw error;
  }
  project.provide('testServer', { url: server.url, prefix, template });
  return clear;
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // An interrupted run does not wait for us: the server ends with the process, its files go here.
  process.once('exit', removeFolder);
  try {
    // Nothing of a test outlives it, so the server need not wait for the disk.
    const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
    const server = await launchPostgres({ dataDirectory: folder, settings });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

async function dropOurs(url: string, prefix: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1) order by datname', [prefix],
    );
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

/** Folders of runs that were killed: their server ended with them, the files are still there. */
function removeAbandoned(): void {
  const HOUR_MS = 3_600_000;
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(FOLDER_PREFIX));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const old = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > HOUR_MS;
    const lock = old ? lockDirectory(folder) : null;
    if (lock) rmSync(folder, { recursive: true, force: true });
    lock?.release();
  }
}
