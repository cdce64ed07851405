import type { FeatureManifest } from '../../kernel/feature.ts';

export const knowledgeFeature: FeatureManifest = { name: 'knowledge' };
