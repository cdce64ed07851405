import { may, type Actor } from '../../kernel/actor.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import type { NewId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { AgreementTerms } from '../clock/clock-plan.rules.ts';
import { addFact, type ClockBook, type NewClockFact } from '../clock/clock-book.rules.ts';
import type { Escalation } from '../clock/clock.entity.ts';
import type { Handoff } from '../handoff/handoff.entity.ts';
import type { PolicySince } from '../service-level/policy-versions.rules.ts';
import type { Level, Policies, PolicyVersions } from '../service-level/service-level.rules.ts';
import type { Lack } from '../ticket/ticket-action.rules.ts';
import type { Ticket, TicketCi, TicketLink, TicketSpan, WorkLogEntry } from '../ticket/ticket.entity.ts';
import { turnSpan } from '../ticket/ticket.rules.ts';
import type { Alarm, Incident, RegradeRequest, Suspension } from './incident.entity.ts';

/** An incident with everything its rules look at. Loaded under the ticket's row lock, or built up by the importer. */
export interface IncidentCase {
  readonly ticket: Ticket;
  readonly incident: Incident;
  readonly spans: TicketSpan[];
  readonly suspensions: Suspension[];
  readonly handoffs: Handoff[];
  readonly requests: RegradeRequest[];
  readonly escalations: Escalation[];
  /** Those that still ring. */
  readonly alarms: Alarm[];
  readonly workLog: WorkLogEntry[];
  readonly cis: TicketCi[];
  readonly links: TicketLink[];
  readonly related: RelatedRecords;
  readonly book: ClockBook;
  readonly terms: IncidentTerms;
  /** Rows made by the command, to be inserted. */
  readonly added: AddedRow[];
}

/** What other processes have to do with the incident: problems and changes that it asked for, incidents below it. */
export interface RelatedRecords {
  /** D-42: an open problem is reused, none is made beside it. */
  readonly openProblem: { readonly id: string; readonly number: string } | null;
  /** Changes that were raised for it (INC-14). */
  readonly changes: number;
  /** Why those changes keep it from closing (CHG-06). */
  readonly blockers: readonly Lack[];
  /** Open incidents that close with this major one (INC-16). */
  readonly openChildren: number;
}

export const NOTHING_RELATED: RelatedRecords = { openProblem: null, changes: 0, blockers: [], openChildren: 0 };

export type AddedRow =
  | { readonly table: 'suspension'; readonly row: Suspension }
  | { readonly table: 'handoff'; readonly row: Handoff }
  | { readonly table: 'request'; readonly row: RegradeRequest }
  | { readonly table: 'workLog'; readonly row: WorkLogEntry }
  | { readonly table: 'ci'; readonly row: TicketCi }
  | { readonly table: 'link'; readonly row: TicketLink }
  | { readonly table: 'escalation'; readonly row: Escalation }
  | { readonly table: 'alarm'; readonly row: Alarm };

/** Who is who around the incident, and what the agreement says. */
export interface IncidentTerms {
  readonly agreement: AgreementTerms | null;
  /** Since when the agreement says so, where it was edited; open clocks follow from then. */
  readonly agreementSince?: Instant | null;
  readonly agreementVersion?: number | null;
  /** Calendar references by policy key ("24x7", "5x8"), as they hold for this customer. */
  readonly calendarRefs: Readonly<Record<string, string>>;
  readonly responseChannels: readonly string[];
  /** Lead of the holding team. */
  readonly teamLeadId: string | null;
  readonly teamLine: number | null;
  readonly people: AgreementPeople;
  /** Which team and person get each level on confirmation (INC-05). */
  readonly routing: Readonly<Record<Level, Route>>;
  readonly secondLineTeamId: string | null;
  /** True when the actor may act as the desk now: a desk role, or on call in the 7×24 team (D-13). */
  readonly actsAsDesk: boolean;
  /** The hours in which the desk is staffed: around the clock where a 7×24 team acts as desk (D-13, D-46). */
  readonly deskCalendarRef: string;
}

export interface Route {
  readonly teamId: string | null;
  readonly holderId: string | null;
}

/** People of the agreement, by role; id and name. */
export type AgreementPeople = Readonly<Partial<Record<PeopleRole, { readonly id: string; readonly name: string }>>>;
export type PeopleRole =
  | 'sla-owner' | 'service-manager' | 'service-delivery-manager' | 'project-manager' | 'department-manager' | 'technical-manager';

