import type { FeatureManifest } from '../../kernel/feature.ts';

export const problemFeature: FeatureManifest = { name: 'problem' };
