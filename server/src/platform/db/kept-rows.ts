import type { EntitySchema, InferEntity } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { assert } from '../../kernel/assert.ts';
import type { Em } from './orm.ts';
import { textArray } from './text-array.ts';
import { statement } from './statement.ts';
import { fromDatabase, rowShape, toDatabase, type RowColumn, type RowShape } from './row-shape.ts';

/** A row as it was when it was read or written: its values by property, those that could be altered in place as JSON. */
type Before = Readonly<Record<string, unknown>>;

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
      this.before.set(row, asItIs(row, shape));
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
      const different = before ? alteredColumns(shape, row, before) : [];
      if (!before) added.push(row);
      else if (different.length > 0) altered.push(row);
      for (const column of different) changed.add(column);
      if (!before || different.length > 0) this.before.set(row, asItIs(row, shape));
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
 * So few rows that PostgreSQL looks each up by its key. It takes every set of rows from JSON for a hundred, for which it would rather read a
 * whole table; with a limit in the text it knows better, and the plan that a connection keeps is the same for all values.
 */
const FEW = 8;

/** Of all rows the columns in which any of them changed: what is written over the others' is what was read under the lock. */
function alteration({ table, columns }: RowShape, changed: readonly RowColumn[], rows: readonly object[]): Besides {
  const key = columns.find(({ primary }) => primary);
  assert(key, `${table} has a key`);
  const sets = changed.map(({ column }) => `"${column}" = given."${column}"`).join(', ');
  const given = rows.map((row) => toDatabase(row, [key, ...changed]));
  const parameters = [JSON.stringify(given)];
  const set = `json_populate_recordset(null::"${table}", ?::json)`;
  const same = `"${table}"."${key.column}" = given."${key.column}"`;
  if (rows.length <= FEW) return { sql: `update "${table}" set ${sets} from (select * from ${set} limit ${FEW}) given where ${same}`, parameters };
  // Many: their keys stand there once more as a list, which is counted when the statement is planned.
  return {
    sql: `update "${table}" set ${sets} from ${set} given where "${table}"."${key.column}" = any(?::uuid[]) and ${same}`,
    parameters: [...parameters, textArray(given.map((row) => String(row[key.column])))],
  };
}

function asItIs(row: object, { columns }: RowShape): Before {
  const values: Record<string, unknown> = { ...row };
  for (const { property, composite } of columns) if (composite) values[property] = textOf(values[property]);
  return values;
}

function alteredColumns({ columns }: RowShape, row: object, before: Before): readonly RowColumn[] {
  const now = row as Readonly<Record<string, unknown>>;
  let altered: RowColumn[] | null = null;
  for (const column of columns) {
    const { property, composite } = column;
    const same = composite ? isSameText(before[property], textOf(now[property])) : (before[property] ?? null) === (now[property] ?? null);
    if (!same) (altered ??= []).push(column);
  }
  return altered ?? NONE;
}

const NONE: readonly RowColumn[] = [];

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function isSameText(before: unknown, now: string | null): boolean {
  if (before === now) return true;
  // Objects are the same with their keys in another order: the database sorts them.
  return typeof before === 'string' && now !== null && isDeepStrictEqual(JSON.parse(before), JSON.parse(now));
}
