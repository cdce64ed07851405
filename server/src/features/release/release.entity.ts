import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { id, instant, reference } from '../../platform/db/columns.ts';
import { PersonEntity } from '../access/access.entity.ts';
import { TicketEntity } from '../ticket/ticket.entity.ts';
import type { GoLivePlan, ReleasePlan } from './release-plan.rules.ts';
import { RELEASE_STATES } from './release-states.rules.ts';

/** A set of new or changed CIs, carried by changes, from plan to report (REL-01). The owner 发布负责人 is the ticket's holder. */
export const ReleaseEntity = defineEntity({
  name: 'Release',
  tableName: 'release',
  properties: {
    ticketId: reference(TicketEntity, 'ticket_id').primary(),
    state: p.enum(RELEASE_STATES),
    version: p.text(),
    /** Month of the yearly plan, "2026-03" (REL-08). */
    plannedMonth: p.text().strictNullable(),
    /** The planned window of the deployment, half-open. */
    windowStartAt: instant().strictNullable(),
    windowEndAt: instant().strictNullable(),
    packageName: p.text().strictNullable(),
    packageSha256: p.text().strictNullable(),
    /** Where the definitive copy lies (REL-01). */
    packageLocation: p.text().strictNullable(),
    /** What was tested and accepted: nothing else deploys (REL-04). */
    acceptedSha256: p.text().strictNullable(),
    acceptedAt: instant().strictNullable(),
    acceptedBy: p.text().strictNullable(),
    plan: p.json<ReleasePlan>(),
    goLivePlan: p.json<GoLivePlan>(),
    /** The go-live plan as the review of content saw it; approved with it if it is not extended (REL-03). */
    reviewedGoLivePlan: p.json<GoLivePlan>().strictNullable(),
    contentApprovedAt: instant().strictNullable(),
    contentApprovedBy: p.text().strictNullable(),
    goLiveApprovedAt: instant().strictNullable(),
    goLiveApprovedBy: p.text().strictNullable(),
    testEnvironment: p.text().strictNullable(),
    trialExpectations: p.text().strictNullable(),
    trialFindings: p.text().strictNullable(),
    notice: p.text().strictNullable(),
    noticeSentAt: instant().strictNullable(),
    training: p.text().strictNullable(),
    /** The carried change that the deployment is done under. */
    deploymentChangeId: reference(TicketEntity, 'deployment_change_id').strictNullable(),
    /** The CMDB baseline that a rollback goes back to (REL-05). */
    baselineId: p.uuid().strictNullable(),
    baselineName: p.text().strictNullable(),
    deploymentStartedAt: instant().strictNullable(),
    deployedAt: instant().strictNullable(),
    deployedSha256: p.text().strictNullable(),
    rolledBackAt: instant().strictNullable(),
    rollbackReason: p.text().strictNullable(),
    rollbackVerification: p.text().strictNullable(),
    rollbackVerifiedAt: instant().strictNullable(),
    businessConfirmedAt: instant().strictNullable(),
    businessConfirmedBy: p.text().strictNullable(),
    businessConfirmation: p.text().strictNullable(),
    papersHandedAt: instant().strictNullable(),
    papersHandedToId: reference(PersonEntity, 'papers_handed_to_id').strictNullable(),
    report: p.text().strictNullable(),
    reportedAt: instant().strictNullable(),
  },
  indexes: [{ properties: ['state'] }, { properties: ['deployedAt'] }, { properties: ['windowStartAt'] }, { properties: ['plannedMonth'] }],
});
export type Release = InferEntity<typeof ReleaseEntity>;

/** A head of department named in the plan, and their word on the content (REL-12). */
export const ReleaseReviewEntity = defineEntity({
  name: 'ReleaseReview',
  tableName: 'release_review',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id'),
    personId: reference(PersonEntity, 'person_id'),
    personName: p.text(),
    department: p.text(),
    verdict: p.enum(['agreed', 'objected']).strictNullable(),
    note: p.text().strictNullable(),
    decidedAt: instant().strictNullable(),
  },
  uniques: [{ properties: ['releaseId', 'personId'] }],
});
export type ReleaseReview = InferEntity<typeof ReleaseReviewEntity>;

