import type { FeatureManifest } from '../../kernel/feature.ts';
import { PersonResolver, SignInResolver, TokenResolver, ViewerResolver } from './access.resolver.ts';

export const accessFeature: FeatureManifest = { name: 'access', resolvers: [SignInResolver, ViewerResolver, PersonResolver, TokenResolver] };
