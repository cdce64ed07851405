import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { recordEvent, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { createTicket, recordContext } from '../ticket/ticket-record.service.ts';
import { TicketCiEntity } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { lockIncident, openProblemOf, type IncidentFacts } from './problem-incidents.queries.ts';
import { checkClass, classOf, newProblem, severityOfLevel } from './problem-open.rules.ts';
import { ProblemEntity, type Problem } from './problem.entity.ts';
import type { ProblemSeverity, ProblemSource } from './problem-states.rules.ts';
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
  if (open) {
    const { id, number, customerId } = incident;
    change.emit({
      type: 'problem.askedForAgain', subjectKind: 'problem', subjectId: open.id, ticketId: open.id, customerId, occurredAt: await change.now(),
      after: { incidentId: id, number }, reason: input.reason,
    });
    return open.id;
  }
  const context = await recordContext(database, change);
  return createProblem(change, context, {
    customerId: incident.customerId, title: input.title.slice(0, TEXT_LIMITS.title), source: 'incident', reason: input.reason, incidents: [incident], ciIds: [],
    class: classOf(incident.technicalClass, context.policies), severity: input.severity ?? severityOfLevel(incident.highestLevel),
    description: optionalText(input.description, 'description', TEXT_LIMITS.text) ?? incident.description, symptom: incident.symptom,
  });
}

/** INC-25: one problem for like incidents of one customer, within the caller's transaction: the open one that one of them has takes in the others. */
export async function openProblemForAll(database: Database, change: Change, input: { readonly incidentIds: readonly string[]; readonly title: string; readonly reason: string }): Promise<string> {
  const ids = input.incidentIds.toSorted();
  const locked: IncidentFacts[] = [];
  const taken: (string | null)[] = [];
  for (const id of ids) {
    const incident = await lockIncident(change.em, id);
    if (!incident) throw new Refusal('NOT_FOUND', `There is no incident ${id}.`, 'incidentIds');
    locked.push(incident);
    taken.push((await openProblemOf(change.em, id))?.id ?? null);
  }
  const first = taken.findIndex((problemId) => problemId !== null);
  const [begin] = first === -1 ? locked : locked.slice(first);
  if (!begin) throw new Refusal('MISSING_FIELD', 'There is no incident to look into.', 'incidentIds');
  const problemId = await openProblemFor(database, change, { incidentId: begin.id, title: input.title, reason: input.reason });
  const context = await recordContext(database, change);
  const others = locked.filter(({ id }, index) => taken[index] === null && id !== begin.id);
  for (const incident of others) {
    await linkTickets(change, { fromId: problemId, toId: incident.id, kind: 'problem-of' });
    change.emit(incidentTold(incident, context, { problemId }, input.reason));
  }
  await change.em.flush();
  await takeCis(change, problemId, others.map(({ id }) => id), []);
  return problemId;
}

export interface NewProblem {
  readonly customerId: string;
  readonly title: string;
  readonly description: string;
  readonly class: string;
  readonly severity: ProblemSeverity;
  readonly symptom?: string | null;
  /** Incidents to look into; of this customer, without an open problem. */
  readonly incidentIds?: readonly string[] | null;
  readonly ciId?: string | null;
  readonly idempotencyKey?: string | null;
}

/** PRB-01: by hand, from incidents or from what a customer said. */
export async function openProblem(database: Database, actor: Actor, input: NewProblem): Promise<string> {
  requirePermission(actor, 'problem.work', { customerId: input.customerId });
  return database.change(actor, (change) => idempotent(change, 'openProblem', input, async () => {
    if ((await change.em.count(CustomerEntity, { id: input.customerId })) === 0) throw new Refusal('NOT_FOUND', `There is no customer "${input.customerId}".`, 'customerId');
    const context = await recordContext(database, change);
    checkClass(input.class, context.policies);
    const incidents = await incidentsToLookInto(change, input.customerId, input.incidentIds ?? []);
    return createProblem(change, context, {
      customerId: input.customerId, title: requiredText(input.title, 'title', TEXT_LIMITS.title), source: incidents.length > 0 ? 'incident' : 'customer',
      description: requiredText(input.description, 'description', TEXT_LIMITS.text), class: input.class, severity: input.severity,
      symptom: optionalText(input.symptom, 'symptom', TEXT_LIMITS.short), incidents, ciIds: input.ciId ? [input.ciId] : [], reason: null,
    });
  }));
}

