import { LockMode } from '@mikro-orm/core';
import { SYSTEM, type Actor } from '../../kernel/actor.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Policies } from '../service-level/service-level.rules.ts';
import { actOnArticle, changeArticle, knownNames, noArticle, seesArticle, tellArticle, textOf, type ArticleCommand, type ArticleStep } from './knowledge-case.service.ts';
import { writeIndex } from './knowledge-search.service.ts';
import { wordingFindings } from './knowledge-wording.rules.ts';
import { ARTICLE_LIMITS, type Worth } from './knowledge.rules.ts';
import { KnowledgeArticleEntity, type KnowledgeArticle } from './knowledge.entity.ts';

export interface Submission extends ArticleCommand {
  /** Words that the check found and that belong there all the same; the reviewer sees them. */
  readonly keepWords?: readonly string[] | null;
  /** Articles that were shown as similar and are on something else. */
  readonly distinctFrom?: readonly string[] | null;
}

/** Gives a draft to the reviewers when nothing is missing and nothing stands in it that should not (KNW-04). */
export async function submitArticle(database: Database, actor: Actor, input: Submission): Promise<string> {
  return changeArticle(database, actor, input, { ...SUBMIT, prepare: (article) => declare(article, input) });
}

const SUBMIT: ArticleStep = {
  action: 'submitArticle', rule: ({ now }) => ({ article: { state: 'submitted', submittedAt: now, reviewNote: null }, happened: 'submitted' }),
};

/** The same within a transaction that is open already: a problem closes with the article submitted (KNW-08). */
export async function submitDraft(database: Database, change: Change, articleId: string): Promise<void> {
  const article = await change.em.findOne(KnowledgeArticleEntity, { id: articleId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!article || !seesArticle(change.actor, article)) throw noArticle(articleId);
  await actOnArticle(database, change, article, SUBMIT);
}

function declare(article: KnowledgeArticle, { keepWords, distinctFrom }: Submission): void {
  article.keptWords = (keepWords ?? article.keptWords).map((word) => requiredText(word, 'keepWords'));
  article.distinctFrom = [...(distinctFrom ?? article.distinctFrom)];
}

/** The author takes it back before the review has begun. */
export async function withdrawArticle(database: Database, actor: Actor, input: ArticleCommand): Promise<string> {
  return changeArticle(database, actor, input, { action: 'withdrawArticle', rule: () => ({ article: { state: 'draft', submittedAt: null }, happened: 'withdrawn' }) });
}

/** An appointed reviewer who has not written on it begins the review (KNW-03, KNW-10). */
export async function takeArticleReview(database: Database, actor: Actor, input: ArticleCommand): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'takeArticleReview', rule: () => ({ article: { state: 'in-review', reviewerId: actor.id, reviewerName: actor.name }, happened: 'reviewStarted' }),
  });
}

export interface Publication extends ArticleCommand {
  /** Why it is worth keeping; at least one (KNW-10). */
  readonly worth: readonly Worth[];
  readonly openToCustomers?: boolean | null;
  readonly note?: string | null;
}

/** The reviewer lets everybody read it; from now on it is found (KNW-06, KNW-10). */
export async function publishArticle(database: Database, actor: Actor, input: Publication): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'publishArticle',
    rule: async ({ change, article, now, policy }) => {
      const worth = [...new Set(input.worth)];
      if (worth.length === 0) throw new Refusal('MISSING_FIELD', '"worth" must say why the article is worth keeping: general, representative or saves-time.', 'worth');
      if (input.openToCustomers) await requireNoNames(database, change, article);
      await writeIndex(change.em, article.id, { title: article.title, ...textOf(article) });
      return {
        article: {
          state: 'published', worth, publishedRevision: article.revision, publishedAt: now, reviewDueAt: reviewDate(now, policy), writerIds: [article.authorId],
          reviewNote: optionalText(input.note, 'note', ARTICLE_LIMITS.note), openToCustomers: input.openToCustomers ?? article.openToCustomers,
        },
        happened: 'published', after: { worth },
      };
    },
  });
}

/** What a customer may read names no customer and nobody, in none of its parts (KNW-07). */
async function requireNoNames(database: Database, { em }: Change, article: KnowledgeArticle): Promise<void> {
  const named = wordingFindings(textOf(article), await knownNames(database, em)).filter(({ kind, word }) => (kind === 'customer' || kind === 'person') && !article.keptWords.includes(word));
  const first = named[0];
  if (!first) return;
  throw new Refusal('INVALID_INPUT', `"${first.word}" stands in the ${first.part}: an article open to customers names nobody.`, first.part, { findings: named });
}

export interface Noted extends ArticleCommand {
  readonly note?: string | null;
}

/** Back to the author, who is told why. */
export async function returnArticle(database: Database, actor: Actor, input: Noted): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'returnArticle',
    rule: () => {
      const reviewNote = requiredText(input.note, 'note', ARTICLE_LIMITS.note);
      return { article: { state: 'draft', reviewNote, submittedAt: null }, happened: 'returned', reason: reviewNote };
    },
  });
}

