import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { EscalationEntity } from '../clock/clock.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { VENDOR_CASE_STATES } from './vendor-case.rules.ts';

/** A vendor 原厂商 whose support cases we open. */
export const VendorEntity = defineEntity({
  name: 'Vendor',
  tableName: 'vendor',
  properties: {
    id: id(),
    name: p.text().unique(),
    products: p.json<string[]>(),
    contact: p.text().strictNullable(),
    phone: p.text().strictNullable(),
    email: p.text().strictNullable(),
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
});
export type Vendor = InferEntity<typeof VendorEntity>;

/** A support case at a vendor 原厂CASE (VND-05). While it has no number it is owed. */
export const VendorCaseEntity = defineEntity({
  name: 'VendorCase',
  tableName: 'vendor_case',
  properties: {
    id: id(),
    number: p.text().unique(),
    state: p.enum(VENDOR_CASE_STATES),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    ticketId: reference(TicketEntity, 'ticket_id').strictNullable().index(),
    /** The step that demanded it; one case a step. */
    escalationId: reference(EscalationEntity, 'escalation_id').strictNullable().unique(),
    vendorId: reference(VendorEntity, 'vendor_id').strictNullable(),
    product: p.text().strictNullable(),
    /** The vendor's own number. */
    caseNumber: p.text().strictNullable(),
    contact: p.text().strictNullable(),
    openedAt: instant(),
    openedBy: p.text(),
    numberEnteredAt: instant().strictNullable(),
    numberEnteredBy: p.text().strictNullable(),
    nextUpdateAt: instant().strictNullable(),
    endedAt: instant().strictNullable(),
    endedBy: p.text().strictNullable(),
    result: p.text().strictNullable(),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['state', 'openedAt'] }],
  uniques: [{ properties: ['vendorId', 'caseNumber'] }],
});
export type VendorCase = InferEntity<typeof VendorCaseEntity>;

/** What the vendor said, never edited. */
export const VendorCaseEntryEntity = defineEntity({
  name: 'VendorCaseEntry',
  tableName: 'vendor_case_entry',
  properties: {
    id: id(),
    caseId: reference(VendorCaseEntity, 'case_id').index(),
    text: p.text(),
    recordedAt: instant(),
    author: p.text(),
  },
});
export type VendorCaseEntry = InferEntity<typeof VendorCaseEntryEntity>;

/** Every table of this feature. */
export const VENDOR_ENTITIES: readonly object[] = [VendorEntity, VendorCaseEntity, VendorCaseEntryEntity];
