import { textArray } from './text-array.ts';

/**
 * The condition that a column of uuids is one of these, for a `statement` that is sent again and again. One id is no list: for a list
 * PostgreSQL plans anew each time, as it is shorter than the ten it would reckon with, and planning takes longer than reading.
 */
export function among(column: string, ids: readonly string[]): { readonly sql: string; readonly parameters: readonly string[] } {
  const [only] = ids;
  return only !== undefined && ids.length === 1 ? { sql: `${column} = ?::uuid`, parameters: [only] } : { sql: `${column} = any(?::uuid[])`, parameters: [textArray(ids)] };
}
