import type { FeatureManifest } from '../../kernel/feature.ts';
import { ImportCensusResolver } from './import-census.resolver.ts';
import { ImportRegisterResolver } from './import-register.resolver.ts';

/** What the register of configuration items takes over on the ground of a change: both are known only here. */
export const importFeature: FeatureManifest = { name: 'import', resolvers: [ImportRegisterResolver, ImportCensusResolver] };
