/** Preloaded into a server process: the defects that its judges must find. It keeps each WebSocket and a timer of it for ever, and complains of each that goes. */
import { WebSocketServer, type WebSocket } from 'ws';

const kept: WebSocket[] = [];
const emit = Reflect.get(WebSocketServer.prototype, 'emit') as (...given: unknown[]) => boolean;

Reflect.set(WebSocketServer.prototype, 'emit', function planted(this: unknown, name: string, socket: WebSocket, ...rest: unknown[]): boolean {
  if (name === 'connection') {
    kept.push(socket);
    setInterval(() => kept.length, 3_600_000);
    socket.once('close', () => console.error('Internal error: a connection has gone'));
  }
  return Reflect.apply(emit, this, [name, socket, ...rest]) as boolean;
});
