import { LockMode } from '@mikro-orm/core';
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
import { AgreementEntity, AgreementLineEntity, CustomerEntity, type Agreement, type AgreementLine } from './customer.entity.ts';

/** Who answers for an agreement; addressees of escalations where a level names only the role. */
export interface AgreementPeopleInput {
  readonly slaOwnerId?: string | null;
  readonly serviceManagerId?: string | null;
  readonly serviceDeliveryManagerId?: string | null;
  readonly projectManagerId?: string | null;
  readonly departmentManagerId?: string | null;
  readonly technicalManagerId?: string | null;
}

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
      ...people(input), renewalWarnedAt: null, version: 1,
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
    Object.assign(agreement, await checkedTerms(database, em, input, await now()), people(input));
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
  if (input.lines.length > 500) throw new Refusal('TOO_LARGE', `An agreement has at most 500 lines, got ${input.lines.length}.`, 'lines');
  return database.change(actor, async ({ em, emit, now }) => {
    const agreement = await lockAgreement(em, actor, input.id);
    requireVersion(agreement, input.expectedVersion, 'agreement');
    const before = await em.find(AgreementLineEntity, { agreementId: agreement.id, endedAt: null }, { orderBy: { id: 'asc' } });
    const lines: AgreementLine[] = [];
    for (const [index, line] of input.lines.entries()) lines.push(await keptOrNew(database, em, { agreement, before, line, field: `lines.${index}`, at: await now() }));
    for (const gone of before.filter((line) => !lines.includes(line))) gone.endedAt = await now();
    agreement.version += 1;
    emit({
      type: 'agreement.linesSet', subjectKind: 'agreement', subjectId: agreement.id, customerId: agreement.customerId, occurredAt: await now(),
      before: before.map(lineShown), after: lines.map(lineShown),
    });
    return lines;
  });
}

interface LineCase {
  readonly agreement: Agreement;
  readonly before: readonly AgreementLine[];
  readonly line: AgreementLineInput;
  readonly field: string;
  readonly at: Instant;
}

async function keptOrNew(database: Database, em: Em, { agreement, before, line, field, at }: LineCase): Promise<AgreementLine> {
  await requireTier(database, em, line.tier ?? null, at);
  if (line.calendarId) await requireCalendar(em, line.calendarId);
  const facts = {
    serviceId: line.serviceId ?? null, siteId: line.siteId ?? null, department: optionalText(line.department, `${field}.department`), ciId: line.ciId ?? null,
    tier: line.tier ?? null, calendarId: line.calendarId ?? null, targets: checkedTargets(line.targets, `${field}.targets`),
  };
  const same = before.find(({ serviceId, siteId, department, ciId }) =>
    serviceId === facts.serviceId && siteId === facts.siteId && department === facts.department && ciId === facts.ciId);
  return same ? Object.assign(same, facts) : em.create(AgreementLineEntity, { id: newId(), agreementId: agreement.id, endedAt: null, ...facts });
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

async function lockAgreement(em: Em, actor: Actor, id: string): Promise<Agreement> {
  requirePermission(actor, 'agreement.edit');
  const missing = () => new Refusal('NOT_FOUND', `There is no agreement "${id}".`, 'id');
  const agreement = await em.findOne(AgreementEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
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

async function requireTier(database: Database, em: Em, tier: string | null, at: Instant): Promise<void> {
  if (tier === null) return;
  const { tiers } = (await policiesAt(database, em, at)).policies['tier-table'];
  if (tiers.some(({ key }) => key === tier)) return;
  throw new Refusal('INVALID_INPUT', `"${tier}" is not a tier; there are ${tiers.map(({ key }) => key).join(', ')}.`, 'tier');
}

async function requireCalendar(em: Em, calendarId: string): Promise<void> {
  if (!(await em.findOne(CalendarEntity, { id: calendarId }))) throw new Refusal('NOT_FOUND', `There is no calendar "${calendarId}".`, 'calendarId');
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

function people(input: AgreementPeopleInput) {
  const { slaOwnerId = null, serviceManagerId = null, serviceDeliveryManagerId = null, projectManagerId = null, departmentManagerId = null, technicalManagerId = null } = input;
  return { slaOwnerId, serviceManagerId, serviceDeliveryManagerId, projectManagerId, departmentManagerId, technicalManagerId };
}

function shown({ number, name, tier, calendarId, targets, startsAt, endsAt }: Agreement) {
  return { number, name, tier, calendarId, targets, startsAt: toIso(startsAt), endsAt: toIso(endsAt) };
}

function lineShown({ id, serviceId, siteId, department, ciId, tier, calendarId, targets }: AgreementLine) {
  return { id, serviceId, siteId, department, ciId, tier, calendarId, targets };
}
