import { may, type Actor } from '../../kernel/actor.ts';
import { Refusal, type RefusalCode } from '../../kernel/refusal.ts';
import type { KnowledgeArticle } from './knowledge.entity.ts';
import { ARTICLE_STATES, TEXT_PARTS, type ArticleState } from './knowledge.rules.ts';
import { stoppingFindings, type WordingFinding } from './knowledge-wording.rules.ts';

type Move = 'submit' | 'withdraw' | 'review' | 'publish' | 'return' | 'fallDue' | 'confirm' | 'revise' | 'retire' | 'merge';

/** KNW-03: draft → submitted → in review → published → due for review → retired / merged. */
const MOVES: Readonly<Record<ArticleState, Readonly<Partial<Record<Move, ArticleState>>>>> = {
  'draft': { submit: 'submitted', retire: 'retired', merge: 'merged' },
  'submitted': { withdraw: 'draft', review: 'in-review', merge: 'merged' },
  'in-review': { publish: 'published', return: 'draft', merge: 'merged' },
  'published': { fallDue: 'due-for-review', revise: 'draft', retire: 'retired', merge: 'merged' },
  'due-for-review': { confirm: 'published', revise: 'draft', retire: 'retired', merge: 'merged' },
  'retired': { revise: 'draft' },
  'merged': {},
};

/** Named as their mutations. */
export const ARTICLE_ACTIONS = [
  'editArticle', 'attachArticleFile', 'submitArticle', 'withdrawArticle', 'takeArticleReview', 'publishArticle', 'returnArticle', 'confirmArticle', 'reviseArticle',
  'askArticleReview', 'openArticleToCustomers', 'retireArticle', 'mergeArticle', 'giveArticleFeedback', 'recordArticleUse', 'answerArticleFeedback',
] as const;
export type ArticleAction = (typeof ARTICLE_ACTIONS)[number];

/** An article that says the same, or nearly. */
export interface SimilarArticle {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: ArticleState;
  /** 0 to 1. */
  readonly likeness: number;
}

/** Everything that the rules look at. */
export interface ArticleCase {
  readonly article: KnowledgeArticle;
  /** The actor is appointed for its category, or appoints reviewers. */
  readonly reviews: boolean;
  readonly findings: readonly WordingFinding[];
  /** Alike enough to be the same thing, best first (KNW-04). */
  readonly similar: readonly SimilarArticle[];
  /** Names of files that no part of the text names (KNW-02). */
  readonly unnamedFiles: readonly string[];
}

export interface ArticleLack {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field: string | null;
  /** The command itself can answer it: a word kept on purpose, an article declared to be something else. */
  readonly answerable?: boolean;
}

export interface AvailableArticleAction {
  readonly action: ArticleAction;
  readonly allowed: boolean;
  readonly lacks: ArticleLack[];
}

interface Rule {
  readonly move?: Move;
  readonly states?: readonly ArticleState[];
  /** Null when the actor may, else who would. */
  readonly who: (kase: ArticleCase, actor: Actor) => string | null;
  readonly needs?: (kase: ArticleCase) => ArticleLack[];
}

const scopeOf = ({ article }: ArticleCase) => (article.customerId === null ? {} : { customerId: article.customerId });
const writes = (kase: ArticleCase, actor: Actor): boolean => may(actor, 'knowledge.write', scopeOf(kase));
const manages = (kase: ArticleCase, actor: Actor): boolean => may(actor, 'knowledge.manage', scopeOf(kase));
const unless = (allowed: boolean, who: string): string | null => (allowed ? null : who);
const lack = (code: RefusalCode, message: string, field: string | null = null): ArticleLack => ({ code, message, field });

const answerable = (one: ArticleLack): ArticleLack => ({ ...one, answerable: true });

const writer = (kase: ArticleCase, actor: Actor) => unless(writes(kase, actor), 'somebody who writes articles (knowledge.write)');
const authorOrManager = (kase: ArticleCase, actor: Actor) =>
  unless((kase.article.authorId === actor.id && writes(kase, actor)) || manages(kase, actor), `its author ${kase.article.authorName} or the technical manager`);
const reviewer = (kase: ArticleCase) => unless(kase.reviews, 'a reviewer whom the technical manager has appointed for this category');
const reader = (kase: ArticleCase, actor: Actor) => unless(may(actor, 'knowledge.read', scopeOf(kase)), 'somebody who reads articles (knowledge.read)');

/** A word may send an article back to its reviewer: whoever is here only to look on (ORG-01, auditor) says none. */
function judge(kase: ArticleCase, actor: Actor): string | null {
  const looksOn = actor.kind === 'person' && actor.grants.every(({ role }) => role === 'auditor');
  return unless(!looksOn, 'somebody who works with articles, which an auditor does not') ?? reader(kase, actor);
}

/** KNW-03: nobody reviews what they have written; the one who took the review ends it. */
function freshReviewer(kase: ArticleCase, actor: Actor): string | null {
  if (kase.article.writerIds.includes(actor.id)) return 'a reviewer who has not written on it';
  return reviewer(kase);
}

