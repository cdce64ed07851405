import type { FeatureManifest } from '../../kernel/feature.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { teamsById } from './team.queries.ts';
import { RoleGrantTeamResolver, RosterResolver, TeamResolver, ViewerTeamsResolver } from './team.resolver.ts';

export const teamFeature: FeatureManifest = {
  name: 'team',
  resolvers: [TeamResolver, RosterResolver, ViewerTeamsResolver, RoleGrantTeamResolver],
  nodes: [nodeKind('Team', 'team.read', teamsById)],
};
