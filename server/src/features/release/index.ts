import type { FeatureManifest } from '../../kernel/feature.ts';

export const releaseFeature: FeatureManifest = { name: 'release' };
