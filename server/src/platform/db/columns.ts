import { p, Type } from '@mikro-orm/core';
import type { EntitySchema } from '@mikro-orm/core';

/** An instant: epoch milliseconds in code, `timestamptz(3)` in the database. */
class InstantType extends Type<number, string> {
  override convertToDatabaseValue(value: unknown): string {
    return typeof value === 'number' ? new Date(value).toISOString() : (value as string);
  }

  override convertToJSValue(value: unknown): number {
    if (typeof value === 'number') return value;
    return value instanceof Date ? value.getTime() : Date.parse(value as string);
  }

  override getColumnType(): string {
    return 'timestamptz(3)';
  }

  override compareAsType(): string {
    return 'number';
  }
}

export const instant = () => p.type(InstantType).$type<number>();

/** Primary key: a UUID given by the code (`newId`), so that rules can name a record before it is saved. */
export const id = () => p.uuid().primary();

/** A foreign key kept as the plain id, never as a loaded entity: services ask for what they need. */
export const reference = (target: object, column: string) =>
  p.manyToOne(target as EntitySchema).mapToPk().$type<string>().joinColumn(column);
