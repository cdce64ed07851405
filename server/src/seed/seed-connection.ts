import { ENTITIES } from '../app/entities.ts';
import { Database } from '../platform/db/database.ts';
import { createOrm } from '../platform/db/orm.ts';

/** Opens a migrated database for seeding and closes it after. */
export async function withSeedDatabase<T>(databaseUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const orm = await createOrm(databaseUrl, ENTITIES, 4);
  try {
    return await work(new Database(orm));
  } finally {
    await orm.close(true);
  }
}
