import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import { PersonEntity, RoleGrantEntity } from '../access/access.entity.ts';
import { composeTitle, NO_MATCH_CATEGORY } from './knowledge.rules.ts';
import { KnowledgeArticleEntity, KnowledgeCategoryEntity, KnowledgeReviewerEntity, KnowledgeSynonymEntity, type KnowledgeCategory } from './knowledge.entity.ts';

export interface NewCategory {
  readonly key: string;
  readonly nameZh: string;
  readonly name: string;
  /** Null: a category of the upper level. */
  readonly parentId?: string | null;
}

/** Adds a category or sub-category. Needs `knowledge.manage` (KNW-01). */
export async function createKnowledgeCategory(database: Database, actor: Actor, input: NewCategory): Promise<KnowledgeCategory> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async (change) => {
    const { em } = change;
    const key = requiredText(input.key, 'key', 60);
    if (await em.findOne(KnowledgeCategoryEntity, { key })) throw new Refusal('NOT_UNIQUE', `There is already a category with the key "${key}".`, 'key');
    const parentId = input.parentId ?? null;
    await requireUpperLevel(em, parentId);
    const position = await em.count(KnowledgeCategoryEntity, { parentId });
    const category = em.create(KnowledgeCategoryEntity, {
      id: newId(), key, parentId, nameZh: requiredText(input.nameZh, 'nameZh', 60), name: requiredText(input.name, 'name', 60), position, active: true, version: 1,
    }, { persist: true });
    await tell(change, category, 'categoryAdded');
    return category;
  });
}

export interface CategoryEdit {
  readonly id: string;
  readonly expectedVersion: number;
  readonly nameZh?: string | null;
  readonly name?: string | null;
  readonly position?: number | null;
  readonly active?: boolean | null;
}

/** Renames, moves or puts out of use; titles follow a new name (KNW-02). Needs `knowledge.manage`. */
export async function updateKnowledgeCategory(database: Database, actor: Actor, input: CategoryEdit): Promise<KnowledgeCategory> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async (change) => {
    const { em } = change;
    const category = await em.findOne(KnowledgeCategoryEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!category) throw new Refusal('NOT_FOUND', `There is no category "${input.id}".`, 'id');
    requireVersion(category, input.expectedVersion, 'category');
    if (input.active === false && category.key === NO_MATCH_CATEGORY) throw new Refusal('INVALID_INPUT', 'What matches nothing else needs this category.', 'active');
    category.nameZh = input.nameZh ? requiredText(input.nameZh, 'nameZh', 60) : category.nameZh;
    category.name = input.name ? requiredText(input.name, 'name', 60) : category.name;
    category.position = input.position ?? category.position;
    category.active = input.active ?? category.active;
    category.version += 1;
    if (category.parentId !== null) await retitleDrafts(em, category);
    await tell(change, category, 'categoryEdited');
    return category;
  });
}

/** What is published keeps the title under which it was reviewed; drafts take the new one. */
async function retitleDrafts(em: Em, category: KnowledgeCategory): Promise<void> {
  const drafts = await em.find(KnowledgeArticleEntity, { categoryId: category.id, state: 'draft' });
  for (const draft of drafts) draft.title = composeTitle(category, draft.shortDescription);
}

async function requireUpperLevel(em: Em, parentId: string | null): Promise<void> {
  if (parentId === null) return;
  const parent = await em.findOne(KnowledgeCategoryEntity, { id: parentId });
  if (!parent) throw new Refusal('NOT_FOUND', `There is no category "${parentId}".`, 'parentId');
  if (parent.parentId !== null) throw new Refusal('INVALID_INPUT', `"${parent.name}" is a sub-category already: the tree has two levels.`, 'parentId');
}

async function tell({ emit, now }: Change, category: KnowledgeCategory, happened: string): Promise<void> {
  const { key, nameZh, name, parentId, position, active } = category;
  emit({ type: `knowledge.${happened}`, subjectKind: 'knowledge-category', subjectId: category.id, occurredAt: await now(), after: { key, nameZh, name, parentId, position, active } });
}

