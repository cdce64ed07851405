import { MikroORM, type EntityManager, type PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { MIGRATIONS } from '../../../../migrations/list.ts';

export type Orm = MikroORM<PostgreSqlDriver>;
export type Em = EntityManager<PostgreSqlDriver>;
type Entities = NonNullable<NonNullable<Parameters<typeof MikroORM.init<PostgreSqlDriver>>[0]>['entities']>;

/** Connects to a PostgreSQL database (15 to 18). `poolSize` connections at most. */
export async function createOrm(databaseUrl: string, entities: Entities, poolSize = 12): Promise<Orm> {
  return MikroORM.init<PostgreSqlDriver>({
    clientUrl: databaseUrl,
    entities,
    ensureDatabase: false,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    migrations: { migrationsList: MIGRATIONS, tableName: 'migration', transactional: true, snapshot: false, silent: true },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    // Rows are plain records here: relations are ids, joins are written in the queries.
    autoJoinRefsForFilters: false,
    driverOptions: { options: '-c timezone=UTC' },
  });
}
