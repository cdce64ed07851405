import { DAY, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { nextState } from '../ticket/ticket-action.rules.ts';
import { recordEvent, type RecordContext } from '../ticket/ticket-record.rules.ts';
import { PROBLEM_PROCESS } from './problem-actions.rules.ts';
import type { LinkedIncident, ProblemCase, ProblemDecision } from './problem-case.rules.ts';
import type { Problem } from './problem.entity.ts';
import type { ProblemMove, ProblemSeverity, ProblemStage } from './problem-states.rules.ts';

/** A move with what is told of it: the event, those who have a linked incident, and management for a key problem (PRB-06, PRB-07). */
function moved(
  kase: ProblemCase, context: RecordContext, move: ProblemMove,
  told: { readonly type: string; readonly record?: Partial<Problem>; readonly after?: object; readonly reason?: string; readonly tellIncidents?: object },
): ProblemDecision {
  const stage = nextState(PROBLEM_PROCESS, kase, move);
  const { stage: before } = kase.record;
  const events = [
    recordEvent(kase, context, told.type, { before: { stage: before }, after: { stage, ...told.after }, reason: told.reason ?? null }),
    ...(told.tellIncidents ? tellIncidents(kase, context, told.tellIncidents) : []),
    ...tellManagement(kase, context, stage, kase.record.key),
  ];
  return { record: { stage, ...told.record }, events };
}

/** PRB-06: an entry in the history of each incident that the problem looks into. */
function tellIncidents(kase: ProblemCase, context: RecordContext, news: object, incidents: readonly LinkedIncident[] = kase.incidents): DomainEvent[] {
  return incidents.map(({ id, customerId, teamId }) => ({
    type: 'incident.toldOfProblem', subjectKind: 'incident', subjectId: id, ticketId: id, customerId, teamIds: teamId === null ? [] : [teamId], occurredAt: context.now,
    after: { problemId: kase.ticket.id, number: kase.ticket.number, ...news },
  }));
}

/** PRB-07: management hears of every move of a key problem. */
function tellManagement(kase: ProblemCase, context: RecordContext, stage: ProblemStage, key: boolean): DomainEvent[] {
  return key ? [recordEvent(kase, context, 'problem.managementTold', { after: { stage, to: kase.management, title: kase.ticket.title } })] : [];
}

export function assign(kase: ProblemCase, input: { readonly ownerId: string; readonly ownerName: string; readonly teamId: string | null; readonly reason: string | null }, context: RecordContext): ProblemDecision {
  const { ticket, record } = kase;
  if (ticket.holderId === input.ownerId && ticket.teamId === input.teamId) throw new Refusal('ALREADY_DONE', `${input.ownerName} owns it already.`, 'ownerId');
  return {
    ticket: { holderId: input.ownerId, teamId: input.teamId }, record: { assignedAt: record.assignedAt ?? context.now },
    events: [recordEvent(kase, context, 'problem.assigned', { before: { holderId: ticket.holderId }, after: { holderId: input.ownerId, name: input.ownerName }, reason: input.reason })],
  };
}

/** Only what was given is changed. */
export interface ProblemDescription {
  readonly title: string | null;
  readonly class: string | null;
  readonly severity: ProblemSeverity | null;
  readonly symptom: string | null;
  readonly scope: string | null;
}

export function describe(kase: ProblemCase, input: ProblemDescription, context: RecordContext): ProblemDecision {
  const { title, ...facts } = input;
  const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  if (title === null && Object.keys(given).length === 0) throw new Refusal('MISSING_FIELD', 'Give at least one of title, class, severity, symptom, scope.', 'title');
  const { class: kind, severity, symptom, scope } = kase.record;
  const before = Object.fromEntries(Object.entries({ class: kind, severity, symptom, scope }).filter(([name]) => name in given));
  return {
    ticket: title === null ? {} : { title }, record: given,
    events: [recordEvent(kase, context, 'problem.described', { before: title === null ? before : { title: kase.ticket.title, ...before }, after: title === null ? given : { title, ...given } })],
  };
}

export const startInvestigation = (kase: ProblemCase, context: RecordContext): ProblemDecision => moved(kase, context, 'investigate', { type: 'problem.investigationStarted' });

export function recordInvestigation(kase: ProblemCase, input: { readonly investigation: string; readonly rootCause: string | null }, context: RecordContext): ProblemDecision {
  const rootCause = input.rootCause ?? kase.record.rootCause;
  return {
    record: { investigation: input.investigation, rootCause },
    events: [recordEvent(kase, context, 'problem.investigated', { before: { rootCause: kase.record.rootCause }, after: { rootCause, investigation: input.investigation } })],
  };
}

/** PRB-03: from now on offered at intake, and told to whoever has a linked incident. */
export function knowError(kase: ProblemCase, input: { readonly symptom: string; readonly workaround: string; readonly rootCause: string | null }, context: RecordContext): ProblemDecision {
  const { workaround, symptom } = input;
  const rootCause = input.rootCause ?? kase.record.rootCause;
  return moved(kase, context, 'know-error', {
    type: 'problem.errorKnown', record: { symptom, workaround, rootCause, knownErrorAt: kase.record.knownErrorAt ?? context.now },
    after: { symptom, workaround }, tellIncidents: { news: 'known-error', workaround },
  });
}

export interface SolutionInput {
  readonly solution: string;
  readonly minutes: number;
  readonly effect: string;
  readonly prevention: string | null;
  readonly altersCi: boolean;
}

/** PRB-04, PRB-07: what is to be done, how long it takes, what it will bring. An earlier approval ends with it. */
export function proposeSolution(kase: ProblemCase, input: SolutionInput, context: RecordContext): ProblemDecision {
  if (!Number.isInteger(input.minutes) || input.minutes < 1 || input.minutes > 525_600) throw new Refusal('OUT_OF_RANGE', `"minutes" must be 1–525600, got ${input.minutes}.`, 'minutes');
  const by = context.actor.kind === 'person' ? context.actor.id : null;
  return {
    record: {
      solution: input.solution, solutionMinutes: input.minutes, solutionEffect: input.effect, prevention: input.prevention, altersCi: input.altersCi,
      solutionState: 'proposed', solutionBy: by, solutionAt: context.now, solutionDecidedAt: null, solutionDecidedBy: null, solutionDecision: null,
    },
    events: [recordEvent(kase, context, 'problem.solutionProposed', { before: { solution: kase.record.solution, state: kase.record.solutionState }, after: { ...input } })],
  };
}

export function decideSolution(kase: ProblemCase, input: { readonly approve: boolean; readonly reason: string | null }, context: RecordContext): ProblemDecision {
  if (!input.approve && input.reason === null) throw new Refusal('MISSING_FIELD', 'Refusing a solution needs "reason".', 'reason');
  return {
    record: { solutionState: input.approve ? 'approved' : 'refused', solutionDecidedAt: context.now, solutionDecidedBy: context.actor.name, solutionDecision: input.reason },
    events: [recordEvent(kase, context, input.approve ? 'problem.solutionApproved' : 'problem.solutionRefused', { after: { by: context.actor.name }, reason: input.reason })],
  };
}

export const changeRaised = (kase: ProblemCase, changeId: string, context: RecordContext): ProblemDecision =>
  moved(kase, context, 'raise-change', { type: 'problem.changeRaised', after: { changeId } });

/** PRB-06: solved, as far as one knows; the watch begins. */
export function resolve(kase: ProblemCase, context: RecordContext): ProblemDecision {
  const watchEndsAt = context.now + context.policies.problem.watchDays * DAY;
  return moved(kase, context, 'resolve', {
    type: 'problem.resolved', record: { state: 'resolved', resolvedAt: context.now, watchEndsAt, verifiedAt: null },
    after: { watchEndsAt }, tellIncidents: { news: 'resolved', solution: kase.record.solution, watchEndsAt },
  });
}

/** PRB-06: the watch is over and it did not come back. Dated at the end of the watch, however late the server looks. */
export function verify(kase: ProblemCase, context: RecordContext): ProblemDecision {
  const { watchEndsAt, stage } = kase.record;
  if (stage !== 'resolved' || watchEndsAt === null || context.now < watchEndsAt) return { events: [] };
  const at = { ...context, now: watchEndsAt };
  return {
    record: { verifiedAt: watchEndsAt },
    events: [recordEvent(kase, at, 'problem.verified', { after: { verifiedAt: watchEndsAt } }), ...tellIncidents(kase, at, { news: 'verified' }), ...tellManagement(kase, at, stage, kase.record.key)],
  };
}

/** Half-open: an incident that opens at the end of the watch is not a recurrence (PRB-06). */
export function isRecurrence({ record }: Pick<ProblemCase, 'record'>, openedAt: Instant): boolean {
  return record.stage === 'resolved' && record.resolvedAt !== null && record.watchEndsAt !== null && openedAt >= record.resolvedAt && openedAt < record.watchEndsAt;
}

/** It came back: the solution has failed, whatever was confirmed or verified in between. */
export function recur(kase: ProblemCase, incident: { readonly id: string; readonly number: string }, context: RecordContext): ProblemDecision {
  return moved(kase, context, 'recur', {
    type: 'problem.recurred', after: { incidentId: incident.id, number: incident.number },
    record: {
      state: 'unresolved', resolvedAt: null, watchEndsAt: null, verifiedAt: null, confirmedAt: null, confirmedBy: null, recurrences: kase.record.recurrences + 1,
      solutionState: 'none', solutionDecidedAt: null, solutionDecidedBy: null, solutionDecision: null,
    },
    tellIncidents: { news: 'recurred', incident: incident.number },
  });
}

export function confirm(kase: ProblemCase, context: RecordContext): ProblemDecision {
  return {
    record: { confirmedAt: context.now, confirmedBy: context.actor.name },
    events: [recordEvent(kase, context, 'problem.confirmed', { after: { by: context.actor.name } })],
  };
}

export function oweArticle(kase: ProblemCase, article: { readonly id: string; readonly known: boolean }, context: RecordContext): ProblemDecision {
  return {
    record: { articleId: article.id, articleKnown: article.known },
    events: [recordEvent(kase, context, article.known ? 'problem.articleNamed' : 'problem.articleDrafted', { after: { articleId: article.id } })],
  };
}

export function close(kase: ProblemCase, context: RecordContext): ProblemDecision {
  return { ...moved(kase, context, 'close', { type: 'problem.closed', tellIncidents: { news: 'closed' } }), ticket: { closedAt: context.now } };
}

/** Opened by mistake, or not worth looking into: said with a reason, still there to see. */
export function withdraw(kase: ProblemCase, reason: string, context: RecordContext): ProblemDecision {
  return {
    ...moved(kase, context, 'withdraw', { type: 'problem.withdrawn', record: { withdrawnReason: reason }, reason, tellIncidents: { news: 'withdrawn', reason } }),
    ticket: { closedAt: context.now },
  };
}

export function markKey(kase: ProblemCase, input: { readonly key: boolean; readonly reason: string }, context: RecordContext): ProblemDecision {
  if (kase.record.key === input.key) throw new Refusal('ALREADY_DONE', input.key ? 'It is a key problem already.' : 'It is no key problem.', 'key');
  return {
    record: { key: input.key },
    events: [
      recordEvent(kase, context, input.key ? 'problem.markedKey' : 'problem.unmarkedKey', { before: { key: kase.record.key }, after: { key: input.key }, reason: input.reason }),
      ...tellManagement(kase, context, kase.record.stage, input.key),
    ],
  };
}
