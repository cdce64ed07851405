import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireUnused } from '../../kernel/use.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { RosterShiftEntity, TeamEntity, TeamMemberEntity, type RosterShift, type Team, type TeamMember } from './team.entity.ts';
import { usesOfTeam } from './team.queries.ts';

export interface NewTeam {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  /** 1 first, 2 second, 3 third or vendor (ORG-02). */
  readonly line: number;
  readonly purpose?: Team['purpose'] | null;
  readonly leadId?: string | null;
}

/** Needs `team.edit`. */
export async function createTeam(database: Database, actor: Actor, input: NewTeam): Promise<Team> {
  requirePermission(actor, 'team.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const key = requiredText(input.key, 'key', 50);
    if (await em.findOne(TeamEntity, { key })) throw new Refusal('NOT_UNIQUE', `There is already a team with the key "${key}".`, 'key');
    await requirePerson(em, input.leadId ?? null, 'leadId');
    const team = em.create(TeamEntity, {
      id: newId(), key, name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), line: checkedLine(input.line),
      purpose: input.purpose ?? 'other', leadId: input.leadId ?? null, active: true, version: 1,
    });
    emit({ type: 'team.created', subjectKind: 'team', subjectId: team.id, teamIds: [team.id], occurredAt: await now(), after: shown(team) });
    return team;
  });
}

export interface TeamEdit extends Partial<Omit<NewTeam, 'key'>> {
  readonly id: string;
  readonly expectedVersion: number;
  readonly active?: boolean | null;
}

/** Changes what is given, leaves the rest. Needs `team.edit`. */
export async function updateTeam(database: Database, actor: Actor, input: TeamEdit): Promise<Team> {
  return database.change(actor, async ({ em, emit, now }) => {
    const team = await lockTeam(em, actor, input.id);
    requireVersion(team, input.expectedVersion, 'team');
    const before = shown(team);
    if (input.active === false && team.active) {
      requireUnused(team.name, await usesOfTeam(em, actor, { id: team.id, now: await now() }), 'hand these to another team first');
    }
    await requirePerson(em, input.leadId ?? null, 'leadId');
    team.name = input.name ? requiredText(input.name, 'name') : team.name;
    team.nameZh = input.nameZh ? requiredText(input.nameZh, 'nameZh') : team.nameZh;
    team.line = input.line === undefined ? team.line : checkedLine(input.line);
    team.purpose = input.purpose ?? team.purpose;
    team.leadId = input.leadId === undefined ? team.leadId : input.leadId;
    team.active = input.active ?? team.active;
    team.version += 1;
    emit({ type: 'team.edited', subjectKind: 'team', subjectId: team.id, teamIds: [team.id], occurredAt: await now(), before, after: shown(team) });
    return team;
  });
}

export interface Membership {
  readonly teamId: string;
  readonly personId: string;
}

/** Takes a person into a team. Needs `team.edit`. */
export async function addTeamMember(database: Database, actor: Actor, { teamId, personId }: Membership): Promise<TeamMember> {
  return database.change(actor, async ({ em, emit, now }) => {
    const team = await lockTeam(em, actor, teamId);
    await requirePerson(em, personId, 'personId');
    if (await em.findOne(TeamMemberEntity, { teamId, personId })) throw new Refusal('ALREADY_DONE', `That person is already in ${team.name}.`, 'personId');
    const member = em.create(TeamMemberEntity, { id: newId(), teamId, personId });
    emit({ type: 'team.memberAdded', subjectKind: 'team', subjectId: teamId, teamIds: [teamId], occurredAt: await now(), after: { personId } });
    return member;
  });
}

/** Needs `team.edit`. */
export async function removeTeamMember(database: Database, actor: Actor, { teamId, personId }: Membership): Promise<Team> {
  return database.change(actor, async ({ em, emit, now }) => {
    const team = await lockTeam(em, actor, teamId);
    const member = await em.findOne(TeamMemberEntity, { teamId, personId });
    if (!member) throw new Refusal('NOT_FOUND', `That person is not in ${team.name}.`, 'personId');
    em.remove(member);
    emit({ type: 'team.memberRemoved', subjectKind: 'team', subjectId: teamId, teamIds: [teamId], occurredAt: await now(), before: { personId } });
    return team;
  });
}

