import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { log } from '../log/log.ts';
import { processNow } from '../time/time-source.ts';
import type { LiveMessage } from './live-message.ts';
import { nothingHeldBack, wireOf } from './wire.ts';

/** Close code and reason for a screen that does not read: it connects again and starts from a snapshot (LIV-06). */
export const SLOW_CONSUMER = { code: 4429, reason: 'SLOW_CONSUMER' } as const;

export interface OutboxLimits {
  /** Bytes of updates that wait for the network. A first message may be larger: it is each screen's own and comes once. */
  readonly bytes: number;
  readonly milliseconds: number;
  readonly firstMessageMilliseconds: number;
}

export const OUTBOX_LIMITS: OutboxLimits = { bytes: 1_048_576, milliseconds: 5000, firstMessageMilliseconds: 30_000 };

/** Whom a message is for: an operation's id, and the end of each message to it. */
export interface Addressed {
  readonly id: string;
  readonly tail: Buffer;
}

interface Kept {
  readonly bytes: number;
  /** Milliseconds that it may wait. */
  readonly patience: number;
}

interface Waiting {
  readonly bytes: number;
  readonly deadline: number;
}

const NOTHING = Buffer.alloc(0);

const outboxes = new WeakMap<WebSocket, Outbox>();

/** What waits for one socket: bounded in bytes and seconds; past either the socket is closed and nobody else waits for it. */
export class Outbox {
  private readonly socket: WebSocket;
  private readonly limits: OutboxLimits;
  private readonly waiting: Waiting[] = [];
  private readonly wire: Duplex | null;
  private bytes = 0;

  private constructor(socket: WebSocket, limits: OutboxLimits) {
    this.socket = socket;
    this.limits = limits;
    this.wire = wireOf(socket);
  }

  static of(socket: WebSocket, limits: OutboxLimits = OUTBOX_LIMITS): Outbox {
    const kept = outboxes.get(socket);
    if (kept) return kept;
    const made = new Outbox(socket, limits);
    outboxes.set(socket, made);
    return made;
  }

  /** Sends a message under an operation's id, whose `tail` the caller keeps. */
  send(message: LiveMessage, { id, tail }: Addressed, first = false): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    const waiting = {
      bytes: first ? 0 : message.head.length + tail.length,
      patience: first ? this.limits.firstMessageMilliseconds : this.limits.milliseconds,
    };
    const frame = message.frameFor(id, tail);
    if (frame && this.wire && nothingHeldBack(this.socket, this.wire)) return this.write(this.wire, frame.whole, waiting);
    this.remember(waiting);
    if (frame) this.socket.send(frame.payload, { binary: false }, this.sent);
    else this.sendInFragments(message.head, tail);
    this.check();
  }

  /** Almost always the kernel takes the frame at once; then nothing waits, and nothing is to be remembered. */
  private write(wire: Duplex, frame: Buffer, waiting: Kept): void {
    wire.write(frame);
    if (wire.writableLength === 0) return;
    this.remember(waiting);
    // The answer to an empty write comes when everything before it has gone.
    wire.write(NOTHING, this.sent);
    this.check();
  }

  /** A large head goes out as a fragment of its own, so that all sockets share its bytes. */
  private sendInFragments(head: Buffer, tail: Buffer): void {
    this.socket.send(head, { binary: false, fin: false });
    this.socket.send(tail, { binary: false, fin: true }, this.sent);
  }

  private remember({ bytes, patience }: Kept): void {
    this.waiting.push({ bytes, deadline: processNow() + patience });
    this.bytes += bytes;
  }

  private readonly sent = (): void => {
    this.bytes -= this.waiting.shift()?.bytes ?? 0;
  };

  /** Closes the socket when it has not taken its messages in time. Asked whenever something waits at a send; a heartbeat is one every 5 s. */
  check(): void {
    const oldest = this.waiting[0];
    const late = oldest !== undefined && processNow() > oldest.deadline;
    if (!late && this.bytes <= this.limits.bytes) return;
    if (this.socket.readyState !== this.socket.OPEN) return;
    log.info({ waitingBytes: this.bytes, late }, 'a screen does not read its updates; closing it');
    this.socket.close(SLOW_CONSUMER.code, SLOW_CONSUMER.reason);
    // Whoever does not read does not answer a close either; its memory is given back now.
    setTimeout(() => this.socket.terminate(), 1000).unref();
  }
}
