import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';

/** A ticket handed from team to team (HND-01). */
export const HandoffEntity = defineEntity({
  name: 'Handoff',
  tableName: 'handoff',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    fromTeamId: reference(TeamEntity, 'from_team_id').strictNullable(),
    toTeamId: reference(TeamEntity, 'to_team_id'),
    fromPersonId: p.uuid().strictNullable(),
    toPersonId: p.uuid().strictNullable(),
    reason: p.text(),
    tried: p.text(),
    requestedAction: p.text(),
    state: p.enum(['waiting', 'accepted', 'rejected', 'recalled']),
    requestedAt: instant(),
    requestedBy: p.text(),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    decisionReason: p.text().strictNullable(),
    /** Reminders sent while it waited (HND-02). */
    ageingStep: p.integer().default(0),
    /** Not a usual pair of the matrix (HND-04). */
    unusual: p.boolean(),
    mark: p.enum(['inferred']).strictNullable(),
  },
  indexes: [{ properties: ['toTeamId', 'state'] }, { properties: ['fromTeamId', 'state'] }],
});
export type Handoff = InferEntity<typeof HandoffEntity>;
