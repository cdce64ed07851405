import type { FeatureManifest } from '../../kernel/feature.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { CmdbLabelResolver } from './cmdb-label.resolver.ts';
import { CmdbRegisterResolver } from './cmdb-register.resolver.ts';
import { CmdbTopologyResolver } from './cmdb-topology.resolver.ts';
import { cisById } from './cmdb.queries.ts';
import { CiResolver } from './cmdb.resolver.ts';

/** The register's half (CMDB-07, CMDB-08, CMDB-10) stands in the second line. */
export const cmdbFeature: FeatureManifest = {
  name: 'cmdb',
  resolvers: [
    CiResolver,
    CmdbTopologyResolver, CmdbLabelResolver, CmdbRegisterResolver,
  ],
  nodes: [nodeKind('Ci', 'cmdb.read', cisById)],
};
