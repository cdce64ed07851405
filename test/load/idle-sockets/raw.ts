/** `ws` alone: a socket with one listener, told a heartbeat as often as ours is. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { portOf } from '../fan-out/port-of.ts';
import { serveParent } from '../harness/child.ts';
import { settledMemory } from './settled-memory.ts';

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => 'graphql-transport-ws' });
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    if (String(data).includes('connection_init')) socket.send('{"type":"connection_ack"}');
  });
});
setInterval(() => {
  for (const socket of sockets.clients) socket.send('{"type":"next","payload":{"data":{"board":{"__typename":"BoardHeartbeat"}}},"id":"feed"}');
}, 5000);
serveParent({ url: `http://127.0.0.1:${await portOf(http)}` }, { memory: settledMemory });
