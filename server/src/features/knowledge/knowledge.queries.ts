import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { seesArticle, seesDrafts } from './knowledge-case.service.ts';
import type { ArticleState } from './knowledge.rules.ts';
import { KnowledgeArticleEntity, KnowledgeRevisionEntity, type KnowledgeArticle } from './knowledge.entity.ts';

/** An article with the text that this reader gets: the newest for those who work on it, else the published one. */
export type SeenArticle = KnowledgeArticle & { readonly shownRevision: number };

/** Puts the published text in the place of the newest where the reader is no writer (KNW-05, KNW-07). */
export async function seenArticles(em: Em, actor: Actor, articles: readonly KnowledgeArticle[]): Promise<SeenArticle[]> {
  const visible = articles.filter((article) => seesArticle(actor, article));
  if (seesDrafts(actor)) return visible.map((article) => ({ ...article, shownRevision: article.revision }));
  const behind = visible.filter(({ revision, publishedRevision }) => publishedRevision !== null && publishedRevision !== revision);
  const texts = behind.length === 0 ? [] : await em.find(KnowledgeRevisionEntity, { $or: behind.map(({ id, publishedRevision }) => ({ articleId: id, revision: publishedRevision })) });
  const byArticle = new Map(texts.map((text) => [text.articleId, text]));
  return visible.map((article) => {
    const text = byArticle.get(article.id);
    const { title, symptom, cause, solution, prevention } = text ?? article;
    return { ...article, title, symptom, cause, solution, prevention, shownRevision: article.publishedRevision ?? article.revision };
  });
}

export async function articlesById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, SeenArticle>> {
  const seen = await seenArticles(em, actor, await em.find(KnowledgeArticleEntity, { id: { $in: [...ids] } }));
  return new Map(seen.map((article) => [article.id, article]));
}

export async function articleByNumber(em: Em, actor: Actor, number: string): Promise<SeenArticle | null> {
  requirePermission(actor, 'knowledge.read');
  const rows = await em.find(KnowledgeArticleEntity, { number: number.trim().toUpperCase() });
  return (await seenArticles(em, actor, rows))[0] ?? null;
}

