import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Consumer } from '../../kernel/feature.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { newId } from '../../platform/time/new-id.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { guardAction, listActions } from '../ticket/ticket-action.rules.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import { TicketEntity, type Ticket } from '../ticket/ticket.entity.ts';
import { TEXT_LIMITS } from '../ticket/ticket.rules.ts';
import { checkNextUpdate, demandsVendorCase, VENDOR_CASE_PROCESS, type VendorCaseAction, type VendorKase } from './vendor-case.rules.ts';
import { VendorCaseEntity, VendorCaseEntryEntity, VendorEntity, type VendorCase } from './vendor.entity.ts';

export interface VendorCaseCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

/** Which case it is at the vendor. */
export interface CaseFacts {
  readonly vendorId: string;
  readonly product: string;
  readonly caseNumber: string;
  readonly contact?: string | null;
  readonly nextUpdateAt?: Instant | null;
}

/** VND-05: records a case that was opened at a vendor for an incident or problem. Returns its id. */
export async function openVendorCase(database: Database, actor: Actor, input: CaseFacts & { ticketId: string; idempotencyKey?: string | null }): Promise<string> {
  return database.change(actor, (change) => idempotent(change, 'openVendorCase', input, async () => {
    const ticket = await requireTicket(change, input.ticketId);
    requirePermission(actor, 'vendor.edit', { customerId: ticket.customerId });
    const now = await change.now();
    const facts = await checkedFacts(change, input, null);
    const row = await newCase(change, ticket, { ...facts, state: 'open', numberEnteredAt: now, numberEnteredBy: actor.name });
    tell(change, row, { type: 'vendorCase.opened', now, ticket, after: { number: row.number, caseNumber: row.caseNumber } });
    return row.id;
  }));
}

export async function enterNumber(database: Database, actor: Actor, input: VendorCaseCommand & CaseFacts): Promise<string> {
  return changeCase(database, actor, input, 'enterVendorCaseNumber', async ({ record }, change) => {
    const facts = await checkedFacts(change, input, record.id);
    const now = await change.now();
    Object.assign(record, facts, { state: 'open', numberEnteredAt: now, numberEnteredBy: actor.name });
    return { type: 'vendorCase.numberEntered', after: { caseNumber: facts.caseNumber, product: facts.product } };
  });
}

/** What the vendor said, and when it will say more. */
export async function noteUpdate(database: Database, actor: Actor, input: VendorCaseCommand & { text: string; nextUpdateAt?: Instant | null }): Promise<string> {
  const text = requiredText(input.text, 'text', TEXT_LIMITS.text);
  return changeCase(database, actor, input, 'updateVendorCase', async ({ record }, change) => {
    const now = await change.now();
    record.nextUpdateAt = checkNextUpdate(input.nextUpdateAt ?? null, now);
    persistRow(change.em, VendorCaseEntryEntity, { id: newId(), caseId: record.id, text, recordedAt: now, author: actor.name });
    return { type: 'vendorCase.updated', after: { text: text.slice(0, 200), nextUpdateAt: record.nextUpdateAt } };
  });
}

export async function closeCase(database: Database, actor: Actor, input: VendorCaseCommand & { result: string }): Promise<string> {
  return end(database, actor, { ...input, action: 'closeVendorCase', state: 'closed' });
}

/** The record was closed before the vendor was asked: said with a reason. */
export async function dropCase(database: Database, actor: Actor, input: VendorCaseCommand & { reason: string }): Promise<string> {
  const { reason, ...rest } = input;
  return end(database, actor, { ...rest, result: requiredText(reason, 'reason', TEXT_LIMITS.text), action: 'dropVendorCase', state: 'dropped' });
}

async function end(database: Database, actor: Actor, input: VendorCaseCommand & { result: string; action: VendorCaseAction; state: 'closed' | 'dropped' }): Promise<string> {
  const result = requiredText(input.result, 'result', TEXT_LIMITS.text);
  return changeCase(database, actor, input, input.action, async ({ record }, change) => {
    Object.assign(record, { state: input.state, endedAt: await change.now(), endedBy: actor.name, result, nextUpdateAt: null });
    return { type: `vendorCase.${input.state}`, after: { result } };
  });
}

/** Follows the escalations (VND-05). */
export const VENDOR_CASE_CONSUMER: Consumer = {
  name: 'vendor cases', types: ['escalation.raised'], consume: (database, change, events) => demandCases(database as Database, change as Change, events as LoggedEvent[]),
};

/** VND-05: an escalation step that demands a vendor case opens one whose number is owed. Once a step, whatever is consumed again. */
async function demandCases(database: Database, change: Change, events: readonly LoggedEvent[]): Promise<void> {
  for (const event of events) {
    const escalationId = textOf(event.after, 'escalationId');
    const step = textOf(event.after, 'step');
    if (event.mark !== null || event.ticketId === null || escalationId === null || step === null) continue;
    const { policies } = await policiesAt(database, change.em, event.occurredAt);
    const ticket = await change.em.findOne(TicketEntity, { id: event.ticketId, kind: 'incident' });
    const level = await levelOf(change.em, event.ticketId);
    if (!ticket || level === null || !demandsVendorCase(policies, level, step)) continue;
    if ((await change.em.count(VendorCaseEntity, { escalationId })) > 0) continue;
    const row = await newCase(change, ticket, { state: 'number-owed', escalationId });
    tell(change, row, { type: 'vendorCase.demanded', now: await change.now(), ticket, after: { number: row.number, step, level } });
  }
}

