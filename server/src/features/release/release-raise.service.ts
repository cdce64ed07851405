import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { PersonEntity, type Person } from '../access/access.entity.ts';
import { CiEntity, type Ci } from '../cmdb/cmdb.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { changeRecord, createTicket, lockTicket, type RecordCommand } from '../ticket/ticket-record.service.ts';
import { recordEvent } from '../ticket/ticket-record.rules.ts';
import { linkTickets } from '../ticket/ticket-link.service.ts';
import { TicketCiEntity, TicketLinkEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { noted } from './release-decide.rules.ts';
import { checksum, editedFields, GO_LIVE_FIELDS, PLAN_FIELDS, plannedMonth, type GoLiveField, type PlanField } from './release-plan.rules.ts';
import { RELEASE_KIND } from './release-record.service.ts';
import { ReleaseEntity, ReleaseReviewEntity } from './release.entity.ts';

export interface NewRelease {
  readonly customerId: string;
  readonly title: string;
  readonly version: string;
  readonly plannedMonth?: string | null;
  /** The release owner 发布负责人; left out: whoever raises it. */
  readonly ownerId?: string | null;
  readonly teamId?: string | null;
  readonly ciIds?: readonly string[] | null;
  readonly changeIds?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** Raises a release with its CIs and the changes that carry it (REL-01). Answers its id. */
export async function raiseRelease(database: Database, actor: Actor, input: NewRelease): Promise<string> {
  requirePermission(actor, 'release.own', { customerId: input.customerId });
  const version = requiredText(input.version, 'version', TEXT_LIMITS.short);
  const month = plannedMonth(input.plannedMonth);
  return database.change(actor, (change) => idempotent(change, 'raiseRelease', input, async () => {
    const { em } = change;
    if ((await em.count(CustomerEntity, { id: input.customerId })) === 0) throw new Refusal('NOT_FOUND', 'There is no such customer.', 'customerId');
    const ownerId = input.ownerId ?? (actor.kind === 'person' ? actor.id : null);
    if (ownerId !== null) await personAtCustomer(em, ownerId, input.customerId, 'ownerId');
    const ticket = await createTicket(change, { kind: 'release', title: input.title, customerId: input.customerId, teamId: input.teamId ?? null, holderId: ownerId });
    await em.flush();
    em.create(ReleaseEntity, { ...BLANK, ticketId: ticket.id, version, plannedMonth: month }, { persist: true });
    const now = await change.now();
    change.emit(recordEvent({ ticket }, { now }, 'release.raised', { after: { number: ticket.number, title: ticket.title, version, plannedMonth: month } }));
    for (const ciId of new Set(input.ciIds ?? [])) {
      const ci = await ciAtCustomer(em, ciId, ticket.customerId);
      persistRow(em, TicketCiEntity, { id: newId(), ticketId: ticket.id, ciId: ci.id, cause: false });
      change.emit(recordEvent({ ticket }, { now }, 'release.ciLinked', { after: { ciId: ci.id, ci: ci.name } }));
    }
    for (const changeId of [...new Set(input.changeIds ?? [])].toSorted()) await carry(change, ticket, changeId);
    return ticket.id;
  }));
}

const BLANK = {
  state: 'planning', windowStartAt: null, windowEndAt: null, packageName: null, packageSha256: null, packageLocation: null, acceptedSha256: null, acceptedAt: null,
  acceptedBy: null, plan: {}, goLivePlan: {}, reviewedGoLivePlan: null, contentApprovedAt: null, contentApprovedBy: null, goLiveApprovedAt: null, goLiveApprovedBy: null,
  testEnvironment: null, trialExpectations: null, trialFindings: null, notice: null, noticeSentAt: null, training: null, deploymentChangeId: null, baselineId: null,
  baselineName: null, deploymentStartedAt: null, deployedAt: null, deployedSha256: null, rolledBackAt: null, rollbackReason: null, rollbackVerification: null,
  rollbackVerifiedAt: null, businessConfirmedAt: null, businessConfirmedBy: null, businessConfirmation: null, papersHandedAt: null, papersHandedToId: null,
  report: null, reportedAt: null,
} as const;

export interface ReleaseEdit extends RecordCommand {
  readonly title?: string | null;
  readonly version?: string | null;
  readonly plannedMonth?: string | null;
  readonly ownerId?: string | null;
}

/** What is left out stays. After the content is approved its version stays too: something else is another release. */
export async function editRelease(database: Database, actor: Actor, input: ReleaseEdit): Promise<string> {
  const month = input.plannedMonth === undefined || input.plannedMonth === null ? undefined : plannedMonth(input.plannedMonth);
  return changeRecord(database, actor, RELEASE_KIND, input, 'editRelease', async ({ change, kase, context }) => {
    const title = input.title ? requiredText(input.title, 'title', TEXT_LIMITS.title) : kase.ticket.title;
    const version = input.version ? requiredText(input.version, 'version', TEXT_LIMITS.short) : kase.record.version;
    if (version !== kase.record.version && kase.record.state !== 'planning') throw new Refusal('MOVE_NOT_ALLOWED', `The version is fixed once the content is submitted: take it back to planning first.`, 'version');
    if (input.ownerId) await personAtCustomer(change.em, input.ownerId, kase.ticket.customerId, 'ownerId');
    if (input.ownerId && kase.reviews.some(({ personId }) => personId === input.ownerId)) throw new Refusal('INVALID_INPUT', 'Who reviews the content cannot own the release.', 'ownerId');
    const before = { title: kase.ticket.title, version: kase.record.version, plannedMonth: kase.record.plannedMonth, ownerId: kase.ticket.holderId };
    const after = { title, version, plannedMonth: month === undefined ? kase.record.plannedMonth : month, ownerId: input.ownerId ?? kase.ticket.holderId };
    return { ...noted(kase, context, { version, plannedMonth: after.plannedMonth }, { event: 'edited', before, after }), ticket: { title, holderId: after.ownerId } };
  });
}

export type PlanEdit = RecordCommand & Readonly<Partial<Record<PlanField, string | null>>>;
export type GoLiveEdit = RecordCommand & Readonly<Partial<Record<GoLiveField, string | null>>>;

/** REL-02: fields of the release plan; those left out stay, a blank one is emptied. */
export async function editPlan(database: Database, actor: Actor, input: PlanEdit): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'editReleasePlan', ({ kase, context }) => {
    const plan = editedFields(PLAN_FIELDS, kase.record.plan, input);
    return noted(kase, context, { plan }, { event: 'planEdited', before: kase.record.plan, after: plan });
  });
}

