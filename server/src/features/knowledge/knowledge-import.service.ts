import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import { newId } from '../../platform/time/new-id.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { tellArticle } from './knowledge-case.service.ts';
import { reviewDate } from './knowledge-review.service.ts';
import { indexedWords } from './knowledge-search.rules.ts';
import { composeTitle, TEXT_PARTS, type ArticleKind, type ArticleSource, type ArticleText, type FaultType, type SystemType, type Worth } from './knowledge.rules.ts';
import {
  KnowledgeArticleEntity, KnowledgeCategoryEntity, KnowledgeIndexEntity, KnowledgeRevisionEntity, type KnowledgeArticle, type KnowledgeCategory,
} from './knowledge.entity.ts';

/** An article of an earlier knowledge base that has been reviewed there. */
export interface ReviewedArticle extends ArticleText {
  /** Key of a sub-category. */
  readonly category: string;
  readonly shortDescription: string;
  readonly kind: ArticleKind;
  readonly fault: FaultType;
  readonly system: SystemType;
  readonly source: ArticleSource;
  readonly worth: readonly Worth[];
  readonly author: { readonly id: string; readonly name: string };
  readonly reviewer: { readonly id: string; readonly name: string };
  readonly publishedAt: Instant;
  readonly openToCustomers: boolean;
}

/** Takes over reviewed articles, all or none; they keep author, reviewer and date. Needs `knowledge.manage`. Answers their ids, in order. */
export async function importArticles(database: Database, actor: Actor, articles: readonly ReviewedArticle[]): Promise<string[]> {
  requirePermission(actor, 'knowledge.manage');
  return database.change(actor, async (change) => {
    const { em } = change;
    const now = await change.now();
    const { policies } = await policiesAt(database, em, now);
    const categories = new Map((await em.find(KnowledgeCategoryEntity, { parentId: { $ne: null } })).map((category) => [category.key, category]));
    const numbers = await em.execute<{ number: string }[]>(`select 'KNW-' || lpad(nextval('knowledge_number')::text, 7, '0') as number from generate_series(1, ?::int)`, [articles.length]);
    const rows = articles.map((article, index) => rowOf(article, { number: numbers[index]?.number ?? '', category: categoryOf(categories, article), policy: policies.knowledge }));
    await insertArticles(change, rows);
    for (const row of rows) tellArticle(change, row, { happened: 'imported', now, after: { state: row.state, title: row.title } });
    return rows.map(({ id }) => id);
  });
}

function categoryOf(categories: ReadonlyMap<string, KnowledgeCategory>, article: ReviewedArticle): KnowledgeCategory {
  const category = categories.get(article.category);
  if (!category) throw new Refusal('NOT_FOUND', `There is no sub-category "${article.category}".`, 'category');
  const missing = TEXT_PARTS.find((part) => article[part].trim() === '');
  if (missing) throw new Refusal('MISSING_FIELD', `"${missing}" of "${article.shortDescription}" must be given.`, missing);
  if (article.author.id === article.reviewer.id) throw new Refusal('INVALID_INPUT', `"${article.shortDescription}" was reviewed by its author.`, 'reviewer');
  return category;
}

interface Place {
  readonly number: string;
  readonly category: KnowledgeCategory;
  readonly policy: Policies['knowledge'];
}

function rowOf({ author, reviewer, category: _, fault, system, worth, ...article }: ReviewedArticle, { number, category, policy }: Place): KnowledgeArticle {
  const { publishedAt } = article;
  return {
    ...article, id: newId(), number, state: 'published', categoryId: category.id, systemType: system, faultType: fault, sourceNote: null, problemId: null, customerId: null,
    title: composeTitle(category, article.shortDescription), authorId: author.id, authorName: author.name, writerIds: [author.id], reviewerId: reviewer.id, reviewerName: reviewer.name,
    keptWords: [], distinctFrom: [], worth: [...worth], reviewNote: null, revision: 1, publishedRevision: 1, createdAt: publishedAt, updatedAt: publishedAt, submittedAt: publishedAt,
    reviewDueAt: reviewDate(publishedAt, policy), retiredAt: null, mergedIntoId: null, version: 1,
  };
}

async function insertArticles({ em }: Change, rows: readonly KnowledgeArticle[]): Promise<void> {
  await insertRows(em, KnowledgeArticleEntity, rows);
  await insertRows(em, KnowledgeRevisionEntity, rows.map(({ id, title, symptom, cause, solution, prevention, authorName, createdAt }) =>
    ({ id: newId(), articleId: id, revision: 1, title, symptom, cause, solution, prevention, note: null, writtenBy: authorName, writtenAt: createdAt })));
  await insertRows(em, KnowledgeIndexEntity, rows.map((row) => ({ articleId: row.id, words: indexedWords(row) })));
}
