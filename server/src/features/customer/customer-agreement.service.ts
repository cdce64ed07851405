import { LockMode } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import { SYSTEM } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CalendarEntity } from '../calendar/calendar.entity.ts';
import { OWN_CRITERIA_SHAPE, OWN_TARGETS_SHAPE, type OwnCriteria, type OwnTargets } from '../service-level/service-level.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { checkedPeople, peopleOf, type AgreementPeopleInput } from './agreement-people.service.ts';
import { AgreementEntity, AgreementLineEntity, CustomerEntity, type Agreement, type AgreementLine } from './customer.entity.ts';

export interface AgreementTermsInput {
  readonly name: string;
  /** A key of the tier table, or null: the customer is on the level table alone (D-32). */
  readonly tier?: string | null;
  readonly calendarId: string;
  /** The agreement's own targets, per level or for `any` (AGR-05). */
  readonly targets?: unknown;
  /** Channels besides the telephone whose contact counts as a response (D-06). */
  readonly responseChannels?: readonly string[] | null;
  /** Its own wording of the levels (INC-26). */
  readonly levelCriteria?: unknown;
  readonly reportingCadence?: string | null;
  readonly startsAt: Instant;
  /** The first instant at which it no longer holds. */
  readonly endsAt: Instant;
}

export interface NewAgreement extends AgreementTermsInput, AgreementPeopleInput {
  readonly customerId: string;
  readonly projectId?: string | null;
  readonly number: string;
}

/** Concludes an agreement (AGR-03). Needs `agreement.edit` for this customer. */
export async function createAgreement(database: Database, actor: Actor, input: NewAgreement): Promise<Agreement> {
  requirePermission(actor, 'agreement.edit', { customerId: input.customerId });
  return database.change(actor, async ({ em, emit, now }) => {
    if (!(await em.findOne(CustomerEntity, { id: input.customerId }))) throw new Refusal('NOT_FOUND', `There is no customer "${input.customerId}".`, 'customerId');
    const number = requiredText(input.number, 'number', 50);
    if (await em.findOne(AgreementEntity, { number })) throw new Refusal('NOT_UNIQUE', `There is already an agreement ${number}.`, 'number');
    const agreement = em.create(AgreementEntity, {
      id: newId(), customerId: input.customerId, projectId: input.projectId ?? null, number, ...(await checkedTerms(database, em, input, await now())),
      ...(await checkedPeople(em, input, null)), renewalWarnedAt: null, version: 1,
    });
    emit({ type: 'agreement.created', subjectKind: 'agreement', subjectId: agreement.id, customerId: agreement.customerId, occurredAt: await now(), after: shown(agreement) });
    return agreement;
  });
}

