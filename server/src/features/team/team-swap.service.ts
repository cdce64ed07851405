import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { RosterShiftEntity, TeamMemberEntity, type RosterShift } from './team.entity.ts';

export interface ShiftSwap {
  readonly id: string;
  /** Who does the shift instead. */
  readonly personId: string;
  readonly reason: string;
}

/** 换班: another member does the shift; who did it before, who does it now and why stays on record (ORG-02). Needs `roster.edit` for the team. */
export async function swapShift(database: Database, actor: Actor, { id, personId, reason }: ShiftSwap): Promise<RosterShift> {
  requirePermission(actor, 'roster.edit');
  return database.change(actor, async ({ em, emit, now }) => {
    const shift = await em.findOne(RosterShiftEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!shift) throw new Refusal('NOT_FOUND', `There is no shift "${id}".`, 'id');
    const { teamId, startsAt, endsAt } = shift;
    requirePermission(actor, 'roster.edit', { teamId });
    if (shift.personId === personId) throw new Refusal('ALREADY_DONE', 'That person has this shift already.', 'personId');
    if (!(await em.findOne(TeamMemberEntity, { teamId, personId }))) throw new Refusal('INVALID_INPUT', 'Only a member of the team can be on its roster.', 'personId');
    const overlap = await em.findOne(RosterShiftEntity, { teamId, personId, startsAt: { $lt: endsAt }, endsAt: { $gt: startsAt } });
    if (overlap) throw new Refusal('NOT_UNIQUE', `That person already has a shift from ${toIso(overlap.startsAt)} to ${toIso(overlap.endsAt)}.`, 'personId');
    const before = shift.personId;
    shift.personId = personId;
    emit({
      type: 'roster.shiftSwapped', subjectKind: 'team', subjectId: teamId, teamIds: [teamId], occurredAt: await now(), reason: requiredText(reason, 'reason', 500),
      before: { shiftId: id, personId: before }, after: { shiftId: id, personId, startsAt: toIso(startsAt), endsAt: toIso(endsAt), leader: shift.leader },
    });
    return shift;
  });
}
