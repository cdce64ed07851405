import { LockMode } from '@mikro-orm/core';
import type { Database } from '../../platform/db/database.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { openSuspension } from './incident-case.rules.ts';
import { carryOut, catchUp, openCase, saveCase, type OpenCase } from './incident-case.service.ts';
import { dueReminders } from './incident-remind.rules.ts';
import { resumeIncident } from './incident-suspend.rules.ts';

/**
 * Fires what fell due on one ticket: re-derived from its history under the row lock, so that over several processes and
 * restarts each threshold fires exactly once (SLA-02). A ticket that another process holds is left to it.
 */
export async function fireDueClocks(database: Database, ticketId: string): Promise<void> {
  await lookAt(database, ticketId, LockMode.PESSIMISTIC_PARTIAL_WRITE);
}

/** CAL-03, SLA-13: after an edit of a policy or calendar an open ticket is judged anew; a closed one stays as it was judged. */
export async function replanTicket(database: Database, ticketId: string): Promise<void> {
  await lookAt(database, ticketId, LockMode.PESSIMISTIC_WRITE);
}

async function lookAt(database: Database, ticketId: string, lockMode: LockMode): Promise<void> {
  await database.change(SYSTEM('timer'), async (change) => {
    const ticket = await change.em.findOne(TicketEntity, { id: ticketId, kind: 'incident' }, { lockMode });
    if (!ticket) return;
    const open = await openCase(database, change, ticket);
    catchUp(open);
    for (const reminder of dueReminders(open.kase, open.context, open.calendars)) carryOut(open, reminder);
    resumeByPolicy(open);
    await saveCase(open);
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
