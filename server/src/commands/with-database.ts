import { ENTITIES } from '../app/entities.ts';
import { readConfig } from '../platform/config.ts';
import { Database } from '../platform/db/database.ts';
import { openDatabase } from '../platform/db/embedded/open-database.ts';
import { migrate } from '../platform/db/migrate.ts';
import { createOrm } from '../platform/db/orm.ts';

/** Runs a command's work on the database of the settings, brought to this code's schema, and closes everything after it. */
export async function withDatabase<T>(work: (database: Database, databaseUrl: string) => Promise<T>): Promise<T> {
  const opened = await openDatabase(readConfig(process.env));
  try {
    await migrate(opened.url);
    const orm = await createOrm(opened.url, ENTITIES);
    try {
      return await work(new Database(orm), opened.url);
    } finally {
      await orm.close(true);
    }
  } finally {
    await opened.stop();
  }
}
