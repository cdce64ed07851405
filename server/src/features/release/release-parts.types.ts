import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ActionLack } from '../ticket/ticket-fields.types.ts';
import { TicketKind } from '../ticket/ticket.types.ts';

export const ReleaseStateEnum = {
  PLANNING: 'planning', CONTENT_REVIEW: 'content-review', TEST_ENVIRONMENT: 'test-environment', ACCEPTANCE: 'acceptance', TRIAL_RUN: 'trial-run',
  GO_LIVE_PLAN: 'go-live-plan', APPROVAL: 'approval', COMMUNICATION: 'communication', DEPLOYMENT: 'deployment', CMDB_UPDATE: 'cmdb-update', CLOSED: 'closed',
  REPORTED: 'reported', ROLLED_BACK: 'rolled-back', CANCELLED: 'cancelled',
} as const;
registerEnumType(ReleaseStateEnum, { name: 'ReleaseState', description: 'Stage of a release (REL-03, REL-11), in their order; then how it may end otherwise.' });

export const ReleaseOutcomeEnum = { OPEN: 'open', CANCELLED: 'cancelled', SUCCESSFUL: 'successful', NOT_CONFIRMED: 'not-confirmed', ROLLED_BACK: 'rolled-back' } as const;
registerEnumType(ReleaseOutcomeEnum, { name: 'ReleaseOutcome', description: 'How it ended (D-45); without the business side\'s word it is not successful (REL-10).' });

export const GateStanding = { PASSED: 'passed', SKIPPED: 'skipped', HERE: 'here', AHEAD: 'ahead', NOT_REACHED: 'not-reached' } as const;
registerEnumType(GateStanding, { name: 'ReleaseGateStanding', description: 'Where a stage stands: behind, skipped by a decision, now, to come, or never reached.' });

export const CauseState = { SUGGESTED: 'suggested', CONFIRMED: 'confirmed', REJECTED: 'rejected' } as const;
registerEnumType(CauseState, { name: 'ReleaseCauseState', description: 'What is said of a suspected cause (REL-06).' });

@ObjectType({ description: 'A stage of a release, and what it still lacks before it may be left (REL-03).' })
export class ReleaseGate {
  @Field(() => ReleaseStateEnum, { description: 'The stage.' }) stage!: string;
  @Field(() => GateStanding, { description: 'Where it stands.' }) standing!: string;
  @Field(() => [ActionLack], { description: 'What is missing; empty for what is behind.' }) lacks!: ActionLack[];
}

@ObjectType({ description: 'Release plan 发布方案 (REL-02). A field that is null is not written yet.' })
export class ReleasePlanView {
  @Field(() => String, { nullable: true, description: 'Purpose and background 目的与背景.' }) background!: string | null;
  @Field(() => String, { nullable: true, description: 'Scope of impact 影响范围.' }) impactScope!: string | null;
  @Field(() => String, { nullable: true, description: 'Departments and people 涉及部门与人员.' }) departments!: string | null;
  @Field(() => String, { nullable: true, description: 'Communication 沟通.' }) communication!: string | null;
  @Field(() => String, { nullable: true, description: 'Training 培训.' }) training!: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of tests.' }) testSchedule!: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of training.' }) trainingSchedule!: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of support.' }) supportSchedule!: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of deployment.' }) deploymentSchedule!: string | null;
  @Field(() => String, { nullable: true, description: 'Follow-up work 后续工作.' }) followUp!: string | null;
  @Field(() => String, { nullable: true, description: 'Fallback on failure 失败回退.' }) fallback!: string | null;
  @Field(() => String, { nullable: true, description: 'Foreseeable problems with answers 可预见问题与解答.' }) foreseeableProblems!: string | null;
  @Field(() => String, { nullable: true, description: 'CI baseline 配置基线.' }) ciBaseline!: string | null;
}

@ObjectType({ description: 'Go-live plan 上线计划 (REL-13). A field that is null is not written yet.' })
export class GoLivePlanView {
  @Field(() => String, { nullable: true, description: 'Expected result of installation and tests.' }) expectedResult!: string | null;
  @Field(() => String, { nullable: true, description: 'Timetable.' }) timetable!: string | null;
  @Field(() => String, { nullable: true, description: 'Work split.' }) workSplit!: string | null;
  @Field(() => String, { nullable: true, description: 'Detailed steps.' }) steps!: string | null;
  @Field(() => String, { nullable: true, description: 'Rollback.' }) rollback!: string | null;
}

@ObjectType({ description: 'The package of a release (REL-01).' })
export class ReleasePackage {
  @Field(() => String, { description: 'Name of the package.' }) name!: string;
  @Field(() => String, { description: 'SHA-256, hexadecimal.' }) sha256!: string;
  @Field(() => String, { description: 'Where the definitive copy lies.' }) location!: string;
}

@ObjectType({ description: 'A head of department named in the plan, and their word on the content (REL-12).' })
export class ReleaseReviewView {
  @Field(() => ID, { description: 'Id of the entry.' }) id!: string;
  @Field(() => ID, { description: 'The person.' }) personId!: string;
  @Field(() => String, { description: 'Their name.' }) personName!: string;
  @Field(() => String, { description: 'The department.' }) department!: string;
  @Field(() => String, { nullable: true, description: 'agreed or objected; null: no word yet.' }) verdict!: string | null;
  @Field(() => String, { nullable: true, description: 'What they said.' }) note!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) decidedAt!: number | null;
}

