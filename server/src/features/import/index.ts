import type { FeatureManifest } from '../../kernel/feature.ts';
import { ImportRegisterResolver } from './import-register.resolver.ts';

export const importFeature: FeatureManifest = { name: 'import', resolvers: [ImportRegisterResolver] };
