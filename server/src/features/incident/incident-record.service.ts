import { coverageFor } from '../customer/customer.service.ts';
import { CustomerEntity, ServiceEntity, SiteEntity } from '../customer/customer.entity.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { nextPolicyChange, policiesAt } from '../service-level/service-level.service.ts';
import { isLevel, proposeLevel, type Level, type Policies } from '../service-level/service-level.rules.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { nextNumber } from '../ticket/ticket.service.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { referenceRevision, type Change, type Database } from '../../platform/db/database.ts';
import { raiseChange } from '../change/change-raise.service.ts';
import { KeptRows } from '../../platform/db/kept-rows.ts';
import { newId } from '../../platform/time/new-id.ts';
import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { applyDecision, NOTHING_RELATED, type IncidentCase, type RuleContext } from './incident-case.rules.ts';
import { carryOut } from './incident-case.service.ts';
import { saveCase, type OpenCase } from './incident-open.service.ts';
import { closeAsDuplicate, closeIncident } from './incident-solve.rules.ts';
import { confirmLevel, intakeTimes, recordIncident } from './incident-record.rules.ts';
import { loadTerms } from './incident-terms.service.ts';
import type { Incident } from './incident.entity.ts';

export interface RecordInput {
  readonly customerId: string;
  readonly title: string;
  readonly description: string;
  readonly channel: string;
  readonly category: string;
  readonly technicalClass: string;
  readonly caller?: string | null;
  readonly callerPhone?: string | null;
  readonly department?: string | null;
  readonly source?: string | null;
  readonly symptom?: string | null;
  readonly occurredAt?: Instant | null;
  readonly reportedAt?: Instant | null;
  /** SLA-19: how long the call took. */
  readonly callSeconds?: number | null;
  readonly ciId?: string | null;
  readonly serviceId?: string | null;
  readonly siteId?: string | null;
  readonly impact?: number | null;
  readonly urgency?: number | null;
  /** Given: the receiver confirms it, and the incident is assigned by it (INC-05). */
  readonly level?: Level | null;
  readonly difficulty?: 'simple' | 'normal' | 'hard' | null;
  /** The team that took the call; else the desk. */
  readonly teamId?: string | null;
  readonly recurrenceOfId?: string | null;
  readonly duplicateOfId?: string | null;
  /** INC-23: not an incident of ours; recorded, linked by its number and closed towards that process in one step. */
  readonly sendElsewhere?: { readonly process: string; readonly reason: string } | null;
  readonly externalNumber?: string | null;
  readonly externalSource?: string | null;
  readonly idempotencyKey?: string | null;
}

/** INC-03, INC-23: records an incident, checks that an agreement covers it, starts its clocks. Returns its id. */
export async function record(database: Database, actor: Actor, input: RecordInput): Promise<string> {
  if (!may(actor, 'incident.record', { customerId: input.customerId })) {
    throw new Refusal('FORBIDDEN', 'Recording an incident for this customer needs "incident.record".');
  }
  if (actor.customerId !== null) requireReport(input);
  return database.change(actor, (change) => idempotent(change, 'recordIncident', input, () => recordIn(database, change, input)));
}

/** What only the receiver says of a report (INC-03, INC-04, INC-05): a customer tells what is wrong, and waits for assignment. */
const RECEIVERS = ['level', 'teamId', 'difficulty', 'sendElsewhere', 'duplicateOfId', 'reportedAt', 'source', 'externalNumber', 'externalSource'] as const satisfies readonly (keyof RecordInput)[];

function requireReport(input: RecordInput): void {
  const given = RECEIVERS.find((field) => input[field] != null);
  if (given) throw new Refusal('FORBIDDEN', `"${given}" is the service desk's to say: leave it out.`, given);
  if (input.channel !== 'web') throw new Refusal('INVALID_INPUT', `A customer reports by "web", got "${input.channel}".`, 'channel');
}

