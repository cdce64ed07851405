import type { ChangeAssessmentPhase, ChangeAssessmentSection, ChangeOutcome, ChangePlanField, ChangeSource } from '../../graphql/generated/desk/graphql.ts';

export const SOURCES: readonly ChangeSource[] = ['OWN', 'INCIDENT', 'PROBLEM', 'RELEASE', 'THIRD_PARTY', 'CUSTOMER', 'CAPACITY', 'CONTINUITY'];
export const OUTCOMES: readonly ChangeOutcome[] = ['SUCCESSFUL', 'SUCCESSFUL_WITH_ISSUES', 'FAILED', 'ROLLED_BACK', 'TERMINATED'];
export const SECTIONS: readonly ChangeAssessmentSection[] = ['CAPACITY', 'AVAILABILITY', 'CONTINUITY', 'SLA', 'COST'];
export const PHASES: readonly ChangeAssessmentPhase[] = ['BEFORE', 'AFTER'];
export const PLAN_FIELDS = [
  'planType', 'background', 'presentEnvironment', 'dataBackup', 'steps', 'schedule', 'riskAndRollback', 'testSteps', 'implementationPlan', 'testPlan', 'rollbackPlan', 'servicePlan',
] as const;
export type PlanFieldName = (typeof PLAN_FIELDS)[number];

/** The field as the schema writes it: planType is PLAN_TYPE. */
export const PLAN_FIELD_WORDS: Readonly<Record<PlanFieldName, ChangePlanField>> = {
  planType: 'PLAN_TYPE', background: 'BACKGROUND', presentEnvironment: 'PRESENT_ENVIRONMENT', dataBackup: 'DATA_BACKUP', steps: 'STEPS', schedule: 'SCHEDULE',
  riskAndRollback: 'RISK_AND_ROLLBACK', testSteps: 'TEST_STEPS', implementationPlan: 'IMPLEMENTATION_PLAN', testPlan: 'TEST_PLAN', rollbackPlan: 'ROLLBACK_PLAN', servicePlan: 'SERVICE_PLAN',
};

/** The word of a choice, if it is one of them. */
export function wordOf<Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined {
  return words.find((word) => word === text);
}

/** "Mail, ERP" and "邮件，ERP" are two names. */
export function splitNames(text: string): readonly string[] {
  return text.split(/[,，;；、\n]/).map((name) => name.trim()).filter((name) => name !== '');
}
