import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { newId } from '../../platform/time/new-id.ts';
import { VendorEntity, type Vendor } from './vendor.entity.ts';

export interface VendorInput {
  readonly name: string;
  readonly products: readonly string[];
  readonly contact?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
}

const MOST_PRODUCTS = 50;

function checked(input: VendorInput): Pick<Vendor, 'name' | 'products' | 'contact' | 'phone' | 'email'> {
  if (input.products.length > MOST_PRODUCTS) throw new Refusal('TOO_LARGE', `"products" may name ${MOST_PRODUCTS}, got ${input.products.length}.`, 'products');
  const products = [...new Set(input.products.map((product) => requiredText(product, 'products')))];
  if (products.length === 0) throw new Refusal('MISSING_FIELD', '"products" must name at least one.', 'products');
  return { name: requiredText(input.name, 'name'), products, contact: optionalText(input.contact, 'contact'), phone: optionalText(input.phone, 'phone'), email: optionalText(input.email, 'email') };
}

/** Puts a vendor on the register. Needs `vendor.edit`. */
export async function addVendor(database: Database, actor: Actor, input: VendorInput & { idempotencyKey?: string | null }): Promise<string> {
  requirePermission(actor, 'vendor.edit');
  const facts = checked(input);
  return database.change(actor, (change) => idempotent(change, 'addVendor', input, async () => {
    if ((await change.em.count(VendorEntity, { name: facts.name })) > 0) throw new Refusal('NOT_UNIQUE', `There is already a vendor "${facts.name}".`, 'name');
    const vendor = change.em.create(VendorEntity, { id: newId(), ...facts, active: true, version: 1 }, { persist: true });
    change.emit({ type: 'vendor.added', subjectKind: 'vendor', subjectId: vendor.id, occurredAt: await change.now(), after: facts });
    return vendor.id;
  }));
}

/** Replaces what is known of a vendor; one that is not active is not offered for new cases. */
export async function changeVendor(database: Database, actor: Actor, input: VendorInput & { id: string; expectedVersion: number; active: boolean; idempotencyKey?: string | null }): Promise<string> {
  requirePermission(actor, 'vendor.edit');
  const facts = { ...checked(input), active: input.active };
  return database.change(actor, (change) => idempotent(change, 'changeVendor', input, async () => {
    const vendor = await change.em.findOne(VendorEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!vendor) throw new Refusal('NOT_FOUND', `There is no vendor ${input.id}.`, 'id');
    requireVersion(vendor, input.expectedVersion, 'vendor');
    if ((await change.em.count(VendorEntity, { name: facts.name, id: { $ne: vendor.id } })) > 0) throw new Refusal('NOT_UNIQUE', `There is already a vendor "${facts.name}".`, 'name');
    const { name, products, contact, phone, email, active } = vendor;
    Object.assign(vendor, facts, { version: vendor.version + 1 });
    change.emit({ type: 'vendor.changed', subjectKind: 'vendor', subjectId: vendor.id, occurredAt: await change.now(), before: { name, products, contact, phone, email, active }, after: facts });
    return vendor.id;
  }));
}
