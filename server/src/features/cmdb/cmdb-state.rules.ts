import { z } from 'zod';
import { CI_LIVES, CI_SEALS } from './cmdb.rules.ts';

const instant = z.string().transform((text) => Date.parse(text));
const text = z.string().nullish().transform((value) => value ?? null);
const lines = z.array(z.string()).nullish().transform((value) => value ?? []);

const AUTHORITY = z.object({
  kind: z.enum(['change', 'exception', 'register', 'import']), ticketId: text, number: text, reason: text, by: z.string(), version: z.number(),
}).nullish().transform((value) => value ?? null);

/** A row of `ci` as its versions keep it: columns by their SQL names; what a later migration adds is missing in earlier ones. */
const STATE = z.object({
  id: z.string(), external_id: text, class: z.string(), name: z.string(), status: z.string(), life: z.enum(CI_LIVES).catch('in-use'), customer_id: text, owner_name: text, user_name: text,
  site: text, location: text, product_version: text, model: text, specification: text, supplier: text, supplier_contact: text, supplier_phone: text, serial: text, system_serial: text,
  contract_number: text, warranty_ends_on: text, asset_label: text, accessories: text, addresses: lines, responsible: lines, seal: z.enum(CI_SEALS).catch('none'),
  attributes: z.record(z.string(), z.string()), authority: AUTHORITY, created_at: instant, updated_at: instant, version: z.number(),
});

/** The item as a version keeps it, in the words of the API. */
export function ciOfState(state: unknown) {
  const row = STATE.parse(state);
  return {
    id: row.id, externalId: row.external_id, class: row.class, name: row.name, status: row.status, life: row.life, customerId: row.customer_id, ownerName: row.owner_name,
    userName: row.user_name, site: row.site, location: row.location, productVersion: row.product_version, model: row.model, specification: row.specification, supplier: row.supplier,
    supplierContact: row.supplier_contact, supplierPhone: row.supplier_phone, serial: row.serial, systemSerial: row.system_serial, contractNumber: row.contract_number,
    warrantyEndsOn: row.warranty_ends_on, assetLabel: row.asset_label, accessories: row.accessories, addresses: row.addresses, responsible: row.responsible, seal: row.seal,
    attributes: row.attributes,
    // What an older version rested on says nothing about a row that somebody wrote past the rules.
    authority: row.authority?.version === row.version ? row.authority : null,
    createdAt: row.created_at, updatedAt: row.updated_at, version: row.version,
  };
}
export type CiState = ReturnType<typeof ciOfState>;

/** Said of the row, not of the thing. */
const OF_THE_ROW = new Set(['id', 'createdAt', 'updatedAt', 'version', 'authority']);

export interface FieldDifference {
  /** Name of the field; of an attribute `attributes.KEY`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two states of an item, attribute by attribute, in the order of the fields. */
export function differencesBetween(before: CiState, after: CiState): FieldDifference[] {
  const now = new Map(Object.entries(after));
  return Object.entries(before).flatMap(([field, was]): FieldDifference[] => {
    if (OF_THE_ROW.has(field)) return [];
    if (field === 'attributes') return attributeDifferences(before.attributes, after.attributes);
    const is = now.get(field);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was, after: is }];
  });
}

function attributeDifferences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): FieldDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((key) =>
    before[key] === after[key] ? [] : [{ field: `attributes.${key}`, before: before[key] ?? null, after: after[key] ?? null }]);
}
