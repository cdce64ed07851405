import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';

interface Closable {
  close(): unknown;
}

/** Many subscribers that only look for the delta they wait for, and count. */
export class Room {
  private readonly sockets: Closable[] = [];
  private readonly heard: number[] = [];
  private awaited = '';
  private missing = 0;
  private all: () => void = () => undefined;
  /** The last message of the first one, whole. */
  sample = '';

  /** Opens so many graphql-transport-ws subscribers, in hundreds. */
  static async open(url: string, size: number, authorization: string, subscribe: object): Promise<Room> {
    return Room.of(size, (hear) => subscriber(`${url.replace('http', 'ws')}/graphql`, authorization, subscribe, hear));
  }

  /** `join` connects one, which from then on says what it hears. */
  static async of(size: number, join: (hear: (data: Buffer) => void) => Promise<Closable>): Promise<Room> {
    const room = new Room();
    for (let from = 0; from < size; from += 100) {
      room.sockets.push(...await Promise.all(Array.from({ length: Math.min(100, size - from) }, () => {
        const place = room.heard.push(0) - 1;
        return join((data) => room.hear(place, data));
      })));
    }
    return room;
  }

  private hear(place: number, data: Buffer): void {
    if (this.awaited === '' || !data.includes(this.awaited)) return;
    this.heard[place]! += 1;
    if (place === 0) this.sample = data.toString();
    this.missing -= 1;
    if (this.missing === 0) this.all();
  }

  /** Lets `tell` run and waits until every socket has heard the delta of that number. */
  async hearAll(seq: number, tell: () => Promise<unknown>): Promise<void> {
    this.awaited = `"toSeq":"${seq}"`;
    this.missing = this.sockets.length;
    const all = new Promise<void>((done) => (this.all = done));
    const patience = setTimeout(() => {
      throw new Error(`${this.missing} of ${this.sockets.length} sockets did not hear delta ${seq} within 15 s.`);
    }, 15_000);
    await tell();
    await all;
    clearTimeout(patience);
  }

  /** Deliveries so far; every socket must have had the same number. */
  counted(): number {
    if (new Set(this.heard).size > 1) throw new Error(`Some sockets heard ${Math.min(...this.heard)} deltas, others ${Math.max(...this.heard)}.`);
    return this.heard.reduce((sum, one) => sum + one, 0);
  }

  close(): void {
    for (const socket of this.sockets) socket.close();
  }
}

/** Delta after delta, the next when all have the last; answers how many of both. */
export async function deliver(room: Room, milliseconds: number, tell: (seq: number) => Promise<unknown>, from: number): Promise<{ deliveries: number; deltas: number }> {
  const before = room.counted();
  const until = performance.now() + milliseconds;
  let deltas = 0;
  do {
    deltas += 1;
    await room.hearAll(from + deltas, () => tell(from + deltas));
  } while (performance.now() < until);
  return { deliveries: room.counted() - before, deltas };
}

async function subscriber(url: string, authorization: string, subscribe: object, hear: (data: Buffer) => void): Promise<Closable> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  await new Promise<void>((done, failed) => {
    socket.once('error', failed).once('close', (code) => failed(new Error(`closed with ${code}`)));
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${authorization}` } })));
    socket.once('message', () => {
      // As the wallboard does, all choose the same id.
      socket.send(JSON.stringify({ id: 'feed', type: 'subscribe', payload: subscribe }));
      socket.on('message', hear);
      done();
    });
  });
  return { close: () => socket.terminate() };
}
