import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { recordEvent } from '../ticket/ticket-record.rules.ts';
import { createTicket, recordContext } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { lockIncident, openProblemOf } from './problem-incidents.queries.ts';
import { classOf, newProblem, severityOfLevel } from './problem-open.rules.ts';
import { ProblemEntity } from './problem.entity.ts';
import type { ProblemSeverity } from './problem-states.rules.ts';
import { setProblemTimer } from './problem-timer.service.ts';

export interface ProblemForIncident {
  readonly incidentId: string;
  readonly title: string;
  readonly description?: string | null;
  readonly severity?: ProblemSeverity | null;
  /** Why it is opened, e.g. "closed with workaround". */
  readonly reason: string;
}

/**
 * The problem that looks into an incident, within the caller's transaction: the open one that it has, else a new one handed to the
 * service delivery manager of its agreement for assignment (INC-11, D-42). The caller has checked that the actor may.
 */
export async function openProblemFor(database: Database, change: Change, input: ProblemForIncident): Promise<string> {
  const { em } = change;
  // What the caller has decided so far, a link perhaps, must be seen by the statements below.
  await em.flush();
  const incident = await lockIncident(em, input.incidentId);
  if (!incident) throw new Refusal('NOT_FOUND', `There is no incident ${input.incidentId}.`, 'incidentId');
  const open = await openProblemOf(em, incident.id);
  const about = { customerId: incident.customerId, ticketId: incident.id };
  if (open) {
    const occurredAt = await change.now();
    change.emit({ type: 'problem.askedForAgain', subjectKind: 'problem', subjectId: open.id, occurredAt, customerId: incident.customerId, ticketId: open.id, after: { incidentId: incident.id, number: incident.number }, reason: input.reason });
    return open.id;
  }
  const ticket = await createTicket(change, { kind: 'problem', title: input.title.slice(0, TEXT_LIMITS.title), customerId: incident.customerId, teamId: null, holderId: null });
  const context = await recordContext(database, change, ticket);
  const problem = newProblem({
    ticketId: ticket.id, class: classOf(incident.technicalClass, context.policies), severity: input.severity ?? severityOfLevel(incident.highestLevel), source: 'incident',
    description: requiredText(input.description ?? incident.description, 'description', TEXT_LIMITS.text), symptom: incident.symptom, handedToId: incident.serviceDeliveryManagerId,
  });
  await em.flush();
  persistRow(em, ProblemEntity, problem);
  await linkTickets(change, { fromId: ticket.id, toId: incident.id, kind: 'problem-of' });
  const { number, title } = ticket;
  change.emit(
    recordEvent({ ticket }, context, 'problem.opened', { after: { number, title, severity: problem.severity, source: problem.source, handedToId: problem.handedToId, incidentId: incident.id }, reason: input.reason }),
    { type: 'incident.problemOpened', subjectKind: 'incident', subjectId: incident.id, occurredAt: context.now, teamIds: incident.teamId === null ? [] : [incident.teamId], ...about, after: { problemId: ticket.id, number }, reason: input.reason },
  );
  await em.flush();
  await setProblemTimer(em, ticket, problem, context.policies);
  return ticket.id;
}
