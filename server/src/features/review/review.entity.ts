import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { REVIEW_DECISIONS, REVIEW_LISTS, type ReviewFigures } from './review.rules.ts';

/** The incident review of a month 事件评审会 (INC-25). Frozen once it was held. */
export const ReviewMeetingEntity = defineEntity({
  name: 'ReviewMeeting',
  tableName: 'review_meeting',
  properties: {
    id: id(),
    /** YYYY-MM of the organisation's calendar (D-12). */
    month: p.text().unique(),
    state: p.enum(['preparing', 'held']),
    fromAt: instant(),
    toAt: instant(),
    figures: p.json<ReviewFigures>(),
    preparedAt: instant(),
    preparedBy: p.text(),
    heldAt: instant().strictNullable(),
    heldBy: p.text().strictNullable(),
    attendees: p.json<string[]>(),
    minutes: p.text().strictNullable(),
    version: p.integer().default(1),
  },
});
export type ReviewMeeting = InferEntity<typeof ReviewMeetingEntity>;

/** One point of its agenda, and what was decided on it. */
export const ReviewEntryEntity = defineEntity({
  name: 'ReviewEntry',
  tableName: 'review_entry',
  properties: {
    id: id(),
    meetingId: reference(ReviewMeetingEntity, 'meeting_id'),
    list: p.enum(REVIEW_LISTS),
    /** What its incidents have in common; the incident's id where it stands alone. */
    value: p.text(),
    label: p.text(),
    customerId: reference(CustomerEntity, 'customer_id'),
    incidentIds: p.json<string[]>(),
    decision: p.enum(REVIEW_DECISIONS).strictNullable(),
    reason: p.text().strictNullable(),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    /** The problem or change that carries the decision out. */
    resultId: reference(TicketEntity, 'result_id').strictNullable(),
  },
  uniques: [{ properties: ['meetingId', 'list', 'customerId', 'value'] }],
});
export type ReviewEntry = InferEntity<typeof ReviewEntryEntity>;

/** Every table of this feature. */
export const REVIEW_ENTITIES: readonly object[] = [ReviewMeetingEntity, ReviewEntryEntity];
