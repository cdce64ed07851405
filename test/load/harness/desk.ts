import { ENTITIES } from '../../../server/src/app/entities.ts';
import type { Instant } from '../../../server/src/kernel/instant.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { SetTime } from '../../../server/src/platform/time/time-source.ts';
import { DeskStory } from '../../support/desk-story.ts';
import { scratchPostgres } from '../../support/scratch-postgres.ts';

export interface LoadDesk {
  readonly url: string;
  /** Stories by the services, with a clock that is set. */
  readonly story: DeskStory;
  /** The same database by the database's own clock, with a pool as a server has it. */
  readonly live: Database;
  close(): Promise<void>;
}

/** A desk with people, teams and policy on a PostgreSQL of its own. */
export async function loadDesk(start: Instant, poolSize = 16): Promise<LoadDesk> {
  const postgres = await scratchPostgres();
  const told = await createOrm(postgres.url, ENTITIES, 2);
  const orm = await createOrm(postgres.url, ENTITIES, poolSize);
  const time = new SetTime(start);
  const story = await DeskStory.on({ url: postgres.url, database: new Database(told, time), time, close: () => told.close(true) });
  return {
    url: postgres.url, story, live: new Database(orm),
    close: async () => {
      await told.close(true);
      await orm.close(true);
      await postgres.stop();
    },
  };
}
