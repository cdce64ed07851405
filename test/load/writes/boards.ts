import { BOARD_FEED } from '../../support/board-follower.ts';
import { LiveClient } from '../../support/live-client.ts';
import { serveParent } from '../harness/child.ts';

/** Boards that hear everything and draw nothing. */
let heard = 0;
await Promise.all(Array.from({ length: Number(process.env['BOARDS']) }, async () => {
  const client = await LiveClient.connect(process.env['BOARDS_AT']!, process.env['BOARDS_TOKEN']!);
  client.socket.removeAllListeners('message');
  client.socket.on('message', () => (heard += 1));
  client.subscribe(BOARD_FEED, { id: process.env['BOARD_ID'] });
}));
serveParent({}, { heard: () => heard });
