import { setTimeout as wait } from 'node:timers/promises';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { DAY, MINUTE, SECOND } from '../../../server/src/kernel/instant.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { dishonesty, titleFor, type Marked } from '../harness/board-honesty.ts';
import type { BoardClaims } from '../harness/fault-board.ts';
import { DESK, type FaultDesk } from '../harness/fault-desk.ts';

const MARK_EVERY_MS = 250;
const LOOK_EVERY_MS = 200;

/** An incident that is overdue since yesterday, so that it stands on top of every board, renamed four times a second. */
export async function keepMarking(database: Database, desk: FaultDesk): Promise<{ readonly marked: Marked; stop(): Promise<void> }> {
  const incidentId = await record(database, DESK, {
    customerId: desk.customerId, title: titleFor(0), description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV1', teamId: desk.teamId,
    reportedAt: (await database.now()) - DAY + 10 * MINUTE,
  });
  const committedAt = [performance.now()];
  let over = false;
  const running = (async () => {
    while (!over) {
      await rename(database, incidentId, titleFor(committedAt.length));
      committedAt.push(performance.now());
      await wait(MARK_EVERY_MS);
    }
  })();
  return {
    marked: { incidentId, committedAt },
    stop: async () => {
      over = true;
      await running;
    },
  };
}

/** Plainly, as nothing of the rules is asked here: the row and what a board follows. */
async function rename(database: Database, incidentId: string, title: string): Promise<void> {
  await database.change(DESK, async ({ em, emit, now }) => {
    const rows = await em.execute<{ customer_id: string; team_id: string }[]>('update ticket set title = ? where id = ? returning customer_id, team_id', [title, incidentId]);
    const { customer_id: customerId, team_id: teamId } = rows[0]!;
    emit({ type: 'incident.logged', subjectKind: 'incident', subjectId: incidentId, ticketId: incidentId, customerId, teamIds: [teamId], occurredAt: await now(), after: { title } });
  });
}

/** Looks at every board five times a second, whatever else goes on; each kind of finding is told once a board. */
export function watchHonesty(boards: readonly BoardClaims[], marked: Marked): { stop(): string[] } {
  const findings = new Map<BoardClaims, string>();
  const timer = setInterval(() => {
    for (const board of boards) {
      const found = dishonesty(board, marked);
      if (found && !findings.has(board)) findings.set(board, found);
    }
  }, LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return [...findings.values()];
    },
  };
}

/** Waits until every board shows what was committed last when asked, and says that it is fresh; those that do not in time are findings. */
export async function backAgain(boards: readonly BoardClaims[], { incidentId, committedAt }: Marked, withinMs: number): Promise<{ readonly milliseconds: number; readonly findings: string[] }> {
  const began = performance.now();
  const last = committedAt.length - 1;
  const isBack = (board: BoardClaims): boolean => Number(/(\d+)$/.exec(board.titleOf(incidentId) ?? '')?.[1] ?? -1) >= last && board.freshness().level === 'fresh';
  while (!boards.every(isBack) && performance.now() - began < withinMs) await wait(50);
  const late = boards.filter((board) => !isBack(board)).length;
  return { milliseconds: performance.now() - began, findings: late === 0 ? [] : [`${late} of ${boards.length} boards are not fresh ${withinMs / SECOND} s after everything goes on`] };
}
