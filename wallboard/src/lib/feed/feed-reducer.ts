import type {
  BoardAlarmFieldsFragment, BoardBannerFieldsFragment, BoardCountersFieldsFragment, BoardFeedSubscription, BoardRowFieldsFragment, BoardTodayFieldsFragment, OnCallFieldsFragment,
} from '../../graphql/generated/board/graphql.ts';
import type { FeedMark } from './feed-update.ts';
import { byOrder, patchRows } from './ordered-rows.ts';

export type BoardUpdate = BoardFeedSubscription['board'];
export type BoardRow = BoardRowFieldsFragment;
export type BoardCounters = BoardCountersFieldsFragment;
export type OnCall = OnCallFieldsFragment;
export type BoardAlarm = BoardAlarmFieldsFragment;
export type BoardToday = BoardTodayFieldsFragment;
export type BoardBanner = BoardBannerFieldsFragment;
export type Board = Extract<BoardUpdate, { readonly __typename: 'BoardSnapshot' }>['board'];
export type Happening = Extract<BoardUpdate, { readonly __typename: 'BoardDelta' }>['happenings'][number];

/** Everything that a board page draws, as of one seq of the server's log. */
export interface BoardView {
  readonly board: Board;
  readonly rows: readonly BoardRow[];
  readonly counters: BoardCounters;
  readonly onCall: readonly OnCall[];
  /** What rings, those that sound first, the newest first; then what was acknowledged a moment ago. At most 50; the counter is exact. */
  readonly alarms: readonly BoardAlarm[];
  readonly mayAcknowledge: boolean;
  readonly today: BoardToday;
  readonly banners: readonly BoardBanner[];
  readonly bannerCount: number;
  readonly asOf: string;
  readonly version: string;
  /** The newest last. Empty after a snapshot: what happened while nobody looked is not drawn to the eye again. */
  readonly happenings: readonly Happening[];
}

/** As many as may breach at once, so that each of their rows draws the eye; a screen that runs for weeks must not grow. */
const HAPPENINGS_KEPT = 600;

/** Folds one applied update into what the board shows. Before the first snapshot there is nothing to fold into. */
export function reduceBoard(view: BoardView | null, update: BoardUpdate): BoardView | null {
  switch (update.__typename) {
    case 'BoardSnapshot':
      return {
        board: update.board, rows: [...update.rows].sort(byOrder), counters: update.counters, onCall: update.onCall, alarms: update.alarms,
        mayAcknowledge: update.mayAcknowledge, today: update.today, banners: update.banners, bannerCount: update.bannerCount, asOf: update.asOf, version: update.version, happenings: [],
      };
    case 'BoardDelta':
      if (view === null) return null;
      return {
        ...view, rows: patchRows(view.rows, update.upserts, update.removals), counters: update.counters,
        onCall: update.newOnCall ?? view.onCall, alarms: update.newAlarms ?? view.alarms, today: update.newToday ?? view.today,
        banners: update.newBanners ?? view.banners, bannerCount: update.newBannerCount ?? view.bannerCount, asOf: update.asOf,
        happenings: [...view.happenings, ...update.happenings].slice(-HAPPENINGS_KEPT),
      };
    case 'BoardHeartbeat':
      if (view === null) return null;
      return { ...view, asOf: update.asOf, version: update.version, counters: update.newCounters ?? view.counters };
  }
}

export function boardMark(update: BoardUpdate): FeedMark {
  switch (update.__typename) {
    case 'BoardSnapshot':
      return { kind: 'snapshot', epoch: update.epoch, seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
    case 'BoardDelta':
      return { kind: 'delta', fromSeq: update.fromSeq, toSeq: update.toSeq, asOf: update.asOf };
    case 'BoardHeartbeat':
      return { kind: 'heartbeat', seq: update.seq, asOf: update.asOf, serverTime: update.serverTime, version: update.version };
  }
}
