import { LiveClient } from './live-client.ts';
import { BOARD_FEED } from './board-follower.ts';
import type { Wall } from './wall.ts';

export interface RoomOfBoards {
  messages(): number;
  lost(): number;
  close(): void;
}

/** So many other boards of the same kind, without a browser each: they hear everything and draw nothing. */
export async function roomOfBoards(wall: Wall, count: number): Promise<RoomOfBoards> {
  const { plain } = await wall.desk.token({ kind: 'screen', boardId: wall.desk.boards.all });
  let messages = 0;
  let lost = 0;
  let closing = false;
  const clients = await Promise.all(Array.from({ length: count }, async () => {
    const client = await LiveClient.connect(wall.server.url, plain);
    // Counted, not kept.
    client.socket.removeAllListeners('message');
    client.socket.on('message', () => (messages += 1)).on('close', () => { if (!closing) lost += 1; });
    client.subscribe(BOARD_FEED, { id: wall.desk.boards.all });
    return client;
  }));
  return {
    messages: () => messages, lost: () => lost,
    close: () => {
      closing = true;
      for (const client of clients) client.close();
    },
  };
}