/** Arguments of every rule: time, actor, ids and policies come from outside (rules are pure). */
export interface RuleContext {
  /** Now, by the database's clock. */
  readonly now: Instant;
  /** When it happened: now, or earlier for a late entry (INC-19). */
  readonly at: Instant;
  readonly lateReason: string | null;
  readonly actor: Actor;
  readonly newId: NewId;
  readonly policies: Policies;
  readonly versions: PolicyVersions;
  /** Since when the policies in force are; absent: since ever. */
  readonly policySince?: PolicySince | null;
  readonly mark: 'imported' | 'inferred' | null;
}

/** What a rule decided: patches, new rows, clock facts and events. Nothing has happened yet. */
export interface Decision {
  readonly ticket?: Partial<Ticket>;
  readonly incident?: Partial<Incident>;
  /** Changes to the open suspension. */
  readonly openSuspension?: Partial<Suspension>;
  /** Changes to the waiting handoff. */
  readonly waitingHandoff?: Partial<Handoff>;
  /** Changes to the waiting re-grading request. */
  readonly waitingRequest?: Partial<RegradeRequest>;
  readonly add?: readonly AddedRow[];
  readonly clock?: readonly NewClockFact[];
  readonly events: readonly DomainEvent[];
}

export function openSuspension(kase: IncidentCase): Suspension | null {
  return kase.suspensions.find((row) => row.toAt === null && row.correctedAt === null) ?? null;
}

export function waitingHandoff(kase: Pick<IncidentCase, 'handoffs'>): Handoff | null {
  return kase.handoffs.find((row) => row.state === 'waiting') ?? null;
}

export function waitingRequest(kase: IncidentCase): RegradeRequest | null {
  return kase.requests.find((row) => row.state === 'waiting') ?? null;
}

/** Carries a decision out on the case; the caller saves the rows and appends the events. */
export function applyDecision(kase: IncidentCase, decision: Decision, context: RuleContext): void {
  Object.assign(openSuspension(kase) ?? {}, decision.openSuspension);
  Object.assign(waitingHandoff(kase) ?? {}, decision.waitingHandoff);
  Object.assign(waitingRequest(kase) ?? {}, decision.waitingRequest);
  Object.assign(kase.ticket, decision.ticket);
  Object.assign(kase.incident, decision.incident);
  for (const added of decision.add ?? []) addRow(kase, added);
  for (const fact of decision.clock ?? []) addFact(kase.book, fact, context.mark ? fact.at : context.now, context.newId);
  const { state } = kase.incident;
  const { teamId, holderId } = kase.ticket;
  const span = { ticketId: kase.ticket.id, state, teamId, holderId, accepted: waitingHandoff(kase) === null, ended: state === 'closed' };
  turnSpan(kase.spans, span, context.at, context.newId);
  // A late entry happened earlier, but nothing may be dated before the instant at which it was entered (D-19).
  kase.ticket.lastEventAt = Math.max(kase.ticket.lastEventAt, context.mark ? context.at : context.now);
}

export function addRow(kase: IncidentCase, added: AddedRow): void {
  kase.added.push(added);
  switch (added.table) {
    case 'suspension': kase.suspensions.push(added.row); return;
    case 'handoff': kase.handoffs.push(added.row); return;
    case 'request': kase.requests.push(added.row); return;
    case 'workLog': kase.workLog.push(added.row); return;
    case 'ci': kase.cis.push(added.row); return;
    case 'link': kase.links.push(added.row); return;
    case 'escalation': kase.escalations.push(added.row); return;
    case 'alarm': kase.alarms.push(added.row); return;
  }
}

/** An event of this incident, addressed to the boards that must hear of it: its customer, its team and those of a waiting handoff. */
export function incidentEvent(
  kase: Pick<IncidentCase, 'ticket' | 'handoffs'>, context: Pick<RuleContext, 'at' | 'mark' | 'lateReason'>, type: string,
  facts: Partial<Pick<DomainEvent, 'before' | 'after' | 'reason' | 'subjectId' | 'subjectKind' | 'occurredAt'>> & { teamIds?: readonly (string | null)[] } = {},
): DomainEvent {
  const { teamIds, ...rest } = facts;
  const handoff = waitingHandoff(kase);
  const teams = [kase.ticket.teamId, handoff?.fromTeamId ?? null, handoff?.toTeamId ?? null, ...(teamIds ?? [])];
  return {
    type, subjectKind: 'incident', subjectId: kase.ticket.id, occurredAt: context.at, ticketId: kase.ticket.id,
    customerId: kase.ticket.customerId, teamIds: [...new Set(teams.filter((id) => id !== null))],
    mark: context.mark, reason: context.lateReason, ...rest,
  };
}