async function levelOf(em: Em, incidentId: string): Promise<string | null> {
  const rows = await em.execute<{ level: string }[]>('select level from incident where ticket_id = ?', [incidentId]);
  return rows[0]?.level ?? null;
}

function textOf(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : null;
}

/** What the asker may do with a case now (API-03). */
export async function availableCaseActions(em: Em, actor: Actor, id: string) {
  const record = await em.findOne(VendorCaseEntity, { id });
  return record === null ? [] : listActions(VENDOR_CASE_PROCESS, await kaseOf(em, record), actor).map(({ lacks, ...rest }) => ({ ...rest, lacks: [...lacks] }));
}

async function changeCase(
  database: Database, actor: Actor, input: VendorCaseCommand, action: VendorCaseAction, act: (kase: VendorKase, change: Change) => Promise<{ type: string; after: object }>,
): Promise<string> {
  return database.change(actor, (change) => idempotent(change, action, input, async () => {
    const record = await change.em.findOne(VendorCaseEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!record || !may(actor, 'incident.read', { customerId: record.customerId }) || actor.customerId !== null) throw new Refusal('NOT_FOUND', `There is no vendor case ${input.id}.`, 'id');
    requireVersion(record, input.expectedVersion, 'vendor case');
    const kase = await kaseOf(change.em, record);
    guardAction(VENDOR_CASE_PROCESS, action, kase, actor);
    const told = await act(kase, change);
    record.version += 1;
    const ticket = record.ticketId === null ? null : await change.em.findOne(TicketEntity, { id: record.ticketId });
    tell(change, record, { ...told, now: await change.now(), ticket });
    return record.id;
  }));
}

async function kaseOf(em: Em, record: VendorCase): Promise<VendorKase> {
  const ticket = record.ticketId === null ? null : await em.findOne(TicketEntity, { id: record.ticketId });
  return { record, ticketOpen: ticket === null ? null : ticket.closedAt === null };
}

/** In the history of the record that the case is for, and of the case where it is for none. */
function tell(change: Change, row: VendorCase, { type, now, ticket, after }: { type: string; now: Instant; ticket: Ticket | null; after: object }): void {
  const about = ticket === null ? { subjectKind: 'vendor-case', subjectId: row.id } : { subjectKind: ticket.kind, subjectId: ticket.id, ticketId: ticket.id, teamIds: ticket.teamId === null ? [] : [ticket.teamId] };
  change.emit({ type, ...about, customerId: row.customerId, occurredAt: now, after: { vendorCase: row.number, ...after } });
}

async function newCase(change: Change, ticket: Ticket, facts: Partial<VendorCase> & Pick<VendorCase, 'state'>): Promise<VendorCase> {
  const rows = await change.em.execute<{ n: string }[]>(`select nextval('vendor_case_number') as n`);
  const row: VendorCase = {
    id: newId(), number: `VND-${String(rows[0]?.n).padStart(7, '0')}`, customerId: ticket.customerId, ticketId: ticket.id, escalationId: null, vendorId: null, product: null, caseNumber: null,
    contact: null, openedAt: await change.now(), openedBy: change.actor.name, numberEnteredAt: null, numberEnteredBy: null, nextUpdateAt: null, endedAt: null, endedBy: null, result: null, version: 1, ...facts,
  };
  change.em.create(VendorCaseEntity, row, { persist: true });
  return row;
}

async function requireTicket(change: Change, ticketId: string): Promise<Ticket> {
  const ticket = await change.em.findOne(TicketEntity, { id: ticketId, kind: { $in: ['incident', 'problem'] } });
  if (!ticket || !may(change.actor, READ_PERMISSION[ticket.kind], { customerId: ticket.customerId })) throw new Refusal('NOT_FOUND', 'There is no such incident or problem.', 'ticketId');
  if (ticket.closedAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', `${ticket.number} is closed.`, 'ticketId');
  return ticket;
}

async function checkedFacts(change: Change, input: CaseFacts, ownId: string | null): Promise<Pick<VendorCase, 'vendorId' | 'product' | 'caseNumber' | 'contact' | 'nextUpdateAt'>> {
  const vendor = await change.em.findOne(VendorEntity, { id: input.vendorId });
  if (!vendor?.active) throw new Refusal('NOT_FOUND', 'There is no such vendor.', 'vendorId');
  const caseNumber = requiredText(input.caseNumber, 'caseNumber', 80);
  const taken = await change.em.findOne(VendorCaseEntity, { vendorId: vendor.id, caseNumber });
  if (taken && taken.id !== ownId) throw new Refusal('NOT_UNIQUE', `${taken.number} is the case ${caseNumber} of ${vendor.name} already.`, 'caseNumber');
  const product = requiredText(input.product, 'product');
  if (!vendor.products.includes(product)) throw new Refusal('INVALID_INPUT', `"product" must be one of ${vendor.products.join(', ')}.`, 'product');
  return { vendorId: vendor.id, product, caseNumber, contact: optionalText(input.contact, 'contact'), nextUpdateAt: checkNextUpdate(input.nextUpdateAt ?? null, await change.now()) };
}
