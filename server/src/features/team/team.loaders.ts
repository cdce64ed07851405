import DataLoader from 'dataloader';
import { loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import { recordLoader } from '../../platform/graphql/record-loader.ts';
import { PersonEntity, type Person } from '../access/access.entity.ts';
import { TeamEntity, TeamMemberEntity, type Team } from './team.entity.ts';

export function teamLoader(context: RequestContext): DataLoader<string, Team | null> {
  return recordLoader<Team>(context, TeamEntity, 'team');
}

export function personLoader(context: RequestContext): DataLoader<string, Person | null> {
  return recordLoader<Person>(context, PersonEntity, 'person');
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
