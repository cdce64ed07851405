import DataLoader from 'dataloader';
import { loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import { PersonEntity, type Person } from '../access/access.entity.ts';
import { TeamEntity, TeamMemberEntity, type Team } from './team.entity.ts';

export function teamLoader(context: RequestContext): DataLoader<string, Team | null> {
  return loaderOf(context, 'team', () => new DataLoader<string, Team | null>(async (ids) => {
    const teams = await context.database.em.find(TeamEntity, { id: { $in: [...ids] } });
    const byId = new Map(teams.map((team) => [team.id, team]));
    return ids.map((id) => byId.get(id) ?? null);
  }));
}

/** Members by team, in the order of their names. */
export function membersLoader(context: RequestContext): DataLoader<string, Person[]> {
  return loaderOf(context, 'membersOfTeam', () => new DataLoader<string, Person[]>(async (ids) => {
    const em = context.database.em;
    const memberships = await em.find(TeamMemberEntity, { teamId: { $in: [...ids] } });
    const people = await em.find(PersonEntity, { id: { $in: memberships.map(({ personId }) => personId) } }, { orderBy: { name: 'asc', id: 'asc' } });
    const inTeam = new Set(memberships.map(({ teamId, personId }) => `${teamId} ${personId}`));
    return ids.map((teamId) => people.filter(({ id }) => inTeam.has(`${teamId} ${id}`)));
  }));
}