function itsReviewer(kase: ArticleCase, actor: Actor): string | null {
  const { reviewerId, reviewerName } = kase.article;
  return freshReviewer(kase, actor) ?? unless(reviewerId === actor.id || manages(kase, actor), `its reviewer ${reviewerName ?? ''}`.trim());
}

const RULES: Readonly<Record<ArticleAction, Rule>> = {
  editArticle: { states: ['draft'], who: writer },
  attachArticleFile: { states: ['draft'], who: writer },
  submitArticle: { move: 'submit', who: writer, needs: readyForReview },
  withdrawArticle: { move: 'withdraw', who: authorOrManager },
  takeArticleReview: { move: 'review', who: freshReviewer },
  publishArticle: { move: 'publish', who: itsReviewer },
  returnArticle: { move: 'return', who: itsReviewer },
  confirmArticle: { move: 'confirm', who: reviewer },
  reviseArticle: { move: 'revise', who: writer },
  askArticleReview: { move: 'fallDue', who: reviewer },
  openArticleToCustomers: { states: ['published', 'due-for-review'], who: reviewer },
  retireArticle: {
    move: 'retire',
    who: (kase, actor) => (kase.article.state === 'draft' && kase.article.publishedRevision === null ? authorOrManager(kase, actor) : reviewer(kase)),
  },
  mergeArticle: { move: 'merge', who: reviewer },
  giveArticleFeedback: { who: judge, needs: isPublished },
  recordArticleUse: { who: writer, needs: isPublished },
  answerArticleFeedback: { states: ARTICLE_STATES, who: reviewer },
};

function isPublished({ article }: ArticleCase): ArticleLack[] {
  return article.publishedRevision === null ? [lack('MOVE_NOT_ALLOWED', `Not possible while nothing of ${article.number} is published.`, 'state')] : [];
}

/** KNW-02, KNW-04: what must be there, and what must not, before anybody reviews it. */
function readyForReview({ article, findings, similar, unnamedFiles }: ArticleCase): ArticleLack[] {
  const missing = TEXT_PARTS.filter((part) => article[part].trim() === '').map((part) => lack('MISSING_FIELD', `"${part}" must be written before the review.`, part));
  const wording = stoppingFindings(findings, article.keptWords).map(({ kind, word, part, start }) =>
    answerable(lack('INVALID_INPUT', `${WHAT[kind]} "${word}" stands in the ${part} at character ${start + 1}: write it without, or keep the word on purpose.`, part)));
  const files = unnamedFiles.map((name) => lack('INVALID_INPUT', `The text names no file "${name}": say where it belongs, or remove it.`, 'files'));
  return [...missing, ...wording, ...files, ...duplicates(article, similar)];
}

function duplicates(article: KnowledgeArticle, similar: readonly SimilarArticle[]): ArticleLack[] {
  return similar.filter(({ id }) => !article.distinctFrom.includes(id)).map(({ number, title, likeness }) =>
    answerable(lack('NOT_UNIQUE', `${number} "${title}" seems to be on the same thing (${Math.round(likeness * 100)} % alike): improve that one, or say that this is something else.`, 'distinctFrom')));
}

const WHAT = {
  'customer': "A customer's name", 'person': "A person's name", 'date-time': 'A date or time', 'question-answer': 'Question-and-answer wording', 'watermark': "Somebody else's mark",
} as const satisfies Readonly<Record<WordingFinding['kind'], string>>;

/** What the action still lacks for this actor; empty when it is possible now. */
export function lacksOf(action: ArticleAction, kase: ArticleCase, actor: Actor): ArticleLack[] {
  const { move, states, who, needs } = RULES[action];
  const { state } = kase.article;
  const wrongState = (move !== undefined && !MOVES[state][move]) || (states !== undefined && !states.includes(state));
  const forbidden = who(kase, actor);
  return [
    ...(wrongState ? [lack('MOVE_NOT_ALLOWED', `Not possible while the article is ${state}.`, 'state')] : []),
    ...(forbidden === null ? [] : [lack('FORBIDDEN', `Only ${forbidden} may do this.`)]),
    ...(wrongState ? [] : needs?.(kase) ?? []),
  ];
}

/** Refuses the command unless {@link lacksOf} finds nothing; the detail names all that is missing. */
export function guardArticle(action: ArticleAction, kase: ArticleCase, actor: Actor): void {
  const lacks = lacksOf(action, kase, actor);
  const first = lacks.find(({ code }) => code === 'FORBIDDEN') ?? lacks[0];
  if (!first) return;
  const { state } = kase.article;
  const allowed = Object.keys(MOVES[state]);
  throw new Refusal(first.code, first.message, first.field, { state, allowed, missing: lacks.map(({ message, field }) => ({ message, field })) });
}

/** The state that the action's move leads to. */
export function stateAfter(action: ArticleAction, { article }: ArticleCase): ArticleState {
  const { move } = RULES[action];
  return (move && MOVES[article.state][move]) ?? article.state;
}

/** API-03: what this person may do now, and what each action still lacks. */
export function availableArticleActions(kase: ArticleCase, actor: Actor): AvailableArticleAction[] {
  return ARTICLE_ACTIONS.map((action) => {
    const lacks = lacksOf(action, kase, actor);
    return { action, allowed: lacks.every((one) => one.answerable === true), lacks };
  });
}
