import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { freshBoard } from '../../support/board-follower.ts';
import type { FaultBoard } from '../harness/fault-board.ts';
import type { FaultDesk } from '../harness/fault-desk.ts';
import type { RecordsFeed } from './feeds.ts';

export interface Feeds {
  readonly boards: readonly Pick<FaultBoard, 'canonical'>[];
  readonly records: readonly Pick<RecordsFeed, 'seq'>[];
}

/** While nothing changes and no cable is bad any more: waits until every board shows, and every stream has told, what the database holds. */
export async function allEqual(url: string, { desk, withinMs }: { readonly desk: FaultDesk; readonly withinMs: number }, feeds: Feeds): Promise<{ readonly milliseconds: number; readonly findings: string[] }> {
  const began = performance.now();
  for (;;) {
    const findings = notEqual(await freshBoard(url, desk.screenToken, desk.boardId), feeds);
    const milliseconds = performance.now() - began;
    if (findings.length === 0 || milliseconds > withinMs) return { milliseconds, findings };
    await wait(200);
  }
}

/** Who differs from a board that opens now. */
export function notEqual(fresh: { readonly canonical: string; readonly seq: number }, { boards, records }: Feeds): string[] {
  const differing = boards.filter((board) => board.canonical() !== fresh.canonical).length;
  const behind = records.filter((feed) => (feed.seq() ?? 0) < fresh.seq).length;
  return [
    ...(differing > 0 ? [`${differing} of ${boards.length} boards do not show what the database holds`] : []),
    ...(behind > 0 ? [`${behind} of ${records.length} streams of records are behind`] : []),
  ];
}
