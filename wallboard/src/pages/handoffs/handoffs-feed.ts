import { HandoffsFeedDocument, type HandoffsFeedSubscription } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from '../../lib/feed/feed-update.ts';
import { useLive, type LiveState } from '../../lib/feed/use-live.ts';
import { useReloadOn } from '../../lib/feed/use-reload-on.ts';

type Update = HandoffsFeedSubscription['handoffs'];

/** Seq of the newest change that the page has heard of. */
export function reduceHandoffs(last: string | null, update: Update): string | null {
  switch (update.__typename) {
    case 'HandoffsSnapshot': return update.seq;
    case 'HandoffsDelta': return update.toSeq;
    case 'HandoffsHeartbeat': return last;
  }
}

export function handoffsMark(update: Update): FeedMark {
  switch (update.__typename) {
    case 'HandoffsSnapshot': return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'HandoffsDelta': return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'HandoffsHeartbeat': return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}

/** Calls `reload` whenever a handoff of that team (null: of any) changes, so that both sides see it at once (HND-05). */
export function useHandoffsFeed(teamId: string | null, reload: () => Promise<unknown>): LiveState<string> {
  const live = useLive({ document: HandoffsFeedDocument, variables: { teamId }, updateOf: (data) => data.handoffs, markOf: handoffsMark, reduce: reduceHandoffs });
  useReloadOn(live.state, reload);
  return live;
}
