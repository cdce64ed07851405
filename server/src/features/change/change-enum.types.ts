import { registerEnumType } from 'type-graphql';

export const ChangeStateEnum = {
  DRAFT: 'draft', SUBMITTED: 'submitted', ACCEPTED: 'accepted', PLANNING: 'planning', APPROVAL: 'approval', SCHEDULED: 'scheduled', IMPLEMENTING: 'implementing',
  ROLLED_BACK: 'rolled-back', VERIFIED: 'verified', REVIEW: 'review', CLOSED: 'closed', REFUSED: 'refused', CANCELLED: 'cancelled', TERMINATED: 'terminated',
} as const;
registerEnumType(ChangeStateEnum, { name: 'ChangeState', description: 'Where a change stands in its life (CHG-04). VERIFIED: the rollback has been verified.' });

export const ChangeCategoryEnum = { MAJOR: 'major', IMPORTANT: 'important', GENERAL: 'general', EMERGENCY: 'emergency' } as const;
registerEnumType(ChangeCategoryEnum, { name: 'ChangeCategory', description: 'Category: 重大 major, 重要 important (standard), 一般 general, 紧急 emergency.' });

export const ChangeSourceEnum = {
  INCIDENT: 'incident', PROBLEM: 'problem', RELEASE: 'release', THIRD_PARTY: 'third-party', CUSTOMER: 'customer', CAPACITY: 'capacity', CONTINUITY: 'continuity', OWN: 'own',
} as const;
registerEnumType(ChangeSourceEnum, { name: 'ChangeSource', description: 'Where a change comes from (CHG-01, CHG-18).' });

export const ChangeOutcomeEnum = { SUCCESSFUL: 'successful', SUCCESSFUL_WITH_ISSUES: 'successful-with-issues', FAILED: 'failed', ROLLED_BACK: 'rolled-back', TERMINATED: 'terminated' } as const;
registerEnumType(ChangeOutcomeEnum, { name: 'ChangeOutcome', description: 'What came of a change, said at its review (CHG-13).' });

export const ChangeApprovalStepEnum = { STEERING: 'steering', CAB: 'cab', CUSTOMER: 'customer', MANAGER: 'manager', CONSENT: 'consent' } as const;
registerEnumType(ChangeApprovalStepEnum, { name: 'ChangeApprovalStep', description: 'Whose yes a change needs: steering authorisation, CAB, customer\'s confirmation, change manager, oral consent of a department manager or above.' });

export const ChangePlanFieldEnum = {
  PLAN_TYPE: 'planType', BACKGROUND: 'background', PRESENT_ENVIRONMENT: 'presentEnvironment', DATA_BACKUP: 'dataBackup', STEPS: 'steps', SCHEDULE: 'schedule',
  RISK_AND_ROLLBACK: 'riskAndRollback', TEST_STEPS: 'testSteps', IMPLEMENTATION_PLAN: 'implementationPlan', TEST_PLAN: 'testPlan', ROLLBACK_PLAN: 'rollbackPlan', SERVICE_PLAN: 'servicePlan',
} as const;
registerEnumType(ChangePlanFieldEnum, { name: 'ChangePlanField', description: 'A field of the change plan 变更方案 and the plans beside it (CHG-03, CHG-16).' });

export const ChangeSectionEnum = { CAPACITY: 'capacity', AVAILABILITY: 'availability', CONTINUITY: 'continuity', SLA: 'sla', COST: 'cost' } as const;
registerEnumType(ChangeSectionEnum, { name: 'ChangeAssessmentSection', description: 'Section of the impact assessment (CHG-17).' });

export const ChangePhaseEnum = { BEFORE: 'before', AFTER: 'after' } as const;
registerEnumType(ChangePhaseEnum, { name: 'ChangeAssessmentPhase', description: 'Assessed before the change, or again after it.' });

export const ChangeFollowUpEnum = { RETRY: 'retry', NEW_CHANGE: 'new-change', TERMINATE: 'terminate' } as const;
registerEnumType(ChangeFollowUpEnum, { name: 'ChangeFollowUp', description: 'What follows a failed attempt (CHG-08).' });

export const ChangeGivenEnum = { SYSTEM: 'system', MEETING: 'meeting', SIGNATURE: 'signature', MAIL: 'mail', ORAL: 'oral' } as const;
registerEnumType(ChangeGivenEnum, { name: 'ChangeWordGiven', description: 'How somebody\'s word was given.' });
