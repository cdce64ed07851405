import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

export type Direction = 'to-server' | 'to-client';
const DIRECTIONS: readonly Direction[] = ['to-server', 'to-client'];

/** What is wrong with the cable; it holds for connections that are open and for those to come. */
export interface Fault {
  /** Each way. */
  readonly latencyMs?: number;
  /** Each connection, each way. */
  readonly bytesPerSecond?: number;
  /** Bytes wait until the fault is over, then all come: what TCP makes of a network that drops packets for a while. */
  readonly holds?: readonly Direction[];
  /** Bytes and endings vanish, and neither side hears of it: what a firewall leaves behind that forgot the connection (half-open). */
  readonly loses?: readonly Direction[];
  /** New connections are answered with a reset. */
  readonly refuses?: boolean;
}

export const BOTH_WAYS = DIRECTIONS;

/** A cable with a switch for each fault, between whoever connects to `port` and a server. */
export class FaultProxy {
  private readonly target: { readonly host: string; readonly port: number };
  private readonly server = createServer({ allowHalfOpen: true }, (near) => this.join(near));
  private readonly ends = new Set<Socket>();
  private fault: Fault = {};
  private changed = Promise.withResolvers<void>();

  private constructor(target: { host: string; port: number }) {
    this.target = target;
  }

  static async start(target: { readonly host?: string; readonly port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy({ host: '127.0.0.1', ...target });
    await new Promise<void>((done, failed) => proxy.server.once('error', failed).listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return Math.ceil(this.ends.size / 2);
  }

  /** Replaces the fault; `{}` is a good cable. A connection that has lost bytes or an ending stays broken. */
  set(fault: Fault): void {
    this.fault = fault;
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }

  /** Ends every open connection with a reset (RST), on both sides. */
  reset(): void {
    for (const end of this.ends) end.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.server.close(done));
    this.set({});
    this.reset();
    await stopped;
  }

  private join(near: Socket): void {
    if (this.fault.refuses) return void near.resetAndDestroy();
    const far = connect({ ...this.target, allowHalfOpen: true });
    this.carry({ direction: 'to-server', from: near, to: far });
    this.carry({ direction: 'to-client', from: far, to: near });
  }

  private carry({ direction, from, to }: Way): void {
    this.ends.add(from);
    let turn = Promise.resolve();
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => {
      if (this.loses(direction)) return;
      const due = performance.now() + (this.fault.latencyMs ?? 0);
      turn = turn.then(() => this.deliver(bytes, { to, direction, due }));
    });
    from.on('end', () => {
      if (!this.loses(direction)) turn = turn.then(() => this.deliver(null, { to, direction, due: 0 }));
    });
    // Told by 'close' as well.
    from.on('error', () => undefined);
    from.on('close', (failed) => {
      this.ends.delete(from);
      if (failed && !this.loses(direction)) to.resetAndDestroy();
    });
  }

  /** Null is the ending. */
  private async deliver(bytes: Buffer | null, { to, direction, due }: { to: Socket; direction: Direction; due: number }): Promise<void> {
    const early = due - performance.now();
    if (early > 0) await wait(early);
    while (this.fault.holds?.includes(direction) && !to.destroyed) await this.changed.promise;
    if (bytes === null) return void to.end();
    for (let sent = 0; sent < bytes.length && !to.destroyed;) {
      const piece = bytes.subarray(sent, sent + this.piece(bytes.length));
      if (!this.loses(direction)) to.write(piece);
      sent += piece.length;
      if (this.fault.bytesPerSecond) await wait(SLICE_MS);
    }
  }

  private piece(all: number): number {
    const { bytesPerSecond } = this.fault;
    return bytesPerSecond ? Math.max(1, Math.floor((bytesPerSecond * SLICE_MS) / 1000)) : all;
  }

  private loses(direction: Direction): boolean {
    return this.fault.loses?.includes(direction) ?? false;
  }
}

interface Way {
  readonly direction: Direction;
  readonly from: Socket;
  readonly to: Socket;
}

/** A slow cable sends a piece this often. */
const SLICE_MS = 20;