const MOST_INCIDENTS = 50;

/** Locks the incidents in ascending id and sees that each may be looked into (D-42). */
export async function incidentsToLookInto(change: Change, customerId: string, ids: readonly string[], field = 'incidentIds'): Promise<IncidentFacts[]> {
  if (ids.length > MOST_INCIDENTS) throw new Refusal('TOO_LARGE', `"${field}" may name ${MOST_INCIDENTS}, got ${ids.length}.`, field);
  const found: IncidentFacts[] = [];
  for (const id of [...new Set(ids)].toSorted()) {
    const incident = await lockIncident(change.em, id);
    if (incident?.customerId !== customerId) throw new Refusal('NOT_FOUND', `This customer has no incident ${id}.`, field);
    const open = await openProblemOf(change.em, id);
    if (open) throw new Refusal('ALREADY_DONE', `${open.number} looks into ${incident.number} already; an incident has one open problem.`, field, { problemId: open.id, number: open.number });
    found.push(incident);
  }
  return found;
}

interface Beginning extends Pick<Problem, 'class' | 'severity' | 'description' | 'symptom'> {
  readonly customerId: string;
  readonly title: string;
  readonly source: ProblemSource;
  readonly incidents: readonly IncidentFacts[];
  readonly ciIds: readonly string[];
  readonly reason: string | null;
}

/** The rows and events of a new problem; its incidents are locked and free. */
export async function createProblem(change: Change, context: RecordContext, begin: Beginning): Promise<string> {
  const { em } = change;
  const { customerId, title, incidents, reason } = begin;
  const ticket = await createTicket(change, { kind: 'problem', title, customerId, teamId: null, holderId: null });
  const handedToId = incidents.find(({ serviceDeliveryManagerId }) => serviceDeliveryManagerId !== null)?.serviceDeliveryManagerId ?? null;
  const problem = newProblem({ ticketId: ticket.id, class: begin.class, severity: begin.severity, source: begin.source, description: begin.description, symptom: begin.symptom, handedToId });
  await em.flush();
  persistRow(em, ProblemEntity, problem);
  for (const incident of incidents) await linkTickets(change, { fromId: ticket.id, toId: incident.id, kind: 'problem-of' });
  await takeCis(change, ticket.id, incidents.map(({ id }) => id), begin.ciIds);
  const { number } = ticket;
  change.emit(
    recordEvent({ ticket }, context, 'problem.opened', { after: { number, title, severity: problem.severity, class: problem.class, source: problem.source, handedToId, incidents: incidents.map((one) => one.number) }, reason }),
    ...incidents.map((incident) => incidentTold(incident, context, { problemId: ticket.id, number }, reason)),
  );
  await em.flush();
  await setProblemTimer(em, ticket, problem, context.policies);
  return ticket.id;
}

/** In the history of an incident: a problem looks into it from now on. */
export function incidentTold({ id, customerId, teamId }: Pick<IncidentFacts, 'id' | 'customerId' | 'teamId'>, context: Pick<RecordContext, 'now'>, after: object, reason: string | null): DomainEvent {
  return { type: 'incident.problemOpened', subjectKind: 'incident', subjectId: id, ticketId: id, customerId, teamIds: teamId === null ? [] : [teamId], occurredAt: context.now, after, reason };
}

/** The CIs of the incidents become the problem's, besides those named: what recurrence and trends are compared by. */
export async function takeCis(change: Change, problemId: string, incidentIds: readonly string[], ciIds: readonly string[]): Promise<void> {
  const { em } = change;
  const theirs = await em.find(TicketCiEntity, { ticketId: { $in: [...incidentIds] } });
  const has = new Set((await em.find(TicketCiEntity, { ticketId: problemId })).map(({ ciId }) => ciId));
  const causes = new Set(theirs.filter(({ cause }) => cause).map(({ ciId }) => ciId));
  for (const ciId of new Set([...ciIds, ...theirs.map((one) => one.ciId)])) {
    if (!has.has(ciId)) persistRow(em, TicketCiEntity, { id: newId(), ticketId: problemId, ciId, cause: causes.has(ciId) });
  }
}
