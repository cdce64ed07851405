import { toIso } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import type { Ticket } from '../ticket/ticket.entity.ts';
import { nextLook } from './problem-timer.rules.ts';
import type { Problem } from './problem.entity.ts';

export const PROBLEM_TIMER = 'problem';

/** Sets or clears the row that wakes the server for this problem; last of all in a transaction. */
export async function setProblemTimer(em: Em, ticket: Ticket, problem: Problem, policies: Policies): Promise<void> {
  const at = nextLook(problem, ticket.openedAt, policies);
  if (at === null) {
    await em.execute('delete from timer where ticket_id = ? and purpose = ?', [ticket.id, PROBLEM_TIMER]);
    return;
  }
  await em.execute(
    `insert into timer (ticket_id, purpose, due_at) values (?, ?, ?::timestamptz) on conflict (ticket_id, purpose) do update set due_at = excluded.due_at`,
    [ticket.id, PROBLEM_TIMER, toIso(at)],
  );
}
