import type { FeatureManifest } from '../../kernel/feature.ts';
import { RoleGrantTeamResolver, RosterResolver, TeamResolver, ViewerTeamsResolver } from './team.resolver.ts';

export const teamFeature: FeatureManifest = { name: 'team', resolvers: [TeamResolver, RosterResolver, ViewerTeamsResolver, RoleGrantTeamResolver] };
