import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Refusal } from '../../kernel/refusal.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { articleActions, seesDrafts } from './knowledge-case.service.ts';
import { differences } from './knowledge-difference.service.ts';
import type { KnowledgeRevision } from './knowledge.entity.ts';
import { articleLoader, categoryLoader, countsLoader, feedbackLoader, filesLoader, originsLoader, revisionsLoader } from './knowledge.loaders.ts';
import {
  ArticleActionView, ArticleCountsView, ArticleFeedback, ArticleFile, ArticleInternals, ArticleOrigin, ArticlePartDifference, ArticleRevision, KnowledgeArticle, KnowledgeCategory,
} from './knowledge.types.ts';

@Resolver(() => KnowledgeArticle)
export class KnowledgeFieldsResolver {
  @FieldResolver(() => KnowledgeCategory, { description: 'Its sub-category.' })
  category(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<KnowledgeCategory | null> {
    return categoryLoader(context).load(article.categoryId);
  }

  @FieldResolver(() => ArticleInternals, { nullable: true, description: 'Null for a customer.' })
  internals(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): ArticleInternals | null {
    if (signedIn(context).customerId !== null) return null;
    const { authorName: author, reviewerName: reviewer, reviewNote, sourceNote, keptWords, customerId, problemId } = article;
    return { author, reviewer, reviewNote, sourceNote, keptWords, customerId, problemId };
  }

  @FieldResolver(() => [ArticleOrigin], { description: 'The records that it came from (KNW-09); none for a customer.' })
  async origins(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleOrigin[]> {
    return signedIn(context).customerId === null ? originsLoader(context).load(article.id) : [];
  }

  @FieldResolver(() => [ArticleFile], { description: 'Files that the text names (KNW-02).' })
  files(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleFile[]> {
    return filesLoader(context).load(article.id);
  }

  @FieldResolver(() => ArticleCountsView, { description: 'What readers did with it (KNW-05).' })
  counts(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleCountsView> {
    return countsLoader(context).load(article.id);
  }

  @FieldResolver(() => [ArticleRevision], { description: 'Its texts, newest first (KNW-05); for those who write articles.' })
  async revisions(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleRevision[]> {
    return seesDrafts(signedIn(context)) ? revisionsLoader(context).load(article.id) : [];
  }

  @FieldResolver(() => [ArticlePartDifference], { description: 'Two of its texts compared, word by word (KNW-05).' })
  async differences(
    @Root() article: KnowledgeArticle, @Ctx() context: RequestContext, @Arg('from', () => Int, { description: 'The older version.' }) from: number, @Arg('to', () => Int, { description: 'The newer version.' }) to: number,
  ): Promise<ArticlePartDifference[]> {
    const texts = seesDrafts(signedIn(context)) ? await revisionsLoader(context).load(article.id) : [];
    return differences(textAt(texts, from, 'from'), textAt(texts, to, 'to'));
  }

  @FieldResolver(() => [ArticleFeedback], { description: "Readers' words, newest first (KNW-05); a customer sees their own." })
  async feedback(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleFeedback[]> {
    const actor = signedIn(context);
    const given = await feedbackLoader(context).load(article.id);
    return actor.customerId === null ? given : given.filter(({ personId }) => personId === actor.id);
  }

  @FieldResolver(() => KnowledgeArticle, { nullable: true, description: 'The article that it became part of.' })
  async mergedInto(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<KnowledgeArticle | null> {
    return article.mergedIntoId === null ? null : articleLoader(context).load(article.mergedIntoId);
  }

  @FieldResolver(() => [ArticleActionView], { description: 'What you may do now, and what each action still lacks (API-03).' })
  availableActions(@Root() article: KnowledgeArticle, @Ctx() context: RequestContext): Promise<ArticleActionView[]> {
    return articleActions(context.database, signedIn(context), article.id);
  }
}

function textAt(texts: readonly KnowledgeRevision[], revision: number, field: string): KnowledgeRevision {
  const text = texts.find((one) => one.revision === revision);
  if (text) return text;
  throw new Refusal('NOT_FOUND', `There is no version ${revision} of this article that you may read.`, field);
}
