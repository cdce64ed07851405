import { MikroORM, type EntityManager, type EntitySchema } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { MIGRATIONS } from '../../../../migrations/list.ts';
import { endLostConnections } from './lost-answers.ts';
import { RowLockBuilder } from './row-lock.ts';

export type Orm = MikroORM;
export type Em = EntityManager;

/** How long somebody who waits for an answer is kept waiting, in ms; past that the work is given up with the code BUSY. */
export interface DatabaseLimits {
  /** For a row that somebody else holds. */
  readonly lockMs: number;
  readonly statementMs: number;
  /** For a free connection of the pool. */
  readonly connectionMs: number;
  /** An open transaction in which nothing is asked, of a process that was stopped: others wait for what it holds. */
  readonly idleMs: number;
}

export const SERVER_LIMITS: DatabaseLimits = { lockMs: 10_000, statementMs: 60_000, connectionMs: 10_000, idleMs: 60_000 };

/**
 * Connects to a PostgreSQL database (15 to 18). `poolSize` connections at most. Commands and migrations may take as long as they take:
 * only a server has limits.
 */
export async function createOrm(databaseUrl: string, entities: readonly object[], poolSize = 12, limits: DatabaseLimits | null = null): Promise<Orm> {
  const orm = await MikroORM.init({
    clientUrl: databaseUrl,
    entities: entities as EntitySchema[],
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    migrations: { migrationsList: MIGRATIONS, tableName: 'migration', transactional: true, snapshot: false, silent: true },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    // Rows are plain records here: relations are ids, joins are written in the queries.
    autoJoinRefsForFilters: false,
    // Compiling a statement costs more than running ours: the incident figures take 1.0 s with it and 0.6 s without.
    driverOptions: { options: `-c timezone=UTC -c jit=off${settingsOf(limits)}`, ...(limits && { connectionTimeoutMillis: limits.connectionMs }), ...endLostConnections(databaseUrl) },
  });
  const platform = orm.em.getPlatform();
  platform.createNativeQueryBuilder = () => new RowLockBuilder(platform);
  return orm;
}

function settingsOf(limits: DatabaseLimits | null): string {
  if (limits === null) return '';
  return ` -c lock_timeout=${limits.lockMs} -c statement_timeout=${limits.statementMs} -c idle_in_transaction_session_timeout=${limits.idleMs}`;
}
