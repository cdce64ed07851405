import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { may } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { knownNames } from './knowledge-case.service.ts';
import { searchArticles, similarArticles } from './knowledge-search.service.ts';
import { ArticleKindWord } from './knowledge-words.types.ts';
import { wordingFindings } from './knowledge-wording.rules.ts';
import { ArticleFilterInput, CheckArticleTextInput } from './knowledge.inputs.ts';
import { articleLoader } from './knowledge.loaders.ts';
import { articleByNumber, articleCursor, categoryTree, findArticles, reviewerList, type ArticlePage } from './knowledge.queries.ts';
import type { ArticleKind } from './knowledge.rules.ts';
import { KnowledgeSynonymEntity } from './knowledge.entity.ts';
import { ArticleFinding, KnowledgeArticle, KnowledgeArticleConnection, KnowledgeFindings, KnowledgeHit, KnowledgeReviewer, KnowledgeSynonyms, KnowledgeTreeNode, SimilarArticleView } from './knowledge.types.ts';

const SUGGESTED = 5;
const SHORTEST_TEXT = 2;
/** While somebody types, few words in common are no suggestion. */
const SUGGESTION_COVERAGE = 0.3;

@Resolver()
export class KnowledgeResolver {
  @Query(() => KnowledgeFindings, { description: 'Published articles for a text in Chinese, English or both, best first (KNW-06). A customer finds those that are open to them (KNW-07).' })
  async searchKnowledge(
    @Ctx() context: RequestContext,
    @Arg('text', () => String, { description: 'At most 500 characters; two Chinese characters are enough.' }) text: string,
    @Arg('first', () => Int, { defaultValue: 10, description: '1–100.' }) first: number,
    @Arg('customerId', () => ID, { nullable: true, description: 'Also what concerns this customer alone.' }) customerId: string | null,
    @Arg('categoryId', () => ID, { nullable: true, description: 'Only in this category.' }) categoryId: string | null,
    @Arg('kind', () => ArticleKindWord, { nullable: true, description: 'Only of this kind.' }) kind: ArticleKind | null,
  ): Promise<KnowledgeFindings> {
    const { hits, total } = await searchArticles(context.database.em, signedIn(context), { text, first, customerId, categoryId, kind });
    return { hits: [...hits].map(hitView), total };
  }

  @Query(() => [KnowledgeHit], { description: 'Up to five articles for what is being reported (INC-15); none for whoever may not read any.' })
  async articleSuggestions(
    @Ctx() context: RequestContext,
    @Arg('text', () => String, { description: 'Title, symptom or description so far.' }) text: string,
    @Arg('customerId', () => ID, { nullable: true, description: 'Whose report it is.' }) customerId: string | null,
    @Arg('ciClass', () => String, { nullable: true, description: 'Class of the CI, e.g. printer.' }) ciClass: string | null,
  ): Promise<KnowledgeHit[]> {
    const actor = signedIn(context);
    if (!may(actor, 'knowledge.read') || text.trim().length < SHORTEST_TEXT) return [];
    const { hits } = await searchArticles(context.database.em, actor, { text: text.trim().slice(0, 500), first: SUGGESTED, customerId, hint: ciClass, leastCoverage: SUGGESTION_COVERAGE });
    return hits.map(hitView);
  }

  @Query(() => KnowledgeArticle, { nullable: true, description: 'One article by its number, or null when there is none that you may read.' })
  knowledgeArticle(@Arg('number', () => String, { description: 'E.g. KNW-0000012.' }) number: string, @Ctx() context: RequestContext): Promise<KnowledgeArticle | null> {
    return articleByNumber(context.database.em, signedIn(context), number);
  }

  @Query(() => KnowledgeArticleConnection, { description: 'Articles, the latest changed first.' })
  async knowledgeArticles(
    @Ctx() context: RequestContext,
    @Arg('filter', () => ArticleFilterInput, { nullable: true, description: 'Which.' }) filter: ArticleFilterInput | null,
    @Arg('first', () => Int, { defaultValue: 50, description: '1–100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after: string | null,
  ): Promise<KnowledgeArticleConnection> {
    return connectionOf(await findArticles(context.database.em, signedIn(context), { ...filter, first, after }));
  }

  @Query(() => [KnowledgeTreeNode], { description: 'The category tree, upper level first (KNW-01).' })
  knowledgeCategories(@Ctx() context: RequestContext): Promise<KnowledgeTreeNode[]> {
    return categoryTree(context.database.em, signedIn(context));
  }

  @Query(() => [KnowledgeReviewer], { description: 'Who reviews what (KNW-10).' })
  knowledgeReviewers(@Ctx() context: RequestContext): Promise<KnowledgeReviewer[]> {
    return reviewerList(context.database.em, signedIn(context));
  }

  @Query(() => [KnowledgeSynonyms], { description: 'Phrases that find each other (KNW-06).' })
  knowledgeSynonyms(@Ctx() context: RequestContext): Promise<KnowledgeSynonyms[]> {
    requirePermission(signedIn(context), 'knowledge.write');
    return context.database.em.find(KnowledgeSynonymEntity, {}, { orderBy: { id: 'asc' }, limit: 2000 });
  }

  @Query(() => [ArticleFinding], { description: 'What in a text does not belong into an article, and where (KNW-04).' })
  async checkArticleText(@Arg('input', () => CheckArticleTextInput) input: CheckArticleTextInput, @Ctx() context: RequestContext): Promise<ArticleFinding[]> {
    requirePermission(signedIn(context), 'knowledge.write');
    return wordingFindings(input, await knownNames(context.database, context.database.em));
  }

  @Query(() => [SimilarArticleView], { description: 'Articles on nearly the same thing, best first; shown before a new one is written (KNW-04).' })
  async similarArticles(@Arg('input', () => CheckArticleTextInput) input: CheckArticleTextInput, @Ctx() context: RequestContext): Promise<SimilarArticleView[]> {
    requirePermission(signedIn(context), 'knowledge.write');
    const { shortDescription, symptom, articleId } = input;
    const own = articleId ? await articleLoader(context).load(articleId) : null;
    return likeness(await similarArticles(context.database.em, { shortDescription, symptom, except: own?.id ?? null, customerId: own?.customerId ?? null }));
  }
}

/** Below this an article has only words in common. */
const WORTH_SHOWING_PERCENT = 25;

function likeness(found: Awaited<ReturnType<typeof similarArticles>>): SimilarArticleView[] {
  const views = found.map(({ likeness: share, ...rest }) => ({ ...rest, likenessPercent: Math.round(share * 100) }));
  return views.filter(({ likenessPercent }) => likenessPercent >= WORTH_SHOWING_PERCENT).slice(0, SUGGESTED);
}

function hitView({ titleSegments, segments, ...hit }: Awaited<ReturnType<typeof searchArticles>>['hits'][number]): KnowledgeHit {
  return { ...hit, titleSegments: [...titleSegments], segments: [...segments] };
}

function connectionOf({ rows, hasNextPage }: ArticlePage): KnowledgeArticleConnection {
  const edges = rows.map((node) => ({ node, cursor: articleCursor(node) }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}
