import type { EntityMetadata, EntitySchema, InferEntity } from '@mikro-orm/core';
import { assert } from '../../kernel/assert.ts';
import type { Em } from './orm.ts';

export interface RowColumn {
  readonly property: string;
  readonly column: string;
  readonly primary: boolean;
  /** Kept as text in JSON, as milliseconds in code. */
  readonly instant: boolean;
  /** Holds an object or a list, which code may alter in place. */
  readonly composite: boolean;
}

/** How the plain rows of one entity look in the database: for statements about many rows, past the unit of work. */
export interface RowShape {
  readonly table: string;
  readonly columns: readonly RowColumn[];
}

const SHAPES = new WeakMap<EntityMetadata, RowShape>();

/** Every column of the entity's table that is kept in a property of its own. */
export function rowShape(em: Em, entity: object): RowShape {
  const meta = em.getMetadata(entity as EntitySchema) as EntityMetadata;
  const known = SHAPES.get(meta);
  if (known) return known;
  const columns = meta.props.filter(({ fieldNames, persist }) => fieldNames?.length === 1 && persist !== false).map((prop): RowColumn => {
    const column = prop.fieldNames[0];
    assert(column, `${meta.tableName}.${prop.name} is one column`);
    const type = prop.columnTypes?.[0] ?? '';
    return {
      property: prop.name, column, primary: prop.primary === true, instant: Boolean(prop.customType) && type.startsWith('timestamptz'),
      composite: type.startsWith('json') || type.endsWith('[]'),
    };
  });
  const shape = { table: meta.tableName, columns };
  SHAPES.set(meta, shape);
  return shape;
}

/** A row as `jsonb_populate_recordset` takes it: `columns` of it, by their names in the database. */
export function toDatabase(row: object, columns: readonly RowColumn[]): Record<string, unknown> {
  const values = row as Readonly<Record<string, unknown>>;
  const named: Record<string, unknown> = {};
  for (const { property, column, instant } of columns) {
    const value = values[property] ?? null;
    named[column] = instant && typeof value === 'number' ? new Date(value).toISOString() : value;
  }
  return named;
}

/** The entity's row from what `to_json` said of it. */
export function fromDatabase<Entity extends EntitySchema>(shape: RowShape, json: object): InferEntity<Entity> {
  const values = json as Readonly<Record<string, unknown>>;
  const row: Record<string, unknown> = {};
  for (const { property, column, instant } of shape.columns) {
    const value = values[column] ?? null;
    row[property] = instant && typeof value === 'string' ? Date.parse(value) : value;
  }
  return row as InferEntity<Entity>;
}
