import { LockMode } from '@mikro-orm/core';
import { SYSTEM } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { openChange, setTimer } from './change-case.service.ts';
import { derivedDues, dueAlarms } from './change-clock.rules.ts';

/**
 * Tells what fell due on one change: derived anew under the row lock, so that over several processes and restarts each is told
 * once, and never by a calendar or policy that was edited meanwhile (D-22). A change that another process holds is left to it.
 */
export async function lookAtChange(database: Database, ticketId: string): Promise<void> {
  await database.change(SYSTEM('timer'), async (change) => {
    const ticket = await change.em.findOne(TicketEntity, { id: ticketId, kind: 'change' }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    if (!ticket) return;
    const { kase, context } = await openChange(database, change, ticket);
    Object.assign(kase.record, derivedDues(kase));
    const { marks, events } = dueAlarms(kase, context);
    Object.assign(kase.record, marks);
    if (events.length > 0) ticket.lastEventAt = Math.max(ticket.lastEventAt, context.now);
    change.emit(...events);
    await change.em.flush();
    await setTimer(change.em, kase);
  });
}
