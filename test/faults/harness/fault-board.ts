import { browserTimers } from '../../../wallboard/src/lib/feed/browser-timers.ts';
import { readFeed, type FeedReader } from '../../../wallboard/src/lib/feed/feed-reader.ts';
import type { FeedMark } from '../../../wallboard/src/lib/feed/feed-update.ts';
import { freshness, trueAt, type Freshness } from '../../../wallboard/src/lib/feed/freshness.ts';
import { graphqlAttempt } from '../../../wallboard/src/lib/feed/graphql-ws-attempt.ts';
import { byOrder, patchRows } from '../../../wallboard/src/lib/feed/ordered-rows.ts';
import { createServerClock } from '../../../wallboard/src/lib/feed/server-clock.ts';
import { BOARD_FEED, type Update } from '../../support/board-follower.ts';

/** What a check asks of a board; planted ones answer otherwise. */
export interface BoardClaims {
  /** By the monotonic clock: until when the board says that its data is complete; null before the first. */
  readonly trueUntil: () => number | null;
  readonly freshness: () => Freshness;
  readonly titleOf: (incidentId: string) => string | null;
  /** The server's time, by which it counts down. */
  readonly serverNow: () => number | null;
}

export interface FaultBoard extends BoardClaims {
  readonly url: string;
  readonly connected: () => boolean;
  /** Where it is in the log; null before the first snapshot. */
  readonly seq: () => number | null;
  /** Rows in order and counters, as `freshBoard` tells those of the database. */
  readonly canonical: () => string;
  readonly open: () => number | null;
  readonly stop: () => void;
}

/** For a run that looks at each step; called when the board has taken it. */
export interface BoardListener {
  readonly update?: (board: FaultBoard, update: Update) => void;
  readonly connection?: (state: 'connected' | 'waiting', detail: string) => void;
}

/** A board with the wallboard's own reader, clock and judgement of age, without a browser. */
export function openFaultBoard(url: string, { token, boardId }: { readonly token: string; readonly boardId: string }, listener: BoardListener = {}): FaultBoard {
  const clock = createServerClock(() => performance.now());
  let rows: Update['rows'] = [];
  let counters: Update['counters'] | null = null;
  let heardAt: number | null = null;
  let connected = false;
  const reader: FeedReader = readFeed<Update>({
    open: graphqlAttempt<{ readonly board: Update }, Update>({ url: `${url.replace('http', 'ws')}/graphql`, token, query: BOARD_FEED, variables: { id: boardId }, updateOf: ({ board }) => board }),
    timers: browserTimers,
    markOf: markOfBoard,
    onUpdate(update, mark) {
      if (mark.kind !== 'delta') clock.sample(Date.parse(mark.serverTime));
      heardAt = trueAt(mark.asOf, clock.now(), { monotonic: performance.now(), known: heardAt });
      if (mark.kind === 'snapshot') rows = [...update.rows].sort(byOrder);
      if (mark.kind === 'delta') rows = [...patchRows(rows, update.upserts, update.removals)];
      counters = (mark.kind === 'heartbeat' ? update.changed : update.counters) ?? counters;
      listener.update?.(board, update);
    },
    onConnection(state, detail) {
      connected = state === 'connected';
      listener.connection?.(state, detail);
    },
  });
  const board: FaultBoard = {
    url,
    seq: () => (reader.cursor() === null ? null : Number(reader.cursor()?.seq)),
    canonical: () => JSON.stringify({ rows, counters }),
    open: () => counters?.open ?? null,
    trueUntil: () => heardAt,
    freshness: () => freshness(heardAt, performance.now()),
    titleOf: (id) => rows.find((row) => row.id === id)?.title ?? null,
    serverNow: clock.now,
    connected: () => connected,
    stop: reader.stop,
  };
  return board;
}

function markOfBoard(update: Update): FeedMark {
  const { epoch, seq, fromSeq, toSeq, asOf, serverTime } = update;
  switch (update.__typename) {
    case 'BoardSnapshot': return { kind: 'snapshot', epoch, seq, asOf, serverTime, version: '' };
    case 'BoardDelta': return { kind: 'delta', fromSeq, toSeq, asOf };
    case 'BoardHeartbeat': return { kind: 'heartbeat', seq, asOf, serverTime, version: '' };
  }
}
