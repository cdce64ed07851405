import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

export type Direction = 'to-server' | 'to-client';
const DIRECTIONS: readonly Direction[] = ['to-server', 'to-client'];

/** What is wrong with the cable; it holds for connections that are open and for those to come. */
export interface Fault {
  /** Each way. */
  readonly latencyMs?: number;
  /** Each connection, each way. */
  readonly bytesPerSecond?: number;
  /** Whatever is sent arrives in pieces of so many bytes. */
  readonly pieceBytes?: number;
  /** Bytes wait until the fault is over, then all come: what TCP makes of a network that drops packets for a while. */
  readonly holds?: readonly Direction[];
  /** Bytes and endings vanish, and neither side hears of it: what a firewall leaves behind that forgot the connection (half-open). */
  readonly loses?: readonly Direction[];
  /** Of what is sent next that way the first half arrives and then the end, in the middle of a frame; the sender gets a reset. */
  readonly cuts?: readonly Direction[];
  /** New connections are answered with a reset. */
  readonly refuses?: boolean;
}

export const BOTH_WAYS = DIRECTIONS;

export interface Target {
  readonly host?: string;
  readonly port: number;
}

/** A cable with a switch for each fault, between whoever connects to `port` and a server, or several in turn. */
export class FaultProxy {
  private readonly targets: readonly Required<Target>[];
  private readonly server = createServer({ allowHalfOpen: true }, (near) => this.join(near));
  private readonly open = new Set<Line>();
  private fault: Fault = {};
  private turn = 0;

  private constructor(targets: readonly Target[]) {
    this.targets = targets.map((target) => ({ host: '127.0.0.1', ...target }));
  }

  static async start(...targets: readonly Target[]): Promise<FaultProxy> {
    const proxy = new FaultProxy(targets);
    await new Promise<void>((done, failed) => proxy.server.once('error', failed).listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Open at either side; each may be given a fault of its own. */
  get lines(): readonly Line[] {
    return [...this.open];
  }

  get connections(): number {
    return this.open.size;
  }

  /** Replaces the fault; `{}` is a good cable. A connection that has lost bytes or an ending stays broken. */
  set(fault: Fault): void {
    this.fault = fault;
    for (const line of this.open) line.stir();
  }

  /** Ends every open connection with a reset (RST), on both sides. */
  reset(): void {
    for (const line of this.open) line.reset();
  }

  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.server.close(done));
    this.set({});
    this.reset();
    await stopped;
  }

  private join(near: Socket): void {
    if (this.fault.refuses) return void near.resetAndDestroy();
    const target = this.targets[this.turn++ % this.targets.length]!;
    const far = connect({ ...target, allowHalfOpen: true });
    const line = new Line({ near, far, common: () => this.fault, over: () => this.open.delete(line) });
    this.open.add(line);
  }
}

interface LineParts {
  readonly near: Socket;
  readonly far: Socket;
  /** The fault of the whole cable. */
  readonly common: () => Fault;
  readonly over: () => void;
}

/** One connection through the cable. */
export class Line {
  private readonly parts: LineParts;
  private own: Fault | null = null;
  private changed = Promise.withResolvers<void>();
  private ends = 2;

  constructor(parts: LineParts) {
    this.parts = parts;
    const { near, far } = parts;
    this.carry({ direction: 'to-server', from: near, to: far });
    this.carry({ direction: 'to-client', from: far, to: near });
  }

  get fault(): Fault {
    return this.own ?? this.parts.common();
  }

  /** Prevails over the fault of the cable; null takes it away. */
  set(fault: Fault | null): void {
    this.own = fault;
    this.stir();
  }

  /** Ends it with a reset, on both sides. */
  reset(): void {
    for (const end of [this.parts.near, this.parts.far]) end.resetAndDestroy();
  }

  /** What waits for another fault looks again. */
  stir(): void {
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }

  private carry({ direction, from, to }: Way): void {
    let turn = Promise.resolve();
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => {
      if (this.is('loses', direction)) return;
      const due = performance.now() + (this.fault.latencyMs ?? 0);
      turn = turn.then(() => this.deliver(bytes, { from, to, direction, due }));
    });
    from.on('end', () => {
      if (!this.is('loses', direction)) turn = turn.then(() => this.deliver(null, { from, to, direction, due: 0 }));
    });
    // Told by 'close' as well.
    from.on('error', () => undefined);
    from.on('close', (failed) => {
      this.ends -= 1;
      if (this.ends === 0) this.parts.over();
      if (failed && !this.is('loses', direction)) to.resetAndDestroy();
    });
  }

  /** Null is the ending. */
  private async deliver(bytes: Buffer | null, { from, to, direction, due }: Way & { readonly due: number }): Promise<void> {
    const early = due - performance.now();
    if (early > 0) await wait(early);
    while (this.is('holds', direction) && !to.destroyed) await this.changed.promise;
    if (bytes === null) return void to.end();
    if (this.is('cuts', direction)) {
      to.end(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      return void from.resetAndDestroy();
    }
    for (let sent = 0; sent < bytes.length && to.writable;) {
      const piece = bytes.subarray(sent, sent + this.piece(bytes.length));
      if (!this.is('loses', direction)) to.write(piece);
      sent += piece.length;
      if (this.fault.bytesPerSecond) await wait(SLICE_MS);
      // Else they would be read together.
      else if (sent < bytes.length) await nextTurn();
    }
  }

  private piece(all: number): number {
    const { bytesPerSecond, pieceBytes = all } = this.fault;
    return bytesPerSecond ? Math.min(pieceBytes, Math.max(1, Math.floor((bytesPerSecond * SLICE_MS) / 1000))) : pieceBytes;
  }

  private is(what: 'holds' | 'loses' | 'cuts', direction: Direction): boolean {
    return this.fault[what]?.includes(direction) ?? false;
  }
}

interface Way {
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
}

/** A slow cable sends a piece this often. */
const SLICE_MS = 20;
