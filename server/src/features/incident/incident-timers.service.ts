import type { Database } from '../../platform/db/database.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { LockMode } from '@mikro-orm/core';
import { addFact } from '../clock/clock-book.rules.ts';
import { incidentEvent, openSuspension, type Decision } from './incident-case.rules.ts';
import { carryOut, judge, openCase, saveCase, type OpenCase } from './incident-case.service.ts';
import { replanClocks } from './incident-plan.rules.ts';
import { resumeIncident } from './incident-suspend.rules.ts';

/**
 * Fires what fell due on one ticket: re-derived from its history under the row lock, so that over several processes and
 * restarts each threshold fires exactly once (SLA-02). A ticket that another process holds is left to it.
 */
export async function fireDueClocks(database: Database, ticketId: string): Promise<void> {
  await database.change(SYSTEM('timer'), async (change) => {
    const ticket = await change.em.findOne(TicketEntity, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    if (!ticket) return;
    const open = await openCase(database, change, ticket);
    judge(open);
    const reminder = overdueSuspension(open);
    if (reminder) carryOut(open, reminder);
    await saveCase(open);
  });
}

/** INC-08: the owner is reminded once; it resumes by itself only where the policy says so. */
function overdueSuspension(open: OpenCase): Decision | null {
  const { kase, context } = open;
  const suspension = openSuspension(kase);
  if (!suspension || suspension.remindedAt !== null || suspension.expectedEndAt === null || suspension.expectedEndAt > context.now) return null;
  const overdue: Decision = {
    openSuspension: { remindedAt: context.now, flagged: true },
    events: [incidentEvent(kase, context, 'suspension.overdue', {
      occurredAt: suspension.expectedEndAt, after: { suspensionId: suspension.id, reminded: kase.ticket.holderId, expectedEndAt: suspension.expectedEndAt },
    })],
  };
  if (!context.policies.suspension.resumeAtExpectedEnd) return overdue;
  carryOut(open, overdue);
  return resumeIncident(kase, `Expected end ${new Date(suspension.expectedEndAt).toISOString()} passed: resumed by policy.`, { ...context, at: Math.max(suspension.expectedEndAt, kase.spans.at(-1)!.fromAt) });
}

/**
 * CAL-03, SLA-13: after an edit of a policy or calendar every open ticket is judged anew, one transaction each.
 * A policy edit adds the new plan to the history; a calendar edit only changes what the history amounts to.
 */
export async function replanTicket(database: Database, ticketId: string, edited: 'policy' | 'calendar'): Promise<void> {
  await database.change(SYSTEM('policy'), async (change) => {
    const ticket = await change.em.findOne(TicketEntity, { id: ticketId, closedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!ticket) return;
    const open = await openCase(database, change, ticket);
    const { kase, context } = open;
    if (edited === 'policy') {
      for (const fact of replanClocks(kase, kase.incident.level, context)) addFact(kase.book, fact, context.now, context.newId);
      change.emit(incidentEvent(kase, context, 'incident.replanned', { after: { policy: `level-table v${context.versions['level-table']}` } }));
    }
    judge(open);
    await saveCase(open);
  });
}
