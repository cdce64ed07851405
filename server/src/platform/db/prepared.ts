import { DatabaseError, type Pool } from 'pg';
import type { Database } from './database.ts';
import { numbered } from './statement.ts';

/** SQL with `?` for each of its parameters, in order. */
export interface Sql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** A pooler between us and PostgreSQL hands out other connections than those that know the name. */
const NAME_LOST = new Set(['26000', '42P05']);

interface Prepared {
  readonly pool: Promise<Pool>;
  named: boolean;
}

const OF = new WeakMap<Database, Prepared>();

/**
 * The first row of a statement that each connection parses and plans once, as an array of its columns. For statements that are asked
 * again and again: planning one with ten joins costs more than running it.
 */
export async function preparedRow(database: Database, { sql, parameters }: Sql): Promise<readonly unknown[] | null> {
  const prepared = OF.get(database) ?? open(database);
  const { name, text } = numbered(sql);
  const pool = await prepared.pool;
  try {
    const { rows } = await pool.query<unknown[]>({ ...(name !== null && prepared.named && { name }), text, values: [...parameters], rowMode: 'array' });
    return rows[0] ?? null;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !NAME_LOST.has(error.code ?? '') || !prepared.named) throw error;
    prepared.named = false;
    return preparedRow(database, { sql, parameters });
  }
}

function open(database: Database): Prepared {
  const connection = database.orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const prepared: Prepared = { pool: connection.getNativeClient(), named: true };
  OF.set(database, prepared);
  prepared.pool.catch(() => OF.delete(database));
  return prepared;
}
