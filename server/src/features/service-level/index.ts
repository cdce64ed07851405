import type { FeatureManifest } from '../../kernel/feature.ts';
import { ServiceLevelResolver } from './service-level.resolver.ts';

export const serviceLevelFeature: FeatureManifest = { name: 'service-level', resolvers: [ServiceLevelResolver] };
