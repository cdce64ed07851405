import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CiAttributeEntity, CiClassEntity, CiRelationRuleEntity, CiRelationTypeEntity } from './cmdb-class.entity.ts';
import { ATTRIBUTE_TYPES, PROPAGATIONS, type AttributeType, type ClassBook, type Propagation } from './cmdb-class.rules.ts';
import { classBook } from './cmdb-class.service.ts';

const CLASS_KEY = /^[a-z][a-z0-9-]{0,39}$/;
const WORD_KEY = /^[a-z][a-z0-9_]{0,39}$/;
const MOST_CHOICES = 50;

/** Locks the tree for one edit at a time and reads it. Needs `cmdb.control`. */
async function openBook(change: Change): Promise<ClassBook> {
  requirePermission(change.actor, 'cmdb.control', { customerId: null });
  await change.em.execute(`select 1 from ci_class where key = 'ci' for update`);
  return classBook(change.em);
}

export interface NewClass {
  readonly key: string;
  readonly parentKey: string;
  readonly name: string;
  readonly nameZh: string;
  readonly abstract?: boolean | null;
}

/** A new class below another, whose attributes and relation rules it inherits (CMDB-01). */
export async function defineClass(change: Change, input: NewClass): Promise<string> {
  const book = await openBook(change);
  const key = keyOf(input.key, CLASS_KEY, 'lower-case letters, digits and hyphens, e.g. load-balancer');
  if (book.classes.has(key)) throw new Refusal('NOT_UNIQUE', `There is already a class "${key}".`, 'key');
  requireKnown(book, input.parentKey, 'parentKey');
  const row = {
    key, id: newId(), parentKey: input.parentKey, name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), abstract: input.abstract ?? false,
    position: Math.max(...[...book.classes.values()].map(({ position }) => position)) + 1,
  };
  persistRow(change.em, CiClassEntity, row);
  await told(change, 'ci-class', row.id, 'ciClass.defined', row);
  return key;
}

export interface NewAttribute {
  readonly classKey: string;
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly type: string;
  readonly required?: boolean | null;
  readonly choices?: readonly string[] | null;
  readonly unit?: string | null;
}

/** A new attribute of a class and of all below it (CMDB-01). A required one binds items from now on; those that are there are not turned away. */
export async function defineAttribute(change: Change, input: NewAttribute): Promise<string> {
  const book = await openBook(change);
  requireKnown(book, input.classKey, 'classKey');
  const key = keyOf(input.key, WORD_KEY, 'lower-case letters, digits and underscores, e.g. rack_units');
  const type = typeOf(input.type);
  const double = book.withBelow(input.classKey).concat(book.lineOf(input.classKey)).find((kind) => book.attributesOf(kind).some((one) => one.key === key));
  if (double !== undefined) throw new Refusal('NOT_UNIQUE', `The class ${double} has an attribute "${key}" already.`, 'key');
  const choices = [...new Set((input.choices ?? []).map((choice) => requiredText(choice, 'choices')))];
  if (type === 'choice' ? choices.length < 2 || choices.length > MOST_CHOICES : choices.length > 0) {
    throw new Refusal('INVALID_INPUT', type === 'choice' ? `"choices" must name 2–${MOST_CHOICES} values, got ${choices.length}.` : `"choices" are only for the type choice, not for ${type}.`, 'choices');
  }
  const row = {
    id: newId(), classKey: input.classKey, key, name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), type, required: input.required ?? false,
    choices, unit: input.unit?.trim() || null, position: 1000 + book.attributesOf(input.classKey).length,
  };
  persistRow(change.em, CiAttributeEntity, row);
  await told(change, 'ci-attribute', row.id, 'ciAttribute.defined', row);
  return input.classKey;
}

export interface NewRelationType {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly reverseName: string;
  readonly reverseNameZh: string;
  readonly propagation: string;
}

/** A new type of relation with the names of both directions (CMDB-03); until a rule allows it for classes, nothing may have it. */
export async function defineRelationType(change: Change, input: NewRelationType): Promise<string> {
  const book = await openBook(change);
  const key = keyOf(input.key, WORD_KEY, 'lower-case letters, digits and underscores, e.g. replicates_to');
  if (book.types.has(key)) throw new Refusal('NOT_UNIQUE', `There is already a type of relation "${key}".`, 'key');
  const row = {
    key, id: newId(), name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), reverseName: requiredText(input.reverseName, 'reverseName'),
    reverseNameZh: requiredText(input.reverseNameZh, 'reverseNameZh'), propagation: propagationOf(input.propagation), position: book.types.size + 1,
  };
  persistRow(change.em, CiRelationTypeEntity, row);
  await told(change, 'ci-relation-type', row.id, 'ciRelationType.defined', row);
  return key;
}

export interface NewRelationRule {
  readonly type: string;
  readonly sourceClass: string;
  readonly targetClass: string;
  /** Left out: as the type says. */
  readonly propagation?: string | null;
}

/** Allows a type of relation from one class to another, both with all below them (CMDB-03). */
export async function allowRelation(change: Change, input: NewRelationRule): Promise<string> {
  const book = await openBook(change);
  if (!book.types.has(input.type)) throw new Refusal('INVALID_INPUT', `"type" must be one of ${[...book.types.keys()].join(', ')}, got "${input.type}".`, 'type');
  requireKnown(book, input.sourceClass, 'sourceClass');
  requireKnown(book, input.targetClass, 'targetClass');
  if (book.rules.some((rule) => rule.type === input.type && rule.sourceClass === input.sourceClass && rule.targetClass === input.targetClass)) {
    throw new Refusal('NOT_UNIQUE', `${input.sourceClass} ${input.type} ${input.targetClass} is allowed already.`, 'type');
  }
  const { type, sourceClass, targetClass } = input;
  const row = { id: newId(), type, sourceClass, targetClass, propagation: input.propagation ? propagationOf(input.propagation) : null };
  persistRow(change.em, CiRelationRuleEntity, row);
  await told(change, 'ci-relation-rule', row.id, 'ciRelation.allowed', row);
  return type;
}

function keyOf(value: string, shape: RegExp, words: string): string {
  const key = value.trim();
  if (!shape.test(key)) throw new Refusal('INVALID_INPUT', `"key" must be ${words}, at most 40 characters, got "${value.slice(0, 60)}".`, 'key');
  return key;
}

function requireKnown(book: ClassBook, key: string, field: string): void {
  if (!book.classes.has(key)) throw new Refusal('INVALID_INPUT', `"${field}" must be a class: ${[...book.classes.keys()].join(', ')}; got "${key}".`, field);
}

function typeOf(value: string): AttributeType {
  const type = ATTRIBUTE_TYPES.find((one) => one === value);
  if (!type) throw new Refusal('INVALID_INPUT', `"type" must be one of ${ATTRIBUTE_TYPES.join(', ')}, got "${value}".`, 'type');
  return type;
}

function propagationOf(value: string): Propagation {
  const propagation = PROPAGATIONS.find((one) => one === value);
  if (!propagation) throw new Refusal('INVALID_INPUT', `"propagation" must be one of ${PROPAGATIONS.join(', ')}, got "${value}".`, 'propagation');
  return propagation;
}

async function told(change: Change, subjectKind: string, subjectId: string, type: string, after: object): Promise<void> {
  change.emit({ type, subjectKind, subjectId, occurredAt: await change.now(), after });
}
