import type { FeatureManifest } from '../../kernel/feature.ts';
import { ReviewEntryResolver, ReviewResolver } from './review.resolver.ts';

export const reviewFeature: FeatureManifest = { name: 'review', resolvers: [ReviewResolver, ReviewEntryResolver] };
