import { WebSocket } from 'ws';

export interface Operation {
  readonly id: string;
  readonly query: string;
  readonly variables: object;
}

/** A graphql-transport-ws connection with its subscriptions; what it hears is handed on as it came. */
export async function openScreen(url: string, token: string, operations: readonly Operation[], hear: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { perMessageDeflate: false });
  await new Promise<void>((done, failed) => {
    socket.once('error', failed).once('close', (code) => failed(new Error(`closed with ${code}`)));
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    // Who opened it hears of its end by its close.
    socket.on('error', () => undefined);
    socket.once('message', () => {
      for (const { id, query, variables } of operations) socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
      socket.on('message', (data: Buffer) => hear(data.toString()));
      done();
    });
  });
  return socket;
}

/** So many at once, until all are there. */
export async function inHundreds<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) {
    const from = made.length;
    made.push(...await Promise.all(Array.from({ length: Math.min(100, count - from) }, (_, index) => make(from + index))));
  }
  return made;
}
