import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { changeArticle, tellArticle, textOf, type ArticleCommand } from './knowledge-case.service.ts';
import { writeIndex } from './knowledge-search.service.ts';
import { ARTICLE_LIMITS, composeTitle, NO_MATCH_CATEGORY, type ArticleKind, type ArticleSource, type ArticleText, type FaultType, type SystemType } from './knowledge.rules.ts';
import {
  KnowledgeArticleEntity, KnowledgeCategoryEntity, KnowledgeOriginEntity, KnowledgeRevisionEntity, type KnowledgeArticle, type KnowledgeCategory,
} from './knowledge.entity.ts';

/** A record that an article came from: its number, and its id where the caller knows it. */
export interface Origin {
  readonly recordId?: string | null;
  readonly number: string;
}

/** What may be left out of a draft is asked for when it is submitted. */
export interface NewArticle extends Partial<{ readonly [Part in keyof ArticleText]: string | null }> {
  readonly shortDescription: string;
  /** A sub-category; left out: 其他 (D-51). */
  readonly categoryId?: string | null;
  readonly kind?: ArticleKind | null;
  readonly systemType?: SystemType | null;
  readonly faultType?: FaultType | null;
  readonly source: ArticleSource;
  readonly sourceNote?: string | null;
  readonly origins?: readonly Origin[] | null;
  readonly problemId?: string | null;
  /** Only for what concerns one customer alone. */
  readonly customerId?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Begins an article. Needs `knowledge.write`. Returns its id. */
export async function createArticle(database: Database, actor: Actor, input: NewArticle): Promise<string> {
  return database.change(actor, (change) => idempotent(change, 'createArticle', input, () => draftArticle(change, input)));
}

/** The same within a transaction that is open already, e.g. of a problem that owes an article (KNW-08). */
export async function draftArticle(change: Change, input: NewArticle): Promise<string> {
  const { em, actor } = change;
  requirePermission(actor, 'knowledge.write', input.customerId ? { customerId: input.customerId } : {});
  const category = await subCategory(em, input.categoryId ?? null);
  await requireCustomer(em, input.customerId ?? null);
  const now = await change.now();
  const article: KnowledgeArticle = em.create(KnowledgeArticleEntity, {
    id: newId(), number: await nextArticleNumber(em), state: 'draft', kind: input.kind ?? 'other', categoryId: category.id, systemType: input.systemType ?? 'other', faultType: input.faultType ?? 'other',
    source: input.source, sourceNote: optionalText(input.sourceNote, 'sourceNote', ARTICLE_LIMITS.note), problemId: input.problemId ?? null, customerId: input.customerId ?? null,
    shortDescription: requiredText(input.shortDescription, 'shortDescription', ARTICLE_LIMITS.short), title: composeTitle(category, input.shortDescription), ...checkedText(input),
    openToCustomers: false, authorId: actor.id, authorName: actor.name, writerIds: [actor.id], reviewerId: null, reviewerName: null, keptWords: [], distinctFrom: [], worth: [], reviewNote: null,
    revision: 1, publishedRevision: null, createdAt: now, updatedAt: now, submittedAt: null, publishedAt: null, reviewDueAt: null, retiredAt: null, mergedIntoId: null, version: 1,
  }, { persist: true });
  await em.flush();
  await keepRevision(change, article, null);
  await setOrigins(em, article.id, input.origins ?? []);
  tellArticle(change, article, { happened: 'drafted', now, after: { state: 'draft', title: article.title, source: article.source, problemId: article.problemId } });
  return article.id;
}

export interface ArticleEdit extends ArticleCommand, Partial<{ readonly [Part in keyof ArticleText]: string | null }> {
  readonly shortDescription?: string | null;
  readonly categoryId?: string | null;
  readonly kind?: ArticleKind | null;
  readonly systemType?: SystemType | null;
  readonly faultType?: FaultType | null;
  readonly sourceNote?: string | null;
  readonly origins?: readonly Origin[] | null;
  /** Why, in a few words; stands at the version (KNW-05). */
  readonly note?: string | null;
}

/** Writes a new text of a draft; what is left out stays. Each is a version of its own (KNW-05). */
export async function editArticle(database: Database, actor: Actor, input: ArticleEdit): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'editArticle',
    rule: async ({ change, article }) => {
      const category = await subCategory(change.em, input.categoryId ?? article.categoryId);
      const shortDescription = requiredText(input.shortDescription ?? article.shortDescription, 'shortDescription', ARTICLE_LIMITS.short);
      const text = checkedText({
        symptom: input.symptom ?? article.symptom, cause: input.cause ?? article.cause, solution: input.solution ?? article.solution, prevention: input.prevention ?? article.prevention,
      });
      const written = { ...text, shortDescription, title: composeTitle(category, shortDescription) };
      if (input.origins) await setOrigins(change.em, article.id, input.origins);
      Object.assign(article, written, { revision: article.revision + 1 });
      await keepRevision(change, article, optionalText(input.note, 'note', ARTICLE_LIMITS.note));
      return {
        article: {
          categoryId: category.id, kind: input.kind ?? article.kind, systemType: input.systemType ?? article.systemType, faultType: input.faultType ?? article.faultType,
          sourceNote: input.sourceNote === undefined ? article.sourceNote : optionalText(input.sourceNote, 'sourceNote', ARTICLE_LIMITS.note), writerIds: [...new Set([...article.writerIds, actor.id])],
        },
        happened: 'edited',
      };
    },
  });
}