export interface ArticleFilter {
  readonly states?: readonly ArticleState[] | null;
  /** Of either level. */
  readonly categoryId?: string | null;
  /** Written by the asker. */
  readonly mine?: boolean | null;
  /** Waits for the asker: to be reviewed, to be looked at again, or feedback to be answered (KNW-05). */
  readonly waiting?: boolean | null;
  /** Drafted for this problem (KNW-08). */
  readonly problemId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface ArticlePage {
  readonly rows: readonly SeenArticle[];
  readonly hasNextPage: boolean;
}

/** Articles, the latest changed first, a page at a time. */
export async function findArticles(em: Em, actor: Actor, filter: ArticleFilter): Promise<ArticlePage> {
  requirePermission(actor, 'knowledge.read');
  const { first, after } = pageRequest(filter.first, filter.after);
  const { condition, values } = conditionOf(actor, filter);
  const cursor = after === null ? null : readCursor(after);
  const rows = await em.execute<{ id: string }[]>(
    `select a.id from knowledge_article a join knowledge_category g on g.id = a.category_id where ${condition} ${cursor ? 'and (a.updated_at, a.id) < (?::timestamptz, ?::uuid)' : ''}
     order by a.updated_at desc, a.id desc limit ?`, [...values, ...(cursor ? [toIso(cursor.updatedAt), cursor.id] : []), first + 1],
  );
  const byId = await articlesById(em, actor, rows.map(({ id }) => id));
  return { rows: rows.slice(0, first).flatMap(({ id }) => byId.get(id) ?? []), hasNextPage: rows.length > first };
}

/** The place of an article in the list. */
export function articleCursor({ updatedAt, id }: Pick<KnowledgeArticle, 'updatedAt' | 'id'>): string {
  return Buffer.from(`${updatedAt} ${id}`).toString('base64url');
}

function readCursor(cursor: string): { readonly updatedAt: number; readonly id: string } {
  const found = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (found?.[1] && found[2]) return { updatedAt: Number(found[1]), id: found[2] };
  throw new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
}

/** ORG-03 and the filter, as SQL on `knowledge_article a` and its category `g`. */
function conditionOf(actor: Actor, filter: ArticleFilter): { condition: string; values: unknown[] } {
  const parts: string[] = ['true'];
  const values: unknown[] = [];
  const also = (condition: string, ...bound: unknown[]): void => {
    parts.push(condition);
    values.push(...bound);
  };
  if (actor.customerId !== null) also('a.open_to_customers');
  if (!seesDrafts(actor)) also('a.published_revision is not null');
  const customers = visibleCustomers(actor, 'knowledge.read');
  if (customers !== 'all') also('(a.customer_id is null or a.customer_id = any(?::uuid[]))', textArray(customers));
  if (filter.states && filter.states.length > 0) also('a.state = any(?::text[])', textArray(filter.states));
  if (filter.categoryId) also('(g.id = ?::uuid or g.parent_id = ?::uuid)', filter.categoryId, filter.categoryId);
  if (filter.mine) also('a.author_id = ?', actor.id);
  if (filter.problemId) also('a.problem_id = ?::uuid', filter.problemId);
  if (filter.waiting) waitingFor(actor, also);
  return { condition: parts.join(' and '), values };
}

/** KNW-03, KNW-05, KNW-10: what a reviewer owes a word on, in the categories that are theirs. */
function waitingFor(actor: Actor, also: (condition: string, ...bound: unknown[]) => void): void {
  also(`(a.state = 'submitted' and not a.writer_ids @> jsonb_build_array(?::text) or a.state = 'in-review' and a.reviewer_id = ? or a.state = 'due-for-review'
    or a.state = 'draft' and a.author_id = ? and a.review_note is not null
    or a.published_revision is not null and exists (select 1 from knowledge_feedback f where f.article_id = a.id and f.verdict <> 'helped' and f.answered_at is null))`, actor.id, actor.id, actor.id);
  if (may(actor, 'knowledge.manage')) return;
  also(`(a.author_id = ? or exists (select 1 from knowledge_reviewer v where v.person_id::text = ? and (v.category_id is null or v.category_id in (g.id, g.parent_id))))`, actor.id, actor.id);
}

export interface ArticleCounts {
  readonly helped: number;
  readonly didNotHelp: number;
  readonly wrong: number;
  readonly uses: number;
}

/** KNW-05, for several articles in one statement. */
export async function articleCounts(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, ArticleCounts>> {
  const rows = await em.execute<(ArticleCounts & { id: string })[]>(
    `select a.id, (select count(*)::int from knowledge_use u where u.article_id = a.id) as uses, count(f.id) filter (where f.verdict = 'helped')::int as helped,
       count(f.id) filter (where f.verdict = 'did-not-help')::int as "didNotHelp", count(f.id) filter (where f.verdict = 'wrong')::int as wrong
     from unnest(?::uuid[]) a(id) left join knowledge_feedback f on f.article_id = a.id group by a.id`, [textArray(ids)],
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

export interface CategoryView {
  readonly id: string;
  readonly key: string;
  readonly parentId: string | null;
  readonly nameZh: string;
  readonly name: string;
  readonly position: number;
  readonly active: boolean;
  readonly version: number;
  readonly published: number;
}

/** The tree, upper level first, each with the number of articles that the asker may read there (KNW-01). */
export async function categoryTree(em: Em, actor: Actor): Promise<CategoryView[]> {
  requirePermission(actor, 'knowledge.read');
  const { condition, values } = conditionOf(actor, {});
  return em.execute<CategoryView[]>(
    `select c.id, c.key, c.parent_id as "parentId", c.name_zh as "nameZh", c.name, c.position, c.active, c.version,
       (select count(*)::int from knowledge_article a join knowledge_category g on g.id = a.category_id where (g.id = c.id or g.parent_id = c.id) and a.published_revision is not null and ${condition}) as published
     from knowledge_category c order by c.parent_id is not null, c.position, c.key limit 1000`, values,
  );
}

export interface ReviewerView {
  readonly id: string;
  readonly personId: string;
  readonly person: string;
  readonly categoryId: string | null;
  readonly appointedBy: string;
  readonly appointedAt: number;
}

/** Who reviews what (KNW-10). */
export async function reviewerList(em: Em, actor: Actor): Promise<ReviewerView[]> {
  requirePermission(actor, 'knowledge.write');
  return em.execute<ReviewerView[]>(
    `select r.id, r.person_id as "personId", p.name as person, r.category_id as "categoryId", r.appointed_by as "appointedBy", (extract(epoch from r.appointed_at) * 1000)::float8 as "appointedAt"
     from knowledge_reviewer r join person p on p.id = r.person_id order by p.name, r.id limit 500`,
  );
}