/** REL-13: fields of the go-live plan. */
export async function editGoLivePlan(database: Database, actor: Actor, input: GoLiveEdit): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'editGoLivePlan', ({ kase, context }) => {
    const goLivePlan = editedFields(GO_LIVE_FIELDS, kase.record.goLivePlan, input);
    return noted(kase, context, { goLivePlan }, { event: 'goLivePlanEdited', before: kase.record.goLivePlan, after: goLivePlan });
  });
}

/** REL-12: a head of department who takes part in the review of content. */
export async function nameReviewer(database: Database, actor: Actor, input: RecordCommand & { readonly personId: string; readonly department: string }): Promise<string> {
  const department = requiredText(input.department, 'department', TEXT_LIMITS.short);
  return changeRecord(database, actor, RELEASE_KIND, input, 'nameReleaseReviewer', async ({ change, kase, context }) => {
    const person = await personAtCustomer(change.em, input.personId, kase.ticket.customerId, 'personId');
    if (person.id === kase.ticket.holderId) throw new Refusal('INVALID_INPUT', 'The owner cannot review their own release.', 'personId');
    if (kase.reviews.some(({ personId }) => personId === person.id)) throw new Refusal('NOT_UNIQUE', `${person.name} is named already.`, 'personId');
    const row = { id: context.newId(), releaseId: kase.ticket.id, personId: person.id, personName: person.name, department, verdict: null, note: null, decidedAt: null };
    return { ...noted(kase, context, {}, { event: 'reviewerNamed', after: { person: person.name, department } }), add: [{ table: 'review', row }] };
  });
}

export async function withdrawReviewer(database: Database, actor: Actor, input: RecordCommand & { readonly personId: string }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'withdrawReleaseReviewer', async ({ change, kase, context }) => {
    const row = kase.reviews.find(({ personId }) => personId === input.personId);
    if (!row) throw new Refusal('NOT_FOUND', 'This person is not named in the plan.', 'personId');
    await change.em.nativeDelete(ReleaseReviewEntity, { id: row.id });
    return noted(kase, context, {}, { event: 'reviewerWithdrawn', before: { person: row.personName, department: row.department } });
  });
}

export interface PackageInput extends RecordCommand {
  readonly name: string;
  readonly sha256: string;
  /** Where the definitive copy lies. */
  readonly location: string;
}

/** REL-01: the package, its checksum and where its definitive copy lies. */
export async function setPackage(database: Database, actor: Actor, input: PackageInput): Promise<string> {
  const packageName = requiredText(input.name, 'name', TEXT_LIMITS.short);
  const packageLocation = requiredText(input.location, 'location', TEXT_LIMITS.title);
  const packageSha256 = checksum(input.sha256, 'sha256');
  return changeRecord(database, actor, RELEASE_KIND, input, 'setReleasePackage', ({ kase, context }) =>
    noted(kase, context, { packageName, packageLocation, packageSha256 }, {
      event: 'packageSet', before: { sha256: kase.record.packageSha256 }, after: { name: packageName, sha256: packageSha256, location: packageLocation },
    }));
}

