import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { ChangeApprovalEntity, ChangeAssessmentEntity, ChangeDecisionEntity, ChangePlanEntity, ChangeStatementEntity } from './change-paper.entity.ts';
import { PLANNING_ENTITIES } from './change-planning.entity.ts';
import { CHANGE_CATEGORIES, CHANGE_OUTCOMES, CHANGE_SOURCES, CHANGE_STATES } from './change-states.rules.ts';
import { ChangeAttemptEntity, ChangeCiResultEntity, ChangeDebtEntity, ChangeOutageEntity, ChangeTaskEntity } from './change-work.entity.ts';

/** What the CMDB says the change reaches, as it stood when it was computed (CHG-02). */
export interface ChangeImpact {
  readonly computedAt: number;
  readonly nodes: readonly { readonly ciId: string; readonly depth: number; readonly path: readonly string[] }[];
  /** The walk was stopped by a limit: there may be more. */
  readonly cutOff: boolean;
}

/** A change (CHG). Title, customer, team and version are its ticket's; its CIs are rows of `ticket_ci`. */
export const ChangeEntity = defineEntity({
  name: 'Change',
  tableName: 'change',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    state: p.enum(CHANGE_STATES),
    category: p.enum(CHANGE_CATEGORIES),
    type: p.text(),
    risk: p.text(),
    priority: p.text(),
    source: p.enum(CHANGE_SOURCES),
    /** The title without the category that is put before it (CHG-10). */
    subject: p.text(),
    description: p.text(),
    expectedResult: p.text().strictNullable(),
    businessSystems: p.json<string[]>(),
    departments: p.json<string[]>(),
    impact: p.json<ChangeImpact>().strictNullable(),
    /** CHG-01: the third party that asked for it, or whoever of the customer's did. */
    askedBy: p.text().strictNullable(),
    requesterId: reference(PersonEntity, 'requester_id').strictNullable(),
    requesterName: p.text(),
    ownerId: reference(PersonEntity, 'owner_id').strictNullable(),
    implementerId: reference(PersonEntity, 'implementer_id').strictNullable(),
    /** The item of the customer's pre-authorised list that it follows. */
    preAuthorisedId: p.uuid().strictNullable(),
    /** REL-09: it alters software, so a release must carry it. */
    software: p.boolean().default(false),
    /** INC-14: done first, written down afterwards. */
    recordedAfterwards: p.boolean().default(false),
    submittedAt: instant().strictNullable(),
    responseDueAt: instant().strictNullable(),
    responseWarnedAt: instant().strictNullable(),
    responseMissedAt: instant().strictNullable(),
    respondedAt: instant().strictNullable(),
    response: p.enum(['accepted', 'refused']).strictNullable(),
    responseReason: p.text().strictNullable(),
    /** Counts the times that approval was asked for; an approval counts in its own round only. */
    approvalRound: p.integer().default(0),
    approvedAt: instant().strictNullable(),
    windowStartAt: instant().strictNullable(),
    windowEndAt: instant().strictNullable(),
    implementationDueAt: instant().strictNullable(),
    implementationMissedAt: instant().strictNullable(),
    implementationStartedAt: instant().strictNullable(),
    /** End of the last attempt, its rollback included (D-43). */
    implementationEndedAt: instant().strictNullable(),
    outcome: p.enum(CHANGE_OUTCOMES).strictNullable(),
    expectedResultMet: p.boolean().strictNullable(),
    outageMinutes: p.integer().default(0),
    /** CHG-20. */
    reviewedAt: instant().strictNullable(),
    reviewText: p.text().strictNullable(),
    stability: p.text().strictNullable(),
    businessSatisfaction: p.smallint().strictNullable(),
    businessRemark: p.text().strictNullable(),
    debtDueAt: instant().strictNullable(),
    debtMissedAt: instant().strictNullable(),
    debtPaidAt: instant().strictNullable(),
    endReason: p.text().strictNullable(),
  },
  indexes: [
    { properties: ['state', 'category'] }, { properties: ['windowStartAt', 'windowEndAt'] }, { properties: ['respondedAt'] }, { properties: ['submittedAt'] },
    { name: 'change_open_index', properties: ['ticketId'], include: ['state', 'category', 'windowStartAt'], where: `state <> 'closed'` },
  ],
});
export type ChangeRow = InferEntity<typeof ChangeEntity>;

/** The list of changes that a customer agreed to beforehand: they go straight to execution (CHG table, general). */
export const PreAuthorisedChangeEntity = defineEntity({
  name: 'PreAuthorisedChange',
  tableName: 'pre_authorised_change',
  properties: {
    id: id(),
    customerId: reference(CustomerEntity, 'customer_id').index(),
    title: p.text(),
    /** The service plan that stands in for the full plans (CHG-03). */
    servicePlan: p.text(),
    /** Who agreed on the customer's side, and when. */
    agreedBy: p.text(),
    agreedAt: instant(),
    endsAt: instant().strictNullable(),
    createdBy: p.text(),
    createdAt: instant(),
    version: p.integer().default(1),
  },
});
export type PreAuthorisedChange = InferEntity<typeof PreAuthorisedChangeEntity>;

/** Every table of this feature. */
export const CHANGE_ENTITIES: readonly object[] = [
  ChangeEntity, ChangePlanEntity, ChangeAssessmentEntity, ChangeStatementEntity, ChangeApprovalEntity, ChangeDecisionEntity,
  ChangeTaskEntity, ChangeAttemptEntity, ChangeOutageEntity, ChangeDebtEntity, ChangeCiResultEntity, PreAuthorisedChangeEntity,
  ...PLANNING_ENTITIES,
];