export interface AgreementEdit extends AgreementTermsInput, AgreementPeopleInput {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Replaces an agreement's terms as a whole. Needs `agreement.edit` for its customer. */
export async function updateAgreement(database: Database, actor: Actor, input: AgreementEdit): Promise<Agreement> {
  return database.change(actor, async ({ em, emit, now }) => {
    const agreement = await lockAgreement(em, actor, input.id);
    requireVersion(agreement, input.expectedVersion, 'agreement');
    const before = shown(agreement);
    const extended = input.endsAt > agreement.endsAt;
    const terms = await checkedTerms(database, em, input, await now());
    if (plansOtherwise(agreement, terms)) agreement.termsSince = await now();
    Object.assign(agreement, terms, await checkedPeople(em, input, agreement));
    // A renewed agreement is warned of again before its new end.
    if (extended) agreement.renewalWarnedAt = null;
    agreement.version += 1;
    emit({ type: 'agreement.edited', subjectKind: 'agreement', subjectId: agreement.id, customerId: agreement.customerId, occurredAt: await now(), before, after: shown(agreement) });
    return agreement;
  });
}

export interface AgreementLineInput {
  readonly serviceId?: string | null;
  readonly siteId?: string | null;
  readonly department?: string | null;
  readonly ciId?: string | null;
  readonly tier?: string | null;
  readonly calendarId?: string | null;
  readonly targets?: unknown;
}

export interface AgreementLines {
  readonly id: string;
  readonly expectedVersion: number;
  readonly lines: readonly AgreementLineInput[];
}

/** Replaces what an agreement covers, line by line (AGR-08). A line that stays the same keeps its id, which open records name. */
export async function setAgreementLines(database: Database, actor: Actor, input: AgreementLines): Promise<AgreementLine[]> {
  return database.change(actor, async ({ em, emit, now }) => {
    const agreement = await lockAgreement(em, actor, input.id);
    requireVersion(agreement, input.expectedVersion, 'agreement');
    const before = await em.find(AgreementLineEntity, { agreementId: agreement.id, endedAt: null }, { orderBy: { id: 'asc' } });
    const drafted = await checkedLines(database, em, { before, lines: input.lines, at: await now() });
    if (drafted.some(({ same, facts }) => same !== null && plansOtherwise(same, facts))) agreement.termsSince = await now();
    const lines = drafted.map(({ same, facts }) => (same ? Object.assign(same, facts) : em.create(AgreementLineEntity, { id: newId(), agreementId: agreement.id, endedAt: null, ...facts })));
    for (const gone of before.filter((line) => !lines.includes(line))) gone.endedAt = await now();
    agreement.version += 1;
    emit({
      type: 'agreement.linesSet', subjectKind: 'agreement', subjectId: agreement.id, customerId: agreement.customerId, occurredAt: await now(),
      before: before.map(lineShown), after: lines.map(lineShown),
    });
    return lines;
  });
}

/** What an agreement and its lines would be after an edit that is not saved (SLA-10). Checked as saving does. */
export interface AgreementDraft {
  readonly agreement: Agreement;
  /** Lines that stay, by id. */
  readonly lines: ReadonlyMap<string, AgreementLine>;
}

/** The terms as `updateAgreement` would save them; nothing is changed. Needs `agreement.edit` for its customer. */
export async function draftTerms(database: Database, em: Em, actor: Actor, input: AgreementEdit): Promise<AgreementDraft> {
  const agreement = await agreementToEdit(em, actor, input.id);
  requireVersion(agreement, input.expectedVersion, 'agreement');
  const now = await database.time.read(em);
  const terms = await checkedTerms(database, em, input, now);
  return { agreement: { ...agreement, ...terms, ...(plansOtherwise(agreement, terms) ? { termsSince: now } : {}) }, lines: new Map() };
}

/** The lines as `setAgreementLines` would save them; nothing is changed. Needs `agreement.edit` for the agreement's customer. */
export async function draftLines(database: Database, em: Em, actor: Actor, input: AgreementLines): Promise<AgreementDraft> {
  const agreement = await agreementToEdit(em, actor, input.id);
  requireVersion(agreement, input.expectedVersion, 'agreement');
  const now = await database.time.read(em);
  const before = await em.find(AgreementLineEntity, { agreementId: agreement.id, endedAt: null }, { orderBy: { id: 'asc' } });
  const checked = await checkedLines(database, em, { before, lines: input.lines, at: now });
  const kept = checked.flatMap(({ same, facts }) => (same === null ? [] : [{ same, line: { ...same, ...facts } }]));
  const changed = kept.some(({ same, line }) => plansOtherwise(same, line));
  return { agreement: { ...agreement, ...(changed ? { termsSince: now } : {}) }, lines: new Map(kept.map(({ line }) => [line.id, line])) };
}

type LineFacts = Pick<AgreementLine, 'serviceId' | 'siteId' | 'department' | 'ciId' | 'tier' | 'calendarId' | 'targets'>;
/** A line as given, and the one on record that it follows. */
interface CheckedLine {
  readonly same: AgreementLine | null;
  readonly facts: LineFacts;
}

async function checkedLines(
  database: Database, em: Em, { before, lines, at }: { readonly before: readonly AgreementLine[]; readonly lines: readonly AgreementLineInput[]; readonly at: Instant },
): Promise<CheckedLine[]> {
  if (lines.length > 500) throw new Refusal('TOO_LARGE', `An agreement has at most 500 lines, got ${lines.length}.`, 'lines');
  const checked: CheckedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const field = `lines.${index}`;
    await requireTier(database, em, line.tier ?? null, at, `${field}.tier`);
    if (line.calendarId) await requireCalendar(em, line.calendarId, `${field}.calendarId`);
    const facts = {
      serviceId: line.serviceId ?? null, siteId: line.siteId ?? null, department: optionalText(line.department, `${field}.department`), ciId: line.ciId ?? null,
      tier: line.tier ?? null, calendarId: line.calendarId ?? null, targets: checkedTargets(line.targets, `${field}.targets`),
    };
    if (checked.some(({ facts: other }) => sameReach(other, facts))) {
      throw new Refusal('NOT_UNIQUE', `Line ${index + 1} is about the same service, site, department and item as a line before it: keep one of them.`, field);
    }
    checked.push({ same: before.find((row) => sameReach(row, facts)) ?? null, facts });
  }
  return checked;
}

const sameReach = (a: LineFacts, b: LineFacts): boolean =>
  a.serviceId === b.serviceId && a.siteId === b.siteId && a.department === b.department && a.ciId === b.ciId;

type Planning = Pick<AgreementLine, 'tier' | 'calendarId' | 'targets'>;

/** Whether clocks are planned otherwise by it. */
function plansOtherwise(before: Planning, after: Planning): boolean {
  return before.tier !== after.tier || before.calendarId !== after.calendarId || !isDeepStrictEqual(before.targets, after.targets);
}

