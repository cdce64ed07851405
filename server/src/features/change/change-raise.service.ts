import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { createTicket, READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import { TicketCiEntity, TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { actOnChange } from './change-case.service.ts';
import { requireCis, requireItem, requirePerson, requireTeam, requireWord, textList } from './change-checks.service.ts';
import { ChangePlanEntity, ChangeDecisionEntity } from './change-paper.entity.ts';
import { submitChange, titleOf } from './change-respond.rules.ts';
import { CHANGE_CATEGORIES, CHANGE_SOURCES, type ChangeCategory, type ChangeSource } from './change-states.rules.ts';
import { ChangeEntity, type ChangeRow } from './change.entity.ts';

export interface RaiseInput {
  readonly customerId: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly type: string;
  readonly risk?: string | null;
  readonly priority?: string | null;
  readonly source?: string | null;
  /** The third party or the customer's person who asked for it (CHG-01, CHG-18). */
  readonly askedBy?: string | null;
  readonly expectedResult?: string | null;
  readonly ciIds?: readonly string[] | null;
  readonly businessSystems?: readonly string[] | null;
  readonly departments?: readonly string[] | null;
  readonly ownerId?: string | null;
  readonly implementerId?: string | null;
  readonly teamId?: string | null;
  readonly preAuthorisedId?: string | null;
  readonly software?: boolean | null;
  /** The incident or problem that asked for it; its CIs are taken over when none are named. */
  readonly forTicketId?: string | null;
  /** An earlier change that this one follows (CHG-08). */
  readonly followsId?: string | null;
  /** INC-14: done already while handling the incident, written down now. */
  readonly recordedAfterwards?: string | null;
  /** Submitted at once. */
  readonly submit?: boolean | null;
  readonly idempotencyKey?: string | null;
}

/** Raises a change as a command of its own. Returns its id. */
export function raise(database: Database, actor: Actor, input: RaiseInput): Promise<string> {
  return database.change(actor, (change) => idempotent(change, 'raiseChange', input, () => raiseChange(database, change, input)));
}

/**
 * CHG-01, CHG-18: raises a change within an open transaction, e.g. from an incident (INC-14) or a problem; links it to what asked for it.
 * @throws Refusal FORBIDDEN without `change.raise`, or `change.raiseEmergency` for an emergency; INVALID_INPUT naming the word
 */
export async function raiseChange(database: Database, change: Change, input: RaiseInput): Promise<string> {
  const { em, actor } = change;
  const { policies } = await policiesAt(database, em, await change.now());
  const category = requireWord(input.category, 'category', CHANGE_CATEGORIES);
  requireMayRaise(actor, input.customerId, category);
  if ((await em.count(CustomerEntity, { id: input.customerId })) === 0) throw new Refusal('NOT_FOUND', `There is no customer ${input.customerId}.`, 'customerId');
  const asker = await askerOf(change, input);
  const subject = requiredText(input.title, 'title', TEXT_LIMITS.title - 20);
  const facts = await factsOf(change, input, { category, policies, source: sourceOf(input, asker) });
  const ticket = await createTicket(change, {
    kind: 'change', title: titleOf(policies.change, category, subject), customerId: input.customerId, teamId: await requireTeam(em, input.teamId ?? null), holderId: facts.ownerId,
  });
  await em.flush();
  await saveFacts(change, { ticket, record: { ...facts, ticketId: ticket.id, subject } }, { ciIds: await ciIdsOf(change, input, asker), servicePlan: await servicePlanOf(change, facts), afterwards: input.recordedAfterwards ?? null });
  if (asker) await linkTickets(change, { fromId: ticket.id, toId: asker.id, kind: 'change-for' });
  if (input.followsId) await linkFollowed(change, ticket, input.followsId);
  change.emit({
    type: 'change.raised', subjectKind: 'change', subjectId: ticket.id, ticketId: ticket.id, customerId: ticket.customerId, teamIds: ticket.teamId === null ? [] : [ticket.teamId],
    occurredAt: ticket.openedAt, after: { number: ticket.number, title: ticket.title, category, type: facts.type, source: facts.source, forTicketId: asker?.id ?? null }, reason: input.recordedAfterwards ?? null,
  });
  await em.flush();
  if (input.submit ?? false) await actOnChange(database, change, ticket, 'submitChange', ({ kase, context }) => submitChange(kase, context));
  return ticket.id;
}

/** CHG-18: an emergency is raised by a project or service manager. */
export function requireMayRaise(actor: Actor, customerId: string, category: ChangeCategory): void {
  const permission = category === 'emergency' ? 'change.raiseEmergency' : 'change.raise';
  if (may(actor, permission, { customerId })) return;
  throw new Refusal('FORBIDDEN', category === 'emergency'
    ? 'An emergency change is raised by a project or service manager ("change.raiseEmergency").' : 'Raising a change for this customer needs "change.raise".', 'category');
}

/** The incident or problem that it is for: of the same customer, and one that the actor may see. */
async function askerOf({ em, actor }: Change, { forTicketId, customerId }: RaiseInput): Promise<Ticket | null> {
  if (!forTicketId) return null;
  const ticket = await em.findOne(TicketEntity, { id: forTicketId, customerId, kind: { $in: ['incident', 'problem'] } });
  if (!ticket || !may(actor, READ_PERMISSION[ticket.kind], { customerId })) throw new Refusal('NOT_FOUND', 'This customer has no such incident or problem.', 'forTicketId');
  return ticket;
}

function sourceOf({ source }: RaiseInput, asker: Ticket | null): ChangeSource {
  if (source !== null && source !== undefined) return requireWord(source, 'source', CHANGE_SOURCES);
  return asker?.kind === 'incident' || asker?.kind === 'problem' ? asker.kind : 'own';
}

async function factsOf(change: Change, input: RaiseInput, { category, policies, source }: { category: ChangeCategory; policies: Policies; source: ChangeSource }): Promise<Omit<ChangeRow, 'ticketId' | 'subject'>> {
  const { em, actor } = change;
  const terms = policies.change;
  const keys = (words: readonly { readonly key: string }[]): string[] => words.map(({ key }) => key);
  if ((source === 'third-party' || source === 'customer') && !input.askedBy?.trim()) throw new Refusal('MISSING_FIELD', `A change from "${source}" says who asked for it.`, 'askedBy');
  return {
    ...EMPTY, category, source,
    type: requireWord(input.type, 'type', keys(terms.types)), risk: requireWord(input.risk ?? 'medium', 'risk', keys(terms.risks)), priority: requireWord(input.priority ?? 'normal', 'priority', keys(terms.priorities)),
    description: requiredText(input.description, 'description', TEXT_LIMITS.text), expectedResult: optionalText(input.expectedResult, 'expectedResult', TEXT_LIMITS.text),
    askedBy: optionalText(input.askedBy, 'askedBy'), businessSystems: textList(input.businessSystems, 'businessSystems'), departments: textList(input.departments, 'departments'),
    requesterId: actor.kind === 'person' ? actor.id : null, requesterName: actor.name,
    ownerId: await requirePerson(em, input.ownerId ?? null, 'ownerId'), implementerId: await requirePerson(em, input.implementerId ?? null, 'implementerId'),
    preAuthorisedId: await requireItem(em, input.preAuthorisedId ?? null, { customerId: input.customerId, category, at: await change.now() }),
    software: input.software ?? false, recordedAfterwards: requireAfterwards(input, category),
  };
}

/** What is written down afterwards is an emergency for an incident, with its reason (INC-14). */
function requireAfterwards({ recordedAfterwards, forTicketId }: RaiseInput, category: ChangeCategory): boolean {
  if (recordedAfterwards === null || recordedAfterwards === undefined) return false;
  requiredText(recordedAfterwards, 'recordedAfterwards', 2000);
  if (category === 'emergency' && forTicketId) return true;
  throw new Refusal('INVALID_INPUT', 'Only an emergency change for an incident or problem is recorded afterwards.', 'recordedAfterwards');
}

async function ciIdsOf({ em }: Change, { ciIds, customerId }: RaiseInput, asker: Ticket | null): Promise<string[]> {
  if (ciIds && ciIds.length > 0) return requireCis(em, ciIds, customerId);
  if (!asker) return [];
  return (await em.find(TicketCiEntity, { ticketId: asker.id }, { limit: 200 })).map(({ ciId }) => ciId);
}

/** A change on the agreed list begins with the service plan that the customer agreed to (CHG-03). */
async function servicePlanOf({ em }: Change, { preAuthorisedId }: Pick<ChangeRow, 'preAuthorisedId'>): Promise<string> {
  if (preAuthorisedId === null) return '';
  const rows = await em.execute<{ plan: string }[]>('select service_plan as plan from pre_authorised_change where id = ?', [preAuthorisedId]);
  return rows[0]?.plan ?? '';
}

async function saveFacts(change: Change, { ticket, record }: { ticket: Ticket; record: ChangeRow }, { ciIds, servicePlan, afterwards }: { ciIds: readonly string[]; servicePlan: string; afterwards: string | null }): Promise<void> {
  const { em, actor } = change;
  persistRow(em, ChangeEntity, record);
  persistRow(em, ChangePlanEntity, {
    ticketId: ticket.id, planType: '', background: '', presentEnvironment: '', dataBackup: '', steps: '', schedule: '', riskAndRollback: '', testSteps: '', implementationPlan: '',
    testPlan: '', rollbackPlan: '', servicePlan, editedBy: null, editedAt: null,
  });
  for (const ciId of ciIds) persistRow(em, TicketCiEntity, { id: newId(), ticketId: ticket.id, ciId, cause: false });
  if (afterwards !== null) {
    persistRow(em, ChangeDecisionEntity, {
      id: newId(), ticketId: ticket.id, kind: 'recorded-afterwards', subject: null, reason: afterwards, decidedAt: await change.now(), decidedBy: actor.name,
      deciderId: actor.kind === 'person' ? actor.id : null,
    });
  }
  await em.flush();
}

async function linkFollowed(change: Change, ticket: Ticket, followsId: string): Promise<void> {
  if ((await change.em.count(TicketEntity, { id: followsId, kind: 'change', customerId: ticket.customerId })) === 0) throw new Refusal('NOT_FOUND', 'This customer has no such change.', 'followsId');
  await linkTickets(change, { fromId: ticket.id, toId: followsId, kind: 'related' });
}

/** A change as nobody has worked on it yet. */
const EMPTY: Omit<ChangeRow, 'ticketId' | 'subject' | 'category' | 'source' | 'type' | 'risk' | 'priority' | 'description' | 'businessSystems' | 'departments' | 'requesterName'> = {
  state: 'draft', expectedResult: null, impact: null, askedBy: null, requesterId: null, ownerId: null, implementerId: null, preAuthorisedId: null, software: false, recordedAfterwards: false,
  submittedAt: null, responseDueAt: null, responseWarnedAt: null, responseMissedAt: null, respondedAt: null, response: null, responseReason: null, approvalRound: 0, approvedAt: null,
  windowStartAt: null, windowEndAt: null, implementationDueAt: null, implementationMissedAt: null, implementationStartedAt: null, implementationEndedAt: null, outcome: null,
  expectedResultMet: null, outageMinutes: 0, reviewedAt: null, reviewText: null, stability: null, businessSatisfaction: null, businessRemark: null, debtDueAt: null, debtMissedAt: null,
  debtPaidAt: null, endReason: null,
};
