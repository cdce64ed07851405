import { Refusal } from '../../kernel/refusal.ts';
import { isDate } from './cmdb-class.rules.ts';
import { attributesText, listText, readAttributes, readList, REGISTER_COLUMNS, REGISTER_LIMITS, wordOf, type RegisterKind, type RegisterRow } from './cmdb-register.rules.ts';
import type { CiPatch } from './cmdb-field.rules.ts';
import type { Ci } from './cmdb.entity.ts';
import { CI_LIVES, type CiLife } from './cmdb.rules.ts';

/** What taking over a line would do. `controlled`: a change of a controlled item, which needs a change number or an exception (CMDB-06). */
export type DifferenceOutcome = 'new' | 'changed' | 'controlled' | 'gone' | 'refused' | 'same';
export const DIFFERENCE_OUTCOMES = ['new', 'changed', 'controlled', 'gone', 'refused', 'same'] as const;

export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What one line would alter; of `gone` there is no line. */
export interface RegisterDifference {
  readonly line: number | null;
  readonly key: string;
  readonly name: string;
  readonly ciId: string | null;
  readonly outcome: DifferenceOutcome;
  readonly changes: readonly FieldChange[];
  /** Of a cable that the file lacks: its line of the table. */
  readonly portId?: string;
  /** Why the line is refused, naming the field and what would be right. */
  readonly reason: string | null;
}

/** The facts of an item as texts by column: what a file says and what the register holds are compared in one form. */
export type RegisterTexts = Readonly<Record<string, string>>;

export function textsOf(kind: RegisterKind, ci: Ci): RegisterTexts {
  const { externalId, id, class: ciClass, name, life, addresses, responsible, seal, attributes } = ci;
  const own = Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith('port ')));
  const special: Record<string, string> = {
    key: externalId ?? id, class: ciClass, name, life, addresses: listText(addresses), responsible: listText(responsible), seal, attributes: attributesText(own),
  };
  const plain: Readonly<Record<string, string | null | undefined>> = {
    productVersion: ci.productVersion, model: ci.model, specification: ci.specification, supplier: ci.supplier, supplierContact: ci.supplierContact, supplierPhone: ci.supplierPhone,
    serial: ci.serial, systemSerial: ci.systemSerial, contractNumber: ci.contractNumber, warrantyEndsOn: ci.warrantyEndsOn, assetLabel: ci.assetLabel, ownerName: ci.ownerName,
    userName: ci.userName, site: ci.site, location: ci.location, accessories: ci.accessories,
  };
  return Object.fromEntries(REGISTER_COLUMNS[kind].map(({ key, attribute }) => [key, attribute ? (attributes[key] ?? '') : (special[key] ?? plain[key] ?? '')]));
}

/** A line's texts in the register's form. @throws Refusal naming the column and what would be right */
export function readTexts(row: RegisterRow, classOf: (text: string) => string): RegisterTexts {
  const shownOnly = REGISTER_COLUMNS.ci.filter((column) => column.shownOnly).map(({ key }) => key);
  return Object.fromEntries(Object.entries(row.cells).filter(([key]) => !shownOnly.includes(key)).map(([key, cell]) => {
    if (cell.length > REGISTER_LIMITS.cell) throw new Refusal('TOO_LARGE', `"${key}" may have ${REGISTER_LIMITS.cell} characters, got ${cell.length}.`, key);
    return [key, key === 'class' ? classOf(cell) : readText(key, cell)];
  }));
}

function readText(key: string, cell: string): string {
  switch (key) {
    case 'life': return oneOf(key, cell === '' ? 'in-use' : wordOf('life', cell), CI_LIVES);
    case 'addresses': case 'responsible': return listText(readList(cell));
    case 'attributes': return attributesText(readAttributes(cell));
    case 'warrantyEndsOn':
      if (cell === '' || isDate(cell)) return cell;
      throw new Refusal('INVALID_INPUT', `"warrantyEndsOn" must be a date such as 2027-03-31, got "${cell}".`, key);
    default: return cell;
  }
}

function oneOf(key: string, word: string, allowed: readonly string[]): string {
  if (allowed.includes(word)) return word;
  throw new Refusal('INVALID_INPUT', `"${key}" must be one of ${allowed.join(', ')}, got "${word}".`, key);
}

interface Register {
  readonly kind: RegisterKind;
  /** Items by their key in the file: those that the file may speak of. */
  readonly known: ReadonlyMap<string, Ci>;
  /** Items of the file's scope that no line names. */
  readonly gone: readonly { readonly id: string; readonly key: string; readonly name: string }[];
  /** The key of a class by its key or its name in either language. */
  readonly classOf: (text: string) => string;
  /** In these stages of life an item is controlled (CMDB-06). */
  readonly controlledStatuses: readonly string[];
  /** Whether the register takes the line's facts: of a known item, or of a new one. @throws Refusal */
  readonly check: (before: Ci | null, texts: RegisterTexts) => void;
  /** Keys that belong to items outside of the file's scope: they can be neither altered nor made. */
  readonly foreign: ReadonlySet<string>;
}

