import { setTimeout as wait } from 'node:timers/promises';
import { MIGRATIONS } from '../../../migrations/list.ts';
import { migrate } from '../../../server/src/platform/db/migrate.ts';
import type { Draw } from '../../support/process-model-draw.ts';
import { emptyDatabase } from '../harness/fault-database.ts';
import { onServer } from '../../support/on-server.ts';

/** Names that late migrations give away: whoever has one already stops them half-way. */
const IN_THE_WAY = ['saved_view', 'cab_vote', 'change_conflict', 'ci_census'];
const OURS = `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v') and relname <> all($1)`;

/** A migration that fails in the middle leaves nothing behind, and goes through once what was in its way is gone. */
export async function breakMigration(serverUrl: string, draw: Draw): Promise<string[]> {
  const made = await emptyDatabase(serverUrl);
  try {
    const failed = draw.chance(0.5) ? await stopAtName(made.url, draw.pick(IN_THE_WAY)) : await cutOff(made.url, draw.whole(20, 400));
    const findings = failed ? await leftBehind(made.url) : [];
    if (failed) await onServer(made.url, (client) => client.query(`drop table if exists ${IN_THE_WAY.join(', ')}`));
    await migrate(made.url);
    const { rows } = await onServer(made.url, (client) => client.query<{ name: string }>('select name from migration order by id'));
    if (rows.map(({ name }) => name).join() !== MIGRATIONS.map(({ name }) => name).join()) findings.push(`begun again, the migration ended with ${rows.length} of ${MIGRATIONS.length}`);
    return findings;
  } finally {
    await made.drop();
  }
}

async function stopAtName(url: string, name: string): Promise<boolean> {
  await onServer(url, (client) => client.query(`create table ${name} (id int)`));
  return migrate(url).then(() => false, () => true);
}

/** The connection is ended while it migrates; false when it was over by then. */
async function cutOff(url: string, afterMs: number): Promise<boolean> {
  const migrating = migrate(url).then(() => false, () => true);
  await wait(afterMs);
  await onServer(url, (client) => client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'));
  return migrating;
}

/** The list of what was executed is begun beside the migration; nothing may stand in it. */
const LIST = ['migration', 'migration_id_seq'];

/** Tables, views and sequences of a migration that was not committed. */
export async function leftBehind(url: string): Promise<string[]> {
  const { rows } = await onServer(url, (client) => client.query<{ n: number }>(OURS, [[...IN_THE_WAY, ...LIST]]));
  const listed = await onServer(url, (client) => client.query('select name from migration').then(({ rowCount }) => rowCount, () => 0));
  if (listed) return [`a migration that failed is listed as executed, with ${listed} rows`];
  return rows[0]!.n > 0 ? [`a migration that failed left ${rows[0]!.n} tables, views or sequences behind`] : [];
}