/** Makes a work-log row dated at the entry's instant. */
export function logRow(
  kase: IncidentCase, context: RuleContext,
  entry: Pick<WorkLogEntry, 'kind' | 'text' | 'customerVisible'> & { minutes?: number | null },
): AddedRow {
  const { actor } = context;
  return {
    table: 'workLog',
    row: {
      id: context.newId(), ticketId: kase.ticket.id, occurredAt: context.at, recordedAt: context.now,
      authorId: actor.kind === 'person' ? actor.id : null, authorName: actor.onBehalfOf ?? actor.name,
      minutes: entry.minutes ?? null, lateReason: context.lateReason, kind: entry.kind, text: entry.text, customerVisible: entry.customerVisible,
    },
  };
}

// ---- who may: each asks the grants, so that a right limited to a customer or a team stays limited (ORG-01, ORG-03).

const scopeOf = (kase: IncidentCase): { customerId: string; teamId: string | null } => ({
  customerId: kase.ticket.customerId, teamId: kase.ticket.teamId,
});

export function isHolder(kase: IncidentCase, actor: Actor): boolean {
  return actor.kind === 'system' || actor.id === kase.ticket.holderId;
}

export function isLead(kase: IncidentCase, actor: Actor): boolean {
  return actor.kind === 'system' || actor.id === kase.terms.teamLeadId || may(actor, 'incident.lead', scopeOf(kase));
}

/** The lead of the holding team in the narrow sense of D-48: by name, or by a role that is limited to that team. */
export function leadsTeam(kase: IncidentCase, actor: Actor): boolean {
  const { teamId } = kase.ticket;
  const byRole = actor.grants.some((grant) => teamId !== null && grant.teamId === teamId && grant.permissions.has('incident.lead'));
  // An integrator answers for whom it acts for: with the right to lead it may do what the person named could (D-27).
  const forPerson = actor.kind === 'token' && actor.onBehalfOf !== undefined;
  return actor.kind === 'system' || actor.id === kase.terms.teamLeadId || ((byRole || forPerson) && isLead(kase, actor));
}

/** 首问: the engineer and the service manager who answer for it until closing (HND-02). */
export function isFirstContact(kase: IncidentCase, actor: Actor): boolean {
  const { firstContactEngineerId, firstContactServiceManagerId } = kase.incident;
  return actor.id === firstContactEngineerId || actor.id === firstContactServiceManagerId;
}

export function isServiceManager(kase: IncidentCase, actor: Actor): boolean {
  const named = actor.id === kase.terms.people['service-manager']?.id || actor.id === kase.incident.firstContactServiceManagerId;
  return named || holdsRoleHere(kase, actor, 'service-manager');
}

export function isIncidentManager(kase: IncidentCase, actor: Actor): boolean {
  return actor.kind === 'system' || holdsRoleHere(kase, actor, 'incident-manager');
}

/** A role that is not limited to another customer or team. */
export function holdsRoleHere(kase: IncidentCase, actor: Actor, role: string): boolean {
  const { customerId, teamId } = kase.ticket;
  return actor.grants.some((grant) => grant.role === role && (grant.customerId ?? customerId) === customerId && (grant.teamId ?? teamId) === teamId);
}

/** HND-07: on whose behalf a first contact or service manager acts while another team holds the ticket; null for those who hold it. */
export function onBehalfOf(kase: IncidentCase, actor: Actor): string | null {
  if (isHolder(kase, actor) || isMember(kase, actor) || leadsTeam(kase, actor)) return null;
  if (!isFirstContact(kase, actor) && !isServiceManager(kase, actor)) return null;
  return kase.ticket.holderId ?? kase.ticket.teamId;
}

export function isMember(kase: IncidentCase, actor: Actor): boolean {
  return actor.kind === 'system' || (kase.ticket.teamId !== null && actor.teamIds.includes(kase.ticket.teamId));
}

export function isCustomer(kase: IncidentCase, actor: Actor): boolean {
  return actor.customerId === kase.ticket.customerId;
}

export function mayWork(kase: IncidentCase, actor: Actor): boolean {
  return may(actor, 'incident.work', scopeOf(kase));
}

export function mayHere(kase: IncidentCase, actor: Actor, permission: Parameters<typeof may>[1]): boolean {
  return may(actor, permission, scopeOf(kase));
}
