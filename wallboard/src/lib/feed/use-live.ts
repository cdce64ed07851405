import { print } from 'graphql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useRef, useState } from 'react';
import { browserTimers } from './browser-timers.ts';
import { readFeed } from './feed-reader.ts';
import { feedUrl } from './feed-url.ts';
import type { FeedMark } from './feed-update.ts';
import { trueAt } from './freshness.ts';
import { graphqlAttempt, rightsLost } from './graphql-ws-attempt.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';

interface Live<Data, Update, State> {
  readonly document: TypedDocumentNode<Data, never> | TypedDocumentNode<Data, Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly updateOf: (data: Data) => Update;
  readonly markOf: (update: Update) => FeedMark;
  readonly reduce: (state: State | null, update: Update) => State | null;
}

export interface LiveState<State> {
  readonly state: State | null;
  readonly connected: boolean;
  /** Why the stream does not run, in the words of the server or the socket. */
  readonly detail: string;
  readonly clock: ServerClock;
  /** When the data of the last message was true, by the monotonic clock; null before the first. */
  readonly lastHeardAt: () => number | null;
}

/**
 * A live stream for a desk page, over the same endless reader as the board.
 * Opens anew when `variables` change in content; folds updates outside React and shows them once per frame.
 */
export function useLive<Data extends Record<string, unknown>, Update, State>(live: Live<Data, Update, State>): LiveState<State> {
  const [shown, setShown] = useState<{ state: State | null; connected: boolean; detail: string }>({ state: null, connected: false, detail: '' });
  const [clock] = useState(() => createServerClock(() => performance.now()));
  const heard = useRef<number | null>(null);
  const latest = useRef(live);
  latest.current = live;
  const variables = JSON.stringify(live.variables);
  useEffect(() => {
    let next: { state: State | null; connected: boolean; detail: string } = { state: null, connected: false, detail: '' };
    let frame = 0;
    const change = (part: Partial<typeof next>): void => {
      next = { ...next, ...part };
      if (frame === 0) frame = requestAnimationFrame(() => { frame = 0; setShown(next); });
    };
    const { document, updateOf } = latest.current;
    const reader = readFeed<Update>({
      open: graphqlAttempt<Data, Update>({ url: feedUrl(), token: null, query: print(document), variables: JSON.parse(variables), updateOf }),
      timers: browserTimers,
      markOf: (update) => latest.current.markOf(update),
      onUpdate(update, mark) {
        if (mark.kind !== 'delta') clock.sample(Date.parse(mark.serverTime));
        heard.current = trueAt(mark.asOf, clock.now(), { monotonic: performance.now(), known: heard.current });
        change({ state: latest.current.reduce(next.state, update) });
      },
      onConnection: (state, detail) => change({ state: rightsLost(detail) ? null : next.state, connected: state === 'connected', detail }),
    });
    setShown(next);
    window.addEventListener('online', reader.nudge);
    return () => {
      window.removeEventListener('online', reader.nudge);
      cancelAnimationFrame(frame);
      reader.stop();
    };
  }, [variables, clock]);
  return { ...shown, clock, lastHeardAt: () => heard.current };
}
