/** A row with the server's opaque sort key. Rows sort by (order, id): total and stable, so that equal keys never flicker. */
export interface OrderedRow {
  readonly id: string;
  readonly order: string;
}

/** Compares by code units, as the server does; a locale's collation would disagree with it. */
export function byOrder(left: OrderedRow, right: OrderedRow): number {
  if (left.order !== right.order) return left.order < right.order ? -1 : 1;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}

/** Takes rows out and puts changed ones in; rows that did not change keep their identity. */
export function patchRows<Row extends OrderedRow>(rows: readonly Row[], upserts: readonly Row[], removals: readonly string[]): readonly Row[] {
  if (upserts.length === 0 && removals.length === 0) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of removals) byId.delete(id);
  for (const row of upserts) byId.set(row.id, row);
  return [...byId.values()].sort(byOrder);
}
