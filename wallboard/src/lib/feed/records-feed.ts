import { RecordsFeedDocument, type RecordsFeedSubscription, type TicketKind } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from './feed-update.ts';
import { useLive, type LiveState } from './use-live.ts';
import { useReloadOn } from './use-reload-on.ts';

type RecordsUpdate = RecordsFeedSubscription['records'];

/** Seq of the newest change that the page has heard of. */
export function reduceRecords(last: string | null, update: RecordsUpdate): string | null {
  switch (update.__typename) {
    case 'RecordsSnapshot': return update.seq;
    case 'RecordsChanged': return update.toSeq;
    case 'RecordsHeartbeat': return last;
  }
}

export function recordsMark(update: RecordsUpdate): FeedMark {
  switch (update.__typename) {
    case 'RecordsSnapshot': return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'RecordsChanged': return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'RecordsHeartbeat': return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}

/** Calls `reload` whenever a record of that kind (or the one record) changed. Show `StaleNotice` with what it answers. */
export function useRecordsFeed(kind: TicketKind, id: string | null, reload: () => Promise<unknown>): LiveState<string> {
  const live = useLive({ document: RecordsFeedDocument, variables: { kind, id }, updateOf: (data) => data.records, markOf: recordsMark, reduce: reduceRecords });
  useReloadOn(live.state, reload);
  return live;
}
