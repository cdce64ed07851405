import type { FeatureManifest } from '../../kernel/feature.ts';

export const metricsFeature: FeatureManifest = { name: 'metrics' };
