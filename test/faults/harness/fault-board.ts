import { browserTimers } from '../../../wallboard/src/lib/feed/browser-timers.ts';
import { readFeed, type FeedReader } from '../../../wallboard/src/lib/feed/feed-reader.ts';
import type { FeedMark } from '../../../wallboard/src/lib/feed/feed-update.ts';
import { freshness, trueAt, type Freshness } from '../../../wallboard/src/lib/feed/freshness.ts';
import { graphqlAttempt } from '../../../wallboard/src/lib/feed/graphql-ws-attempt.ts';
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
  readonly stop: () => void;
}

/** A board with the wallboard's own reader, clock and judgement of age, without a browser. */
export function openFaultBoard(url: string, token: string, boardId: string): FaultBoard {
  const clock = createServerClock(() => performance.now());
  const titles = new Map<string, string>();
  let heardAt: number | null = null;
  let connected = false;
  const reader: FeedReader = readFeed<Update>({
    open: graphqlAttempt<{ readonly board: Update }, Update>({ url: `${url.replace('http', 'ws')}/graphql`, token, query: BOARD_FEED, variables: { id: boardId }, updateOf: ({ board }) => board }),
    timers: browserTimers,
    markOf: markOfBoard,
    onUpdate(update, mark) {
      if (mark.kind !== 'delta') clock.sample(Date.parse(mark.serverTime));
      heardAt = trueAt(mark.asOf, clock.now(), { monotonic: performance.now(), known: heardAt });
      if (mark.kind === 'snapshot') titles.clear();
      for (const id of mark.kind === 'delta' ? update.removals : []) titles.delete(id);
      for (const { id, title } of mark.kind === 'snapshot' ? update.rows : mark.kind === 'delta' ? update.upserts : []) titles.set(id, title);
    },
    onConnection: (state) => (connected = state === 'connected'),
  });
  return {
    url,
    trueUntil: () => heardAt,
    freshness: () => freshness(heardAt, performance.now()),
    titleOf: (id) => titles.get(id) ?? null,
    serverNow: clock.now,
    connected: () => connected,
    stop: reader.stop,
  };
}

function markOfBoard(update: Update): FeedMark {
  const { epoch, seq, fromSeq, toSeq, asOf, serverTime } = update;
  switch (update.__typename) {
    case 'BoardSnapshot': return { kind: 'snapshot', epoch, seq, asOf, serverTime, version: '' };
    case 'BoardDelta': return { kind: 'delta', fromSeq, toSeq, asOf };
    case 'BoardHeartbeat': return { kind: 'heartbeat', seq, asOf, serverTime, version: '' };
  }
}
