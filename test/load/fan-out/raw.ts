/** The ceiling: `ws` alone, one string to all. It is told the very text that ours sends. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { serveParent } from '../harness/child.ts';
import { portOf } from './port-of.ts';

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => 'graphql-transport-ws' });
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    if (String(data).includes('connection_init')) socket.send('{"type":"connection_ack"}');
  });
});
serveParent({ url: `http://127.0.0.1:${await portOf(http)}` }, {
  tell: (text: string) => {
    for (const socket of sockets.clients) socket.send(text);
  },
});
