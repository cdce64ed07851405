import type { QueueKey } from '../../lib/feed/queue-reducer.ts';

/** What waits while somebody points at the list or works in it with the keyboard. */
export interface Waiting {
  readonly added: number;
  readonly gone: number;
  readonly moved: number;
}

export interface HeldRows {
  readonly rows: readonly QueueKey[];
  /** Shown still, though they left the queue. */
  readonly gone: ReadonlySet<string>;
  readonly waiting: Waiting;
}

export const NOTHING_WAITS: Waiting = { added: 0, gone: 0, moved: 0 };

/**
 * The rows as they stood when somebody laid a hand on the list, in their places; what changed within a row shows at once,
 * because its version is the new one. New rows, rows that left and rows that belong elsewhere wait.
 */
export function holdRows(stood: readonly QueueKey[], live: readonly QueueKey[]): HeldRows {
  if (stood === live) return { rows: live, gone: new Set(), waiting: NOTHING_WAITS };
  const now = new Map(live.map((row) => [row.id, row]));
  const gone = new Set<string>();
  let moved = 0;
  const rows = stood.map((row) => {
    const current = now.get(row.id);
    if (current === undefined) {
      gone.add(row.id);
      return row;
    }
    if (current.order !== row.order || current.group !== row.group) moved += 1;
    return current.version === row.version ? row : { ...row, version: current.version };
  });
  return { rows, gone, waiting: { added: live.length - (stood.length - gone.size), gone: gone.size, moved } };
}

export function countOf({ added, gone, moved }: Waiting): number {
  return added + gone + moved;
}
