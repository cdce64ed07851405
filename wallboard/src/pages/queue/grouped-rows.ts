import type { QueueKey } from '../../lib/feed/queue-reducer.ts';

export interface Band {
  readonly kind: 'band';
  /** What its rows have in common; null: nothing, as of those that nobody holds. */
  readonly key: string | null;
  readonly count: number;
  readonly breached: number;
  /** Its worst clock, by which bands are sorted; null when none runs. */
  readonly dueAt: string | null;
  readonly collapsed: boolean;
}

export interface Line {
  readonly kind: 'row';
  readonly row: QueueKey;
  /** Place among the rows of its band, from 1, and how many these are. */
  readonly place: number;
  readonly of: number;
}

export type QueueItem = Band | Line;

/** What a queue shows, one under the other: its rows, or its bands with the rows of those that are open. */
export function itemsOf(rows: readonly QueueKey[], grouped: boolean, collapsed: ReadonlySet<string | null>): readonly QueueItem[] {
  if (!grouped) return rows.map((row, index) => ({ kind: 'row', row, place: index + 1, of: rows.length }));
  return bandsOf(rows).flatMap(({ key, rows: own }): QueueItem[] => {
    const band: Band = { kind: 'band', key, count: own.length, breached: own.filter(({ breached }) => breached).length, dueAt: worst(own), collapsed: collapsed.has(key) };
    return band.collapsed ? [band] : [band, ...own.map((row, index): Line => ({ kind: 'row', row, place: index + 1, of: own.length }))];
  });
}

/** The band whose clock ends first comes first; of equal ones by key, what has none last: a total order, so that bands do not flicker. */
function bandsOf(rows: readonly QueueKey[]): readonly { readonly key: string | null; readonly rows: readonly QueueKey[] }[] {
  const byKey = new Map<string | null, QueueKey[]>();
  for (const row of rows) {
    const key = row.group ?? null;
    const band = byKey.get(key);
    if (band === undefined) byKey.set(key, [row]);
    else band.push(row);
  }
  return [...byKey].map(([key, own]) => ({ key, rows: own, sort: `${worst(own) ?? '~'} ${key ?? '~'}` })).sort((left, right) => (left.sort < right.sort ? -1 : 1));
}

/** Instants of the API are all in UTC and of one length: the earliest is the smallest text. */
function worst(rows: readonly QueueKey[]): string | null {
  let first: string | null = null;
  for (const { dueAt } of rows) if (dueAt != null && (first === null || dueAt < first)) first = dueAt;
  return first;
}
