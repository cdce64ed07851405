import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireUnused } from '../../kernel/use.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { chooseCoverage, type CoverageQuery } from './coverage.rules.ts';
import { AgreementEntity, AgreementLineEntity, CustomerEntity, ServiceEntity, type Agreement, type AgreementLine, type Customer } from './customer.entity.ts';
import { usesOfCustomer } from './customer-uses.queries.ts';

/** Whether an agreement covers a record, and which line of it (INC-23, AGR-08). */
export interface Coverage {
  readonly covered: boolean;
  readonly agreement: Agreement | null;
  readonly line: AgreementLine | null;
  readonly agreementId: string | null;
  readonly lineId: string | null;
  /** Why not, in one sentence; null when covered. */
  readonly reason: string | null;
}

/** The agreement in force for what is known of a record, with its most specific line; see {@link chooseCoverage}. */
export async function coverageFor(em: Em, query: CoverageQuery): Promise<Coverage> {
  const agreements = await em.find(AgreementEntity, { customerId: query.customerId, startsAt: { $lte: query.at }, endsAt: { $gt: query.at } });
  const lines = agreements.length === 0 ? [] : await em.find(AgreementLineEntity, { agreementId: { $in: agreements.map(({ id }) => id) }, endedAt: null });
  const chosen = chooseCoverage(agreements, lines, query);
  if (!chosen) {
    return { covered: false, agreement: null, line: null, agreementId: null, lineId: null, reason: await whyNot(em, query, agreements) };
  }
  return {
    covered: true,
    agreement: agreements.find(({ id }) => id === chosen.agreementId) ?? null,
    line: lines.find(({ id }) => id === chosen.lineId) ?? null,
    ...chosen,
    reason: null,
  };
}

async function whyNot(em: Em, query: CoverageQuery, agreements: readonly Agreement[]): Promise<string> {
  const customer = await em.findOne(CustomerEntity, { id: query.customerId });
  const name = customer?.name ?? query.customerId;
  if (agreements.length === 0) return `${name} has no agreement in force at ${toIso(query.at)}.`;
  const service = query.serviceId ? await em.findOne(ServiceEntity, { id: query.serviceId }) : null;
  const numbers = agreements.map(({ number }) => number).toSorted().join(', ');
  return `No agreement of ${name} (${numbers}) covers the service "${service?.name ?? 'not known'}" at ${toIso(query.at)}.`;
}

export interface NewCustomer {
  readonly name: string;
  readonly fullName: string;
  /** IANA name, e.g. Asia/Shanghai. */
  readonly timeZone: string;
  readonly importance?: Customer['importance'] | null;
}

/** Puts a customer on the list (AGR-01). Needs `customer.edit`. */
export async function createCustomer(database: Database, actor: Actor, input: NewCustomer): Promise<Customer> {
  requirePermission(actor, 'customer.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const name = requiredText(input.name, 'name');
    await requireFreeName(em, name, null);
    const customer = em.create(CustomerEntity, {
      id: newId(), name, fullName: requiredText(input.fullName, 'fullName', 300), timeZone: checkedZone(input.timeZone),
      importance: input.importance ?? 'normal', active: true, createdAt: await now(), version: 1,
    });
    emit({ type: 'customer.created', subjectKind: 'customer', subjectId: customer.id, customerId: customer.id, occurredAt: await now(), after: shown(customer) });
    return customer;
  });
}

export interface CustomerEdit extends Partial<NewCustomer> {
  readonly id: string;
  readonly expectedVersion: number;
  readonly active?: boolean | null;
}

/** Changes what is given, leaves the rest. Needs `customer.edit` for this customer. */
export async function updateCustomer(database: Database, actor: Actor, input: CustomerEdit): Promise<Customer> {
  return database.change(actor, async ({ em, emit, now }) => {
    const customer = await lockCustomer(em, actor, input.id);
    requireVersion(customer, input.expectedVersion, 'customer');
    const before = shown(customer);
    if (input.active === false && customer.active) {
      requireUnused(customer.name, await usesOfCustomer(em, actor, { id: customer.id, now: await now() }), 'close the records and end the agreements first');
    }
    if (input.name) {
      customer.name = requiredText(input.name, 'name');
      await requireFreeName(em, customer.name, customer.id);
    }
    customer.fullName = input.fullName ? requiredText(input.fullName, 'fullName', 300) : customer.fullName;
    customer.timeZone = input.timeZone ? checkedZone(input.timeZone) : customer.timeZone;
    customer.importance = input.importance ?? customer.importance;
    customer.active = input.active ?? customer.active;
    customer.version += 1;
    emit({ type: 'customer.edited', subjectKind: 'customer', subjectId: customer.id, customerId: customer.id, occurredAt: await now(), before, after: shown(customer) });
    return customer;
  });
}

/** The customer, locked, for somebody who may edit it; another's customer is answered like one that is not there. */
export async function lockCustomer(em: Em, actor: Actor, customerId: string): Promise<Customer> {
  requireVisible(actor, 'customer.edit', { customerId }, () => noCustomer(customerId));
  const customer = await em.findOne(CustomerEntity, { id: customerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!customer) throw noCustomer(customerId);
  return customer;
}

async function requireFreeName(em: Em, name: string, except: string | null): Promise<void> {
  const rows = await em.execute<{ id: string }[]>('select id from customer where name = ?', [name]);
  if (rows.some(({ id }) => id !== except)) throw new Refusal('NOT_UNIQUE', `There is already a customer named "${name}".`, 'name');
}

function noCustomer(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no customer "${id}".`, 'customerId');
}

/** A zone that the runtime knows; offsets such as +08:00 know nothing of daylight saving and are refused. */
export function checkedZone(value: string): string {
  const zone = requiredText(value, 'timeZone', 100);
  try {
    // Offsets are accepted by the engine too, so they are ruled out first.
    if (/^[A-Za-z]/.test(zone)) return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone && zone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Refusal('INVALID_INPUT', `"timeZone" must be an IANA zone such as Asia/Shanghai, got "${zone}".`, 'timeZone');
}

function shown({ name, fullName, timeZone, importance, active }: Customer) {
  return { name, fullName, timeZone, importance, active };
}
