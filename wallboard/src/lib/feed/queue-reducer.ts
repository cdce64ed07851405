import type { QueueFeedSubscription } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from './feed-update.ts';
import { byOrder, patchRows } from './ordered-rows.ts';

export type QueueUpdate = QueueFeedSubscription['queue'];
export type QueueKey = Extract<QueueUpdate, { readonly __typename: 'QueueSnapshot' }>['rows'][number];

/** Ten thousand rows as ids with sort keys and versions; bodies are fetched for the visible window only. */
export interface QueueList {
  readonly keys: readonly QueueKey[];
  readonly total: number;
}

export function reduceQueue(list: QueueList | null, update: QueueUpdate): QueueList | null {
  switch (update.__typename) {
    case 'QueueSnapshot':
      return { keys: [...update.rows].sort(byOrder), total: update.total };
    case 'QueueDelta':
      return list === null ? null : { keys: patchRows(list.keys, update.upserts, update.removals), total: update.total };
    case 'QueueHeartbeat':
      return list;
  }
}

export function queueMark(update: QueueUpdate): FeedMark {
  switch (update.__typename) {
    case 'QueueSnapshot':
      return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'QueueDelta':
      return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'QueueHeartbeat':
      return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}