/** One case of the test report (REL-03). It counts for the package that it was run on. */
export const ReleaseTestEntity = defineEntity({
  name: 'ReleaseTest',
  tableName: 'release_test',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id').index(),
    name: p.text(),
    expected: p.text(),
    actual: p.text(),
    passed: p.boolean(),
    packageSha256: p.text(),
    testedAt: instant(),
    testedBy: p.text(),
  },
});
export type ReleaseTest = InferEntity<typeof ReleaseTestEntity>;

/** An item of the checklist before deployment, or an observation of the watch after it (REL-10). */
export const ReleaseCheckEntity = defineEntity({
  name: 'ReleaseCheck',
  tableName: 'release_check',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id').index(),
    phase: p.enum(['before', 'watch']),
    /** Item of the checklist, or name of the business system that was watched. */
    subject: p.text(),
    ok: p.boolean(),
    note: p.text().strictNullable(),
    at: instant(),
    byName: p.text(),
  },
});
export type ReleaseCheck = InferEntity<typeof ReleaseCheckEntity>;

/** A recorded decision: a stage skipped, a requirement waived, a freeze overridden (REL-03, FRZ-01). */
export const ReleaseDecisionEntity = defineEntity({
  name: 'ReleaseDecision',
  tableName: 'release_decision',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id').index(),
    kind: p.enum(['skip', 'waive', 'freeze-override']),
    /** The stage, the requirement, or the name of the freeze. */
    subject: p.text(),
    /** Of an override: which freeze, and the planned window that was decided on. */
    freezeId: p.uuid().strictNullable(),
    windowStartAt: instant().strictNullable(),
    windowEndAt: instant().strictNullable(),
    reason: p.text(),
    decidedAt: instant(),
    decidedBy: p.text(),
  },
});
export type ReleaseDecision = InferEntity<typeof ReleaseDecisionEntity>;

/** How an incident came to be suspected (REL-06). */
export interface CauseEvidence {
  /** The CI that the incident hit. */
  readonly ciId: string;
  readonly ciName: string;
  /** The CI of the release that it is or rests on. */
  readonly releaseCiId: string;
  readonly releaseCiName: string;
  /** Names of the CIs from the one to the other, both included. */
  readonly path: readonly string[];
  readonly hoursAfterDeployment: number;
  readonly watchDays: number;
}

/** An incident or problem that a release is suspected or known to have caused. A rejected pair stays, so that it is never suggested again. */
export const ReleaseCauseEntity = defineEntity({
  name: 'ReleaseCause',
  tableName: 'release_cause',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id'),
    ticketId: reference(TicketEntity, 'ticket_id').index(),
    state: p.enum(['suggested', 'confirmed', 'rejected']),
    /** Null when a person linked it. */
    evidence: p.json<CauseEvidence>().strictNullable(),
    suggestedAt: instant().strictNullable(),
    decidedAt: instant().strictNullable(),
    decidedBy: p.text().strictNullable(),
    reason: p.text().strictNullable(),
  },
  uniques: [{ properties: ['releaseId', 'ticketId'] }],
});
export type ReleaseCause = InferEntity<typeof ReleaseCauseEntity>;

/** An upgrade feedback form 升级反馈表 (REL-07). */
export const UpgradeFeedbackEntity = defineEntity({
  name: 'UpgradeFeedback',
  tableName: 'upgrade_feedback',
  properties: {
    id: id(),
    releaseId: reference(TicketEntity, 'release_id').index(),
    givenBy: p.text(),
    department: p.text().strictNullable(),
    /** 1 (poor) to 5 (good). */
    score: p.smallint(),
    text: p.text().strictNullable(),
    recordedAt: instant(),
    recordedBy: p.text(),
  },
});
export type UpgradeFeedback = InferEntity<typeof UpgradeFeedbackEntity>;

/** Every table of this feature. */
export const RELEASE_ENTITIES: readonly object[] = [
  ReleaseEntity, ReleaseReviewEntity, ReleaseTestEntity, ReleaseCheckEntity, ReleaseDecisionEntity, ReleaseCauseEntity, UpgradeFeedbackEntity,
];