/** What taking over the file would do, line by line, and what the register has that the file lacks (CMDB-06, CMDB-07). */
export function differencesOf(rows: readonly RegisterRow[], register: Register): RegisterDifference[] {
  const seen = new Set<string>();
  const lines = rows.map((row) => differenceOf(row, register, seen));
  const gone = register.gone.map(({ id, key, name }): RegisterDifference => ({ line: null, key, name, ciId: id, outcome: 'gone', changes: [], reason: null }));
  return [...lines, ...gone];
}

function differenceOf(row: RegisterRow, register: Register, seen: Set<string>): RegisterDifference {
  const key = row.cells['key'] ?? '';
  const before = register.known.get(key);
  const shown = { line: row.line, key, name: row.cells['name'] ?? '', ciId: before?.id ?? null };
  const twice = seen.has(key);
  seen.add(key);
  try {
    if (key === '') throw new Refusal('MISSING_FIELD', '"key" must be given: it says which item the line is about.', 'key');
    if (twice) throw new Refusal('NOT_UNIQUE', `There is a line of ${key} already.`, 'key');
    if (register.foreign.has(key)) throw new Refusal('FORBIDDEN', `${key} belongs to another part of the register than this file.`, 'key');
    const texts = readTexts(row, register.classOf);
    if (texts['name'] === '') throw new Refusal('MISSING_FIELD', '"name" must be given.', 'name');
    register.check(before ?? null, texts);
    if (before === undefined) return { ...shown, outcome: 'new', changes: changesOf({}, texts), reason: null };
    const changes = changesOf(textsOf(register.kind, before), texts);
    if (changes.length === 0) return { ...shown, outcome: 'same', changes, reason: null };
    return { ...shown, outcome: register.controlledStatuses.includes(before.life) ? 'controlled' : 'changed', changes, reason: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...shown, outcome: 'refused', changes: [], reason: error.message };
  }
}

/** Only columns that the file has are compared. */
function changesOf(before: RegisterTexts, after: RegisterTexts): FieldChange[] {
  return Object.entries(after).flatMap(([field, text]) => (field === 'key' || (before[field] ?? '') === text ? [] : [{ field, before: before[field] ?? '', after: text }]));
}

const PLAIN_FIELDS = [
  'productVersion', 'model', 'specification', 'supplier', 'supplierContact', 'supplierPhone', 'serial', 'systemSerial', 'contractNumber', 'warrantyEndsOn', 'assetLabel', 'ownerName', 'userName',
  'site', 'location', 'accessories',
] as const;

/** What a line says of an item, as the register alters one: only columns that the file has; an empty cell says "nothing". */
export function patchOf(kind: RegisterKind, texts: RegisterTexts, before: Ci | null): CiPatch & { readonly name: string; readonly class: string } {
  const given = (key: string): boolean => texts[key] !== undefined;
  const attributes: Record<string, string | null> = {};
  if (given('attributes')) {
    // The cell holds them all: what it does not name is taken away.
    for (const key of Object.keys(before?.attributes ?? {}).filter((name) => !name.startsWith('port '))) attributes[key] = null;
    Object.assign(attributes, readAttributes(texts['attributes'] ?? ''));
  }
  for (const { key } of REGISTER_COLUMNS[kind].filter(({ attribute }) => attribute)) {
    // A column of another class, e.g. CPU cores of a virtual machine: empty stays absent.
    if (given(key) && (texts[key] !== '' || before?.attributes[key] !== undefined)) attributes[key] = texts[key] || null;
  }
  const life = CI_LIVES.find((one): one is CiLife => one === texts['life']);
  return {
    name: texts['name'] ?? '', class: texts['class'] ?? '', ...(life === undefined ? {} : { life }),
    ...Object.fromEntries(PLAIN_FIELDS.filter(given).map((key) => [key, texts[key] || null])),
    ...(given('addresses') ? { addresses: readList(texts['addresses'] ?? '') } : {}), ...(given('responsible') ? { responsible: readList(texts['responsible'] ?? '') } : {}),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

/** How many of each, every outcome named. */
export function countOutcomes(differences: readonly RegisterDifference[]): Record<DifferenceOutcome, number> {
  const counts = { new: 0, changed: 0, controlled: 0, gone: 0, refused: 0, same: 0 };
  for (const { outcome } of differences) counts[outcome] += 1;
  return counts;
}
