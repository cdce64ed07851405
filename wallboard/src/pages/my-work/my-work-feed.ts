import { MyWorkFeedDocument, type MyWorkFeedSubscription } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from '../../lib/feed/feed-update.ts';
import { useLive, type LiveState } from '../../lib/feed/use-live.ts';
import { useReloadOn } from '../../lib/feed/use-reload-on.ts';

type Update = MyWorkFeedSubscription['myWork'];

export function reduceMyWork(last: string | null, update: Update): string | null {
  switch (update.__typename) {
    case 'MyWorkSnapshot': return update.seq;
    case 'MyWorkChanged': return update.toSeq;
    case 'MyWorkHeartbeat': return last;
  }
}

export function myWorkMark(update: Update): FeedMark {
  switch (update.__typename) {
    case 'MyWorkSnapshot': return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'MyWorkChanged': return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'MyWorkHeartbeat': return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}

const NO_VARIABLES = {};

/** Calls `reload` whenever one's own work may have changed. */
export function useMyWorkFeed(reload: () => Promise<unknown>): LiveState<string> {
  const live = useLive({ document: MyWorkFeedDocument, variables: NO_VARIABLES, updateOf: (data) => data.myWork, markOf: myWorkMark, reduce: reduceMyWork });
  useReloadOn(live.state, reload);
  return live;
}
