import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { KnowledgeCommandResolver } from './knowledge-command.resolver.ts';
import { KnowledgeFieldsResolver } from './knowledge-fields.resolver.ts';
import { readArticleFile } from './knowledge-file.service.ts';
import { fallDueForReview } from './knowledge-review.service.ts';
import { articlesById } from './knowledge.queries.ts';
import { KnowledgeResolver } from './knowledge.resolver.ts';

export const knowledgeFeature: FeatureManifest = {
  name: 'knowledge',
  resolvers: [KnowledgeResolver, KnowledgeFieldsResolver, KnowledgeCommandResolver],
  nodes: [nodeKind('KnowledgeArticle', 'knowledge.read', articlesById)],
  chores: [{ name: 'knowledge-review', everyMinutes: 60, run: (database) => fallDueForReview(database as Database) }],
  downloads: [{
    name: 'article-file',
    make: (context, { id }) => readArticleFile((context as RequestContext).database, signedIn(context as RequestContext), id ?? ''),
  }],
};
