import type { FeatureManifest } from '../../kernel/feature.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { ReleaseDeployResolver } from './release-deploy.resolver.ts';
import { ReleaseFieldsResolver } from './release-fields.resolver.ts';
import { ReleaseRaiseResolver } from './release-raise.resolver.ts';
import { ReleaseStageResolver } from './release-stage.resolver.ts';
import { releaseCauses } from './release.consumer.ts';
import { releasesById } from './release.queries.ts';
import { IncidentReleaseResolver, ReleaseResolver } from './release.resolver.ts';

export const releaseFeature: FeatureManifest = {
  name: 'release',
  resolvers: [ReleaseResolver, ReleaseFieldsResolver, ReleaseRaiseResolver, ReleaseStageResolver, ReleaseDeployResolver, IncidentReleaseResolver],
  nodes: [nodeKind('Release', 'release.read', releasesById)],
  consumers: [releaseCauses],
};