async function recordIn(database: Database, change: Change, input: RecordInput): Promise<string> {
  const { em, actor } = change;
  const now = await change.now();
  const revision = await referenceRevision(em);
  const { policies, versions } = await policiesAt(database, em, now);
  checkWords(input, policies);
  // An integrator brings another system's records, whose delay is not a desk's late entry.
  const byLead = may(actor, 'incident.lead', { customerId: input.customerId }) || may(actor, 'act.onBehalfOf');
  const bounds = { now, limitMinutes: policies.intake.lateEntryMinutes, byLead };
  const times = intakeTimes({ occurredAt: input.occurredAt ?? null, reportedAt: input.reportedAt ?? null }, bounds);
  await checkPlaces(change, input);
  const coverage = await coverageFor(em, { ...places(input), at: times.reportedAt });
  if (!coverage.covered && !input.sendElsewhere) {
    throw new Refusal('NO_AGREEMENT', `${coverage.reason} Record it with "sendElsewhere" to pass it to its own process.`, 'serviceId');
  }
  const query = { customerId: input.customerId, serviceId: input.serviceId ?? null, teamId: input.teamId ?? null, agreementId: coverage.agreementId, agreementLineId: coverage.lineId };
  const { terms, calendars } = await loadTerms(database, em, query, { actor, now, policies });
  const ticket = newTicket({ ...input, teamId: await receivingTeam(change, input) }, await nextNumber(em, 'incident'), times.reportedAt);
  const incident = newIncident(input, { ticket, policies, actor, times, coverage, serviceManagerId: terms.people['service-manager']?.id ?? null });
  const kase: IncidentCase = {
    ticket, incident, terms, added: [], spans: [], suspensions: [], handoffs: [], requests: [], escalations: [], alarms: [], workLog: [], cis: [], links: [], related: NOTHING_RELATED,
    book: { ticketId: ticket.id, facts: [], clocks: [], firings: [] },
  };
  const context: RuleContext = { now, at: times.reportedAt, lateReason: null, actor, newId, policies, versions, mark: null };
  const policyChangesAt = await nextPolicyChange(database, em, now);
  const open: OpenCase = { change, kase, context, calendars, rows: new KeptRows(em), revision, policyChangesAt };
  addLinks(kase, input, context);
  carryOut(open, recordIncident(kase, context));
  if (input.level) carryOut({ ...open, context: { ...context, at: now } }, confirmLevel(kase, { level: input.level, route: !input.teamId }, { ...context, at: now }));
  if (input.sendElsewhere) sendElsewhere(open, input.sendElsewhere);
  else if (input.duplicateOfId) attachTo(open, input.duplicateOfId);
  await saveCase(open);
  if (input.sendElsewhere?.process === 'change-request') await raiseAskedFor(database, open, input.sendElsewhere.reason);
  return ticket.id;
}

/** INC-23: what a user asked to have changed goes to change management in the same step, linked. */
async function raiseAskedFor(database: Database, { change, kase }: OpenCase, reason: string): Promise<void> {
  const { ticket, incident } = kase;
  await raiseChange(database, change, {
    customerId: ticket.customerId, title: ticket.title.slice(0, TEXT_LIMITS.title - 20), description: `${incident.description}\n\n${reason}`, category: 'general', type: 'business',
    source: 'customer', askedBy: incident.caller ?? change.actor.name, forTicketId: ticket.id, submit: false,
  });
}

/** INC-23: closed at once with code 转其他流程; the reporter is told by the entry that says where it went. */
function sendElsewhere(open: OpenCase, target: { process: string; reason: string }): void {
  const context = { ...open.context, at: open.context.now };
  const reason = `${target.process}: ${requiredText(target.reason, 'sendElsewhere.reason', TEXT_LIMITS.text)}`;
  applyDecision(open.kase, { events: [] }, context);
  carryOut({ ...open, context }, closeIncident(open.kase, { closureCode: 'other-process', solution: null, causeClass: null, reason, linked: false }, context));
}

/** INC-15: a new report of the same incident is on record with its caller, and attached to the one that is open already. */
function attachTo(open: OpenCase, duplicateOfId: string): void {
  const context = { ...open.context, at: open.context.now };
  carryOut({ ...open, context }, closeAsDuplicate(open.kase, duplicateOfId, context));
}

function places(input: RecordInput): { customerId: string; serviceId: string | null; siteId: string | null; department: string | null; ciId: string | null } {
  const { customerId, serviceId = null, siteId = null, department = null, ciId = null } = input;
  return { customerId, serviceId, siteId, department, ciId };
}

const LONGEST_CALL = 86_400;

/** Every word must be one of the policy's; the refusal lists them. */
function checkWords(input: RecordInput, policies: Policies): void {
  const intake = policies.intake;
  const words = [['category', intake.categories], ['technicalClass', intake.technicalClasses], ['channel', intake.channels]] as const;
  for (const [field, terms] of words) {
    if (!terms.some(({ key }) => key === input[field])) {
      throw new Refusal('INVALID_INPUT', `"${field}" must be one of ${terms.map(({ key }) => key).join(', ')}, got "${input[field]}".`, field);
    }
  }
  const { callSeconds = null } = input;
  if (callSeconds !== null && !(callSeconds >= 0 && callSeconds <= LONGEST_CALL)) throw new Refusal('OUT_OF_RANGE', `"callSeconds" must be 0–${LONGEST_CALL}, got ${callSeconds}.`, 'callSeconds');
  if (input.level && !isLevel(input.level)) throw new Refusal('INVALID_INPUT', '"level" must be LV1, LV2, LV3 or LV4.', 'level');
  if (!input.level && (!input.impact || !input.urgency)) {
    throw new Refusal('MISSING_FIELD', 'Give "impact" and "urgency" (1 high – 3 low), or the confirmed "level".', 'impact');
  }
}

