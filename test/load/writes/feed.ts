import { startServer } from '../../../server/src/app/server.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { startChild, type Child } from '../harness/child.ts';

export interface Feed {
  readonly url: string;
  readonly database: Database;
  /** Messages that the boards have got. */
  heard(): Promise<number>;
  end(): Promise<void>;
}

/** A server with its tailer, its live hub and so many boards that look at it from another process; the writers work inside it. */
export async function startFeed(databaseUrl: string, { token, boardId, boards }: { token: string; boardId: string; boards: number }): Promise<Feed> {
  const server = await startServer({ databaseUrl, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
  const child: Child<unknown> = await startChild('test/load/writes/boards.ts', { BOARDS_AT: server.url, BOARDS_TOKEN: token, BOARD_ID: boardId, BOARDS: String(boards) });
  return {
    url: server.url, database: server.database,
    heard: () => child.ask<number>('heard'),
    end: async () => {
      await child.end();
      await server.close();
    },
  };
}
