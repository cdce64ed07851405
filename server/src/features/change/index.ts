import type { FeatureManifest } from '../../kernel/feature.ts';

export const changeFeature: FeatureManifest = { name: 'change' };
