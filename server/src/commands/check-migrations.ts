import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { Client } from 'pg';
import { ENTITIES } from '../app/entities.ts';
import { launchPostgres } from '../platform/db/embedded/launch-postgres.ts';
import { migrate } from '../platform/db/migrate.ts';
import { createOrm } from '../platform/db/orm.ts';
import { newId } from '../platform/time/new-id.ts';

/**
 * `watchfloor check migrations`: does a database made by the migrations have the tables that the entities describe?
 * On the server of `DATABASE_URL`, in a database of its own that is dropped again; without it on one started for this.
 */
export async function checkMigrations(output: Writable): Promise<boolean> {
  const server = await openServer(process.env['DATABASE_URL']);
  try {
    const name = `watchfloor_check_${newId().replaceAll('-', '').slice(-12)}`;
    await onServer(server.url, `create database ${name} template template0`);
    try {
      return await compare(databaseOn(server.url, name), output);
    } finally {
      await onServer(server.url, `drop database ${name} with (force)`);
    }
  } finally {
    await server.stop();
  }
}

/** Functions, triggers and sequences of the migrations, and the migrator's own table, belong to no entity. */
const NOT_OF_ENTITIES = /^drop (trigger|function|sequence)|^drop table if exists "migration"/;

async function compare(databaseUrl: string, output: Writable): Promise<boolean> {
  await migrate(databaseUrl);
  const orm = await createOrm(databaseUrl, ENTITIES, 2);
  try {
    const missing = await orm.schema.getUpdateSchemaSQL({ wrap: false });
    const statements = missing.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !NOT_OF_ENTITIES.test(line));
    for (const statement of statements) output.write(`${statement}\n`);
    output.write(statements.length === 0 ? 'Migrations and entities agree.\n' : `${statements.length} differences: the statements above would make the tables what the entities say.\n`);
    return statements.length === 0;
  } finally {
    await orm.close(true);
  }
}

async function openServer(url: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  if (url) return { url, stop: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-check-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await launchPostgres({ dataDirectory: folder });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function databaseOn(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
