import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { similarArticles } from './knowledge-search.service.ts';
import { availableArticleActions, guardArticle, type ArticleAction, type ArticleCase, type AvailableArticleAction } from './knowledge-states.rules.ts';
import { bareName, wordingFindings, type KnownNames } from './knowledge-wording.rules.ts';
import { TEXT_PARTS, type ArticleText } from './knowledge.rules.ts';
import { KnowledgeArticleEntity, KnowledgeCategoryEntity, KnowledgeReviewerEntity, type KnowledgeArticle } from './knowledge.entity.ts';

/** What every command on an article carries (API-03). */
export interface ArticleCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

/** What a rule decided: the fields that change, and the event's name and facts. */
export interface ArticleDecision {
  readonly article: Partial<KnowledgeArticle>;
  /** Past tense, e.g. "published". */
  readonly happened: string;
  readonly reason?: string | null;
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface OpenArticle {
  readonly change: Change;
  readonly kase: ArticleCase;
  readonly article: KnowledgeArticle;
  readonly now: Instant;
  readonly policy: Policies['knowledge'];
}

export interface ArticleStep {
  readonly action: ArticleAction;
  /** What the command brings that its own guard must see, e.g. words that are kept on purpose. */
  readonly prepare?: (article: KnowledgeArticle) => void;
  readonly rule: (open: OpenArticle) => ArticleDecision | Promise<ArticleDecision>;
}

/** Locks the article, checks sight and version, guards, decides, saves, tells. Returns its id. */
export async function changeArticle(database: Database, actor: Actor, command: ArticleCommand, step: ArticleStep): Promise<string> {
  return database.change(actor, (change) => idempotent(change, step.action, command, async () => {
    const article = await lockArticle(change.em, actor, command.id);
    requireVersion(article, command.expectedVersion, 'article');
    await actOnArticle(database, change, article, step);
    return article.id;
  }));
}

/** The same on an article that the open transaction has locked. */
export async function actOnArticle(database: Database, change: Change, article: KnowledgeArticle, { action, prepare, rule }: ArticleStep): Promise<void> {
  const now = await change.now();
  const { policies } = await policiesAt(database, change.em, now);
  prepare?.(article);
  const kase = await articleCase(database, change.em, change.actor, article);
  guardArticle(action, kase, change.actor);
  const before = { state: article.state, revision: article.revision };
  const { article: patch, happened, reason, after } = await rule({ change, kase, article, now, policy: policies.knowledge });
  Object.assign(article, patch, { version: article.version + 1, updatedAt: now });
  tellArticle(change, article, { happened, now, before, after: { state: article.state, revision: article.revision, ...after }, reason: reason ?? null });
}

interface Told {
  readonly happened: string;
  readonly now: Instant;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
}

/** Remembers what happened to the article. */
export function tellArticle({ emit }: Change, article: KnowledgeArticle, { happened, now, before, after, reason }: Told): void {
  emit({
    type: `knowledge.${happened}`, subjectKind: 'knowledge', subjectId: article.id, customerId: article.customerId, occurredAt: now, before,
    after: { number: article.number, ...(after as object) }, reason: reason ?? null,
  });
}

/** Another's article is answered like one that is not there (ORG-03). */
export async function lockArticle(em: Em, actor: Actor, id: string): Promise<KnowledgeArticle> {
  const article = await em.findOne(KnowledgeArticleEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!article || !seesArticle(actor, article)) throw noArticle(id);
  return article;
}

export function noArticle(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no article "${id}".`, 'id');
}

/** KNW-07: a customer's people see published articles that are open to them, the provider's readers all published ones, writers all. */
export function seesArticle(actor: Actor, article: Pick<KnowledgeArticle, 'customerId' | 'openToCustomers' | 'publishedRevision'>): boolean {
  const { customerId } = article;
  if (!may(actor, 'knowledge.read', customerId === null ? {} : { customerId })) return false;
  if (actor.customerId !== null) return article.publishedRevision !== null && article.openToCustomers;
  return article.publishedRevision !== null || seesDrafts(actor);
}

/** Whether the actor works on articles, and so sees the newest text instead of the published one. */
export function seesDrafts(actor: Actor): boolean {
  return actor.customerId === null && (may(actor, 'knowledge.write') || may(actor, 'knowledge.review') || may(actor, 'audit.read'));
}

/** Everything that the rules look at. */
export async function articleCase(database: Database, em: Em, actor: Actor, article: KnowledgeArticle): Promise<ArticleCase> {
  const { policies } = await policiesAt(database, em, await database.time.read(em));
  const { similarPercent } = policies.knowledge;
  const drafting = article.state === 'draft';
  const near = drafting ? await similarArticles(em, { shortDescription: article.shortDescription, symptom: article.symptom, except: article.id, customerId: article.customerId }) : [];
  return {
    article, reviews: await reviews(em, actor, article.categoryId),
    findings: drafting ? wordingFindings(textOf(article), await knownNames(database, em)) : [],
    similar: near.filter(({ likeness }) => likeness * 100 >= similarPercent),
    unnamedFiles: drafting ? await unnamedFiles(em, article) : [],
  };
}

/** API-03: what the actor may do with the article now. */
export async function articleActions(database: Database, actor: Actor, id: string): Promise<AvailableArticleAction[]> {
  const em = database.em;
  const article = await em.findOne(KnowledgeArticleEntity, { id });
  if (!article || !seesArticle(actor, article)) throw noArticle(id);
  return availableArticleActions(await articleCase(database, em, actor, article), actor);
}

export function textOf({ symptom, cause, solution, prevention }: ArticleText): ArticleText {
  return { symptom, cause, solution, prevention };
}

/** KNW-10: appointed for this category or for all; who appoints reviewers is one by office. */
export async function reviews(em: Em, actor: Actor, categoryId: string): Promise<boolean> {
  if (may(actor, 'knowledge.manage')) return true;
  if (!may(actor, 'knowledge.review')) return false;
  const sub = await em.findOne(KnowledgeCategoryEntity, { id: categoryId });
  const appointed = await em.find(KnowledgeReviewerEntity, { personId: actor.id });
  return appointed.some((one) => one.categoryId === null || one.categoryId === sub?.parentId || one.categoryId === categoryId);
}

/** Names that no handling may hold (KNW-04). */
export async function knownNames(database: Database, em: Em): Promise<KnownNames> {
  const { policies } = await policiesAt(database, em, await database.time.read(em));
  const customers = await em.execute<{ name: string; full_name: string }[]>('select name, full_name from customer');
  const people = await em.execute<{ name: string }[]>('select distinct name from person');
  return {
    customers: [...new Set(customers.flatMap(({ name, full_name }) => [name, full_name]))],
    people: people.map(({ name }) => bareName(name)), watermarks: policies.knowledge.watermarks,
  };
}

async function unnamedFiles(em: Em, article: KnowledgeArticle): Promise<string[]> {
  const files = await em.execute<{ name: string }[]>('select name from knowledge_file where article_id = ? order by name', [article.id]);
  const text = TEXT_PARTS.map((part) => article[part]).join('\n');
  return files.map(({ name }) => name).filter((name) => !text.includes(name));
}
