import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const SDL = `
  input FeedCursor { epoch: String!, seq: String! }
  type Query { ok: Boolean }
  type Mark { kind: String!, epoch: String, seq: String, fromSeq: String, toSeq: String }
  type Subscription { feed(after: FeedCursor): Mark! }
`;

export interface Cursor { readonly epoch: string; readonly seq: string }
export interface Mark { readonly kind: 'snapshot' | 'delta' | 'heartbeat'; readonly epoch?: string; readonly seq?: string; readonly fromSeq?: string; readonly toSeq?: string }

/** One subscription as the server sees it: what it was asked for, and the hand that feeds it. */
export interface Stream {
  readonly after: Cursor | null;
  readonly token: unknown;
  readonly send: (mark: Mark) => void;
  readonly finish: () => void;
  /** Refuses it: answered with GraphQL errors when it is the first thing, with a close code later. */
  readonly fail: (error: Error) => void;
}

export interface FeedServer {
  readonly port: number;
  /** Waits for the next subscription. */
  readonly nextStream: () => Promise<Stream>;
  readonly closeSockets: (code: number, reason: string) => void;
  readonly stop: () => Promise<void>;
}

/** A real graphql-ws server on a free port (or a given one, to come back after a restart). */
export async function startFeedServer(port = 0): Promise<FeedServer> {
  const waiting = queue<Stream>();
  const http = createHttpServer((_request, response) => void response.end('{}'));
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  const schema = buildSchema(SDL);
  useServer({
    schema,
    context: (connection) => connection,
    roots: { subscription: { feed: async ({ after }: { after?: Cursor | null }, context: { connectionParams?: Record<string, unknown> }) => {
      const marks = queue<Mark | Error | null>();
      waiting.push({
        after: after ?? null, token: context.connectionParams?.['authorization'],
        send: marks.push, finish: () => marks.push(null), fail: marks.push,
      });
      const first = await marks.next();
      if (first instanceof Error) throw first;
      return iterate(first, marks.next);
    } } },
  }, sockets);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    port: (http.address() as AddressInfo).port,
    nextStream: waiting.next,
    closeSockets: (code, reason) => sockets.clients.forEach((socket) => socket.close(code, reason)),
    stop: async () => {
      sockets.clients.forEach((socket) => socket.terminate());
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

async function* iterate(first: Mark | null, next: () => Promise<Mark | Error | null>) {
  for (let mark: Mark | Error | null = first; ; mark = await next()) {
    if (mark === null) return;
    if (mark instanceof Error) throw mark;
    yield { feed: mark };
  }
}

/** A cable between screen and server that can be cut without either side hearing of it. */
export async function startCable(target: number) {
  const ends = new Set<Socket>();
  let cut = false;
  const server: Server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]] as const) {
      ends.add(from);
      from.on('data', (bytes) => { if (!cut) to.write(bytes); });
      from.on('error', () => to.destroy());
      from.on('close', () => { ends.delete(from); to.destroy(); });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => { cut = true; },
    mend: () => { cut = false; },
    stop: () => {
      ends.forEach((end) => end.destroy());
      server.close();
    },
  };
}

/** Hands things over one at a time, to whoever asks first. */
export function queue<Thing>() {
  const things: Thing[] = [];
  const takers: ((thing: Thing) => void)[] = [];
  return {
    push: (thing: Thing): void => {
      const taker = takers.shift();
      if (taker === undefined) things.push(thing);
      else taker(thing);
    },
    next: (): Promise<Thing> => new Promise((resolve) => {
      const thing = things.shift();
      if (thing === undefined) takers.push(resolve);
      else resolve(thing);
    }),
  };
}
