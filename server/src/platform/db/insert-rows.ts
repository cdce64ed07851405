import type { EntityMetadata, EntitySchema } from '@mikro-orm/core';
import { assert } from '../../kernel/assert.ts';
import type { Em } from './orm.ts';

/** So many rows go in one statement; a statement of a few hundred kB is quicker than ten small ones or one of 50 MB. */
const ROWS_PER_STATEMENT = 1000;

/** Our own column types look at the value alone. */
const NO_PLATFORM = undefined as never;

interface Column {
  readonly property: string;
  readonly column: string;
  toDatabase(value: unknown): unknown;
}

/**
 * Inserts many plain rows with few statements, past the unit of work: for imports, where the rows are final when they are
 * made. Every column is written; nothing is read back. Call it inside a transaction.
 */
export async function insertRows<Row extends object>(em: Em, entity: object, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const meta = em.getMetadata(entity as EntitySchema) as EntityMetadata;
  const columns = columnsOf(meta);
  const names = columns.map(({ column }) => `"${column}"`).join(', ');
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const json = JSON.stringify(rows.slice(from, from + ROWS_PER_STATEMENT).map((row) => rowOf(row as Record<string, unknown>, columns)));
    await em.execute(`insert into "${meta.tableName}" (${names}) select ${names} from jsonb_populate_recordset(null::"${meta.tableName}", ?::jsonb)`, [json]);
  }
}

function columnsOf(meta: EntityMetadata): Column[] {
  return meta.props.filter(({ fieldNames, persist }) => fieldNames?.length === 1 && persist !== false).map((prop) => {
    const column = prop.fieldNames[0];
    assert(column, `${meta.tableName}.${prop.name} is one column`);
    const { customType } = prop;
    const instant = customType && prop.columnTypes?.[0]?.startsWith('timestamptz');
    const toDatabase = (value: unknown): unknown => (instant && value !== null ? customType.convertToDatabaseValue(value, NO_PLATFORM) : value);
    return { property: prop.name, column, toDatabase };
  });
}

function rowOf(row: Readonly<Record<string, unknown>>, columns: readonly Column[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ property, column, toDatabase }) => [column, toDatabase(row[property] ?? null)]));
}
