import { NoticeFeedDocument, type NoticeFeedSubscription, type NoticeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { FeedMark } from '../../lib/feed/feed-update.ts';
import { useLive, type LiveState } from '../../lib/feed/use-live.ts';

type Update = NoticeFeedSubscription['notices'];

/** What a bell shows. */
export interface Bell {
  readonly unread: number;
  readonly notices: readonly NoticeFieldsFragment[];
}

export function reduceNotices(bell: Bell | null, update: Update): Bell | null {
  return update.__typename === 'NoticesHeartbeat' ? bell : { unread: update.unread, notices: update.notices };
}

export function noticesMark(update: Update): FeedMark {
  switch (update.__typename) {
    case 'NoticesSnapshot': return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'NoticesChanged': return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'NoticesHeartbeat': return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}

const NO_VARIABLES = {};

/** One's own notices, live. */
export function useNoticeFeed(): LiveState<Bell> {
  return useLive({ document: NoticeFeedDocument, variables: NO_VARIABLES, updateOf: (data) => data.notices, markOf: noticesMark, reduce: reduceNotices });
}