/** Keeps the text that stands as a version; what nothing is published of is found by it already, by those who write. */
async function keepRevision({ em, actor, now }: Change, article: KnowledgeArticle, note: string | null): Promise<void> {
  em.create(KnowledgeRevisionEntity, {
    id: newId(), articleId: article.id, revision: article.revision, title: article.title, ...textOf(article), note, writtenBy: actor.name, writtenAt: await now(),
  }, { persist: true });
  if (article.publishedRevision === null) await writeIndex(em, article.id, { title: article.title, ...textOf(article) });
}

async function setOrigins(em: Em, articleId: string, origins: readonly Origin[]): Promise<void> {
  if (origins.length > ARTICLE_LIMITS.origins) throw new Refusal('TOO_LARGE', `An article may name ${ARTICLE_LIMITS.origins} records, got ${origins.length}.`, 'origins');
  const byNumber = new Map(origins.map((origin) => [requiredText(origin.number, 'origins', 40), origin.recordId ?? null]));
  await em.execute('delete from knowledge_origin where article_id = ?', [articleId]);
  for (const [number, recordId] of byNumber) em.create(KnowledgeOriginEntity, { id: newId(), articleId, recordId, number }, { persist: true });
}

function checkedText(input: Partial<{ readonly [Part in keyof ArticleText]: string | null }>): ArticleText {
  const part = (name: keyof ArticleText): string => optionalText(input[name], name, ARTICLE_LIMITS.text) ?? '';
  return { symptom: part('symptom'), cause: part('cause'), solution: part('solution'), prevention: part('prevention') };
}

/** A category of the lower level; none given: 其他 (D-51). */
async function subCategory(em: Em, categoryId: string | null): Promise<KnowledgeCategory> {
  const category = await em.findOne(KnowledgeCategoryEntity, categoryId === null ? { key: NO_MATCH_CATEGORY } : { id: categoryId });
  if (!category) throw new Refusal('NOT_FOUND', `There is no category "${categoryId ?? NO_MATCH_CATEGORY}".`, 'categoryId');
  if (category.parentId === null) throw new Refusal('INVALID_INPUT', `"${category.name}" has sub-categories: choose one of them.`, 'categoryId');
  if (!category.active) throw new Refusal('INVALID_INPUT', `"${category.name}" is no longer used: choose another.`, 'categoryId');
  return category;
}

async function requireCustomer(em: Em, customerId: string | null): Promise<void> {
  if (customerId !== null && !(await em.findOne(CustomerEntity, { id: customerId }))) throw new Refusal('NOT_FOUND', `There is no customer "${customerId}".`, 'customerId');
}

async function nextArticleNumber(em: Em): Promise<string> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('knowledge_number') as n`);
  return `KNW-${String(rows[0]?.n).padStart(7, '0')}`;
}

/** Where an article stands, for records that rest on it (KNW-08); null when there is none that the actor may see. */
export async function articleStanding(em: Em, actor: Actor, key: { readonly id: string } | { readonly number: string }): Promise<Pick<KnowledgeArticle, 'id' | 'number' | 'title' | 'state' | 'publishedRevision'> | null> {
  const article = await em.findOne(KnowledgeArticleEntity, key);
  return article && may(actor, 'knowledge.read', article.customerId === null ? {} : { customerId: article.customerId }) ? article : null;
}
