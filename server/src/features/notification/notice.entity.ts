import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { NOTICE_KINDS, type NoticeFacts } from './notice.rules.ts';

/**
 * One thing that one person is told (WBD-13). What goes out by other ways than the screen refers to this row.
 * `firstSeq` to `lastSeq` are the events that it counts: an event that is handed over again adds nothing.
 */
export const NoticeEntity = defineEntity({
  name: 'Notice',
  tableName: 'notice',
  properties: {
    id: id(),
    personId: reference(PersonEntity, 'person_id'),
    kind: p.enum(NOTICE_KINDS),
    /** A kind of ticket, or shift-handover. */
    recordKind: p.text(),
    recordId: p.uuid(),
    ticketId: reference(TicketEntity, 'ticket_id').strictNullable().index(),
    facts: p.json<NoticeFacts>(),
    count: p.integer(),
    firstAt: instant(),
    lastAt: instant().index(),
    firstSeq: p.bigint('number'),
    lastSeq: p.bigint('number'),
    readAt: instant().strictNullable(),
  },
  indexes: [{ properties: ['personId', 'lastAt', 'id'] }, { properties: ['personId', 'recordId', 'kind', 'lastSeq'] }, { name: 'notice_unread_index', properties: ['personId'], where: 'read_at is null' }],
});
export type Notice = InferEntity<typeof NoticeEntity>;

/** A kind of notice that a person does not want to see. */
export const NoticePreferenceEntity = defineEntity({
  name: 'NoticePreference',
  tableName: 'notice_preference',
  properties: { personId: reference(PersonEntity, 'person_id').primary(), kind: p.enum(NOTICE_KINDS).primary(), inApp: p.boolean() },
});
export type NoticePreference = InferEntity<typeof NoticePreferenceEntity>;

/** Every table of this feature. */
export const NOTICE_ENTITIES: readonly object[] = [NoticeEntity, NoticePreferenceEntity];