export interface NewShift extends Membership {
  readonly startsAt: Instant;
  /** The first instant at which somebody else is on call. */
  readonly endsAt: Instant;
  /** 值班长 */
  readonly leader?: boolean | null;
}

/** Writes a shift into the roster 值班表 (ORG-02). Needs `roster.edit` for the team. */
export async function addShift(database: Database, actor: Actor, input: NewShift): Promise<RosterShift> {
  requirePermission(actor, 'roster.edit', { teamId: input.teamId });
  const { teamId, personId, startsAt, endsAt } = input;
  if (endsAt <= startsAt || endsAt - startsAt > 31 * DAY) {
    throw new Refusal('OUT_OF_RANGE', `A shift ends after it starts and within 31 days, got ${toIso(startsAt)} to ${toIso(endsAt)}.`, 'endsAt');
  }
  return database.change(actor, async ({ em, emit, now }) => {
    if (!(await em.findOne(TeamEntity, { id: teamId }, { lockMode: LockMode.PESSIMISTIC_WRITE }))) throw noTeam(teamId);
    if (!(await em.findOne(TeamMemberEntity, { teamId, personId }))) throw new Refusal('INVALID_INPUT', 'Only a member of the team can be on its roster.', 'personId');
    const overlap = await em.findOne(RosterShiftEntity, { teamId, personId, startsAt: { $lt: endsAt }, endsAt: { $gt: startsAt } });
    if (overlap) {
      throw new Refusal('NOT_UNIQUE', `That person already has a shift from ${toIso(overlap.startsAt)} to ${toIso(overlap.endsAt)}.`, 'startsAt');
    }
    const shift = em.create(RosterShiftEntity, { id: newId(), teamId, personId, startsAt, endsAt, leader: input.leader ?? false });
    emit({ type: 'roster.shiftAdded', subjectKind: 'team', subjectId: teamId, teamIds: [teamId], occurredAt: await now(), after: shiftShown(shift) });
    return shift;
  });
}

/** Needs `roster.edit` for the team. */
export async function removeShift(database: Database, actor: Actor, shiftId: string): Promise<RosterShift> {
  requirePermission(actor, 'roster.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const shift = await em.findOne(RosterShiftEntity, { id: shiftId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!shift) throw new Refusal('NOT_FOUND', `There is no shift "${shiftId}".`, 'id');
    requirePermission(actor, 'roster.edit', { teamId: shift.teamId });
    em.remove(shift);
    emit({ type: 'roster.shiftRemoved', subjectKind: 'team', subjectId: shift.teamId, teamIds: [shift.teamId], occurredAt: await now(), before: shiftShown(shift) });
    return shift;
  });
}

async function lockTeam(em: Em, actor: Actor, teamId: string): Promise<Team> {
  requirePermission(actor, 'team.edit', { teamId });
  const team = await em.findOne(TeamEntity, { id: teamId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!team) throw noTeam(teamId);
  return team;
}

async function requirePerson(em: Em, personId: string | null, field: string): Promise<void> {
  if (personId === null) return;
  const person = await em.findOne(PersonEntity, { id: personId });
  if (!person) throw new Refusal('NOT_FOUND', `There is no person "${personId}".`, field);
  if (person.customerId !== null) throw new Refusal('INVALID_INPUT', `${person.name} belongs to a customer and cannot be in a team.`, field);
}

function checkedLine(line: number | null | undefined): number {
  if (line === 1 || line === 2 || line === 3) return line;
  throw new Refusal('OUT_OF_RANGE', `"line" must be 1 (first), 2 (second) or 3 (third / vendor), got ${line}.`, 'line');
}

function noTeam(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no team "${id}".`, 'teamId');
}

function shown({ key, name, nameZh, line, purpose, leadId, active }: Team) {
  return { key, name, nameZh, line, purpose, leadId, active };
}

function shiftShown({ id, personId, startsAt, endsAt, leader }: RosterShift) {
  return { shiftId: id, personId, startsAt: toIso(startsAt), endsAt: toIso(endsAt), leader };
}
