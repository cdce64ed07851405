import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { bestPart, conceptsOf, highlight, indexedWords, likeness, type Concept, type Described, type IndexedText, type Segment } from './knowledge-search.rules.ts';
import type { SimilarArticle } from './knowledge-states.rules.ts';
import type { ArticleKind, ArticleState, ArticleText, TextPart } from './knowledge.rules.ts';
import { KnowledgeSynonymEntity } from './knowledge.entity.ts';

export interface ArticleSearch {
  readonly text: string;
  readonly first?: number | null;
  /** Articles that concern this customer alone are found too; others' never. */
  readonly customerId?: string | null;
  readonly kind?: ArticleKind | null;
  /** Of either level. */
  readonly categoryId?: string | null;
  /** Says more about the case without being asked for, e.g. the class of a CI. */
  readonly hint?: string | null;
  /** Share of the query that a hit must hold, 0 to 1; left out: {@link LEAST_COVERAGE}. */
  readonly leastCoverage?: number;
}

export interface ArticleHit {
  readonly id: string;
  readonly number: string;
  readonly state: ArticleState;
  readonly title: string;
  readonly openToCustomers: boolean;
  /** Greater is better; comparable within one answer only. */
  readonly score: number;
  readonly titleSegments: readonly Segment[];
  /** The part of the text that answers best. */
  readonly part: TextPart;
  readonly segments: readonly Segment[];
}

export interface ArticleFindings {
  readonly hits: readonly ArticleHit[];
  readonly total: number;
}

const QUERY_LENGTH = 500;
const SNIPPET = 180;
/** A hit holds at least this share of what was asked for, by how much each word says; measured (test/load/RESULTS.md): 0.34 lost 5 % of what was sought. */
const LEAST_COVERAGE = 0.18;
/** Words of the hint lift what is found already. */
const HINT_WEIGHT = 0.25;

/** Published articles for a query in Chinese, English or both, best first (KNW-06, KNW-07). */
export async function searchArticles(em: Em, actor: Actor, search: ArticleSearch): Promise<ArticleFindings> {
  requirePermission(actor, 'knowledge.read');
  const { first } = pageRequest(search.first ?? 10, null);
  const text = optionalText(search.text, 'text', QUERY_LENGTH);
  const concepts = text === null ? [] : conceptsOf(text, await synonymsOf(em));
  if (concepts.length === 0) return { hits: [], total: 0 };
  const hinted = conceptsOf(search.hint ?? '').map((one) => ({ ...one, weight: one.weight * HINT_WEIGHT, hint: true }));
  const rows = await ranked(em, actor, [...concepts.map((one) => ({ ...one, hint: false })), ...hinted], { ...search, first });
  const terms = new Set(concepts.flatMap((concept) => concept.terms));
  return { hits: rows.map((row) => hitOf(row, terms)), total: rows[0]?.total ?? 0 };
}

interface FoundRow extends ArticleText {
  readonly id: string;
  readonly number: string;
  readonly state: ArticleState;
  readonly title: string;
  readonly openToCustomers: boolean;
  readonly score: number;
  readonly total: number;
}

/**
 * One statement. How much a word says is learned from how many articles hold it; `ts_rank` weighs where it stands; what holds more of
 * the query comes first. Each concept is one look into the GIN index, so that the time grows with the hits and not with the articles.
 */
async function ranked(em: Em, actor: Actor, concepts: readonly (Concept & { readonly hint: boolean })[], search: ArticleSearch & { readonly first: number }): Promise<FoundRow[]> {
  const visible = visibleTo(actor, search);
  return em.execute<FoundRow[]>(
    `with asked as materialized (
       select c.query::tsquery as query, c.weight, c.hint, ln(1 + (select count(*) from knowledge_index) / (0.5 + (select count(*) from knowledge_index i where i.words @@ c.query::tsquery))) as rarity
       from unnest(?::text[], ?::float8[], ?::boolean[]) as c(query, weight, hint)
     ), whole as (select sum(weight * rarity) as asked from asked where not hint
     ), found as (
       select i.article_id, sum(a.weight * a.rarity * (0.4 + ts_rank('{0.1, 0.25, 0.6, 1.0}', i.words, a.query, 1))) as points, sum(a.weight * a.rarity) filter (where not a.hint) as covered
       from asked a join knowledge_index i on i.words @@ a.query group by i.article_id
     ), shown as (
       select f.article_id, f.points * (f.covered / whole.asked) as score, a.published_revision as revision, a.number
       from found f cross join whole join knowledge_article a on a.id = f.article_id join knowledge_category g on g.id = a.category_id
       where f.covered >= ? * whole.asked and a.published_revision is not null and ${visible.condition}
     ), page as (select *, count(*) over ()::int as total from shown order by score desc, number limit ?)
     select a.id, a.number, a.state, r.title, a.open_to_customers as "openToCustomers", page.score::float8 as score, page.total, r.symptom, r.cause, r.solution, r.prevention
     from page join knowledge_article a on a.id = page.article_id join knowledge_revision r on r.article_id = a.id and r.revision = page.revision
     order by page.score desc, page.number`,
    [textArray(concepts.map(({ query }) => query)), textArray(concepts.map(({ weight }) => String(weight))), textArray(concepts.map(({ hint }) => String(hint))), search.leastCoverage ?? LEAST_COVERAGE, ...visible.values, search.first],
  );
}

