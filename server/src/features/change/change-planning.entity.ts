import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TeamEntity } from '../team/team.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { ChangeDecisionEntity } from './change-paper.entity.ts';
import { FREEZE_ORIGINS } from './change-freeze.rules.ts';
import { CONFLICT_KINDS, type CiHit } from './change-conflict.rules.ts';
import { CAB_DECISIONS, CAB_MEETING_STATES, CAB_VOTES } from './change-cab.rules.ts';
import { NOTICE_AUDIENCES, NOTICE_OCCASIONS } from './change-notice.rules.ts';

/** A span in which changes stand still, half-open [startsAt, endsAt) (FRZ-01). An empty list of a scope means "any". */
export const FreezeWindowEntity = defineEntity({
  name: 'FreezeWindow',
  tableName: 'freeze_window',
  properties: {
    id: id(),
    name: p.text(),
    reason: p.text(),
    origin: p.enum(FREEZE_ORIGINS),
    startsAt: instant(),
    endsAt: instant(),
    customerIds: p.json<string[]>(),
    serviceIds: p.json<string[]>(),
    ciIds: p.json<string[]>(),
    allowedCategories: p.json<string[]>(),
    /** Called off; it stays to be seen, and stops nothing. */
    cancelledAt: instant().strictNullable(),
    createdBy: p.text(),
    createdAt: instant(),
    version: p.integer().default(1),
  },
  indexes: [{ properties: ['endsAt', 'startsAt'] }],
});
export type FreezeWindow = InferEntity<typeof FreezeWindowEntity>;

/** The recorded decision to let one change into one freeze window (FRZ-01), for the planned window that was decided on. */
export const FreezeOverrideEntity = defineEntity({
  name: 'FreezeOverride',
  tableName: 'freeze_override',
  properties: {
    id: id(),
    changeId: reference(TicketEntity, 'change_id'),
    freezeId: reference(FreezeWindowEntity, 'freeze_id').index(),
    /** Who, when and why. */
    decisionId: reference(ChangeDecisionEntity, 'decision_id').index(),
    windowStartAt: instant(),
    windowEndAt: instant(),
  },
  indexes: [{ properties: ['changeId', 'freezeId'] }],
});
export type FreezeOverride = InferEntity<typeof FreezeOverrideEntity>;

/**
 * What stood or stands against a change's planned window (CHG-11). Two changes share one row, kept with the lower id. `key` names the
 * same cause again; cleared ones stay as history.
 */
export const ChangeConflictEntity = defineEntity({
  name: 'ChangeConflict',
  tableName: 'change_conflict',
  properties: {
    id: id(),
    changeId: reference(TicketEntity, 'change_id'),
    kind: p.enum(CONFLICT_KINDS),
    key: p.text(),
    /** The other change, or the major incident. */
    otherId: reference(TicketEntity, 'other_id').strictNullable(),
    freezeId: reference(FreezeWindowEntity, 'freeze_id').strictNullable().index(),
    personId: reference(PersonEntity, 'person_id').strictNullable().index(),
    absence: p.enum(['nobody', 'inactive', 'off-roster']).strictNullable(),
    hits: p.json<CiHit[]>(),
    foundAt: instant(),
    clearedAt: instant().strictNullable(),
  },
  indexes: [{ properties: ['changeId', 'foundAt'] }, { properties: ['otherId', 'clearedAt'] }],
  uniques: [{ name: 'change_conflict_open_unique', properties: ['changeId', 'key'], where: 'cleared_at is null' }],
});
export type ChangeConflictRow = InferEntity<typeof ChangeConflictEntity>;

/** The standing list of the change advisory board (CHG-05). */
export const CabMemberEntity = defineEntity({
  name: 'CabMember',
  tableName: 'cab_member',
  properties: {
    id: id(),
    personId: reference(PersonEntity, 'person_id'),
    /** What the member speaks for, e.g. network. */
    speaksFor: p.text(),
    since: instant(),
    until: instant().strictNullable(),
  },
  uniques: [{ name: 'cab_member_standing_unique', properties: ['personId'], where: 'until is null' }],
});
export type CabMember = InferEntity<typeof CabMemberEntity>;

