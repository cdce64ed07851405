import { Client } from 'pg';
import { Failure } from '../../platform/failure.ts';

/** What an empty database is filled with. */
export type Seed = 'demo' | 'empty';

/** Any number that only Watchfloor's seeding uses. */
const SEEDING_LOCK = 7_311_002;
const UNFINISHED = 'seeding unfinished';
const DONE: Readonly<Record<Seed, string>> = { demo: 'seeded with the demo', empty: 'seeded for use' };

export interface SeedingWork {
  readonly seed: Seed;
  /** Brings the emptied database back to the schema. */
  afterClearing(): Promise<void>;
  fill(): Promise<void>;
  /** For a database that is in use already: adds what a newer version needs besides, and leaves the rest as it is. */
  complete(): Promise<void>;
}

/**
 * Fills a database that nobody has used yet, once: two servers that start together take turns, and the second finds it done.
 * What was cut short by a kill is removed and done again. The mark is the comment of a table: it needs no table of its own
 * and goes with the data into every dump.
 */
export async function seedOnce(databaseUrl: string, work: SeedingWork): Promise<{ seeded: boolean; holds: Seed | null }> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SEEDING_LOCK]);
    const { mark, used } = await lookAt(client);
    if (mark !== UNFINISHED && used) {
      await work.complete();
      return { seeded: false, holds: mark === DONE.demo ? 'demo' : mark === DONE.empty ? 'empty' : null };
    }
    if (mark === UNFINISHED) {
      await removeEverything(client);
      await work.afterClearing();
    }
    await write(client, UNFINISHED);
    await work.fill();
    await write(client, DONE[work.seed]);
    return { seeded: true, holds: work.seed };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lookAt(client: Client): Promise<{ mark: string | null; used: boolean }> {
  const { rows } = await client.query<{ mark: string | null; used: boolean }>(
    `select obj_description('event_log_head'::regclass, 'pg_class') as mark, exists (select from person) as used`,
  );
  return rows[0] ?? { mark: null, used: false };
}

async function write(client: Client, mark: string): Promise<void> {
  await client.query(`comment on table event_log_head is ${client.escapeLiteral(mark)}`);
}

/** Nobody could sign in before the seeding was complete, so all there is came from it. */
async function removeEverything(client: Client): Promise<void> {
  try {
    await client.query('begin; drop schema public cascade; create schema public; commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Failure(
      'DATABASE_REFUSED',
      'An earlier first start was cut short, and this user may not clear the half-filled database. Drop it, create it again and start once more.',
      { cause },
    );
  }
}