/** ORG-03, KNW-07, as a condition on `knowledge_article a` and its category `g`. */
function visibleTo(actor: Actor, { customerId, kind, categoryId }: ArticleSearch): { condition: string; values: unknown[] } {
  const parts: string[] = [];
  const values: unknown[] = [];
  const also = (condition: string, ...bound: unknown[]): void => {
    parts.push(condition);
    values.push(...bound);
  };
  if (actor.customerId !== null) also('a.open_to_customers');
  const allowed = visibleCustomers(actor, 'knowledge.read');
  if (customerId) also('(a.customer_id is null or a.customer_id = ?::uuid)', may(actor, 'knowledge.read', { customerId }) ? customerId : null);
  else if (allowed !== 'all') also('(a.customer_id is null or a.customer_id = any(?::uuid[]))', textArray(allowed));
  if (kind) also('a.kind = ?', kind);
  if (categoryId) also('(g.id = ?::uuid or g.parent_id = ?::uuid)', categoryId, categoryId);
  return { condition: parts.length === 0 ? 'true' : parts.join(' and '), values };
}

function hitOf({ score, total: _, ...row }: FoundRow, terms: ReadonlySet<string>): ArticleHit {
  const part = bestPart(row, terms);
  const { id, number, state, title, openToCustomers } = row;
  return { id, number, state, title, openToCustomers, score, titleSegments: highlight(title, terms, 300), part, segments: highlight(row[part], terms, SNIPPET) };
}

async function synonymsOf(em: Em): Promise<string[][]> {
  const rows = await em.find(KnowledgeSynonymEntity, {}, { orderBy: { id: 'asc' }, limit: 2000 });
  return rows.map(({ phrases }) => phrases);
}

const CANDIDATES = 20;

export interface SimilarSearch extends Described {
  /** The article itself. */
  readonly except: string | null;
  readonly customerId: string | null;
}

/** Articles that say nearly the same, best first; drafts of others included, since two may be at it at once (KNW-04). */
export async function similarArticles(em: Em, { except, customerId, ...described }: SimilarSearch): Promise<SimilarArticle[]> {
  const concepts = conceptsOf(`${described.shortDescription} ${described.symptom}`.slice(0, QUERY_LENGTH));
  if (concepts.length === 0) return [];
  const rows = await em.execute<(Omit<SimilarArticle, 'likeness'> & Described)[]>(
    `select a.id, a.number, a.title, a.state, a.symptom, a.short_description as "shortDescription" from knowledge_index i join knowledge_article a on a.id = i.article_id
     where i.words @@ ?::tsquery and a.state not in ('retired', 'merged') and a.id is distinct from ?::uuid and (a.customer_id is null or a.customer_id is not distinct from ?::uuid)
     order by ts_rank(i.words, ?::tsquery, 1) desc, a.number limit ${CANDIDATES}`,
    [anyOf(concepts), except, customerId, anyOf(concepts)],
  );
  return rows.map((row) => ({ id: row.id, number: row.number, title: row.title, state: row.state, likeness: likeness(described, row) }))
    .toSorted((a, b) => b.likeness - a.likeness || (a.number < b.number ? -1 : 1));
}

function anyOf(concepts: readonly Concept[]): string {
  return concepts.map(({ query }) => `(${query})`).join(' | ');
}

/** Writes the words under which an article is found. */
export async function writeIndex(em: Em, articleId: string, text: IndexedText): Promise<void> {
  await em.execute(
    'insert into knowledge_index (article_id, words) values (?, ?::tsvector) on conflict (article_id) do update set words = excluded.words', [articleId, indexedWords(text)],
  );
}
