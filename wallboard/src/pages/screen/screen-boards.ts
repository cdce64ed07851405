import type { BoardFeed } from '../../lib/feed/board-feed.ts';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';
import type { BoardView } from '../../lib/feed/feed-reducer.ts';
import { rightsLost } from '../../lib/feed/graphql-ws-attempt.ts';
import { callUp, pauseOrGoOn, rotate, startRotation, turnBy, type Call, type Rotation } from './rotation.ts';
import type { OwnScreen } from './screen-api.ts';
import type { ScreenStore } from './screen-life.ts';

/** What hangs on the wall: every board of the screen with its feed open, and which of them is in front. */
export interface ShownBoards {
  readonly screen: OwnScreen;
  readonly feeds: readonly BoardFeed[];
  readonly rotation: Rotation;
}

export interface BoardsStore {
  /** Null while the screen is bound to nothing. */
  readonly state: () => ShownBoards | null;
  readonly subscribe: (listener: () => void) => () => void;
  readonly turn: (steps: number) => void;
  readonly pause: () => void;
}

export interface BoardsWorld {
  readonly life: ScreenStore;
  readonly open: (boardId: string) => BoardFeed;
  readonly timers: FeedTimers;
  readonly monotonic: () => number;
}

const LOOK_EVERY_MS = 250;
const CALLING: readonly string[] = ['BREACHED', 'NEW_LV1'];

/** Keeps the feeds of all boards of a screen open, so that no switch is ever blank, and turns them (WBD-02). */
export function hangBoards({ life, open, timers, monotonic }: BoardsWorld): BoardsStore {
  const listeners = new Set<() => void>();
  const feeds = new Map<string, { readonly feed: BoardFeed; readonly stop: () => void }>();
  let shown: ShownBoards | null = null;
  const secondsOf = ({ boards }: OwnScreen): number[] => boards.map(({ seconds }) => seconds);
  const show = (next: ShownBoards | null): void => {
    if (next === shown) return;
    shown = next;
    for (const listener of listeners) listener();
  };
  const turnTo = (change: (rotation: Rotation, world: { seconds: number[]; now: number; acknowledged: (call: Call) => boolean }) => Rotation): void => {
    if (shown === null) return;
    const { screen, rotation } = shown;
    const acknowledged = ({ index, incidentId }: Call): boolean => isAcknowledged(shown?.feeds[index]?.state().view ?? null, incidentId);
    const next = change(rotation, { seconds: secondsOf(screen), now: monotonic(), acknowledged });
    if (next !== rotation) show({ ...shown, rotation: next });
  };
  const follow = (boardId: string): BoardFeed => {
    const known = feeds.get(boardId);
    if (known) return known.feed;
    const feed = open(boardId);
    const news = newCalls();
    let refused = false;
    const unsubscribe = feed.subscribe(() => {
      const { view, detail, connected } = feed.state();
      const index = shown?.feeds.indexOf(feed) ?? -1;
      for (const incidentId of news(view)) if (index >= 0) turnTo((rotation, { now }) => callUp(rotation, { index, incidentId }, now));
      const lost = !connected && rightsLost(detail);
      if (lost && !refused) life.nudge();
      refused = lost;
    });
    feeds.set(boardId, { feed, stop: () => { unsubscribe(); feed.stop(); } });
    return feed;
  };
  const hang = (): void => {
    const state = life.state();
    const wanted = state.kind === 'bound' ? state.screen.boards.map(({ boardId }) => boardId) : [];
    for (const [boardId, { stop }] of feeds) {
      if (wanted.includes(boardId)) continue;
      stop();
      feeds.delete(boardId);
    }
    if (state.kind !== 'bound') return show(null);
    const same = shown !== null && JSON.stringify(shown.screen.boards) === JSON.stringify(state.screen.boards);
    const rotation = same && shown !== null ? shown.rotation : startRotation(secondsOf(state.screen), monotonic());
    show({ screen: state.screen, feeds: wanted.map(follow), rotation });
  };
  const look = (): void => {
    turnTo(rotate);
    timers.after(LOOK_EVERY_MS, look);
  };
  life.subscribe(hang);
  hang();
  look();
  return {
    state: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    turn: (steps) => turnTo((rotation, world) => turnBy(rotation, steps, world)),
    pause: () => turnTo(pauseOrGoOn),
  };
}

/** Of each view the incidents that have just breached or come as LV1, each happening once. */
function newCalls(): (view: BoardView | null) => readonly string[] {
  let heard = -1;
  return (view) => {
    const fresh = (view?.happenings ?? []).filter(({ seq }) => Number(seq) > heard);
    heard = Math.max(heard, ...fresh.map(({ seq }) => Number(seq)));
    return fresh.filter(({ kind }) => CALLING.includes(kind)).flatMap(({ incidentId }) => incidentId ?? []);
  };
}

/** Nothing of that incident rings any more, and something did. */
export function isAcknowledged(view: Pick<BoardView, 'alarms'> | null, incidentId: string): boolean {
  const alarms = (view?.alarms ?? []).filter((alarm) => alarm.incidentId === incidentId);
  return alarms.length > 0 && alarms.every(({ acknowledgedAt }) => acknowledgedAt !== null);
}
