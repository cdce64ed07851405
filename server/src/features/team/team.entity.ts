import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';

/** A team of one line: first, second, third / vendor (ORG-02). */
export const TeamEntity = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: {
    id: id(),
    key: p.text().unique(),
    name: p.text(),
    nameZh: p.text(),
    line: p.smallint(),
    /** What the team does for intake (INC-05): desk, engineers, senior-engineers, technical-managers, duty (7×24). */
    purpose: p.enum(['desk', 'engineers', 'senior-engineers', 'technical-managers', 'duty', 'other']).default('other'),
    leadId: reference(PersonEntity, 'lead_id').strictNullable(),
    active: p.boolean().default(true),
    version: p.integer().default(1),
  },
});
export type Team = InferEntity<typeof TeamEntity>;

export const TeamMemberEntity = defineEntity({
  name: 'TeamMember',
  tableName: 'team_member',
  properties: {
    id: id(),
    teamId: reference(TeamEntity, 'team_id'),
    personId: reference(PersonEntity, 'person_id').index(),
  },
  uniques: [{ properties: ['teamId', 'personId'] }],
});
export type TeamMember = InferEntity<typeof TeamMemberEntity>;

/** One shift of the on-call roster 值班表, half-open [startsAt, endsAt). */
export const RosterShiftEntity = defineEntity({
  name: 'RosterShift',
  tableName: 'roster_shift',
  properties: {
    id: id(),
    teamId: reference(TeamEntity, 'team_id'),
    personId: reference(PersonEntity, 'person_id'),
    startsAt: instant(),
    endsAt: instant(),
    leader: p.boolean().default(false),
  },
  indexes: [{ properties: ['teamId', 'endsAt'] }],
});
export type RosterShift = InferEntity<typeof RosterShiftEntity>;
