import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { log } from '../platform/log/log.ts';

/** An answer of which nothing is taken for so long is given up; it may hold memory, and a long file a connection to the database. */
export const STALLED_MS = 20_000;

/**
 * Ends connections whose client has stopped reading its answer. Node counts a piece that the client takes as a sign of life, however
 * large the answer. A server that still works on an answer is not to blame on its client; who is slow at sending is judged by
 * `headersTimeout` and `requestTimeout`; WebSockets have bounds of their own (LIV-06).
 */
export function endStalledReaders(server: Server, milliseconds = STALLED_MS): void {
  const answering = new WeakSet<Socket>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.setTimeout(milliseconds, (socket) => {
    if (answering.has(socket) && socket.writableLength === 0) return;
    if (answering.has(socket)) log.info({ waitingBytes: socket.writableLength }, 'a client does not read its answer; closing its connection');
    socket.destroy();
  });
}