/** Whatever is named must be there, and be this customer's: another customer's record does not exist here (ORG-03). */
async function checkPlaces({ em }: Change, input: RecordInput): Promise<void> {
  const { customerId } = input;
  const customer = await em.findOne(CustomerEntity, { id: customerId });
  if (!customer) throw new Refusal('NOT_FOUND', `There is no customer ${customerId}.`, 'customerId');
  const ci = input.ciId ? await em.findOne(CiEntity, { id: input.ciId }) : null;
  if (input.ciId && (!ci || (ci.customerId !== null && ci.customerId !== customerId))) throw new Refusal('NOT_FOUND', 'This customer has no such CI.', 'ciId');
  const here = [
    ['siteId', input.siteId, async (id: string) => em.count(SiteEntity, { id, customerId })],
    ['serviceId', input.serviceId, async (id: string) => em.count(ServiceEntity, { id })],
    ['teamId', input.teamId, async (id: string) => em.count(TeamEntity, { id, active: true })],
    ['recurrenceOfId', input.recurrenceOfId, async (id: string) => em.count(TicketEntity, { id, customerId })],
    ['duplicateOfId', input.duplicateOfId, async (id: string) => em.count(TicketEntity, { id, customerId, closedAt: null })],
  ] as const;
  for (const [field, id, count] of here) {
    if (id && (await count(id)) === 0) throw new Refusal('NOT_FOUND', `${WHAT_IS_MISSING[field]} ${id}.`, field);
  }
}

const WHAT_IS_MISSING = {
  siteId: 'This customer has no site', serviceId: 'There is no service', teamId: 'There is no active team', recurrenceOfId: 'This customer has no incident',
  duplicateOfId: 'This customer has no open incident',
} as const;

function newTicket(input: RecordInput, number: string, openedAt: Instant): Ticket {
  return {
    id: newId(), kind: 'incident', number, title: requiredText(input.title, 'title', TEXT_LIMITS.title), customerId: input.customerId,
    teamId: input.teamId ?? null, holderId: null, openedAt, closedAt: null, lastEventAt: openedAt,
    externalNumber: input.externalNumber ?? null, externalSource: input.externalSource ?? null, externalRevision: null, major: false, urgeCount: 0,
    lastUrgedAt: null, version: 1,
  };
}

/** The receiver's own team holds it until it is assigned; the service desk what a customer reports themselves. */
async function receivingTeam({ em, actor }: Change, { teamId }: RecordInput): Promise<string | null> {
  if (teamId) return teamId;
  if (actor.kind !== 'person') return null;
  if (actor.customerId === null) return actor.teamIds[0] ?? null;
  return (await em.findOne(TeamEntity, { purpose: 'desk', active: true }, { orderBy: { id: 'asc' } }))?.id ?? null;
}

function newIncident(
  input: RecordInput,
  facts: {
    ticket: Ticket; policies: Policies; actor: Actor; times: { occurredAt: Instant | null; reportedAt: Instant };
    coverage: { agreementId: string | null; lineId: string | null }; serviceManagerId: string | null;
  },
): Incident {
  const { impact = null, urgency = null } = input;
  const proposed = impact && urgency ? proposeLevel(facts.policies['priority-matrix'], impact, urgency) : null;
  const level = proposed ?? input.level ?? 'LV4';
  const staff = facts.actor.kind === 'person' && facts.actor.customerId === null;
  return {
    ticketId: facts.ticket.id, state: 'awaiting-assignment', started: false,
    description: requiredText(input.description, 'description', TEXT_LIMITS.text), category: input.category, technicalClass: input.technicalClass,
    channel: input.channel, source: optionalText(input.source, 'source', TEXT_LIMITS.short), symptom: optionalText(input.symptom, 'symptom', TEXT_LIMITS.short),
    caller: optionalText(input.caller, 'caller', TEXT_LIMITS.short), callerPhone: optionalText(input.callerPhone, 'callerPhone', TEXT_LIMITS.short),
    department: optionalText(input.department, 'department', TEXT_LIMITS.short), siteId: input.siteId ?? null, serviceId: input.serviceId ?? null,
    agreementId: facts.coverage.agreementId, agreementLineId: facts.coverage.lineId, impact, urgency, proposedLevel: proposed, level,
    levelConfirmed: false, highestLevel: level, difficulty: input.difficulty ?? 'normal', ...facts.times,
    firstContactEngineerId: staff ? facts.actor.id : null, firstContactServiceManagerId: facts.serviceManagerId, respondedAt: null,
    onSiteNeeded: null, feedbackArrivedAt: null, acceptedAt: null, confirmationAttempts: 0, lastConfirmationAttemptAt: null, feedbackRemindedAt: null, solution: null,
    causeClass: null, closureCode: null, pingPong: false, handoffCount: 0, functionalStep: 0, changeMade: false, majorAt: null, bridge: null, conversion: [],
    callSeconds: input.callSeconds ?? null,
  };
}

function addLinks(kase: IncidentCase, input: RecordInput, context: RuleContext): void {
  const links = [['recurrence-of', input.recurrenceOfId], ['duplicate-of', input.duplicateOfId]] as const;
  const add = links.flatMap(([kind, toId]) => toId
    ? [{ table: 'link' as const, row: { id: context.newId(), fromId: kase.ticket.id, toId, kind, createdAt: context.now, createdBy: context.actor.name } }]
    : []);
  const ci = input.ciId ? [{ table: 'ci' as const, row: { id: context.newId(), ticketId: kase.ticket.id, ciId: input.ciId, cause: false } }] : [];
  applyDecision(kase, { add: [...add, ...ci], events: [] }, context);
}
