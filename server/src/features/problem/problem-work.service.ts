import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import { PersonEntity, RoleGrantEntity } from '../access/access.entity.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { TeamEntity, TeamMemberEntity } from '../team/team.entity.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { recordEvent } from '../ticket/ticket-record.rules.ts';
import type { RecordCommand } from '../ticket/ticket-record.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { changeProblem } from './problem-case.service.ts';
import type { ProblemCase, ProblemDecision } from './problem-case.rules.ts';
import { causeOf, isCauseMethod, parseChart } from './problem-chart.rules.ts';
import { assign, describe, isRecurrence, knowError, markKey, recordInvestigation, recur, startInvestigation, type ProblemDescription } from './problem-decide.rules.ts';
import { paretoOf, type IncidentFacts } from './problem-incidents.queries.ts';
import { incidentsToLookInto, incidentTold, takeCis } from './problem-open.service.ts';
import { checkClass } from './problem-open.rules.ts';
import { CAUSE_METHODS, type CauseMethod } from './problem-states.rules.ts';

const long = (value: string | null | undefined, field: string): string => requiredText(value, field, TEXT_LIMITS.text);
const maybe = (value: string | null | undefined, field: string, most: number = TEXT_LIMITS.text): string | null => optionalText(value, field, most);

/** INC-11: gives it to the person who answers for it from now on; a team besides, if one is named. */
export async function assignProblem(database: Database, actor: Actor, input: RecordCommand & { ownerId: string; teamId?: string | null; reason?: string | null }): Promise<string> {
  const reason = maybe(input.reason, 'reason');
  return changeProblem(database, actor, input, 'assignProblem', async ({ kase, context, change }) => {
    const owner = await requireOwner(change, input.ownerId, kase.ticket.customerId);
    const teamId = await requireTeam(change, input.teamId ?? null, owner.id);
    return assign(kase, { ownerId: owner.id, ownerName: owner.name, teamId, reason }, context);
  });
}

/** Who may be given a problem: an active person whose role works on problems, for this customer. */
async function requireOwner(change: Change, id: string, customerId: string): Promise<{ id: string; name: string }> {
  const person = await change.em.findOne(PersonEntity, { id });
  if (!person?.active || person.customerId !== null) throw new Refusal('NOT_FOUND', 'There is no such person.', 'ownerId');
  const grants = await change.em.find(RoleGrantEntity, { personId: id });
  const able = grants.some((grant) => permissionsOfRole(grant.role).has('problem.work') && (grant.customerId === null || grant.customerId === customerId));
  if (!able) throw new Refusal('INVALID_INPUT', `${person.name} has no role that works on problems of this customer.`, 'ownerId');
  return person;
}

async function requireTeam(change: Change, teamId: string | null, personId: string): Promise<string | null> {
  if (teamId === null) return null;
  const team = await change.em.findOne(TeamEntity, { id: teamId });
  if (!team?.active) throw new Refusal('NOT_FOUND', 'There is no such team.', 'teamId');
  if ((await change.em.count(TeamMemberEntity, { teamId, personId })) === 0) throw new Refusal('INVALID_INPUT', `The owner is no member of ${team.name}.`, 'teamId');
  return teamId;
}

export async function describeProblem(database: Database, actor: Actor, input: RecordCommand & Partial<ProblemDescription>): Promise<string> {
  return changeProblem(database, actor, input, 'describeProblem', ({ kase, context }) => {
    if (input.class) checkClass(input.class, context.policies);
    return describe(kase, {
      title: maybe(input.title, 'title', TEXT_LIMITS.title), class: input.class ?? null, severity: input.severity ?? null,
      symptom: maybe(input.symptom, 'symptom', TEXT_LIMITS.short), scope: maybe(input.scope, 'scope'),
    }, context);
  });
}

export async function beginInvestigation(database: Database, actor: Actor, input: RecordCommand): Promise<string> {
  return changeProblem(database, actor, input, 'startProblemInvestigation', ({ kase, context }) => startInvestigation(kase, context));
}

export async function reportInvestigation(database: Database, actor: Actor, input: RecordCommand & { investigation: string; rootCause?: string | null }): Promise<string> {
  const facts = { investigation: long(input.investigation, 'investigation'), rootCause: maybe(input.rootCause, 'rootCause', 2000) };
  return changeProblem(database, actor, input, 'recordProblemInvestigation', ({ kase, context }) => recordInvestigation(kase, facts, context));
}

/** PRB-02: the next version of a drawn method. A Pareto keeps the figures as they are now. */
export async function drawCause(database: Database, actor: Actor, input: RecordCommand & { method: string; body: unknown }): Promise<string> {
  const { method } = input;
  if (!isCauseMethod(method)) throw new Refusal('INVALID_INPUT', `"method" must be one of ${CAUSE_METHODS.join(', ')}, got "${method.slice(0, 40)}".`, 'method');
  return changeProblem(database, actor, input, 'drawProblemCause', async ({ kase, context, change }) => {
    const { body, cause } = await drawn(change, kase, method, input.body);
    const version = (kase.charts.find((chart) => chart.method === method)?.version ?? 0) + 1;
    const row = { id: context.newId(), problemId: kase.ticket.id, method, version, body, createdAt: context.now, createdBy: actor.name };
    const decision: ProblemDecision = { add: [{ table: 'chart', row }], events: [recordEvent(kase, context, 'problem.causeDrawn', { after: { method, version, cause } })] };
    return decision;
  });
}

