import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permission.ts';
import { isForCustomers, readWritten, type Addressee, type NoticeKind } from './notice.rules.ts';

/** How the people of a record stand to it, for those who are to be told. */
export interface Standing {
  readonly customerId: string | null;
  readonly teamId: string | null;
  readonly holderId: string | null;
  readonly leadId: string | null;
  readonly firstContacts: readonly string[];
  readonly followers: readonly string[];
  readonly cab: readonly string[];
  /** Who the agreement names, by role: they come before others who hold the role. */
  readonly people: Readonly<Record<string, string | null>>;
}

/** Who is who, gathered for many events at once. */
export interface Cast {
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly holders: readonly { readonly personId: string; readonly role: string; readonly customerId: string | null; readonly teamId: string | null }[];
  readonly names: ReadonlyMap<string, readonly string[]>;
  isRole(key: string): boolean;
}

/** The people that an addressee stands for. */
export function peopleMeant(to: Addressee, standing: Standing, cast: Cast): readonly string[] {
  if ('person' in to) return [to.person];
  if ('membersOf' in to) return cast.members.get(to.membersOf) ?? [];
  if ('written' in to) return writtenPeople(to.written, standing, cast);
  switch (to.of) {
    case 'holder': return standing.holderId === null ? [] : [standing.holderId];
    case 'lead': return standing.leadId === null ? [] : [standing.leadId];
    case 'first-contact': return standing.firstContacts;
    case 'followers': return standing.followers;
    case 'cab': return standing.cab;
  }
}

/** SLA-15: the person whom the agreement names for a role; else everybody who holds it for that customer and team. */
function writtenPeople(written: string, standing: Standing, { holders, names, isRole }: Cast): readonly string[] {
  const meant = readWritten(written, isRole);
  if ('person' in meant) return [meant.person];
  if ('name' in meant) return names.get(meant.name) ?? [];
  const named = standing.people[meant.role] ?? null;
  if (named !== null) return [named];
  return holders.filter(({ role, customerId, teamId }) =>
    role === meant.role && (customerId === null || customerId === standing.customerId) && (teamId === null || teamId === standing.teamId)).map(({ personId }) => personId);
}

/** May that person be told? Never of one's own act, of what one may not read, or, as a customer, of the provider's inner work. */
export function mayBeTold(person: Actor, telling: { readonly kind: NoticeKind; readonly customerVisible: boolean }, about: { readonly permission: Permission; readonly standing: Standing; readonly actorId: string }): boolean {
  if (person.id === about.actorId) return false;
  const { customerId, teamId } = about.standing;
  if (person.customerId !== null && !(isForCustomers(telling.kind) && (telling.kind !== 'mentioned' || telling.customerVisible))) return false;
  return may(person, about.permission, { ...(customerId === null ? {} : { customerId }), ...(person.customerId === null ? { teamId } : {}) });
}
