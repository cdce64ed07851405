import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { DEBT_ITEMS } from './change-states.rules.ts';

/** A step that somebody is to do in the window: planned and actual times (CHG-07). */
export const ChangeTaskEntity = defineEntity({
  name: 'ChangeTask',
  tableName: 'change_task',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    seq: p.integer(),
    title: p.text(),
    implementerId: reference(PersonEntity, 'implementer_id').index(),
    plannedStartAt: instant(),
    plannedEndAt: instant(),
    /** When it was sent to its implementer; must be before the window. */
    sentAt: instant().strictNullable(),
    startedAt: instant().strictNullable(),
    endedAt: instant().strictNullable(),
    done: p.boolean().strictNullable(),
    remark: p.text().strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'seq'] }],
});
export type ChangeTask = InferEntity<typeof ChangeTaskEntity>;

/** One try at carrying the change out; a failed one with its rollback and how that was verified (CHG-08). */
export const ChangeAttemptEntity = defineEntity({
  name: 'ChangeAttempt',
  tableName: 'change_attempt',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    number: p.integer(),
    startedAt: instant(),
    startedBy: p.text(),
    endedAt: instant().strictNullable(),
    result: p.enum(['succeeded', 'failed']).strictNullable(),
    remark: p.text().strictNullable(),
    rolledBackAt: instant().strictNullable(),
    rollbackRemark: p.text().strictNullable(),
    /** The tests that showed that the rollback worked. */
    verification: p.text().strictNullable(),
    verifiedAt: instant().strictNullable(),
    verifiedBy: p.text().strictNullable(),
    /** What followed a verified rollback. */
    followedBy: p.enum(['retry', 'new-change', 'terminate']).strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'number'] }],
});
export type ChangeAttempt = InferEntity<typeof ChangeAttemptEntity>;

/** An outage that the change caused: which key system, for how long (CHG-09). */
export const ChangeOutageEntity = defineEntity({
  name: 'ChangeOutage',
  tableName: 'change_outage',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    system: p.text(),
    ciId: reference(CiEntity, 'ci_id').strictNullable(),
    keySystem: p.boolean(),
    minutes: p.integer(),
    remark: p.text().strictNullable(),
    recordedAt: instant(),
    recordedBy: p.text(),
  },
});
export type ChangeOutage = InferEntity<typeof ChangeOutageEntity>;

/** A step that an emergency left out and still owes (CHG-06, D-44). Paid when the thing itself is there. */
export const ChangeDebtEntity = defineEntity({
  name: 'ChangeDebt',
  tableName: 'change_debt',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    item: p.enum(DEBT_ITEMS),
    incurredAt: instant(),
    paidAt: instant().strictNullable(),
    paidBy: p.text().strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'item'] }],
});
export type ChangeDebt = InferEntity<typeof ChangeDebtEntity>;

/** What became of a CI in the CMDB: altered through this change, or looked at and left as it was (CHG-12). */
export const ChangeCiResultEntity = defineEntity({
  name: 'ChangeCiResult',
  tableName: 'change_ci_result',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    ciId: reference(CiEntity, 'ci_id').index(),
    result: p.enum(['altered', 'unchanged']),
    remark: p.text().strictNullable(),
    recordedAt: instant(),
    recordedBy: p.text(),
  },
  uniques: [{ properties: ['ticketId', 'ciId'] }],
});
export type ChangeCiResult = InferEntity<typeof ChangeCiResultEntity>;
