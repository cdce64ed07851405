import { useEffect, useRef } from 'react';
import { RecordsFeedDocument, type RecordsFeedSubscription, type TicketKind } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from './feed-update.ts';
import { useLive, type LiveState } from './use-live.ts';

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
    case 'RecordsSnapshot': return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, serverTime: update.serverTime, version: update.version };
    case 'RecordsChanged': return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq };
    case 'RecordsHeartbeat': return { kind: 'heartbeat', seq: update.seq, serverTime: update.serverTime, version: update.version };
  }
}

/** Calls `reload` whenever a record of that kind (or the one record) changed. Show `StaleNotice` with what it answers. */
export function useRecordsFeed(kind: TicketKind, id: string | null, reload: () => Promise<unknown>): LiveState<string> {
  const live = useLive({ document: RecordsFeedDocument, variables: { kind, id }, updateOf: (data) => data.records, markOf: recordsMark, reduce: reduceRecords });
  const seen = useRef<string | null>(null);
  const seq = live.state;
  useEffect(() => {
    if (seq === null || seq === seen.current) return;
    seen.current = seq;
    // The first message may be newer than what the page was fetched with, so it counts too.
    void reload();
  }, [seq, reload]);
  return live;
}