/** How long before its end an agreement's people are reminded; the handbooks give no figure. */
const RENEWAL_LEAD = 60 * DAY;

/** Says once for each agreement that its end is near (AGR-03); a chore of every process. Answers how many it announced. */
export async function warnRenewals(database: Database): Promise<number> {
  return database.change(SYSTEM('renewals'), async (change) => {
    const { em, emit } = change;
    const now = await change.now();
    const rows = await em.find(
      AgreementEntity,
      { renewalWarnedAt: null, endsAt: { $gt: now, $lte: now + RENEWAL_LEAD } },
      { orderBy: { endsAt: 'asc', id: 'asc' }, limit: 200, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    );
    for (const agreement of rows) {
      agreement.renewalWarnedAt = now;
      const { id, customerId, number, endsAt, slaOwnerId, serviceManagerId } = agreement;
      emit({ type: 'agreement.endAnnounced', subjectKind: 'agreement', subjectId: id, customerId, occurredAt: now, after: { number, endsAt: toIso(endsAt), slaOwnerId, serviceManagerId } });
    }
    return rows.length;
  });
}

/** The agreement, locked, for somebody who may edit it; another customer's is answered like one that is not there. */
export function lockAgreement(em: Em, actor: Actor, id: string): Promise<Agreement> {
  return agreementToEdit(em, actor, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

async function agreementToEdit(em: Em, actor: Actor, id: string, options: { readonly lockMode?: LockMode.PESSIMISTIC_WRITE } = {}): Promise<Agreement> {
  requirePermission(actor, 'agreement.edit');
  const missing = () => new Refusal('NOT_FOUND', `There is no agreement "${id}".`, 'id');
  const agreement = await em.findOne(AgreementEntity, { id }, options);
  if (!agreement) throw missing();
  requireVisible(actor, 'agreement.edit', { customerId: agreement.customerId }, missing);
  return agreement;
}

async function checkedTerms(database: Database, em: Em, input: AgreementTermsInput, now: Instant) {
  if (input.endsAt <= input.startsAt) throw new Refusal('OUT_OF_RANGE', `"endsAt" must lie after "startsAt" (${toIso(input.startsAt)}), got ${toIso(input.endsAt)}.`, 'endsAt');
  await requireTier(database, em, input.tier ?? null, now);
  await requireCalendar(em, input.calendarId);
  return {
    name: requiredText(input.name, 'name'), tier: input.tier ?? null, calendarId: input.calendarId, targets: checkedTargets(input.targets, 'targets'),
    responseChannels: [...(input.responseChannels ?? [])], levelCriteria: checkedCriteria(input.levelCriteria), reportingCadence: optionalText(input.reportingCadence, 'reportingCadence', 100),
    startsAt: input.startsAt, endsAt: input.endsAt,
  };
}

async function requireTier(database: Database, em: Em, tier: string | null, at: Instant, field = 'tier'): Promise<void> {
  if (tier === null) return;
  const { tiers } = (await policiesAt(database, em, at)).policies['tier-table'];
  if (tiers.some(({ key }) => key === tier)) return;
  throw new Refusal('INVALID_INPUT', `"${tier}" is not a tier; there are ${tiers.map(({ key }) => key).join(', ')}.`, field);
}

async function requireCalendar(em: Em, calendarId: string, field = 'calendarId'): Promise<void> {
  if (!(await em.findOne(CalendarEntity, { id: calendarId }))) throw new Refusal('NOT_FOUND', `There is no calendar "${calendarId}".`, field);
}

function checkedTargets(value: unknown, field: string): OwnTargets {
  const result = OWN_TARGETS_SHAPE.safeParse(value ?? {});
  if (result.success) return result.data;
  throw wrongShape(result.error.issues[0], field);
}

function checkedCriteria(value: unknown): OwnCriteria | null {
  if (value === undefined || value === null) return null;
  const result = OWN_CRITERIA_SHAPE.safeParse(value);
  if (result.success) return result.data;
  throw wrongShape(result.error.issues[0], 'levelCriteria');
}

function wrongShape(issue: { readonly message: string; readonly path: readonly PropertyKey[] } | undefined, field: string): Refusal {
  const path = [field, ...(issue?.path ?? [])].join('.');
  return new Refusal('INVALID_INPUT', `${issue?.message ?? 'Not the right shape'} at "${path}".`, path);
}

function shown(agreement: Agreement) {
  const { number, name, tier, calendarId, targets, startsAt, endsAt } = agreement;
  return { number, name, tier, calendarId, targets, startsAt: toIso(startsAt), endsAt: toIso(endsAt), ...peopleOf(agreement) };
}

function lineShown({ id, serviceId, siteId, department, ciId, tier, calendarId, targets }: AgreementLine) {
  return { id, serviceId, siteId, department, ciId, tier, calendarId, targets };
}
