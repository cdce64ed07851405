/**
 * Preloaded into a server process: tells its parent, when asked, what it holds after everything that can be collected has been.
 * Of WebSockets those are counted that are still in the heap, so that a forgotten one is found wherever it is kept.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Holdings } from './holdings.ts';

const met: WeakRef<WebSocket>[] = [];
const emit = Reflect.get(WebSocketServer.prototype, 'emit') as (...given: unknown[]) => boolean;

Reflect.set(WebSocketServer.prototype, 'emit', function watched(this: unknown, name: string, ...given: [WebSocket, ...unknown[]]): boolean {
  if (name === 'connection') met.push(new WeakRef(given[0]));
  return Reflect.apply(emit, this, [name, ...given]) as boolean;
});

process.on('message', async (asked: unknown) => {
  if (asked !== 'holdings') return;
  // Finalizers and freed pages take a moment each.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await wait(100);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const count = (name: string) => resources.filter((one) => one === name).length;
  const webSockets = met.filter((socket) => socket.deref()).length;
  const told: Holdings = { heapMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6, sockets: count('TCPSocketWrap'), timers: count('Timeout'), webSockets };
  process.send?.({ holdings: told });
});
// The channel alone must not keep the process.
process.channel?.unref();
