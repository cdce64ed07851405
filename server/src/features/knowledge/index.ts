import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { readArticleFile } from './knowledge-file.service.ts';
import { fallDueForReview } from './knowledge-review.service.ts';

export const knowledgeFeature: FeatureManifest = {
  name: 'knowledge',
  chores: [{ name: 'knowledge-review', everyMinutes: 60, run: (database) => fallDueForReview(database as Database) }],
  downloads: [{
    name: 'article-file',
    make: (context, { id }) => readArticleFile((context as RequestContext).database, signedIn(context as RequestContext), id ?? ''),
  }],
};
