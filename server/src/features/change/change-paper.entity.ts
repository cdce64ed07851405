import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { CiEntity } from '../cmdb/cmdb.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import { APPROVAL_STEPS, ASSESSMENT_PHASES, ASSESSMENT_SECTIONS, DECISION_KINDS } from './change-states.rules.ts';

/** Change plan 变更方案 (CHG-16) with the plans of CHG-03. Empty text: not written yet. */
export const ChangePlanEntity = defineEntity({
  name: 'ChangePlan',
  tableName: 'change_plan',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    planType: p.text().default(''),
    background: p.text().default(''),
    presentEnvironment: p.text().default(''),
    dataBackup: p.text().default(''),
    steps: p.text().default(''),
    schedule: p.text().default(''),
    riskAndRollback: p.text().default(''),
    testSteps: p.text().default(''),
    implementationPlan: p.text().default(''),
    testPlan: p.text().default(''),
    rollbackPlan: p.text().default(''),
    servicePlan: p.text().default(''),
    editedBy: p.text().strictNullable(),
    editedAt: instant().strictNullable(),
  },
});
export type ChangePlan = InferEntity<typeof ChangePlanEntity>;

/** A section of the impact assessment, before and again after (CHG-17). */
export const ChangeAssessmentEntity = defineEntity({
  name: 'ChangeAssessment',
  tableName: 'change_assessment',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    phase: p.enum(ASSESSMENT_PHASES),
    section: p.enum(ASSESSMENT_SECTIONS),
    text: p.text(),
    recordedAt: instant(),
    author: p.text(),
  },
  uniques: [{ properties: ['ticketId', 'phase', 'section'] }],
});
export type ChangeAssessment = InferEntity<typeof ChangeAssessmentEntity>;

/** What the owner of a CI that is reached was asked, and said (CHG-17). */
export const ChangeStatementEntity = defineEntity({
  name: 'ChangeStatement',
  tableName: 'change_statement',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id'),
    ciId: reference(CiEntity, 'ci_id').index(),
    /** As the CMDB names the owner; null: the CI has none, whoever answers for it is asked. */
    ownerName: p.text().strictNullable(),
    requestedAt: instant(),
    requestedBy: p.text(),
    agrees: p.boolean().strictNullable(),
    text: p.text().strictNullable(),
    statedAt: instant().strictNullable(),
    statedBy: p.text().strictNullable(),
  },
  uniques: [{ properties: ['ticketId', 'ciId'] }],
});
export type ChangeStatement = InferEntity<typeof ChangeStatementEntity>;

/** Somebody's yes or no to a change, in one round of approval. Never edited. */
export const ChangeApprovalEntity = defineEntity({
  name: 'ChangeApproval',
  tableName: 'change_approval',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    round: p.integer(),
    step: p.enum(APPROVAL_STEPS),
    decision: p.enum(['approved', 'rejected']),
    /** How it was given: here in the system, in a CAB meeting, by signature or mail (CHG-10), by word of mouth (CHG-06). */
    given: p.enum(['system', 'meeting', 'signature', 'mail', 'oral']),
    personId: reference(PersonEntity, 'person_id').strictNullable(),
    personName: p.text(),
    /** The signed paper or the mail, a file of this change. */
    attachmentId: p.uuid().strictNullable(),
    note: p.text().strictNullable(),
    givenAt: instant(),
    recordedAt: instant(),
    recordedBy: p.text(),
  },
});
export type ChangeApproval = InferEntity<typeof ChangeApprovalEntity>;

/** An exception from a rule that somebody decided and stands for (FRZ-01, REL-09, CHG-03). Never edited. */
export const ChangeDecisionEntity = defineEntity({
  name: 'ChangeDecision',
  tableName: 'change_decision',
  properties: {
    id: id(),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    kind: p.enum(DECISION_KINDS),
    /** What it is about, e.g. the freeze, the plan's field or the attempt; null: the change as a whole. */
    subject: p.text().strictNullable(),
    reason: p.text(),
    decidedAt: instant(),
    decidedBy: p.text(),
    deciderId: reference(PersonEntity, 'decider_id').strictNullable(),
  },
});
export type ChangeDecision = InferEntity<typeof ChangeDecisionEntity>;
