import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { PersonEntity, RoleGrantEntity } from '../access/access.entity.ts';
import { permissionsOfRole } from '../access/access.rules.ts';
import { CabMemberEntity, type CabMember } from './change-planning.entity.ts';

const MOST_MEMBERS = 50;

/** Who is on the standing list now. */
export function standingMembers(em: Em): Promise<CabMember[]> {
  return em.find(CabMemberEntity, { until: null }, { orderBy: { since: 'asc', id: 'asc' }, limit: MOST_MEMBERS });
}

/** Appoints a member (CHG-05). Needs `change.approve`; the person must hold a role that may vote. */
export async function addCabMember(database: Database, actor: Actor, input: { readonly personId: string; readonly speaksFor: string }): Promise<string> {
  requirePermission(actor, 'change.approve');
  return database.change(actor, async ({ em, emit, now }) => {
    const { personId } = input;
    const person = await em.findOne(PersonEntity, { id: personId, active: true, customerId: null });
    if (!person) throw new Refusal('NOT_FOUND', `There is no active person "${personId}" of ours.`, 'personId');
    const roles = await em.find(RoleGrantEntity, { personId });
    if (!roles.some(({ role }) => permissionsOfRole(role).has('change.vote'))) {
      throw new Refusal('INVALID_INPUT', `${person.name} holds no role that may vote; grant "cab-member" first.`, 'personId');
    }
    const standing = await standingMembers(em);
    if (standing.some((member) => member.personId === personId)) throw new Refusal('ALREADY_DONE', `${person.name} is a member already.`, 'personId');
    if (standing.length >= MOST_MEMBERS) throw new Refusal('TOO_LARGE', `The CAB has at most ${MOST_MEMBERS} members.`, 'personId');
    const member = em.create(CabMemberEntity, { id: newId(), personId, speaksFor: requiredText(input.speaksFor, 'speaksFor'), since: await now(), until: null });
    emit({ type: 'cabMember.appointed', subjectKind: 'cab-member', subjectId: member.id, occurredAt: await now(), after: { personId, name: person.name, speaksFor: member.speaksFor } });
    return member.id;
  });
}

/** Takes a member off the standing list; seats of meetings that are called already stay. */
export async function removeCabMember(database: Database, actor: Actor, input: { readonly id: string }): Promise<string> {
  requirePermission(actor, 'change.approve');
  return database.change(actor, async ({ em, emit, now }) => {
    const member = await em.findOne(CabMemberEntity, { id: input.id });
    if (!member) throw new Refusal('NOT_FOUND', `There is no member "${input.id}".`, 'id');
    if (member.until !== null) throw new Refusal('ALREADY_DONE', 'That member has been taken off the list already.', 'id');
    member.until = await now();
    emit({ type: 'cabMember.removed', subjectKind: 'cab-member', subjectId: member.id, occurredAt: await now(), before: { personId: member.personId, speaksFor: member.speaksFor } });
    return member.id;
  });
}
