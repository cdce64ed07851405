import { backOffMs } from './back-off.ts';
import { stepCursor, type FeedCursor, type FeedMark } from './feed-update.ts';

/** How one attempt to read a stream ended. `cursorRefused`: the server no longer knows the cursor, take a snapshot. */
export interface AttemptEnd {
  readonly cursorRefused: boolean;
  readonly detail: string;
}

/** One connection carrying one stream; it reports what arrives and, once, its end. Closing it reports nothing more. */
export interface Attempt {
  readonly close: () => void;
}

/** Opens a connection at a cursor (null: from a snapshot on). `reached` tells that somebody is there, before any message. */
export type OpenAttempt<Update> = (
  after: FeedCursor | null,
  sink: { readonly reached: () => void; readonly update: (update: Update) => void; readonly end: (end: AttemptEnd) => void },
) => Attempt;

export interface FeedReaderOptions<Update> {
  readonly open: OpenAttempt<Update>;
  readonly markOf: (update: Update) => FeedMark;
  /** Called for every update that applies, in order; never for one that does not. */
  readonly onUpdate: (update: Update, mark: FeedMark) => void;
  readonly onConnection?: (state: 'connected' | 'waiting', detail: string) => void;
  readonly timers: FeedTimers;
}

/** The outside world of the reader: waiting and chance. */
export interface FeedTimers {
  /** Runs `task` after so many milliseconds; the answer cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
  readonly random: () => number;
}

export interface FeedReader {
  readonly cursor: () => FeedCursor | null;
  /** Tries at once instead of waiting, e.g. when the machine says that its network is back. */
  readonly nudge: () => void;
  readonly stop: () => void;
}

/** Heartbeats come every 5 s, so this long without any message means a half-open socket or a hung server. */
const SILENCE_MS = 12_000;
/** So long nobody needs to say that somebody is there; the attempt knocks again and again meanwhile. */
const DOOR_MS = 6000;
/** The first message of a stream of ten thousand rows may take a busy server longer; leaving it early would only make it busier. */
const FIRST_MESSAGE_MS = 20_000;
/** Only a stream that lived this long proves the server well; one that opens and breaks at once must not be hammered. */
const SETTLED_MS = 10_000;

/**
 * Reads a stream for ever. Every try asks with the *current* cursor, so that nothing is missed and nothing comes twice (LIV-02);
 * a gap or a refused cursor leads to a fresh snapshot; no close code is final: a screen on a wall has nobody to press reload.
 */
export function readFeed<Update>(options: FeedReaderOptions<Update>): FeedReader {
  const { timers } = options;
  let cursor: FeedCursor | null = null;
  /** Streams that broke, in a row. Where nobody opens the door it is tried again at once: a knock costs nobody anything. */
  let failures = 0;
  let door: 'answered' | 'closed' = 'closed';
  let stopped = false;
  let current: Attempt | null = null;
  let cancelWait = (): void => {};
  let cancelSilence = (): void => {};
  let cancelSettled = (): void => {};

  const leave = (): void => {
    cancelSilence();
    cancelSettled();
    current?.close();
    current = null;
  };
  const retry = (detail: string): void => {
    leave();
    if (stopped) return;
    const wait = backOffMs(door === 'closed' ? 0 : failures, timers.random());
    if (door === 'answered') failures += 1;
    options.onConnection?.('waiting', detail);
    cancelWait = timers.after(wait, connect);
  };
  const restart = (detail: string): void => {
    cursor = null;
    retry(detail);
  };
  const expectMessage = (withinMs: number): void => {
    cancelSilence();
    cancelSilence = timers.after(withinMs, () => retry('silent'));
  };
  const take = (update: Update, isFirst: boolean): void => {
    expectMessage(SILENCE_MS);
    const mark = options.markOf(update);
    const step = stepCursor(cursor, mark);
    if (step.kind === 'gap') return restart('gap');
    if (isFirst) options.onConnection?.('connected', '');
    cursor = step.cursor;
    options.onUpdate(update, mark);
  };
  function connect(): void {
    cancelWait();
    let ours = true;
    let first = true;
    door = 'closed';
    expectMessage(DOOR_MS);
    const attempt = options.open(cursor, {
      reached() {
        if (!ours) return;
        door = 'answered';
        expectMessage(FIRST_MESSAGE_MS);
      },
      update(update) {
        if (!ours) return;
        door = 'answered';
        if (first) cancelSettled = timers.after(SETTLED_MS, () => { failures = 0; });
        take(update, first);
        first = false;
      },
      end({ cursorRefused, detail }) {
        if (!ours) return;
        ours = false;
        if (cursorRefused) restart(detail);
        else retry(detail);
      },
    });
    if (ours) current = { close: () => { ours = false; attempt.close(); } };
    else attempt.close();
  }
  connect();
  return {
    cursor: () => cursor,
    nudge() {
      if (stopped || current !== null) return;
      failures = 0;
      connect();
    },
    stop() {
      stopped = true;
      cancelWait();
      leave();
    },
  };
}
