import DataLoader from 'dataloader';
import { loaderOf, type RequestContext } from '../../platform/graphql/context.ts';
import { recordLoader } from '../../platform/graphql/record-loader.ts';
import { PersonEntity, RoleGrantEntity, type Person, type RoleGrant } from './access.entity.ts';

/** Roles by person, one statement for all persons of a request. */
export function rolesLoader(context: RequestContext): DataLoader<string, RoleGrant[]> {
  return loaderOf(context, 'rolesOfPerson', () => new DataLoader<string, RoleGrant[]>(async (ids) => {
    const grants = await context.database.em.find(RoleGrantEntity, { personId: { $in: [...ids] } }, { orderBy: { role: 'asc', id: 'asc' } });
    const byPerson = Map.groupBy(grants, ({ personId }) => personId);
    return ids.map((id) => byPerson.get(id) ?? []);
  }));
}

export function personLoader(context: RequestContext): DataLoader<string, Person | null> {
  return recordLoader<Person>(context, PersonEntity, 'person');
}
