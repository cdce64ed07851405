import type { FeatureManifest } from '../../kernel/feature.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { AccessAdminResolver } from './access-admin.resolver.ts';
import { peopleById } from './access.queries.ts';
import { PersonResolver, SignInResolver, TokenResolver, ViewerResolver } from './access.resolver.ts';

export const accessFeature: FeatureManifest = {
  name: 'access',
  resolvers: [SignInResolver, ViewerResolver, PersonResolver, TokenResolver, AccessAdminResolver],
  nodes: [nodeKind('Person', 'person.read', peopleById)],
};
