import { MIGRATIONS } from '../../../migrations/list.ts';
import type { Database } from '../platform/db/database.ts';
import type { EventTailer } from '../platform/live/event-tailer.ts';

const PATIENCE_MS = 3000;

/** What keeps this process from serving, by name: database, migrations, feed (API-08). */
export async function unready(database: Database, tailer: EventTailer): Promise<Readonly<Record<string, string>>> {
  const problems: Record<string, string> = {};
  const executed = await withPatience(migrationNames(database)).catch((error: unknown) => {
    problems['database'] = error instanceof Error ? error.message : 'does not answer';
    return null;
  });
  const wanted = MIGRATIONS.map(({ name }) => name);
  if (executed && executed.join() !== wanted.join()) problems['migrations'] = `executed are ${executed.join(', ') || 'none'}; this code has ${wanted.join(', ')}`;
  if (!tailer.healthy) problems['feed'] = 'the event log has not been read for 5 s';
  return problems;
}

async function migrationNames(database: Database): Promise<string[]> {
  const rows = await database.em.execute<{ name: string }[]>('select name from migration order by id');
  return rows.map(({ name }) => name);
}

async function withPatience<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('the database has not answered within 3 s')), PATIENCE_MS);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
