import type { Duplex } from 'node:stream';
import * as ws from 'ws';
import type { WebSocket } from 'ws';
import { log } from '../log/log.ts';
import { textFrame } from './text-frame.ts';

/** What ws exports for framing, and its types leave out. */
type SenderClass = new (stream: object) => { send(data: Buffer, options: object, sent?: () => void): void };

/** Both sides of each change of the length's encoding. */
const CHECKED_LENGTHS = [0, 1, 125, 126, 65_535, 65_536];

const streams = new WeakMap<WebSocket, Duplex>();
let agreed: boolean | null = null;

/** To be called at the upgrade, which hands over the stream that the WebSocket is then spoken on. */
export function rememberStream(socket: WebSocket, stream: Duplex): void {
  streams.set(socket, stream);
}

/**
 * The stream of a WebSocket on which whole frames may be written beside ws; null where they must go through ws, because
 * an extension changes frames, ws frames differently from us, or the stream is not known.
 */
export function wireOf(socket: WebSocket): Duplex | null {
  const stream = streams.get(socket);
  if (!stream || socket.extensions !== '') return null;
  agreed ??= framesAgree();
  return agreed ? stream : null;
}

/** Whether ws holds nothing back: what it counts as waiting is what waits in the stream, so a frame written now keeps its place. */
export function nothingHeldBack(socket: WebSocket, stream: Duplex): boolean {
  return stream.writable && socket.bufferedAmount === stream.writableLength;
}

/** Lets ws frame messages of each kind of length, and compares byte by byte with our frames. */
export function framesAgree(Sender: unknown = Reflect.get(ws, 'Sender')): boolean {
  try {
    return CHECKED_LENGTHS.every((length) => {
      const payload = Buffer.alloc(length, 'x');
      return framedBy(Sender as SenderClass, payload).equals(textFrame([payload]).whole);
    });
  } catch (error) {
    log.warn({ err: error }, 'ws cannot be compared with our own frames; messages go through ws');
    return false;
  }
}

function framedBy(Sender: SenderClass, payload: Buffer): Buffer {
  const written: Buffer[] = [];
  const stream = { cork: () => undefined, uncork: () => undefined, write: (chunk: Buffer) => written.push(chunk) };
  new Sender(stream).send(payload, { fin: true, binary: false, mask: false, compress: false });
  return Buffer.concat(written);
}
