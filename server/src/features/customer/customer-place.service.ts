import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { touchReferences, type Change, type Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { compileCalendar, type HoursOfDay } from '../calendar/calendar.rules.ts';
import { readExceptions } from '../calendar/calendar-reading.rules.ts';
import { CustomerDateEntity, ProjectEntity, ServiceEntity, SiteEntity, type CustomerDate, type Project, type Service, type Site } from './customer.entity.ts';
import { lockCustomer } from './customer.service.ts';

export interface NewSite {
  readonly customerId: string;
  readonly name: string;
  readonly address?: string | null;
}

/** A place of a customer (AGR-01). Needs `customer.edit` for this customer. */
export async function createSite(database: Database, actor: Actor, input: NewSite): Promise<Site> {
  return database.change(actor, async ({ em, emit, now }) => {
    const { id: customerId } = await lockCustomer(em, actor, input.customerId);
    const site = em.create(SiteEntity, { id: newId(), customerId, name: requiredText(input.name, 'name'), address: optionalText(input.address, 'address', 500), active: true, version: 1 });
    emit({ type: 'site.created', subjectKind: 'site', subjectId: site.id, customerId, occurredAt: await now(), after: { name: site.name, address: site.address } });
    return site;
  });
}

export interface NewProject {
  readonly customerId: string;
  /** The provider's own project number, unique. */
  readonly number: string;
  readonly name: string;
  readonly managerId?: string | null;
  readonly startsAt?: Instant | null;
  readonly endsAt?: Instant | null;
}

/** A project of a customer (AGR-01). Needs `customer.edit` for this customer. */
export async function createProject(database: Database, actor: Actor, input: NewProject): Promise<Project> {
  return database.change(actor, async ({ em, emit, now }) => {
    const { id: customerId } = await lockCustomer(em, actor, input.customerId);
    const number = requiredText(input.number, 'number', 50);
    if (await em.findOne(ProjectEntity, { number })) throw new Refusal('NOT_UNIQUE', `There is already a project ${number}.`, 'number');
    const { startsAt = null, endsAt = null } = input;
    if (startsAt !== null && endsAt !== null && endsAt <= startsAt) throw new Refusal('OUT_OF_RANGE', '"endsAt" must lie after "startsAt".', 'endsAt');
    const project = em.create(ProjectEntity, { id: newId(), customerId, number, name: requiredText(input.name, 'name'), managerId: input.managerId ?? null, startsAt, endsAt, version: 1 });
    emit({ type: 'project.created', subjectKind: 'project', subjectId: project.id, customerId, occurredAt: await now(), after: { number, name: project.name } });
    return project;
  });
}

export interface NewService {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly firstLineTeamId?: string | null;
  readonly secondLineTeamId?: string | null;
  readonly thirdLineTeamId?: string | null;
  readonly ciIds?: readonly string[] | null;
}

/** A service of the catalogue: what it depends on and who supports it (AGR-06). Needs `agreement.edit`. */
export async function createService(database: Database, actor: Actor, input: NewService): Promise<Service> {
  requirePermission(actor, 'agreement.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const key = requiredText(input.key, 'key', 50);
    if (await em.findOne(ServiceEntity, { key })) throw new Refusal('NOT_UNIQUE', `There is already a service with the key "${key}".`, 'key');
    const service = em.create(ServiceEntity, {
      id: newId(), key, name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), firstLineTeamId: input.firstLineTeamId ?? null,
      secondLineTeamId: input.secondLineTeamId ?? null, thirdLineTeamId: input.thirdLineTeamId ?? null, ciIds: [...(input.ciIds ?? [])], active: true, version: 1,
    });
    emit({ type: 'service.created', subjectKind: 'service', subjectId: service.id, occurredAt: await now(), after: { ...input } });
    return service;
  });
}

/** What a service rests on, named anew; the cmdb, which keeps since when, calls it in its own transaction (AGR-06). */
export async function setServiceItems({ em, emit, now }: Change, { id, ciIds }: { readonly id: string; readonly ciIds: readonly string[] }): Promise<Service> {
  const service = await em.findOne(ServiceEntity, { id });
  if (!service) throw new Refusal('NOT_FOUND', `There is no service ${id}.`, 'serviceId');
  const before = { ciIds: service.ciIds };
  service.ciIds = [...ciIds];
  emit({ type: 'service.itemsSet', subjectKind: 'service', subjectId: id, occurredAt: await now(), before, after: { ciIds } });
  return service;
}

export interface CustomerDateInput {
  readonly customerId: string;
  readonly date: string;
  /** The hours of that date, `[]` for closed; null gives it back to the calendar. */
  readonly hours: HoursOfDay | null;
  readonly name?: string | null;
  /** Needed for a date that has passed in the customer's zone (D-22). */
  readonly reason?: string | null;
}

/** A customer's own hours on one date (CAL-05). The event `customer.dateSet` makes this customer's clocks plan again. */
export async function setCustomerDate(database: Database, actor: Actor, input: CustomerDateInput): Promise<CustomerDate> {
  const hours = checkedHours(input);
  return database.change(actor, async ({ em, emit, now }) => {
    const customer = await lockCustomer(em, actor, input.customerId);
    const reason = optionalText(input.reason, 'reason', 2000);
    const today = Temporal.Instant.fromEpochMilliseconds(await now()).toZonedDateTimeISO(customer.timeZone).toPlainDate().toString();
    if (input.date < today && reason === null) {
      throw new Refusal('MISSING_FIELD', `${input.date} has passed (today is ${today}): give the "reason" for changing what already counted.`, 'reason');
    }
    const before = await em.findOne(CustomerDateEntity, { customerId: customer.id, date: input.date }, { orderBy: { revision: 'desc' } });
    const newest = await em.findOne(CustomerDateEntity, { customerId: customer.id }, { orderBy: { revision: 'desc' } });
    const row = em.create(CustomerDateEntity, {
      id: newId(), customerId: customer.id, revision: (newest?.revision ?? 0) + 1, date: input.date, hours, name: optionalText(input.name, 'name'),
      reason, createdBy: actor.name, createdAt: await now(),
    });
    await touchReferences(em);
    emit({
      type: 'customer.dateSet', subjectKind: 'customer', subjectId: customer.id, customerId: customer.id, occurredAt: await now(),
      before: { date: input.date, hours: before?.hours ?? null }, after: { date: input.date, hours, name: row.name }, reason,
    });
    return row;
  });
}

/** Checks date and times the way the calendar would, by compiling a calendar that has only this date. */
function checkedHours({ date, hours }: CustomerDateInput): HoursOfDay | null {
  const day: HoursOfDay = [['00:00', '24:00']];
  const always = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
  const exceptions = readExceptions([{ date, hours: hours ?? [] }], 'dates');
  compileCalendar({ timeZone: 'UTC', weeklyHours: always, exceptions });
  return hours === null ? null : (exceptions[0]?.hours ?? []);
}
