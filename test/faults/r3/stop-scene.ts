import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../../../server/src/kernel/instant.ts';
import { numberIn, type Marked } from '../harness/board-honesty.ts';
import type { BoardClaims } from '../harness/fault-board.ts';

/** Waits until every board shows what was committed last when asked, and says that it is fresh; those that do not in time are findings. */
export async function backAgain(boards: readonly BoardClaims[], { incidentId, committedAt }: Marked, withinMs: number): Promise<{ readonly milliseconds: number; readonly findings: string[] }> {
  const began = performance.now();
  const last = committedAt.length - 1;
  const isBack = (board: BoardClaims): boolean => numberIn(board.titleOf(incidentId)) >= last && board.freshness().level === 'fresh';
  while (!boards.every(isBack) && performance.now() - began < withinMs) await wait(50);
  const late = boards.filter((board) => !isBack(board)).length;
  return { milliseconds: performance.now() - began, findings: late === 0 ? [] : [`${late} of ${boards.length} boards are not fresh ${withinMs / SECOND} s after everything goes on`] };
}
