import { BoardsDocument, type BoardsQuery } from '../../graphql/generated/board/graphql.ts';
import { backOffMs } from '../../lib/feed/back-off.ts';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';

/** The first board that this screen or person may see; asks for ever, as a screen may start before its server. */
export async function findBoardId(token: string | null, timers: FeedTimers): Promise<string> {
  for (let failures = 0; ; failures += 1) {
    const id = await askForBoards(token);
    if (id !== null) return id;
    await new Promise<void>((resolve) => timers.after(backOffMs(failures, timers.random()), resolve));
  }
}

async function askForBoards(token: string | null): Promise<string | null> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: BoardsDocument.toString() }),
    });
    const answer: { readonly data?: BoardsQuery | null } = await response.json();
    return answer.data?.boards[0]?.id ?? null;
  } catch {
    // Not reachable, or not yet the server: the caller waits and asks again.
    return null;
  }
}
