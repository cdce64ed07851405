import { assertNever } from '../../kernel/assert.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { CiAttribute, CiClass, CiRelationRule, CiRelationType } from './cmdb-class.entity.ts';

export const ATTRIBUTE_TYPES = ['text', 'integer', 'number', 'boolean', 'date', 'choice', 'ip', 'url', 'email'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Whose failure reaches whom, along a relation read source → target. */
export const PROPAGATIONS = ['target-to-source', 'source-to-target', 'both', 'none'] as const;
export type Propagation = (typeof PROPAGATIONS)[number];

/** Port entries of the port connection table stand among the attributes under these keys. */
const PORT = 'port ';
const MOST_PORTS = 400;

/** The class tree, its attributes and the rules of relations (CMDB-01, CMDB-03), ready to be asked. */
export interface ClassBook {
  readonly classes: ReadonlyMap<string, CiClass>;
  readonly types: ReadonlyMap<string, CiRelationType>;
  readonly rules: readonly CiRelationRule[];
  /** The class and all above it, nearest first. */
  lineOf(key: string): readonly string[];
  /** Own and inherited attributes; the nearest class wins where a key is there twice. */
  attributesOf(key: string): readonly CiAttribute[];
  /** The class and all below it. */
  withBelow(key: string): readonly string[];
}

export function makeClassBook(rows: {
  readonly classes: readonly CiClass[]; readonly attributes: readonly CiAttribute[]; readonly types: readonly CiRelationType[]; readonly rules: readonly CiRelationRule[];
}): ClassBook {
  const classes = new Map(rows.classes.map((kind) => [kind.key, kind]));
  const lineOf = (key: string): readonly string[] => {
    const line: string[] = [];
    for (let at = classes.get(key); at && !line.includes(at.key); at = at.parentKey === null ? undefined : classes.get(at.parentKey)) line.push(at.key);
    return line;
  };
  const attributesOf = (key: string): readonly CiAttribute[] => {
    const found = new Map<string, CiAttribute>();
    for (const kind of lineOf(key)) {
      for (const attribute of rows.attributes.filter(({ classKey }) => classKey === kind)) if (!found.has(attribute.key)) found.set(attribute.key, attribute);
    }
    return [...found.values()].toSorted((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1));
  };
  return {
    classes, lineOf, attributesOf,
    types: new Map(rows.types.map((type) => [type.key, type])),
    rules: rows.rules,
    withBelow: (key) => [...classes.keys()].filter((other) => lineOf(other).includes(key)),
  };
}

/** @throws Refusal INVALID_INPUT for a class that is not known or only there to be inherited from */
export function requireClass(book: ClassBook, key: string, field = 'class'): CiClass {
  const kind = book.classes.get(key);
  if (kind && !kind.abstract) return kind;
  const known = [...book.classes.values()].filter(({ abstract }) => !abstract).map((one) => one.key).toSorted();
  throw new Refusal('INVALID_INPUT', `"${field}" must be one of ${known.join(', ')}, got "${key}".`, field, { known });
}

/**
 * The attributes as they are kept: known to the class or one above it, of their type, none of the required ones missing.
 * `before`: what is there already; only what differs from it is judged, so that old rows do not stand in the way.
 * @throws Refusal naming the attribute, its type and what would be right
 */
export function checkAttributes(book: ClassBook, classKey: string, given: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const attributes = book.attributesOf(classKey);
  const byKey = new Map(attributes.map((attribute) => [attribute.key, attribute]));
  const kept: Record<string, string> = {};
  for (const [key, raw] of Object.entries(given)) {
    const value = raw.trim();
    if (value === '') continue;
    kept[key] = before[key] === value || key.startsWith(PORT) ? value : checkValue(byKey.get(key), { key, value, classKey, known: [...byKey.keys()] });
  }
  if (Object.keys(kept).filter((key) => key.startsWith(PORT)).length > MOST_PORTS) throw new Refusal('TOO_LARGE', `An item may have ${MOST_PORTS} ports.`, 'attributes');
  const missing = attributes.find(({ key, required }) => required && !(key in kept) && (key in before || Object.keys(before).length === 0));
  if (missing) throw new Refusal('MISSING_FIELD', `"attributes.${missing.key}" (${missing.nameZh}, ${missing.type}) must be given for the class ${classKey}.`, `attributes.${missing.key}`, { type: missing.type });
  return kept;
}

interface Given {
  readonly key: string;
  readonly value: string;
  readonly classKey: string;
  readonly known: readonly string[];
}

function checkValue(attribute: CiAttribute | undefined, { key, value, classKey, known }: Given): string {
  const field = `attributes.${key}`;
  if (!attribute) throw new Refusal('INVALID_INPUT', `"${field}" is not an attribute of the class ${classKey}; it has ${known.join(', ') || 'none'}.`, field, { known });
  if (value.length > 2000) throw new Refusal('TOO_LARGE', `"${field}" must be at most 2000 characters, got ${value.length}.`, field);
  const right = wrongIn(attribute, value);
  if (right !== null) throw new Refusal('INVALID_INPUT', `"${field}" (${attribute.type}) must be ${right}, got "${value.slice(0, 80)}".`, field, { type: attribute.type, choices: attribute.choices });
  return value;
}

/** What would be right, or null when it is. */
function wrongIn({ type, choices }: CiAttribute, value: string): string | null {
  switch (type) {
    case 'text': return null;
    case 'integer': return /^-?\d{1,15}$/.test(value) ? null : 'a whole number such as 16';
    case 'number': return /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? null : 'a number such as 2.5';
    case 'boolean': return value === 'true' || value === 'false' ? null : 'true or false';
    case 'date': return isDate(value) ? null : 'a date such as 2026-03-02';
    case 'choice': return choices.includes(value) ? null : `one of ${choices.join(', ')}`;
    case 'ip': return isAddress(value) ? null : 'an address such as 10.0.0.7, 10.0.0.0/24 or 2001:db8::1';
    case 'url': return /^https?:\/\/[^\s/]+\S*$/.test(value) ? null : 'an address such as https://erp.example.com';
    case 'email': return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'an address such as desk@example.com';
    default: return assertNever(type);
  }
}

export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function isAddress(value: string): boolean {
  const [address = '', mask, ...more] = value.split('/');
  if (more.length > 0) return false;
  const four = /^\d{1,3}(\.\d{1,3}){3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
  const six = address.includes(':') && URL.canParse(`http://[${address}]/`);
  if (!four && !six) return false;
  return mask === undefined || (/^\d{1,3}$/.test(mask) && Number(mask) <= (four ? 32 : 128));
}

export interface WantedRelation {
  readonly type: string;
  readonly sourceClass: string;
  readonly targetClass: string;
}

/**
 * Whether such a relation may be (CMDB-03), and whose failure reaches whom over it: the nearest rule that says so, else the type.
 * @throws Refusal RELATION_FORBIDDEN that names what is allowed
 */
export function requireRelation(book: ClassBook, { type, sourceClass, targetClass }: WantedRelation): Propagation {
  const kind = book.types.get(type);
  if (!kind) throw new Refusal('INVALID_INPUT', `"type" must be one of ${[...book.types.keys()].join(', ')}, got "${type}".`, 'type');
  const source = book.lineOf(sourceClass);
  const target = book.lineOf(targetClass);
  const fitting = book.rules.filter((rule) => rule.type === type && source.includes(rule.sourceClass) && target.includes(rule.targetClass));
  if (fitting.length === 0) {
    const allowed = book.rules.filter((rule) => rule.type === type).map((rule) => `${rule.sourceClass} → ${rule.targetClass}`);
    const types = [...new Set(book.rules.filter((rule) => source.includes(rule.sourceClass) && target.includes(rule.targetClass)).map((rule) => rule.type))];
    throw new Refusal(
      'RELATION_FORBIDDEN',
      `${sourceClass} ${kind.name} ${targetClass} is not a relation that may be. "${type}" is allowed for ${allowed.join(', ') || 'nothing yet'}; from ${sourceClass} to ${targetClass} may be: ${types.join(', ') || 'nothing'}.`,
      'type', { allowed, types },
    );
  }
  const away = (rule: CiRelationRule): number => source.indexOf(rule.sourceClass) + target.indexOf(rule.targetClass);
  const nearest = fitting.filter(({ propagation }) => propagation !== null).toSorted((a, b) => away(a) - away(b))[0];
  return nearest?.propagation ?? kind.propagation;
}

/** Why such a relation may not be, or null when it may: for lists, where one refusal must not end the others. */
export function relationForbidden(book: ClassBook, wanted: WantedRelation): string | null {
  try {
    requireRelation(book, wanted);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
