import DataLoader from 'dataloader';
import { loaderOf, signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { recordLoader } from '../../platform/graphql/record-loader.ts';
import { articleCounts, articlesById, type ArticleCounts, type SeenArticle } from './knowledge.queries.ts';
import {
  KnowledgeCategoryEntity, KnowledgeFeedbackEntity, KnowledgeOriginEntity, KnowledgeRevisionEntity, type KnowledgeCategory, type KnowledgeFeedback, type KnowledgeOrigin, type KnowledgeRevision,
} from './knowledge.entity.ts';

export function categoryLoader(context: RequestContext): DataLoader<string, KnowledgeCategory | null> {
  return recordLoader<KnowledgeCategory>(context, KnowledgeCategoryEntity, 'knowledgeCategory');
}

/** Only articles that the asker may see, with the text that is theirs. */
export function articleLoader(context: RequestContext): DataLoader<string, SeenArticle | null> {
  return loaderOf(context, 'knowledgeArticle', () => new DataLoader(async (ids: readonly string[]) => {
    const found = await articlesById(context.database.em, signedIn(context), ids);
    return ids.map((id) => found.get(id) ?? null);
  }));
}

const NONE: ArticleCounts = { helped: 0, didNotHelp: 0, wrong: 0, uses: 0 };

export function countsLoader(context: RequestContext): DataLoader<string, ArticleCounts> {
  return loaderOf(context, 'articleCounts', () => new DataLoader(async (ids: readonly string[]) => {
    const counts = await articleCounts(context.database.em, ids);
    return ids.map((id) => counts.get(id) ?? NONE);
  }));
}

export function originsLoader(context: RequestContext): DataLoader<string, KnowledgeOrigin[]> {
  return loaderOf(context, 'articleOrigins', () => new DataLoader(async (ids: readonly string[]) =>
    grouped(ids, await context.database.em.find(KnowledgeOriginEntity, { articleId: { $in: [...ids] } }, { orderBy: { number: 'asc' } }))));
}

export function revisionsLoader(context: RequestContext): DataLoader<string, KnowledgeRevision[]> {
  return loaderOf(context, 'articleRevisions', () => new DataLoader(async (ids: readonly string[]) =>
    grouped(ids, await context.database.em.find(KnowledgeRevisionEntity, { articleId: { $in: [...ids] } }, { orderBy: { revision: 'desc' } }))));
}

export function feedbackLoader(context: RequestContext): DataLoader<string, KnowledgeFeedback[]> {
  return loaderOf(context, 'articleFeedback', () => new DataLoader(async (ids: readonly string[]) =>
    grouped(ids, await context.database.em.find(KnowledgeFeedbackEntity, { articleId: { $in: [...ids] } }, { orderBy: { givenAt: 'desc', id: 'desc' } }))));
}

interface FileRow {
  readonly id: string;
  readonly articleId: string;
  readonly name: string;
  readonly size: number;
  readonly addedBy: string;
  readonly addedAt: number;
}

/** Without their contents. */
export function filesLoader(context: RequestContext): DataLoader<string, FileRow[]> {
  return loaderOf(context, 'articleFiles', () => new DataLoader(async (ids: readonly string[]) => {
    const places = ids.map(() => '?').join(', ');
    const rows = await context.database.em.execute<FileRow[]>(
      `select id, article_id as "articleId", name, size, added_by as "addedBy", (extract(epoch from added_at) * 1000)::float8 as "addedAt" from knowledge_file where article_id in (${places}) order by name`, [...ids],
    );
    return grouped(ids, rows);
  }));
}

function grouped<Row extends { readonly articleId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const groups = Map.groupBy(rows, ({ articleId }) => articleId);
  return ids.map((id) => groups.get(id) ?? []);
}
