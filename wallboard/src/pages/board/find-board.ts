import { BoardsDocument, type BoardsQuery } from '../../graphql/generated/board/graphql.ts';
import { backOffMs } from '../../lib/feed/back-off.ts';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';

/** Why there is no board yet. `signIn`: the server asks who this is; `away`: it cannot be reached; `none`: it has no board for us. */
export type NoBoard = 'signIn' | 'away' | 'none';

export interface BoardSearch {
  readonly ask: () => Promise<string | NoBoard>;
  readonly timers: FeedTimers;
  readonly onWait: (why: NoBoard) => void;
}

/** The first board that this screen or person may see; asks for ever, as a screen may start before its server. */
export async function findBoardId({ ask, timers, onWait }: BoardSearch): Promise<string> {
  for (let failures = 0; ; failures += 1) {
    const found = await ask();
    if (found !== 'signIn' && found !== 'away' && found !== 'none') return found;
    onWait(found);
    await new Promise<void>((resolve) => timers.after(backOffMs(found === 'away' ? Math.min(failures, 1) : failures, timers.random()), resolve));
  }
}

interface Answer {
  readonly data?: BoardsQuery | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Asks the server once. */
export async function askForBoard(token: string | null): Promise<string | NoBoard> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: BoardsDocument.toString() }),
    });
    const answer: Answer = await response.json();
    const codes = (answer.errors ?? []).map((error) => error.extensions?.code);
    if (codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN')) return 'signIn';
    return answer.data?.boards[0]?.id ?? 'none';
  } catch {
    // Not reachable, or what answers is not the server yet.
    return 'away';
  }
}
