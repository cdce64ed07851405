import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { LINK_KINDS, TICKET_KINDS } from './ticket.rules.ts';

/** What all work records share, and the row that every command locks first. */
export const TicketEntity = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: id(),
    kind: p.enum(TICKET_KINDS),
    number: p.text().unique(),
    title: p.text(),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    /** The holding team: of a waiting handoff, the receiver's leg has begun but the sender still answers for it. */
    teamId: reference(TeamEntity, 'team_id').strictNullable(),
    holderId: reference(PersonEntity, 'holder_id').strictNullable(),
    openedAt: instant(),
    closedAt: instant().strictNullable(),
    /** Instant of the record's latest event: no command may be dated before it without INC-19 (D-19). */
    lastEventAt: instant(),
    externalNumber: p.text().strictNullable(),
    externalSource: p.text().strictNullable(),
    /** Modifications of the source already taken over: the idempotency of import and replay (D-27). */
    externalRevision: p.integer().strictNullable(),
    /** Declared a major incident (INC-16): changes on its CIs are in conflict while it is open (CHG-11). */
    major: p.boolean().default(false),
    urgeCount: p.integer().default(0),
    lastUrgedAt: instant().strictNullable(),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['teamId', 'closedAt'] }, { properties: ['holderId', 'closedAt'] }, { properties: ['kind', 'closedAt', 'openedAt'] }, { name: 'ticket_open_index', properties: ['id'], where: 'closed_at is null' },
    { name: 'ticket_external_number_index', properties: ['externalNumber'], where: 'external_number is not null' }],
  uniques: [{ properties: ['externalSource', 'externalNumber'] }],
});
export type Ticket = InferEntity<typeof TicketEntity>;

/**
 * One stretch in which state, team, person and acceptance stayed the same. Spans follow each other without gap,
 * so time per team, person and state always adds up to the ticket's total (SLA-04, HND-06). Half-open.
 */
export const TicketSpanEntity = defineEntity({
  name: 'TicketSpan',
  tableName: 'ticket_span',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    seq: p.integer(),
    fromAt: instant(),
    toAt: instant().strictNullable(),
    state: p.text(),
    teamId: reference(TeamEntity, 'team_id').strictNullable(),
    holderId: reference(PersonEntity, 'holder_id').strictNullable(),
    accepted: p.boolean(),
  },
  uniques: [{ properties: ['ticketId', 'seq'] }],
});
export type TicketSpan = InferEntity<typeof TicketSpanEntity>;

/** Work log 工作日志 (INC-06). Never edited; a late entry keeps both times and its reason (INC-19). */
export const WorkLogEntryEntity = defineEntity({
  name: 'WorkLogEntry',
  tableName: 'work_log_entry',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    kind: p.enum(['note', 'call', 'mail', 'visit', 'arrival', 'progress-report', 'first-contact', 'customer-reply', 'solution', 'urge', 'answer']),
    text: p.text(),
    customerVisible: p.boolean(),
    occurredAt: instant(),
    recordedAt: instant(),
    authorId: p.uuid().strictNullable(),
    authorName: p.text(),
    minutes: p.integer().strictNullable(),
    lateReason: p.text().strictNullable(),
  },
  indexes: [{ properties: ['ticketId', 'occurredAt'] }],
});
export type WorkLogEntry = InferEntity<typeof WorkLogEntryEntity>;

export const AttachmentEntity = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    name: p.text(),
    mediaType: p.text(),
    size: p.integer(),
    sha256: p.text(),
    /** Which of the papers that a process demands it is, e.g. change-plan 变更方案 (CHG-10); null: just a file. */
    paper: p.text().strictNullable(),
    /** Meant for the customer's eyes too; what they attach themselves always is (ORG-03). */
    customerVisible: p.boolean().default(false),
    content: p.blob().lazy(),
    recordedAt: instant(),
    authorName: p.text(),
  },
});
export type Attachment = InferEntity<typeof AttachmentEntity>;

/** A directed link between two work records; what each kind says stands at {@link LINK_KINDS}. */
export const TicketLinkEntity = defineEntity({
  name: 'TicketLink',
  tableName: 'ticket_link',
  properties: {
    id: id(),
    fromId: reference(TicketEntity, 'from_id'),
    toId: reference(TicketEntity, 'to_id').index(),
    kind: p.enum(LINK_KINDS),
    createdAt: instant(),
    createdBy: p.text(),
  },
  uniques: [{ properties: ['fromId', 'toId', 'kind'] }],
});
export type TicketLink = InferEntity<typeof TicketLinkEntity>;

/** A CI that a ticket concerns; `cause` once the fault is traced to it (INC-13). */
export const TicketCiEntity = defineEntity({
  name: 'TicketCi',
  tableName: 'ticket_ci',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    ciId: reference(CiEntity, 'ci_id').index(),
    cause: p.boolean(),
  },
  uniques: [{ properties: ['ticketId', 'ciId'] }],
});
export type TicketCi = InferEntity<typeof TicketCiEntity>;

/** Who follows a record 关注 (INC-21): a person of the staff or of the customer, by their own wish. */
export const TicketFollowerEntity = defineEntity({
  name: 'TicketFollower',
  tableName: 'ticket_follower',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    personId: reference(PersonEntity, 'person_id').primary().index(),
    followedAt: instant(),
  },
});
export type TicketFollower = InferEntity<typeof TicketFollowerEntity>;
