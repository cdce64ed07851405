import type { FeatureManifest } from '../../kernel/feature.ts';

export const reviewFeature: FeatureManifest = { name: 'review' };
