import type { FeatureManifest } from '../../kernel/feature.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { cisById } from './cmdb.queries.ts';
import { CiResolver } from './cmdb.resolver.ts';

export const cmdbFeature: FeatureManifest = { name: 'cmdb', resolvers: [CiResolver], nodes: [nodeKind('Ci', 'cmdb.read', cisById)] };
