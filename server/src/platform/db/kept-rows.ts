import type { EntitySchema, InferEntity } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { assert } from '../../kernel/assert.ts';
import type { Em } from './orm.ts';
import { textArray } from './text-array.ts';
import { statement } from './statement.ts';
import { fromDatabase, rowShape, toDatabase, type RowColumn, type RowShape } from './row-shape.ts';

/** What a row was when it was read: its values in the order of the columns, those that are objects as JSON. */
type Before = readonly unknown[];

/** A part of one statement, e.g. setting a timer: SQL that may stand in a `with`, and its parameters. */
export interface Besides {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * Rows of a few records that are locked, read together, changed in memory and written together: one statement for all that was
 * added and altered, where a unit of work sends one for each table and each row. Its rows are plain and belong to nobody else.
 */
export class KeptRows {
  private readonly em: Em;
  private readonly before = new Map<object, Before>();

  constructor(em: Em) {
    this.em = em;
  }

  /** Rows from what `to_json` said of them, remembered as they are now. */
  read<Entity extends EntitySchema>(entity: Entity, json: readonly object[] | null): InferEntity<Entity>[] {
    const shape = rowShape(this.em, entity);
    return (json ?? []).map((one) => {
      const row = fromDatabase<Entity>(shape, one);
      this.before.set(row, valuesOf(row, shape));
      return row;
    });
  }

  /** Writes those that are new and those that were altered, and what is to be done besides, in one statement; they then count as read. */
  async write(tables: readonly (readonly [entity: object, rows: readonly object[]])[], besides: readonly Besides[] = []): Promise<void> {
    const parts = [...tables.flatMap(([entity, rows]) => this.parts(rowShape(this.em, entity), rows)), ...besides];
    if (parts.length === 0) return;
    await statement(this.em, `with ${parts.map(({ sql }, index) => `part${index} as (${sql})`).join(', ')} select 1`, parts.flatMap(({ parameters }) => parameters));
  }

  private parts(shape: RowShape, rows: readonly object[]): Besides[] {
    const added: object[] = [];
    const altered: object[] = [];
    const changed = new Set<RowColumn>();
    for (const row of rows) {
      const before = this.before.get(row);
      const now = valuesOf(row, shape);
      const different = before ? shape.columns.filter((_, index) => !isSame(before[index], now[index])) : [];
      if (!before) added.push(row);
      else if (different.length > 0) altered.push(row);
      for (const column of different) changed.add(column);
      if (!before || different.length > 0) this.before.set(row, now);
    }
    return [
      ...(added.length > 0 ? [insertion(shape, added)] : []),
      ...(altered.length > 0 ? [alteration(shape, shape.columns.filter((column) => changed.has(column)), altered)] : []),
    ];
  }
}

function insertion({ table, columns }: RowShape, rows: readonly object[]): Besides {
  const names = columns.map(({ column }) => `"${column}"`).join(', ');
  return {
    sql: `insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", ?::json)`,
    parameters: [JSON.stringify(rows.map((row) => toDatabase(row, columns)))],
  };
}

/**
 * Of all rows the columns in which any of them changed: what is written over the others' is what was read under the lock. The keys stand
 * there once more as a list: PostgreSQL takes every set of rows from JSON for a hundred, for which it would rather read a whole table.
 */
function alteration({ table, columns }: RowShape, changed: readonly RowColumn[], rows: readonly object[]): Besides {
  const key = columns.find(({ primary }) => primary);
  assert(key, `${table} has a key`);
  const sets = changed.map(({ column }) => `"${column}" = given."${column}"`).join(', ');
  const given = rows.map((row) => toDatabase(row, [key, ...changed]));
  return {
    sql: `update "${table}" set ${sets} from json_populate_recordset(null::"${table}", ?::json) given
      where "${table}"."${key.column}" = any(?::uuid[]) and "${table}"."${key.column}" = given."${key.column}"`,
    parameters: [JSON.stringify(given), textArray(given.map((row) => String(row[key.column])))],
  };
}

/** An object may be altered in place: its text is kept beside. */
function valuesOf(row: object, { columns }: RowShape): unknown[] {
  const values = row as Readonly<Record<string, unknown>>;
  return columns.map(({ property }) => {
    const value = values[property] ?? null;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
}

function isSame(before: unknown, now: unknown): boolean {
  if (before === now) return true;
  // Objects are the same with their keys in another order: the database sorts them.
  return isObjectText(before) && isObjectText(now) && isDeepStrictEqual(JSON.parse(before), JSON.parse(now));
}

function isObjectText(value: unknown): value is string {
  return typeof value === 'string' && (value.startsWith('{') || value.startsWith('['));
}
