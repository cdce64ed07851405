/** Where a screen is in the server's log: the log's own id and the last sequence number it has seen (LIV-02). */
export interface FeedCursor {
  readonly epoch: string;
  readonly seq: string;
}

/**
 * What every live stream has in common, whatever its rows are. `seq` is a decimal string: it may outgrow a double.
 * A delta says from which seq it leads to which; a heartbeat comes every 5 s even when nothing changes,
 * so that silence is always a fault. `asOf` is when the database was read: a living server may have lost it.
 */
export type FeedMark =
  | { readonly kind: 'snapshot'; readonly epoch: string; readonly seq: string; readonly asOf: string; readonly serverTime: string; readonly version: string }
  | { readonly kind: 'delta'; readonly fromSeq: string; readonly toSeq: string; readonly asOf: string }
  | { readonly kind: 'heartbeat'; readonly seq: string; readonly asOf: string; readonly serverTime: string; readonly version: string };

/** What an update does to the cursor that a screen holds. */
export type CursorStep =
  | { readonly kind: 'apply'; readonly cursor: FeedCursor }
  | { readonly kind: 'gap' };

/**
 * A snapshot starts anew; a delta applies only on top of exactly the seq it starts from; a heartbeat moves the seq on.
 * Anything else is a gap: the screen must ask for a fresh snapshot.
 */
export function stepCursor(cursor: FeedCursor | null, mark: FeedMark): CursorStep {
  if (mark.kind === 'snapshot') return { kind: 'apply', cursor: { epoch: mark.epoch, seq: mark.seq } };
  if (cursor === null) return { kind: 'gap' };
  if (mark.kind === 'heartbeat') return { kind: 'apply', cursor: { epoch: cursor.epoch, seq: mark.seq } };
  if (mark.fromSeq !== cursor.seq) return { kind: 'gap' };
  return { kind: 'apply', cursor: { epoch: cursor.epoch, seq: mark.toSeq } };
}