/** A meeting of the CAB (CHG-05), and the row that every command on it locks first. */
export const CabMeetingEntity = defineEntity({
  name: 'CabMeeting',
  tableName: 'cab_meeting',
  properties: {
    id: id(),
    number: p.text().unique(),
    title: p.text(),
    place: p.text().strictNullable(),
    state: p.enum(CAB_MEETING_STATES),
    startsAt: instant().index(),
    chairId: reference(PersonEntity, 'chair_id'),
    openedAt: instant().strictNullable(),
    closedAt: instant().strictNullable(),
    /** Share of the entitled members who must have voted, as the policy said when the meeting was opened. */
    quorumPercent: p.float().strictNullable(),
    minutes: p.text().strictNullable(),
    cancelReason: p.text().strictNullable(),
    createdBy: p.text(),
    createdAt: instant(),
    version: p.integer().default(1),
  },
});
export type CabMeeting = InferEntity<typeof CabMeetingEntity>;

/** Who was called to a meeting, and whether they came. */
export const CabSeatEntity = defineEntity({
  name: 'CabSeat',
  tableName: 'cab_seat',
  properties: {
    id: id(),
    meetingId: reference(CabMeetingEntity, 'meeting_id'),
    personId: reference(PersonEntity, 'person_id').index(),
    /** Null until the meeting is opened. */
    present: p.boolean().strictNullable(),
  },
  uniques: [{ properties: ['meetingId', 'personId'] }],
});
export type CabSeat = InferEntity<typeof CabSeatEntity>;

/** Papers of a change, sent to the members before the meeting: which, to whom, when. */
export const CabCirculationEntity = defineEntity({
  name: 'CabCirculation',
  tableName: 'cab_circulation',
  properties: {
    id: id(),
    meetingId: reference(CabMeetingEntity, 'meeting_id'),
    changeId: reference(TicketEntity, 'change_id'),
    circulatedAt: instant(),
    circulatedBy: p.text(),
    papers: p.json<{ id: string; name: string; paper: string | null; sha256: string }[]>(),
    members: p.json<{ id: string; name: string }[]>(),
  },
  uniques: [{ properties: ['meetingId', 'changeId'] }],
});
export type CabCirculation = InferEntity<typeof CabCirculationEntity>;

/** A change on the agenda, and what the meeting decided on it. */
export const CabItemEntity = defineEntity({
  name: 'CabItem',
  tableName: 'cab_item',
  properties: {
    id: id(),
    meetingId: reference(CabMeetingEntity, 'meeting_id'),
    changeId: reference(TicketEntity, 'change_id').index(),
    position: p.integer(),
    decision: p.enum(CAB_DECISIONS).strictNullable(),
    note: p.text().strictNullable(),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    version: p.integer().default(1),
  },
  uniques: [{ properties: ['meetingId', 'changeId'] }],
});
export type CabItem = InferEntity<typeof CabItemEntity>;

/** One member's vote on one item; an absent member's was given before the meeting was opened. */
export const CabVoteEntity = defineEntity({
  name: 'CabVote',
  tableName: 'cab_vote',
  properties: {
    id: id(),
    itemId: reference(CabItemEntity, 'item_id'),
    personId: reference(PersonEntity, 'person_id').index(),
    vote: p.enum(CAB_VOTES),
    comment: p.text().strictNullable(),
    beforehand: p.boolean(),
    castAt: instant(),
  },
  uniques: [{ properties: ['itemId', 'personId'] }],
});
export type CabVoteRow = InferEntity<typeof CabVoteEntity>;

/** A notice that was sent about a change (CHG-15). Never edited. */
export const ChangeNoticeEntity = defineEntity({
  name: 'ChangeNotice',
  tableName: 'change_notice',
  properties: {
    id: id(),
    changeId: reference(TicketEntity, 'change_id'),
    occasion: p.enum(NOTICE_OCCASIONS),
    audience: p.enum(NOTICE_AUDIENCES),
    /** Who, where the addressee has an account. */
    personId: reference(PersonEntity, 'person_id').strictNullable().index(),
    teamId: reference(TeamEntity, 'team_id').strictNullable(),
    addressee: p.text(),
    channel: p.enum(['in-app']),
    textZh: p.text(),
    textEn: p.text(),
    sentAt: instant(),
    /** Position in the event log of what it tells of. */
    eventSeq: p.bigint('number'),
  },
  indexes: [{ properties: ['changeId', 'eventSeq'] }],
});
export type ChangeNotice = InferEntity<typeof ChangeNoticeEntity>;

/** Every table of planning; spread into the feature's list. */
export const PLANNING_ENTITIES: readonly object[] = [
  FreezeWindowEntity, FreezeOverrideEntity, ChangeConflictEntity, CabMemberEntity, CabMeetingEntity, CabSeatEntity, CabCirculationEntity, CabItemEntity, CabVoteEntity,
  ChangeNoticeEntity,
];
