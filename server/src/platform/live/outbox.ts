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

interface Waiting {
  /** The outbox's whole number of bytes at the end of this message. */
  readonly upTo: number;
  /** What it counts towards the limit. */
  readonly bytes: number;
  readonly deadline: number;
}

const AS_TEXT = { binary: false } as const;
const HEAD_OF_TEXT = { binary: false, fin: false } as const;

/** Of two frames, at least. */
const HEADERS_OF_FRAGMENTS = 6;

const outboxes = new WeakMap<WebSocket, Outbox>();

/**
 * What waits for one socket: bounded in bytes and seconds; past either the socket is closed and nobody else waits for it. Told by what the
 * socket says that it still holds, not by a callback for each message: almost always the kernel takes a frame at once, and nothing is to be
 * remembered.
 */
export class Outbox {
  private readonly socket: WebSocket;
  private readonly limits: OutboxLimits;
  private readonly wire: Duplex | null;
  private waiting: Waiting[] = [];
  /** Of all messages ever sent. What others send on the socket makes a message look less far on its way while it waits too. */
  private written = 0;

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
    const { socket, wire } = this;
    if (socket.readyState !== socket.OPEN) return;
    if (this.waiting.length > 0 && socket.bufferedAmount === 0) this.waiting = [];
    const frame = message.frameFor(id, tail);
    if (!frame) this.sendInFragments(message.head, tail);
    else if (wire && nothingHeldBack(socket, wire)) wire.write(frame.whole);
    else socket.send(frame.payload, AS_TEXT);
    const bytes = message.head.length + tail.length;
    this.written += frame ? frame.whole.length : bytes + HEADERS_OF_FRAGMENTS;
    if (socket.bufferedAmount === 0) return;
    this.remember(bytes, first);
    this.check();
  }

  /** A large head goes out as a fragment of its own, so that all sockets share its bytes. */
  private sendInFragments(head: Buffer, tail: Buffer): void {
    this.socket.send(head, HEAD_OF_TEXT);
    this.socket.send(tail, AS_TEXT);
  }

  private remember(bytes: number, first: boolean): void {
    const { milliseconds, firstMessageMilliseconds } = this.limits;
    this.waiting.push({ upTo: this.written, bytes: first ? 0 : bytes, deadline: processNow() + (first ? firstMessageMilliseconds : milliseconds) });
  }

  /** Closes the socket when it has not taken its messages in time. Asked whenever something waits at a send; a heartbeat is one every 5 s. */
  check(): void {
    const gone = this.written - this.socket.bufferedAmount;
    this.waiting = this.waiting.filter(({ upTo }) => upTo > gone);
    const [oldest] = this.waiting;
    const late = oldest !== undefined && processNow() > oldest.deadline;
    const waitingBytes = this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
    if (!late && waitingBytes <= this.limits.bytes) return;
    if (this.socket.readyState !== this.socket.OPEN) return;
    log.info({ waitingBytes, late }, 'a screen does not read its updates; closing it');
    closeSlow(this.socket);
  }
}

/** Whoever does not read does not answer a close either; its memory is given back a second later. */
export function closeSlow(socket: WebSocket): void {
  socket.close(SLOW_CONSUMER.code, SLOW_CONSUMER.reason);
  setTimeout(() => socket.terminate(), 1000).unref();
}