async function drawn(change: Change, kase: ProblemCase, method: CauseMethod, body: unknown): Promise<{ body: object; cause: string | null }> {
  if (method !== 'pareto') {
    const parsed = parseChart(method, body);
    return { body: parsed, cause: causeOf(method, parsed) };
  }
  const { by, conclusion } = parseChart('pareto', body);
  const { bars, total } = await paretoOf(change.em, kase.ticket.id, by);
  if (total === 0) throw new Refusal('MISSING_FIELD', 'There is no linked incident to count.', 'body.by');
  return { body: { by, conclusion, total, bars }, cause: conclusion };
}

export async function recordKnownError(database: Database, actor: Actor, input: RecordCommand & { symptom: string; workaround: string; rootCause?: string | null }): Promise<string> {
  const facts = { symptom: requiredText(input.symptom, 'symptom', TEXT_LIMITS.short), workaround: long(input.workaround, 'workaround'), rootCause: maybe(input.rootCause, 'rootCause', 2000) };
  return changeProblem(database, actor, input, 'recordKnownError', ({ kase, context }) => knowError(kase, facts, context));
}

/** D-42: an incident has one open problem. One that opened after the solution, within the watch, is a recurrence (PRB-06). */
export async function linkIncident(database: Database, actor: Actor, input: RecordCommand & { incidentId: string }): Promise<string> {
  return changeProblem(database, actor, input, 'linkProblemIncident', async ({ kase, context, change }) => {
    if (kase.incidents.some(({ id }) => id === input.incidentId)) throw new Refusal('ALREADY_DONE', 'The problem looks into that incident already.', 'incidentId');
    const [incident] = await incidentsToLookInto(change, kase.ticket.customerId, [input.incidentId], 'incidentId');
    if (!incident) throw new Refusal('NOT_FOUND', 'There is no such incident.', 'incidentId');
    await link(change, kase, incident);
    const told = incidentTold(incident, context, { problemId: kase.ticket.id, number: kase.ticket.number }, null);
    const linked = [recordEvent(kase, context, 'problem.incidentLinked', { after: { incidentId: incident.id, number: incident.number } }), told];
    if (!isRecurrence(kase, incident.openedAt)) return { events: linked };
    const back = recur({ ...kase, incidents: [...kase.incidents, incident] }, incident, context);
    return { ...back, events: [...linked, ...back.events] };
  });
}

export async function link(change: Change, kase: ProblemCase, incident: Pick<IncidentFacts, 'id'>): Promise<void> {
  await linkTickets(change, { fromId: kase.ticket.id, toId: incident.id, kind: 'problem-of' });
  await takeCis(change, kase.ticket.id, [incident.id], []);
}

export async function addCi(database: Database, actor: Actor, input: RecordCommand & { ciId: string }): Promise<string> {
  return changeProblem(database, actor, input, 'addProblemCi', async ({ kase, context, change }) => {
    const ci = await change.em.findOne(CiEntity, { id: input.ciId });
    if (!ci || (ci.customerId !== null && ci.customerId !== kase.ticket.customerId)) throw new Refusal('NOT_FOUND', 'This customer has no such CI.', 'ciId');
    await takeCis(change, kase.ticket.id, [], [ci.id]);
    return { events: [recordEvent(kase, context, 'problem.ciAdded', { after: { ciId: ci.id, name: ci.name } })] };
  });
}

export async function setKey(database: Database, actor: Actor, input: RecordCommand & { key: boolean; reason: string }): Promise<string> {
  const reason = long(input.reason, 'reason');
  return changeProblem(database, actor, input, 'markKeyProblem', ({ kase, context }) => markKey(kase, { key: input.key, reason }, context));
}

export async function addNote(database: Database, actor: Actor, input: RecordCommand & { text: string; minutes?: number | null }): Promise<string> {
  const text = long(input.text, 'text');
  const minutes = input.minutes ?? null;
  if (minutes !== null && (minutes < 1 || minutes > 24 * 60)) throw new Refusal('OUT_OF_RANGE', `"minutes" must be 1–1440, got ${minutes}.`, 'minutes');
  return changeProblem(database, actor, input, 'addProblemNote', ({ kase, context }) => {
    const row = {
      id: context.newId(), ticketId: kase.ticket.id, kind: 'note' as const, text, customerVisible: false, occurredAt: context.now, recordedAt: context.now,
      authorId: actor.kind === 'person' ? actor.id : null, authorName: actor.name, minutes, lateReason: null,
    };
    return { add: [{ table: 'workLog', row }], events: [recordEvent(kase, context, 'problem.noted', { after: { text: text.slice(0, 200), minutes, entryId: row.id } })] };
  });
}
