import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { AgreementEntity, CustomerEntity, ServiceEntity, type Agreement, type Customer, type Service } from './customer.entity.ts';

/** Lists show only what the actor may see; a foreign record is like one that is not there (ORG-03). */
function only(actor: Actor, permission: 'customer.read' | 'agreement.read', column: 'id' | 'customerId') {
  requirePermission(actor, permission);
  const visible = visibleCustomers(actor, permission);
  return visible === 'all' ? {} : { [column]: { $in: [...visible] } };
}

export interface CustomerPageRequest {
  readonly search?: string | null;
  readonly first?: number | null;
  /** Opaque: the endCursor of the page before. */
  readonly after?: string | null;
}

export interface CustomerPage {
  readonly rows: readonly Customer[];
  readonly hasNextPage: boolean;
}

/** Customers by name, a page at a time. */
export async function findCustomers(em: Em, actor: Actor, { search, first, after }: CustomerPageRequest): Promise<CustomerPage> {
  const { first: limit } = pageRequest(first, after);
  const text = search?.trim() ?? '';
  const like = { $ilike: `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` };
  const named = text === '' ? {} : { $or: [{ name: like }, { fullName: like }] };
  // Names are unique, so the name alone is a total order.
  const following = after ? { name: { $gt: readCursor(after) } } : {};
  const rows = await em.find(CustomerEntity, { $and: [only(actor, 'customer.read', 'id'), named, following] }, { orderBy: { name: 'asc' }, limit: limit + 1 });
  return { rows: rows.slice(0, limit), hasNextPage: rows.length > limit };
}

/** The place of a customer in the list of names. */
export function cursorOf({ name }: Pick<Customer, 'name'>): string {
  return Buffer.from(name).toString('base64url');
}

function readCursor(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString();
  if (cursorOf({ name }) === cursor) return name;
  throw new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
}

export async function customersById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Customer>> {
  const rows = await em.find(CustomerEntity, { $and: [only(actor, 'customer.read', 'id'), { id: { $in: [...ids] } }] });
  return new Map(rows.map((row) => [row.id, row]));
}

export interface AgreementSearch {
  readonly customerId?: string | null;
  /** Only those that end within so many days from `now`. */
  readonly endingWithinDays?: number | null;
  readonly now: Instant;
  readonly first?: number | null;
}

/** Agreements, the first to end first, at most 100 (AGR-03). */
export async function findAgreements(em: Em, actor: Actor, { customerId, endingWithinDays, now, first }: AgreementSearch): Promise<Agreement[]> {
  const days = endingWithinDays ?? null;
  if (days !== null && (days < 0 || days > 3660)) throw new Refusal('OUT_OF_RANGE', `"days" must be 0–3660, got ${days}.`, 'days');
  const ending = days === null ? {} : { endsAt: { $gt: now, $lte: now + days * DAY } };
  const where = { $and: [only(actor, 'agreement.read', 'customerId'), customerId ? { customerId } : {}, ending] };
  return em.find(AgreementEntity, where, { orderBy: { endsAt: 'asc', id: 'asc' }, limit: pageRequest(first, null).first });
}

export async function agreementsById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Agreement>> {
  const rows = await em.find(AgreementEntity, { $and: [only(actor, 'agreement.read', 'customerId'), { id: { $in: [...ids] } }] });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The catalogue (AGR-06); with a customer only what its agreements in force cover, everything where one covers everything. */
export async function findServices(em: Em, actor: Actor, { customerId, now }: { customerId: string | null; now: Instant }): Promise<Service[]> {
  requirePermission(actor, 'agreement.read');
  const wanted = customerId ?? actor.customerId;
  if (wanted === null) return em.find(ServiceEntity, { active: true }, { orderBy: { key: 'asc' }, limit: 1000 });
  const agreements = await em.find(AgreementEntity, { $and: [only(actor, 'agreement.read', 'customerId'), { customerId: wanted, startsAt: { $lte: now }, endsAt: { $gt: now } }] });
  const rows = await em.execute<{ serviceId: string | null }[]>(
    `select l.service_id as "serviceId" from agreement a left join agreement_line l on l.agreement_id = a.id and l.ended_at is null
     where a.id = any(string_to_array(?, ',')::uuid[])`,
    [agreements.map(({ id }) => id).join(',')],
  );
  const named = rows.flatMap(({ serviceId }) => (serviceId === null ? [] : [serviceId]));
  const everything = named.length < rows.length;
  return em.find(ServiceEntity, { active: true, ...(everything ? {} : { id: { $in: named } }) }, { orderBy: { key: 'asc' }, limit: 1000 });
}

/** Every service for those who keep the catalogue, what is out of it last. */
export async function catalogue(em: Em, actor: Actor): Promise<Service[]> {
  requirePermission(actor, 'agreement.edit');
  return em.find(ServiceEntity, {}, { orderBy: { active: 'desc', key: 'asc' }, limit: 1000 });
}

export async function servicesById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Service>> {
  requirePermission(actor, 'agreement.read');
  const rows = await em.find(ServiceEntity, { id: { $in: [...ids] } });
  return new Map(rows.map((row) => [row.id, row]));
}