export async function linkReleaseCi(database: Database, actor: Actor, input: RecordCommand & { readonly ciId: string }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'linkReleaseCi', async ({ change, kase, context }) => {
    const ci = await ciAtCustomer(change.em, input.ciId, kase.ticket.customerId);
    if (kase.cis.some(({ id }) => id === ci.id)) throw new Refusal('NOT_UNIQUE', `"${ci.name}" is a CI of the release already.`, 'ciId');
    const row = { id: context.newId(), ticketId: kase.ticket.id, ciId: ci.id, cause: false };
    return { ...noted(kase, context, {}, { event: 'ciLinked', after: { ciId: ci.id, ci: ci.name } }), add: [{ table: 'ci', row }] };
  });
}

export async function unlinkReleaseCi(database: Database, actor: Actor, input: RecordCommand & { readonly ciId: string }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'unlinkReleaseCi', async ({ change, kase, context }) => {
    const ci = kase.cis.find(({ id }) => id === input.ciId);
    if (!ci) throw new Refusal('NOT_FOUND', 'The release has no such CI.', 'ciId');
    await change.em.nativeDelete(TicketCiEntity, { ticketId: kase.ticket.id, ciId: ci.id });
    return noted(kase, context, {}, { event: 'ciUnlinked', before: { ciId: ci.id, ci: ci.name } });
  });
}

export async function carryChange(database: Database, actor: Actor, input: RecordCommand & { readonly changeId: string }): Promise<string> {
  return changeRecord(database, actor, RELEASE_KIND, input, 'carryChange', async ({ change, kase, context }) => {
    const number = await carry(change, kase.ticket, input.changeId);
    return noted(kase, context, {}, { event: 'changeCarried', after: { changeId: input.changeId, number } });
  });
}

export async function dropChange(database: Database, actor: Actor, input: RecordCommand & { readonly changeId: string; readonly reason: string }): Promise<string> {
  const reason = requiredText(input.reason, 'reason', TEXT_LIMITS.text);
  return changeRecord(database, actor, RELEASE_KIND, input, 'dropChange', async ({ change, kase, context }) => {
    const carried = kase.changes.find(({ id }) => id === input.changeId);
    if (!carried) throw new Refusal('NOT_FOUND', 'The release does not carry this change.', 'changeId');
    await uncarry(change, kase.ticket, { changeId: carried.id, reason });
    return noted(kase, context, {}, { event: 'changeDropped', before: { changeId: carried.id, number: carried.number }, reason });
  });
}

/** Links release → change, once; a change that another live release carries is not in two. The release's row is locked, then the change's. */
async function carry(change: Change, release: Ticket, changeId: string): Promise<string> {
  const ticket = await lockTicket(change, 'change', changeId, 'changeId');
  if (ticket.customerId !== release.customerId) throw new Refusal('INVALID_INPUT', `${ticket.number} is another customer's.`, 'changeId');
  if (ticket.closedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', `${ticket.number} has ended: a release carries changes that are still to be done.`, 'changeId');
  const taken = await change.em.execute<{ number: string }[]>(
    `select t.number from ticket_link l join ticket t on t.id = l.from_id join release r on r.ticket_id = t.id
     where l.to_id = ? and l.kind = 'carries' order by t.number limit 1`, [changeId],
  );
  if (taken[0]) throw new Refusal('NOT_UNIQUE', `${ticket.number} is carried by ${taken[0].number} already.`, 'changeId', { release: taken[0].number });
  await linkTickets(change, { fromId: release.id, toId: changeId, kind: 'carries' });
  change.emit(recordEvent({ ticket }, { now: await change.now() }, 'change.carriedByRelease', { after: { release: release.number } }));
  return ticket.number;
}

/** Takes the link away and tells the change's trail. */
export async function uncarry(change: Change, release: Ticket, { changeId, reason }: { readonly changeId: string; readonly reason: string }): Promise<void> {
  const ticket = await lockTicket(change, 'change', changeId, 'changeId');
  await change.em.nativeDelete(TicketLinkEntity, { fromId: release.id, toId: changeId, kind: 'carries' });
  change.emit(recordEvent({ ticket }, { now: await change.now() }, 'change.droppedByRelease', { after: { release: release.number }, reason }));
}

/** One of us, or one of the customer's own people. */
export async function personAtCustomer(em: Em, personId: string, customerId: string, field: string): Promise<Person> {
  const person = await em.findOne(PersonEntity, { id: personId, active: true });
  if (!person || (person.customerId !== null && person.customerId !== customerId)) throw new Refusal('NOT_FOUND', 'There is no such person here.', field);
  return person;
}

async function ciAtCustomer(em: Em, ciId: string, customerId: string): Promise<Ci> {
  const ci = await em.findOne(CiEntity, { id: ciId });
  if (!ci || (ci.customerId !== null && ci.customerId !== customerId)) throw new Refusal('NOT_FOUND', 'This customer has no such CI.', 'ciId');
  return ci;
}
