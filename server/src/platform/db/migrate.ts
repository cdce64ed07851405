import { MIGRATIONS } from '../../../../migrations/list.ts';
import { createOrm, type Orm } from './orm.ts';
import { ReferenceRevisionEntity } from './reference-revision.entity.ts';

/** The database was migrated by newer code than this: never touched. */
export class NewerSchema extends Error {
  constructor(unknown: readonly string[]) {
    super(`The database was made by a newer Watchfloor (it knows ${unknown.join(', ')}). Start that version, or restore a backup made by this one.`);
    this.name = 'NewerSchema';
  }
}

/** Brings a database to this code's schema; safe to run by several processes at once. Throws {@link NewerSchema}. */
export async function migrate(databaseUrl: string): Promise<void> {
  const orm = await createOrm(databaseUrl, [ReferenceRevisionEntity], 2);
  try {
    await orm.em.fork().transactional(async (em) => {
      // Two servers may start at once: the second waits, then finds nothing left to do.
      await em.execute('select pg_advisory_xact_lock(7311001)');
      await refuseNewerSchema(orm);
      await orm.migrator.up({ transaction: em.getTransactionContext() });
    });
  } finally {
    await orm.close(true);
  }
}

async function refuseNewerSchema(orm: Orm): Promise<void> {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  const exists = await orm.em.fork().execute<{ there: boolean }[]>(`select to_regclass('public.migration') is not null as there`);
  if (!exists[0]?.there) return;
  const executed = await orm.em.fork().execute<{ name: string }[]>('select name from migration order by id');
  const unknown = executed.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new NewerSchema(unknown);
}
