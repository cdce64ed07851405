import type { FeatureManifest } from '../../kernel/feature.ts';

export const vendorFeature: FeatureManifest = { name: 'vendor' };
