import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import type { Consumer } from '../../kernel/feature.ts';
import { lockTicket, carryOutRecord, recordContext } from '../ticket/ticket-record.service.ts';
import { recordEvent, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { LockMode } from '@mikro-orm/core';
import { PROBLEM_KIND } from './problem-case.service.ts';
import type { ProblemCase, ProblemDecision } from './problem-case.rules.ts';
import { isRecurrence, recur, verify } from './problem-decide.rules.ts';
import { incidentFacts, openProblemOf, problemsThatMayRecur } from './problem-incidents.queries.ts';
import { incidentTold } from './problem-open.service.ts';
import { ageingStepAt } from './problem-timer.rules.ts';
import { link } from './problem-work.service.ts';

/** After these an incident may turn out to be a recurrence (PRB-06). */
export const RECURRENCE_CONSUMER: Consumer = {
  name: 'problem recurrence', types: ['incident.recorded', 'incident.ciLinked', 'incident.linked'],
  consume: (database, change, events) => watchForRecurrence(database as Database, change as Change, events as LoggedEvent[]),
};

/** The timer of a problem: reminds that nobody owns it (INC-11), or ends its watch (PRB-06). Handled elsewhere already: nothing. */
export async function lookAtProblem(database: Database, ticketId: string): Promise<void> {
  await database.change(SYSTEM('timer'), async (change) => {
    const ticket = await change.em.findOne(TicketEntity, { id: ticketId, kind: 'problem' }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    if (!ticket) return;
    await carryOut(database, change, ticket, (kase, context) => (kase.record.stage === 'resolved' ? verify(kase, context) : age(kase, context)));
  });
}

/** INC-11: one reminder a step, to whom it was handed; several that fell due while every server was down are one. */
function age(kase: ProblemCase, context: RecordContext): ProblemDecision {
  const { record, ticket } = kase;
  const step = ageingStepAt(ticket.openedAt, context.now, context.policies);
  if (record.assignedAt !== null || record.stage === 'closed' || step <= record.ageingStep) return { events: [] };
  return { record: { ageingStep: step }, events: [recordEvent(kase, context, 'problem.unassignedAged', { after: { step, handedToId: record.handedToId } })] };
}

/** PRB-06: an incident on the same CI with the same symptom, or said to be a recurrence of a linked one, within the watch. */
async function watchForRecurrence(database: Database, change: Change, events: readonly LoggedEvent[]): Promise<void> {
  const ids = [...new Set(events.filter(({ mark }) => mark === null).map(({ ticketId }) => ticketId))].filter((id) => id !== null);
  for (const { problemId, incidentId } of await problemsThatMayRecur(change.em, ids)) {
    const ticket = await lockTicket(change, 'problem', problemId);
    const [incident] = await incidentFacts(change.em, [incidentId]);
    if (!incident || (await openProblemOf(change.em, incidentId)) !== null) continue;
    await carryOut(database, change, ticket, async (kase, context) => {
      if (!isRecurrence(kase, incident.openedAt)) return { events: [] };
      await link(change, kase, incident);
      const back = recur({ ...kase, incidents: [...kase.incidents, incident] }, incident, context);
      return { ...back, events: [incidentTold(incident, context, { problemId: ticket.id, number: ticket.number }, 'recurrence'), ...back.events] };
    });
    // The next one of the same batch must see it.
    await change.em.flush();
  }
}

async function carryOut(database: Database, change: Change, ticket: Ticket, rule: (kase: ProblemCase, context: RecordContext) => ProblemDecision | Promise<ProblemDecision>): Promise<void> {
  const context = await recordContext(database, change, ticket);
  const kase = await PROBLEM_KIND.load(change, ticket, context, database);
  const decision = await rule(kase, context);
  if (decision.events.length > 0) carryOutRecord(change, PROBLEM_KIND, kase, decision, context);
  await PROBLEM_KIND.settle?.(change, kase, context, database);
}
