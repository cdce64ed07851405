import type { FeatureManifest } from '../../kernel/feature.ts';
import { PortalResolver } from './portal.resolver.ts';

export const portalFeature: FeatureManifest = { name: 'portal', resolvers: [PortalResolver] };
