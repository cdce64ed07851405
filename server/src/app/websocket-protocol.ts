import type { IncomingMessage } from 'node:http';
import { CloseCode, handleProtocols, makeServer, type ConnectionInitMessage, type ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { closeSlow, OUTBOX_LIMITS } from '../platform/live/outbox.ts';
import { log } from '../platform/log/log.ts';

/** What graphql-ws knows of a connection beside its protocol. */
export interface Carried extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
}

type Payload = NonNullable<ConnectionInitMessage['payload']>;

/** A connection of which two pings in a row bring no answer is half-open and ended. */
const PING_MS = 12_000;

/**
 * graphql-transport-ws on a WebSocket server, as `graphql-ws/use/ws` has it, whose makers say to copy it where more is asked:
 * that one prints to the console whenever somebody's network breaks while a message is on its way. Here a broken connection is
 * no fault of anybody's, and what is one goes to our log.
 */
export function speakProtocol(sockets: WebSocketServer, options: ServerOptions<Payload, Carried>): { close(): Promise<void> } {
  const protocol = makeServer<Payload, Carried>(options);
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('connection', (socket, request) => {
    // Frames that are none: ws has closed it already, with the code that says why.
    socket.on('error', (error) => log.info({ err: error }, 'a live connection is closed: its client does not keep to the protocol'));
    const stopPings = ping(socket);
    answerPings(socket);
    const closed = protocol.opened({
      protocol: socket.protocol,
      send: sender(socket),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) => socket.on('message', (data) => void hear(String(data)).catch((error: unknown) => failed(socket, error))),
    }, { socket, request });
    socket.once('close', (code, reason) => {
      stopPings();
      void closed(code, String(reason));
    });
  });
  return {
    close: async () => {
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      sockets.removeAllListeners();
      await new Promise((done) => sockets.close(done));
    },
  };
}

/**
 * What is asked for is answered whatever its size, but not while more than the bytes of an outbox wait that the client has not read
 * (LIV-06). A write fails only when the other side is gone, and 'close' tells that.
 */
function sender(socket: WebSocket): (text: string) => Promise<void> {
  let waiting = 0;
  return (text) => new Promise((sent) => {
    if (socket.readyState !== socket.OPEN) return sent();
    if (waiting > OUTBOX_LIMITS.bytes) {
      log.info({ waitingBytes: waiting }, 'a client does not read its answers; closing it');
      closeSlow(socket);
      return sent();
    }
    waiting += text.length;
    socket.send(text, () => {
      waiting -= text.length;
      sent();
    });
  });
}

/** One at a time, as the protocol of WebSockets allows: else pings without reading would fill our memory with pongs. */
function answerPings(socket: WebSocket): void {
  let answering = false;
  socket.on('ping', (data) => {
    if (answering || socket.readyState !== socket.OPEN) return;
    answering = true;
    socket.pong(data, false, () => (answering = false));
  });
}

function failed(socket: WebSocket, error: unknown): void {
  log.error({ err: error }, 'a message of a live connection failed');
  socket.close(CloseCode.InternalServerError, 'Internal server error');
}

/** Answers how to stop. */
function ping(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}
