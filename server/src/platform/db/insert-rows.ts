import type { Em } from './orm.ts';
import { statement } from './statement.ts';
import { rowShape, toDatabase } from './row-shape.ts';

/** So many rows go in one statement; a statement of a few hundred kB is quicker than ten small ones or one of 50 MB. */
const ROWS_PER_STATEMENT = 1000;

/**
 * Inserts many plain rows with few statements, past the unit of work: for imports, where the rows are final when they are
 * made. Every column is written; nothing is read back. Call it inside a transaction.
 */
export async function insertRows<Row extends object>(em: Em, entity: object, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns } = rowShape(em, entity);
  const names = columns.map(({ column }) => `"${column}"`).join(', ');
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const json = JSON.stringify(rows.slice(from, from + ROWS_PER_STATEMENT).map((row) => toDatabase(row, columns)));
    await statement(em, `insert into "${table}" (${names}) select ${names} from jsonb_populate_recordset(null::"${table}", ?::jsonb)`, [json]);
  }
}
