import type { FeatureManifest } from '../../kernel/feature.ts';
import { CiResolver } from './cmdb.resolver.ts';

export const cmdbFeature: FeatureManifest = { name: 'cmdb', resolvers: [CiResolver] };