/** KNW-05: looked at again and still right; the next date is set. Feedback that waited is answered by it. */
export async function confirmArticle(database: Database, actor: Actor, input: Noted): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'confirmArticle',
    rule: async ({ change, now, policy, article }) => {
      const note = requiredText(input.note, 'note', ARTICLE_LIMITS.note);
      await change.em.execute(
        `update knowledge_feedback set answer = ?, answered_by = ?, answered_at = ?::timestamptz where article_id = ? and answered_at is null and verdict <> 'helped'`,
        [note, actor.name, toIso(now), article.id],
      );
      return { article: { state: 'published', reviewDueAt: reviewDate(now, policy), reviewNote: note }, happened: 'confirmed', reason: note };
    },
  });
}

/** Whoever finds out earlier that it must be looked at. */
export async function askArticleReview(database: Database, actor: Actor, input: Noted): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'askArticleReview',
    rule: ({ now }) => ({ article: { state: 'due-for-review', reviewDueAt: now }, happened: 'fellDue', reason: requiredText(input.note, 'note', ARTICLE_LIMITS.note) }),
  });
}

/** A new text is begun; readers keep the published one until the new one has been reviewed (KNW-05). */
export async function reviseArticle(database: Database, actor: Actor, input: Noted): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'reviseArticle',
    rule: ({ article }) => ({
      // Whoever wrote what stands there goes on being its writer: a second person who takes it up frees nobody to review their own (KNW-03).
      article: { state: 'draft', writerIds: [...new Set([...article.writerIds, article.authorId, actor.id])], submittedAt: null, retiredAt: null },
      happened: 'revisionBegun', reason: optionalText(input.note, 'note', ARTICLE_LIMITS.note),
    }),
  });
}

export interface Opening extends ArticleCommand {
  readonly open: boolean;
}

/** KNW-07: customers find it, or no longer. */
export async function openArticleToCustomers(database: Database, actor: Actor, input: Opening): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'openArticleToCustomers',
    rule: async ({ change, article }) => {
      if (input.open) await requireNoNames(database, change, article);
      return { article: { openToCustomers: input.open }, happened: input.open ? 'openedToCustomers' : 'closedToCustomers' };
    },
  });
}

export async function retireArticle(database: Database, actor: Actor, input: Noted): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'retireArticle',
    rule: ({ now }) => ({ article: { state: 'retired', retiredAt: now, publishedRevision: null, reviewDueAt: null }, happened: 'retired', reason: requiredText(input.note, 'note', ARTICLE_LIMITS.note) }),
  });
}

export interface Merging extends ArticleCommand {
  /** Number of the published article that stays. */
  readonly intoNumber: string;
}

/** Two on the same thing become one (KNW-04): what came from records and was used moves to the one that stays. */
export async function mergeArticle(database: Database, actor: Actor, input: Merging): Promise<string> {
  return changeArticle(database, actor, input, {
    action: 'mergeArticle',
    rule: async ({ change, article, now }) => {
      const number = requiredText(input.intoNumber, 'intoNumber', 40).toUpperCase();
      const into = await change.em.findOne(KnowledgeArticleEntity, { number });
      if (!into || !seesArticle(actor, into)) throw new Refusal('NOT_FOUND', `There is no article "${number}".`, 'intoNumber');
      if (into.id === article.id || into.publishedRevision === null) throw new Refusal('INVALID_INPUT', `${into.number} must be another article that is published.`, 'intoNumber');
      if (into.customerId !== null && into.customerId !== article.customerId) throw new Refusal('INVALID_INPUT', `${into.number} concerns another customer alone.`, 'intoNumber');
      await change.em.execute('insert into knowledge_origin (id, article_id, record_id, number) select gen_random_uuid(), ?, record_id, number from knowledge_origin where article_id = ? on conflict do nothing', [into.id, article.id]);
      return { article: { state: 'merged', mergedIntoId: into.id, publishedRevision: null, reviewDueAt: null, retiredAt: now }, happened: 'merged', after: { into: into.number } };
    },
  });
}

/** KNW-05: the same day so many months later; the last of a shorter month. */
export function reviewDate(from: Instant, { reviewMonths }: Pick<Policies['knowledge'], 'reviewMonths'>): Instant {
  return Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO('UTC').add({ months: reviewMonths }).epochMilliseconds;
}

const AT_ONCE = 100;

/** KNW-05: published articles whose date has come wait for their reviewer. Run by every process; each article once. */
export async function fallDueForReview(database: Database): Promise<number> {
  const actor = SYSTEM('knowledge-review');
  return database.change(actor, async (change) => {
    const now = await change.now();
    const due = await change.em.find(KnowledgeArticleEntity, { state: 'published', reviewDueAt: { $lte: now } }, {
      orderBy: { id: 'asc' }, limit: AT_ONCE, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE,
    });
    for (const article of due) {
      Object.assign(article, { state: 'due-for-review', version: article.version + 1, updatedAt: now });
      tellArticle(change, article, { happened: 'fellDue', now, before: { state: 'published' }, after: { state: 'due-for-review' }, reason: null });
    }
    return due.length;
  });
}