export interface Appointment {
  readonly personId: string;
  /** Null: for everything. */
  readonly categoryId?: string | null;
}

/** KNW-10: the technical manager says who reviews. The person must hold a role that reviews. Needs `knowledge.manage`. */
export async function appointKnowledgeReviewer(database: Database, actor: Actor, input: Appointment): Promise<string> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async ({ em, emit, now }) => {
    const person = await em.findOne(PersonEntity, { id: input.personId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!person || !person.active || person.customerId !== null) throw new Refusal('NOT_FOUND', `There is no colleague "${input.personId}".`, 'personId');
    const grants = await em.find(RoleGrantEntity, { personId: person.id });
    if (!grants.some(({ role }) => permissionsOfRole(role).has('knowledge.review'))) {
      throw new Refusal('INVALID_INPUT', `${person.name} holds no role that reviews articles: let the administrator grant "knowledge-reviewer" 知识审核人 first.`, 'personId');
    }
    const categoryId = input.categoryId ?? null;
    await requireUpperLevel(em, categoryId);
    if (await em.findOne(KnowledgeReviewerEntity, { personId: person.id, categoryId })) throw new Refusal('ALREADY_DONE', `${person.name} is appointed for that already.`, 'personId');
    const id = newId();
    em.create(KnowledgeReviewerEntity, { id, personId: person.id, categoryId, appointedBy: actor.name, appointedAt: await now() }, { persist: true });
    emit({ type: 'knowledge.reviewerAppointed', subjectKind: 'knowledge-reviewer', subjectId: id, occurredAt: await now(), after: { person: person.name, categoryId } });
    return id;
  });
}

/** Needs `knowledge.manage`. */
export async function dismissKnowledgeReviewer(database: Database, actor: Actor, id: string): Promise<string> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async ({ em, emit, now }) => {
    const reviewer = await em.findOne(KnowledgeReviewerEntity, { id });
    if (!reviewer) throw new Refusal('NOT_FOUND', `There is no appointment "${id}".`, 'id');
    em.remove(reviewer);
    emit({ type: 'knowledge.reviewerDismissed', subjectKind: 'knowledge-reviewer', subjectId: id, occurredAt: await now(), before: { personId: reviewer.personId, categoryId: reviewer.categoryId } });
    return id;
  });
}

export interface SynonymEdit {
  /** Left out: a new group. */
  readonly id?: string | null;
  /** At least two; empty removes the group. */
  readonly phrases: readonly string[];
}

/** KNW-06: phrases that find each other. Needs `knowledge.manage`. */
export async function setKnowledgeSynonyms(database: Database, actor: Actor, input: SynonymEdit): Promise<string> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async ({ em, emit, now }) => {
    const known = input.id ? await em.findOne(KnowledgeSynonymEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
    if (input.id && !known) throw new Refusal('NOT_FOUND', `There is no group "${input.id}".`, 'id');
    const phrases = [...new Set(input.phrases.map((phrase) => requiredText(phrase, 'phrases', 60)))];
    if (phrases.length > 20) throw new Refusal('TOO_LARGE', `A group has at most 20 phrases, got ${phrases.length}.`, 'phrases');
    if (phrases.length === 1 || (phrases.length === 0 && !known)) throw new Refusal('MISSING_FIELD', 'A group needs at least two phrases.', 'phrases');
    const id = known?.id ?? newId();
    if (known && phrases.length === 0) em.remove(known);
    else if (known) known.phrases = phrases;
    else em.create(KnowledgeSynonymEntity, { id, phrases }, { persist: true });
    emit({ type: 'knowledge.synonymsSet', subjectKind: 'knowledge-synonym', subjectId: id, occurredAt: await now(), after: { phrases } });
    return id;
  });
}
