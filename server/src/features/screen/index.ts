import type { FeatureManifest } from '../../kernel/feature.ts';
import { ScreenResolver } from './screen.resolver.ts';

export const screenFeature: FeatureManifest = { name: 'screen', resolvers: [ScreenResolver] };
