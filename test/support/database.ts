import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import './global-setup.ts';
import { onServer, urlOf } from './on-server.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of its own for a test file, about 20 ms: the migrated template cloned, or (`migrated: false`) an empty one.
 * @example const database = await createTestDatabase(); … afterAll(() => database.drop());
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = `${server.prefix}_${randomBytes(5).toString('hex')}`;
  await onServer(server.url, (client) => client.query(`create database ${name} template ${migrated ? server.template : 'template0'}`));
  return {
    url: urlOf(server.url, name),
    drop: () => onServer(server.url, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    }),
  };
}
