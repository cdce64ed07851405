import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { checkAttributes, isDate, requireClass, type ClassBook } from './cmdb-class.rules.ts';
import type { Ci } from './cmdb.entity.ts';
import { requireLifeMove, type CiLife } from './cmdb.rules.ts';

/** Texts of an item that may be empty, with their longest length. */
export const TEXT_FIELDS = {
  ownerName: 200, userName: 200, site: 200, location: 300, productVersion: 200, model: 200, specification: 2000, supplier: 200, supplierContact: 200, supplierPhone: 50,
  serial: 200, systemSerial: 200, contractNumber: 100, assetLabel: 100, accessories: 2000,
} as const satisfies Partial<Record<keyof Ci, number>>;
export type TextField = keyof typeof TEXT_FIELDS;
export const TEXT_FIELD_NAMES = [
  'ownerName', 'userName', 'site', 'location', 'productVersion', 'model', 'specification', 'supplier', 'supplierContact', 'supplierPhone', 'serial', 'systemSerial',
  'contractNumber', 'assetLabel', 'accessories',
] as const satisfies readonly TextField[];

/** What may be said of an item (CMDB-02, CMDB-11). Left out: as it is; null: nothing. */
export type CiPatch = Partial<Readonly<Record<TextField, string | null>>> & {
  readonly name?: string | null;
  readonly class?: string | null;
  readonly life?: CiLife | null;
  readonly customerId?: string | null;
  readonly warrantyEndsOn?: string | null;
  readonly addresses?: readonly string[] | null;
  readonly responsible?: readonly string[] | null;
  /** Single attributes; an empty text or null takes one away. */
  readonly attributes?: Readonly<Record<string, string | null>> | null;
};

/** Facts of a new item: what is null says nothing yet. */
export function givenFacts(facts: CiPatch | null | undefined): Omit<CiPatch, 'name' | 'class' | 'attributes'> & { readonly attributes: Record<string, string> } {
  const { name: _name, class: _class, attributes, ...rest } = facts ?? {};
  return { ...rest, attributes: Object.fromEntries(Object.entries(attributeTexts(attributes ?? {})).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))) };
}

/** Attributes come as JSON: numbers and truth values are taken as their texts, anything else is refused by its key. */
function attributeTexts(given: unknown): Record<string, string | null> {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) throw new Refusal('INVALID_INPUT', '"attributes" must be an object of texts by key, e.g. {"vcpus": "8"}.', 'attributes');
  return Object.fromEntries(Object.entries(given).map(([key, value]: [string, unknown]) => {
    if (value === null || typeof value === 'string') return [key, value];
    if (typeof value === 'number' || typeof value === 'boolean') return [key, String(value)];
    throw new Refusal('INVALID_INPUT', `"attributes.${key}" must be a text, a number, true, false or null.`, `attributes.${key}`);
  }));
}

const MOST_LINES = 20;

/**
 * The fields that a patch changes, checked; nothing of what is the same already.
 * @throws Refusal that names the field
 */
export function changesOf(book: ClassBook, ci: Ci, patch: CiPatch): Partial<Ci> {
  const kind = patch.class ?? ci.class;
  if (patch.class && patch.class !== ci.class) requireClass(book, patch.class);
  if (patch.life) requireLifeMove(ci.life, patch.life);
  const wanted: Partial<Ci> = {};
  if (patch.name !== undefined) wanted.name = requiredText(patch.name, 'name', 300);
  if (patch.class) wanted.class = kind;
  if (patch.life) Object.assign(wanted, { life: patch.life, status: patch.life === ci.life ? ci.status : patch.life });
  if (patch.customerId !== undefined) wanted.customerId = patch.customerId;
  for (const field of TEXT_FIELD_NAMES) if (patch[field] !== undefined) wanted[field] = optionalText(patch[field], field, TEXT_FIELDS[field]);
  if (patch.warrantyEndsOn !== undefined) wanted.warrantyEndsOn = dateOf(patch.warrantyEndsOn, 'warrantyEndsOn');
  if (patch.addresses !== undefined) wanted.addresses = linesOf(patch.addresses, 'addresses');
  if (patch.responsible !== undefined) wanted.responsible = linesOf(patch.responsible, 'responsible');
  if (patch.attributes || wanted.class) wanted.attributes = attributesOf(book, { kind, ci, patch });
  return onlyNew(ci, wanted);
}

function attributesOf(book: ClassBook, { kind, ci, patch }: { kind: string; ci: Ci; patch: CiPatch }): Record<string, string> {
  const merged = { ...ci.attributes, ...Object.fromEntries(Object.entries(attributeTexts(patch.attributes ?? {})).map(([key, value]) => [key, value ?? ''])) };
  // Of another class everything is judged anew: an attribute that it does not have must be taken away by name.
  return checkAttributes(book, kind, merged, kind === ci.class ? ci.attributes : {});
}

function dateOf(value: string | null | undefined, field: string): string | null {
  const text = optionalText(value, field, 10);
  if (text !== null && !isDate(text)) throw new Refusal('INVALID_INPUT', `"${field}" must be a date such as 2027-06-30, got "${text}".`, field);
  return text;
}

function linesOf(values: readonly string[] | null | undefined, field: string): string[] {
  const lines = (values ?? []).map((value) => requiredText(value, field, 300));
  if (lines.length > MOST_LINES) throw new Refusal('TOO_LARGE', `"${field}" may have ${MOST_LINES} entries, got ${lines.length}.`, field);
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  if (twice !== undefined) throw new Refusal('NOT_UNIQUE', `"${field}" names "${twice}" twice.`, field);
  return lines;
}

function onlyNew(ci: Ci, wanted: Partial<Ci>): Partial<Ci> {
  const before: Partial<Ci> = ci;
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => {
    const was = Object.entries(before).find(([name]) => name === field)?.[1] ?? null;
    return canonical(was) !== canonical(value);
  }));
}

/** Equal contents, equal text: the order of attributes says nothing. */
export function canonical(value: unknown): string {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  return JSON.stringify(value ?? null);
}
