import { createClient, type Client } from 'graphql-ws';
import type { Attempt, AttemptEnd, OpenAttempt } from './feed-reader.ts';
import type { FeedCursor } from './feed-update.ts';
import { knock } from './knock.ts';

export interface GraphqlFeed<Data, Update> {
  readonly url: string;
  /** A screen's token; a browser session needs none, its cookie goes with the handshake. */
  readonly token: string | null;
  /** The page load of a paired screen; its cookie then proves it. */
  readonly screen?: string | null;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly updateOf: (data: Data) => Update;
  /** How long to wait before asking whether the other side is there, and for its answer. */
  readonly patience?: { readonly keepAliveMs: number; readonly pongWithinMs: number };
}

const PATIENCE = { keepAliveMs: 10_000, pongWithinMs: 5000 };
const CURSOR_REFUSED = 'CURSOR_TOO_OLD';
/** The close code by which the server says that a subscriber fell too far behind; its cursor may be useless by now. */
const OVERFLOW_CODE = 4429;
/**
 * A try has a socket of its own with this one operation, so any id is unique on it. All screens choose the same, so that
 * the server frames a message once for all of them (decision 0030).
 */
const OPERATION_ID = 'feed';
/** Nobody is signed in, or not for this any more. */
const RIGHTS_CODES: readonly unknown[] = [4401, 4403];

/**
 * One try over the graphql-ws client. The library's own retries stay off: they would send the original cursor again,
 * give up after five tries, and take some close codes for final. Each try but a page's first knocks before it opens a WebSocket.
 */
export function graphqlAttempt<Data extends Record<string, unknown>, Update>(feed: GraphqlFeed<Data, Update>): OpenAttempt<Update> {
  let isFirst = true;
  return (after, sink) => {
    let over = false;
    let leave = (): void => {};
    const end = (reason: AttemptEnd): void => {
      if (over) return;
      close();
      sink.end(reason);
    };
    const reached = (): void => { if (!over) sink.reached(); };
    const open = (): void => {
      const client = connect(feed, { reached, end });
      const unsubscribe = client.subscribe<Data, unknown>(
        { query: feed.query, variables: withCursor(feed.variables, after) },
        {
          next(result) {
            if (over) return;
            if (result.errors !== undefined && result.errors.length > 0) end(describe(result.errors));
            else if (result.data) sink.update(feed.updateOf(result.data));
          },
          error: (reason) => end(describe(reason)),
          complete: () => end({ cursorRefused: false, detail: 'complete' }),
        },
      );
      leave = () => {
        unsubscribe();
        // Of a connection that never came about it rejects with its end, for which nobody waits any more.
        Promise.resolve(client.dispose()).catch(() => undefined);
      };
    };
    function close(): void {
      over = true;
      leave();
    }
    if (isFirst) open();
    else {
      leave = knock(feed.url, () => {
        reached();
        open();
      });
    }
    isFirst = false;
    const attempt: Attempt = { close };
    return attempt;
  };
}

interface Socket {
  readonly reached: () => void;
  readonly end: (reason: AttemptEnd) => void;
}

function connect<Data, Update>(feed: GraphqlFeed<Data, Update>, { reached, end }: Socket): Client {
  let pong: ReturnType<typeof setTimeout> | undefined;
  const { keepAliveMs, pongWithinMs } = feed.patience ?? PATIENCE;
  const client = createClient({
    url: feed.url,
    retryAttempts: 0,
    generateID: () => OPERATION_ID,
    keepAlive: keepAliveMs,
    connectionParams: { ...(feed.token === null ? {} : { authorization: `Bearer ${feed.token}` }), ...(feed.screen == null ? {} : { 'watchfloor-screen': feed.screen }) },
    on: {
      opened: reached,
      ping(received) {
        if (received) return;
        clearTimeout(pong);
        pong = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => { if (received) clearTimeout(pong); },
      // The library would answer an orderly close (1000) by connecting again with the old cursor, so every close ends the try here.
      closed(event) {
        clearTimeout(pong);
        end(describe(event));
      },
    },
  });
  return client;
}

function withCursor(variables: Readonly<Record<string, unknown>>, after: FeedCursor | null): Record<string, unknown> {
  return { ...variables, after: after === null ? null : { epoch: after.epoch, seq: after.seq } };
}

/** Reads close events, lists of GraphQL errors and thrown errors alike: what matters is only whether the cursor was refused. */
export function describe(reason: unknown): AttemptEnd {
  if (Array.isArray(reason)) {
    const refused = reason.some((error: unknown) => codeOf(error) === CURSOR_REFUSED);
    return { cursorRefused: refused, detail: reason.map((error: unknown) => `${String(codeOf(error) ?? '')} ${textOf(error)}`.trim()).join('; ') };
  }
  const code = field(reason, 'code');
  const text = textOf(reason);
  const cursorRefused = code === OVERFLOW_CODE || RIGHTS_CODES.includes(code) || text.includes(CURSOR_REFUSED);
  return { cursorRefused, detail: code === undefined ? text : `${String(code)} ${text}`.trim() };
}

/**
 * Whether an attempt ended because the right to see this is gone (LIV-05): what the screen shows must go too.
 * Where only the rights changed, the next attempt brings a fresh snapshot under the new ones.
 */
export function rightsLost(detail: string): boolean {
  return RIGHTS_CODES.some((code) => detail.startsWith(String(code)));
}

function codeOf(error: unknown): unknown {
  return field(field(error, 'extensions'), 'code');
}

function textOf(reason: unknown): string {
  const text = field(reason, 'reason') ?? field(reason, 'message');
  return typeof text === 'string' ? text : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