@ObjectType({ description: 'A case of the test report (REL-03).' })
export class ReleaseTestView {
  @Field(() => ID, { description: 'Id of the result.' }) id!: string;
  @Field(() => String, { description: 'The case.' }) name!: string;
  @Field(() => String, { description: 'What was expected.' }) expected!: string;
  @Field(() => String, { description: 'What happened.' }) actual!: string;
  @Field(() => Boolean, { description: 'Whether it passed.' }) passed!: boolean;
  @Field(() => String, { description: 'Checksum of the package that it was run on; it counts for that package only.' }) packageSha256!: string;
  @Field(() => DateTime, { description: 'When.' }) testedAt!: number;
  @Field(() => String, { description: 'By whom.' }) testedBy!: string;
}

@ObjectType({ description: 'An item of the checklist before deployment, or what was seen of a business system after it (REL-10).' })
export class ReleaseCheckView {
  @Field(() => ID, { description: 'Id of the entry.' }) id!: string;
  @Field(() => String, { description: 'before (checklist) or watch.' }) phase!: string;
  @Field(() => String, { description: 'environment, backup, people-told or risk-assessment; or the name of the system.' }) subject!: string;
  @Field(() => Boolean, { description: 'Whether it is well. The latest word on a subject counts.' }) ok!: boolean;
  @Field(() => String, { nullable: true, description: 'Note.' }) note!: string | null;
  @Field(() => DateTime, { description: 'When.' }) at!: number;
  @Field(() => String, { description: 'By whom.' }) byName!: string;
}

@ObjectType({ description: 'A recorded decision: a stage skipped, a requirement waived, a freeze overridden (REL-03, FRZ-01).' })
export class ReleaseDecisionView {
  @Field(() => ID, { description: 'Id of the decision.' }) id!: string;
  @Field(() => String, { description: 'skip, waive or freeze-override.' }) kind!: string;
  @Field(() => String, { description: 'The stage, the requirement, or the name of the freeze.' }) subject!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => DateTime, { description: 'When.' }) decidedAt!: number;
  @Field(() => String, { description: 'By whom.' }) decidedBy!: string;
}

@ObjectType({ description: 'A change that the release carries (REL-01).' })
export class CarriedChangeView {
  @Field(() => ID, { description: 'Id of the change.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its state.' }) state!: string;
  @Field(() => String, { description: 'Its category.' }) category!: string;
}

@ObjectType({ description: 'A CI of the release (REL-01).' })
export class ReleaseCiView {
  @Field(() => ID, { description: 'Id of the CI.' }) id!: string;
  @Field(() => String, { description: 'Its name.' }) name!: string;
  @Field(() => Boolean, { description: 'Whether a carried change has recorded since the deployment what became of it in the CMDB (CHG-12).' }) updated!: boolean;
}

@ObjectType({ description: 'Why an incident is suspected (REL-06).' })
export class CauseEvidenceView {
  @Field(() => ID, { description: 'The CI that the incident hit.' }) ciId!: string;
  @Field(() => String, { description: 'Its name.' }) ciName!: string;
  @Field(() => ID, { description: 'The CI of the release that it is, or rests on.' }) releaseCiId!: string;
  @Field(() => String, { description: 'Its name.' }) releaseCiName!: string;
  @Field(() => [String], { description: 'Names from the one to the other.' }) path!: string[];
  @Field(() => Float, { description: 'Hours from the deployment to the incident.' }) hoursAfterDeployment!: number;
  @Field(() => Int, { description: 'Watch window at that time, days.' }) watchDays!: number;
}

@ObjectType({ description: 'An incident or problem that the release is suspected or known to have caused (REL-06).' })
export class ReleaseCauseView {
  @Field(() => ID, { description: 'Id of the pair.' }) id!: string;
  @Field(() => CauseState, { description: 'What is said of it.' }) state!: string;
  @Field(() => ID, { description: 'The incident or problem.' }) ticketId!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => TicketKind, { description: 'Its kind.' }) recordKind!: string;
  @Field(() => CauseEvidenceView, { nullable: true, description: 'Why it is suspected; null when a person linked it.' }) evidence!: CauseEvidenceView | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was suggested.' }) suggestedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When a person decided.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who.' }) decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason!: string | null;
}

@ObjectType({ description: 'A release that an incident is suspected or known to be caused by (REL-06).' })
export class CausingRelease {
  @Field(() => ID, { description: 'Id of the release.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => CauseState, { description: 'What is said of it.' }) state!: string;
  @Field(() => CauseEvidenceView, { nullable: true, description: 'Why it is suspected; null when a person linked it.' }) evidence!: CauseEvidenceView | null;
}

@ObjectType({ description: 'An upgrade feedback form 升级反馈表 (REL-07).' })
export class UpgradeFeedbackView {
  @Field(() => ID, { description: 'Id of the form.' }) id!: string;
  @Field(() => String, { description: 'Whose form it is.' }) givenBy!: string;
  @Field(() => String, { nullable: true, description: 'Their department.' }) department!: string | null;
  @Field(() => Int, { description: '1 (poor) to 5 (good).' }) score!: number;
  @Field(() => String, { nullable: true, description: 'What they said.' }) text!: string | null;
  @Field(() => DateTime, { description: 'When it was recorded.' }) recordedAt!: number;
  @Field(() => String, { description: 'By whom.' }) recordedBy!: string;
}
