import type { Sql } from '../db/prepared.ts';

/**
 * How the rows of one GraphQL type are read as JSON within one SQL statement. What is not listed is not understood: an operation
 * that asks for it is answered by the resolvers.
 */
export interface JsonShape {
  readonly type: string;
  /** SQL of each field with a value of its own. Instants, enums and positions in the log are written as the API writes them. */
  readonly values: Readonly<Record<string, string>>;
  readonly one?: Readonly<Record<string, JsonOne>>;
  readonly many?: Readonly<Record<string, JsonMany>>;
}

/** Another row, or none. */
export interface JsonOne {
  readonly shape: JsonShape;
  /** Joined only where the field is asked for; absent for what the row has itself. */
  readonly join?: string;
  /** SQL that is true where there is none. */
  readonly absent?: string;
}

/** A list of rows. */
export interface JsonMany {
  readonly shape: JsonShape;
  /** What follows the columns: from which rows, in an order that ends in a unique column, with its limit. `joins` must stand before its `where`. Null: not understood. */
  from(joins: string, given: Readonly<Record<string, unknown>>): Sql | null;
  /** SQL, true where the rows may no longer be what the resolvers would say: then they answer. {@link ASKED_AT} stands for "now". */
  readonly stale?: string;
}

/** The instant of the statement, read once. */
export const ASKED_AT = '(select now from asked)';
