import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { SHIFT_HANDOVER_SECTIONS, SHIFT_HANDOVER_STATES } from './shift-handover.rules.ts';

/** What one shift leader hands over to the next 值班交接 (ORG-06). Frozen with its digest once it is signed. */
export const ShiftHandoverEntity = defineEntity({
  name: 'ShiftHandover',
  tableName: 'shift_handover',
  properties: {
    id: id(),
    teamId: reference(TeamEntity, 'team_id'),
    /** The shift that ends, half-open. */
    startsAt: instant(),
    endsAt: instant(),
    state: p.enum(SHIFT_HANDOVER_STATES),
    drawnAt: instant(),
    notes: p.text().strictNullable(),
    question: p.text().strictNullable(),
    questionBy: p.text().strictNullable(),
    signedAt: instant().strictNullable(),
    signedById: reference(PersonEntity, 'signed_by_id').strictNullable(),
    signedBy: p.text().strictNullable(),
    takenOverAt: instant().strictNullable(),
    takenOverById: reference(PersonEntity, 'taken_over_by_id').strictNullable(),
    takenOverBy: p.text().strictNullable(),
    /** sha256 of what was signed. */
    sha256: p.text().strictNullable(),
    /** When everybody concerned was told that it is late. */
    overdueAt: instant().strictNullable(),
    version: p.integer().default(1),
  },
  uniques: [{ properties: ['teamId', 'endsAt'] }],
  indexes: [{ name: 'shift_handover_open_index', properties: ['endsAt'], where: `state <> 'taken-over'` }],
});
export type ShiftHandover = InferEntity<typeof ShiftHandoverEntity>;

/** The record as it stood when the line was drawn. */
export interface LineFacts {
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly customer: string;
  readonly level: string | null;
  readonly holder: string | null;
  /** An instant that matters: due, expected end, window's begin. */
  readonly at: number | null;
  readonly detail: string | null;
}

/** One record of it, with what the leader says to it. */
export const ShiftHandoverLineEntity = defineEntity({
  name: 'ShiftHandoverLine',
  tableName: 'shift_handover_line',
  properties: {
    id: id(),
    handoverId: reference(ShiftHandoverEntity, 'handover_id'),
    section: p.enum(SHIFT_HANDOVER_SECTIONS),
    position: p.integer(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    /** The escalation or handoff that it is about; else the ticket. */
    subjectId: p.uuid(),
    facts: p.json<LineFacts>(),
    note: p.text().strictNullable(),
  },
  uniques: [{ properties: ['handoverId', 'section', 'subjectId'] }],
});
export type ShiftHandoverLine = InferEntity<typeof ShiftHandoverLineEntity>;

/** Every table of this feature. */
export const SHIFT_HANDOVER_ENTITIES: readonly object[] = [ShiftHandoverEntity, ShiftHandoverLineEntity];
