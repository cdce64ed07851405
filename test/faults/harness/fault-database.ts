import { randomBytes } from 'node:crypto';
import { ENTITIES } from '../../../server/src/app/entities.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { migrate } from '../../../server/src/platform/db/migrate.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { onServer, urlOf } from '../../support/on-server.ts';

export interface FaultDatabase {
  readonly url: string;
  /** The same rows under another name, for a defect to be planted in; nobody may be connected to the original meanwhile. */
  copy(): Promise<FaultDatabase>;
  drop(): Promise<void>;
}

/** A migrated, empty database of one fault run on the server of `serverUrl`. */
export async function faultDatabase(serverUrl: string): Promise<FaultDatabase> {
  const made = await emptyDatabase(serverUrl);
  await migrate(made.url);
  return made;
}

/** The same, not migrated. */
export function emptyDatabase(serverUrl: string): Promise<FaultDatabase> {
  return create(serverUrl, 'template0');
}

async function create(serverUrl: string, template: string): Promise<FaultDatabase> {
  const name = `watchfloor_fault_${randomBytes(5).toString('hex')}`;
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: urlOf(serverUrl, name),
    copy: () => create(serverUrl, name),
    drop: () => onServer(serverUrl, async (client) => {
      await client.query(`drop database if exists ${name} with (force)`);
    }),
  };
}

/** Opens it as the server does, for the time of some work. */
export async function withDatabase<Result>(url: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const orm = await createOrm(url, ENTITIES, 4);
  try {
    return await work(new Database(orm));
  } finally {
    await orm.close(true);
  }
}
