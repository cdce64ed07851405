import { BoardFeedDocument, type BoardSort, type BoardFeedSubscription } from '../../graphql/generated/board/graphql.ts';
import { browserTimers } from './browser-timers.ts';
import { feedUrl } from './feed-url.ts';
import { boardMark, reduceBoard, type BoardUpdate, type BoardView } from './feed-reducer.ts';
import { trueAt } from './freshness.ts';
import { readFeed, type FeedTimers, type OpenAttempt } from './feed-reader.ts';
import { graphqlAttempt, rightsLost } from './graphql-ws-attempt.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';

/** What a board page renders from; a new object only when something changed. */
export interface BoardState {
  readonly view: BoardView | null;
  /** Whether the stream runs just now; staleness is judged by age, not by this. */
  readonly connected: boolean;
  readonly detail: string;
}

export interface BoardFeed {
  readonly state: () => BoardState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly clock: ServerClock;
  /** When the data of the last message was true, by the monotonic clock; null before the first. */
  readonly lastHeardAt: () => number | null;
  readonly nudge: () => void;
  readonly stop: () => void;
}

export interface BoardFeedWorld {
  readonly open: OpenAttempt<BoardUpdate>;
  readonly timers: FeedTimers;
  readonly monotonic: () => number;
  readonly nextFrame: (task: () => void) => void;
}

/** A wall is read, not watched move by move: at most four changes of the page a second, however fast deltas come. */
const COMMIT_EVERY_MS = 250;

/** The state of a board, kept outside React: updates are folded as they come and shown at most once per animation frame. */
export function createBoardFeed(world: BoardFeedWorld): BoardFeed {
  const listeners = new Set<() => void>();
  const clock = createServerClock(world.monotonic);
  let shown: BoardState = { view: null, connected: false, detail: '' };
  let next = shown;
  let heardAt: number | null = null;
  let waiting = false;
  let committedAt = -COMMIT_EVERY_MS;

  const commit = (): void => {
    waiting = false;
    committedAt = world.monotonic();
    shown = next;
    for (const listener of listeners) listener();
  };
  const change = (state: BoardState): void => {
    next = state;
    if (waiting) return;
    waiting = true;
    const rest = COMMIT_EVERY_MS - (world.monotonic() - committedAt);
    if (rest <= 0) world.nextFrame(commit);
    else world.timers.after(rest, () => world.nextFrame(commit));
  };
  const reader = readFeed<BoardUpdate>({
    open: world.open,
    timers: world.timers,
    markOf: boardMark,
    onUpdate(update, mark) {
      if (mark.kind !== 'delta') clock.sample(Date.parse(mark.serverTime));
      heardAt = trueAt(mark.asOf, clock.now(), { monotonic: world.monotonic(), known: heardAt });
      change({ ...next, view: reduceBoard(next.view, update) });
    },
    onConnection: (state, detail) => change({ view: rightsLost(detail) ? null : next.view, connected: state === 'connected', detail }),
  });
  return {
    state: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clock,
    lastHeardAt: () => heardAt,
    nudge: reader.nudge,
    stop: reader.stop,
  };
}

export interface BoardFeedOptions {
  /** The page load of a paired screen, whose cookie then counts. */
  readonly screen?: string;
  readonly sort?: BoardSort;
}

/** The feed of a board in a browser. */
export function openBoardFeed(boardId: string, token: string | null, { screen, sort }: BoardFeedOptions = {}): BoardFeed {
  return createBoardFeed({
    open: graphqlAttempt<BoardFeedSubscription, BoardUpdate>({
      url: feedUrl(), token, screen: screen ?? null, query: BoardFeedDocument.toString(), variables: { id: boardId, sort }, updateOf: (data) => data.board,
    }),
    timers: browserTimers,
    monotonic: () => performance.now(),
    nextFrame: (task) => { requestAnimationFrame(task); },
  });
}
