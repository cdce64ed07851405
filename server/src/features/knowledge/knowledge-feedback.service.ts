import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { newId } from '../../platform/time/new-id.ts';
import { articleCase, lockArticle, tellArticle } from './knowledge-case.service.ts';
import { guardArticle } from './knowledge-states.rules.ts';
import { ARTICLE_LIMITS, type FeedbackVerdict } from './knowledge.rules.ts';
import { KnowledgeFeedbackEntity, KnowledgeUseEntity } from './knowledge.entity.ts';

/** No version is asked for: readers do not compete with whoever writes. */
export interface NewFeedback {
  readonly id: string;
  readonly verdict: FeedbackVerdict;
  /** Demanded unless it helped: the reviewer must know what to look at. */
  readonly comment?: string | null;
}

/** KNW-05: helped, did not help or wrong; a wrong one waits for its reviewer at once. Returns the article's id. */
export async function giveArticleFeedback(database: Database, actor: Actor, input: NewFeedback): Promise<string> {
  return database.change(actor, async (change) => {
    const { em } = change;
    const article = await lockArticle(em, actor, input.id);
    guardArticle('giveArticleFeedback', await articleCase(database, em, actor, article), actor);
    const { verdict } = input;
    const comment = verdict === 'helped' ? optionalText(input.comment, 'comment', ARTICLE_LIMITS.note) : requiredText(input.comment, 'comment', ARTICLE_LIMITS.note);
    const now = await change.now();
    const revision = article.publishedRevision ?? article.revision;
    const said = { verdict, comment, personName: actor.name, givenAt: now, answer: null, answeredBy: null, answeredAt: null };
    const earlier = await em.findOne(KnowledgeFeedbackEntity, { articleId: article.id, revision, personId: actor.id });
    if (earlier) Object.assign(earlier, said);
    else em.create(KnowledgeFeedbackEntity, { id: newId(), articleId: article.id, revision, personId: actor.id, ...said }, { persist: true });
    tellArticle(change, article, { happened: 'judged', now, after: { verdict, revision }, reason: comment });
    if (verdict === 'wrong' && article.state === 'published') {
      Object.assign(article, { state: 'due-for-review', reviewDueAt: now, version: article.version + 1, updatedAt: now });
      tellArticle(change, article, { happened: 'fellDue', now, before: { state: 'published' }, after: { state: 'due-for-review' }, reason: comment });
    }
    return article.id;
  });
}

export interface FeedbackAnswer {
  readonly id: string;
  readonly feedbackId: string;
  readonly answer: string;
}

/** The reviewer tells what came of a reader's word. */
export async function answerArticleFeedback(database: Database, actor: Actor, input: FeedbackAnswer): Promise<string> {
  return database.change(actor, async (change) => {
    const { em } = change;
    const article = await lockArticle(em, actor, input.id);
    guardArticle('answerArticleFeedback', await articleCase(database, em, actor, article), actor);
    const feedback = await em.findOne(KnowledgeFeedbackEntity, { id: input.feedbackId, articleId: article.id });
    if (!feedback) throw new Refusal('NOT_FOUND', `There is no feedback "${input.feedbackId}" on ${article.number}.`, 'feedbackId');
    if (feedback.answeredAt !== null) throw new Refusal('ALREADY_DONE', `${feedback.answeredBy} has answered that already.`, 'feedbackId');
    const now = await change.now();
    Object.assign(feedback, { answer: requiredText(input.answer, 'answer', ARTICLE_LIMITS.note), answeredBy: actor.name, answeredAt: now });
    tellArticle(change, article, { happened: 'feedbackAnswered', now, after: { verdict: feedback.verdict, answer: feedback.answer } });
    return article.id;
  });
}

export interface ArticleUse {
  readonly id: string;
  /** Number of the record that it was used for, e.g. INC-0000123. */
  readonly recordNumber?: string | null;
}

/** KNW-05: counts a use, once for a person and record. */
export async function recordArticleUse(database: Database, actor: Actor, input: ArticleUse): Promise<string> {
  return database.change(actor, async (change) => {
    const { em } = change;
    const article = await lockArticle(em, actor, input.id);
    guardArticle('recordArticleUse', await articleCase(database, em, actor, article), actor);
    const recordNumber = optionalText(input.recordNumber, 'recordNumber', 40)?.toUpperCase() ?? '';
    if (await em.findOne(KnowledgeUseEntity, { articleId: article.id, personId: actor.id, recordNumber })) return article.id;
    const now = await change.now();
    em.create(KnowledgeUseEntity, { id: newId(), articleId: article.id, personId: actor.id, personName: actor.name, recordNumber, usedAt: now }, { persist: true });
    tellArticle(change, article, { happened: 'used', now, after: { recordNumber } });
    return article.id;
  });
}
