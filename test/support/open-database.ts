import type { Instant } from '../../server/src/kernel/instant.ts';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { SetTime } from '../../server/src/platform/time/time-source.ts';
import { createTestDatabase } from './database.ts';

export interface OpenDatabase {
  readonly url: string;
  readonly database: Database;
  /** The one clock of the test; it stands until it is set. */
  readonly time: SetTime;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/** A test file's own migrated database, opened as the server opens it, with a clock that the test turns. */
export async function openDatabase(start: Instant = Date.parse('2026-03-02T01:00:00Z')): Promise<OpenDatabase> {
  const { url, drop } = await createTestDatabase();
  const orm = await createOrm(url, ENTITIES);
  const time = new SetTime(start);
  return {
    url,
    database: new Database(orm, time),
    time,
    close: async () => {
      await orm.close(true);
      await drop();
    },
  };
}
