import type { Database } from '../../platform/db/database.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import { openSuspension } from './incident-case.rules.ts';
import { carryOut, catchUp } from './incident-case.service.ts';
import { lockIncidents } from './incident-load.queries.ts';
import { openCases, saveCases, type OpenCase } from './incident-open.service.ts';
import { dueReminders } from './incident-remind.rules.ts';
import { resumeIncident } from './incident-suspend.rules.ts';

/**
 * Fires what fell due on these tickets, in one transaction: re-derived from their histories under the row locks, so that over several
 * processes and restarts each threshold fires exactly once (SLA-02). A ticket that another process holds is left to it.
 */
export async function fireDueClocks(database: Database, ...ticketIds: readonly string[]): Promise<void> {
  await lookAt(database, ticketIds, 'skip');
}

/** CAL-03, SLA-13: after an edit of a policy or calendar an open ticket is judged anew; a closed one stays as it was judged. */
export async function replanTicket(database: Database, ticketId: string): Promise<void> {
  await lookAt(database, [ticketId], 'wait');
}

async function lookAt(database: Database, ticketIds: readonly string[], held: 'wait' | 'skip'): Promise<void> {
  await database.change(SYSTEM('timer'), async (change) => {
    const locked = await lockIncidents(change.em, ticketIds, held);
    if (locked.length === 0) return;
    const cases = await openCases(database, change, locked.map(({ id }) => id));
    for (const open of cases) {
      catchUp(open);
      for (const reminder of dueReminders(open.kase, open.context, open.calendars)) carryOut(open, reminder);
      resumeByPolicy(open);
    }
    await saveCases(cases);
  });
}

/** INC-08: it resumes by itself only where the policy says so; the clocks then count from the expected end. */
function resumeByPolicy(open: OpenCase): void {
  const { kase, context } = open;
  const endAt = openSuspension(kase)?.expectedEndAt ?? null;
  if (!context.policies.suspension.resumeAtExpectedEnd || endAt === null || endAt > context.now) return;
  const at = Math.max(endAt, kase.spans.at(-1)?.fromAt ?? endAt);
  const dated = { ...context, at };
  carryOut({ ...open, context: dated }, resumeIncident(kase, `Expected end ${new Date(endAt).toISOString()} passed: resumed by policy.`, dated));
}
