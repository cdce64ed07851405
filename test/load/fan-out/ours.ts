/**
 * A whole server of ours, with one thing replaced: what a board follows is fed by hand instead of by evaluations of the
 * database. From the first operation to the last byte everything else is what boards use: handshake, authority, audience,
 * one execution and serialisation a delta, outbox.
 */
import { WebSocket } from 'ws';
import { startServer } from '../../../server/src/app/server.ts';
import type { Followed } from '../../../server/src/platform/live/audience.ts';
import { LiveStream } from '../../../server/src/platform/live/live-stream.ts';
import type { LiveView } from '../../../server/src/platform/live/live-view.ts';
import { serveParent } from '../harness/child.ts';
import { boardDelta } from './delta.ts';

const server = await startServer({ databaseUrl: process.env['DATABASE_URL']!, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
// Where frames must not be written beside ws, all goes by the public interfaces of the libraries; any extension says so.
if (process.env['BY_LIBRARY'] === '1') Object.defineProperty(WebSocket.prototype, 'extensions', { get: () => 'none in fact' });

type Join = Parameters<Followed['join']>;
const listeners = new Set<Join[1]>();
let ordinal = 0;
let fed: Followed | null = null;

server.live.open = (view, actor, after) => {
  // One view for all, as all boards of a room have.
  fed ??= feed(view as LiveView<unknown>);
  return new LiveStream(fed, actor, after);
};

function feed(view: LiveView<unknown>): Followed {
  return {
    view,
    join: async (_after, listener, _ended, joined) => {
      listeners.add(listener);
      joined({ kind: 'resume', ordinal, message: boardDelta(ordinal) });
    },
    leave: (listener) => void listeners.delete(listener),
  };
}

serveParent({ url: server.url }, {
  tell: (seq: number) => {
    ordinal = seq;
    for (const listener of listeners) listener({ ordinal, message: boardDelta(seq) });
  },
}, () => server.close());
