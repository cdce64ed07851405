/** Preloaded into a server process: one that answers every ping, read or not, as its library does by itself. */
import { WebSocketServer, type WebSocket } from 'ws';

const emit = Reflect.get(WebSocketServer.prototype, 'emit') as (...given: unknown[]) => boolean;

Reflect.set(WebSocketServer.prototype, 'emit', function planted(this: unknown, name: string, socket: WebSocket, ...rest: unknown[]): boolean {
  if (name === 'connection') socket.on('ping', (data) => socket.pong(data));
  return Reflect.apply(emit, this, [name, socket, ...rest]) as boolean;
});
