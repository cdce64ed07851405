import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'A new release (REL-01).' })
export class RaiseReleaseInput {
  @Field(() => ID, { description: 'Whose.' }) customerId!: string;
  @Field(() => String, { description: 'One line.' }) title!: string;
  @Field(() => String, { description: 'Version that is released.' }) version!: string;
  @Field(() => String, { nullable: true, description: 'Month of the yearly plan, e.g. 2026-03 (REL-08).' }) plannedMonth?: string | null;
  @Field(() => ID, { nullable: true, description: 'Release owner 发布负责人; default whoever raises it.' }) ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Team.' }) teamId?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Its CIs.' }) ciIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'The changes that carry it.' }) changeIds?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What every command on a release carries.' })
export class ReleaseInput {
  @Field(() => ID, { description: 'The release.' }) id!: string;
  @Field(() => Int, { description: 'The version that the command was based on; a stale one is refused.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What is left out stays.' })
export class EditReleaseInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'One line.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'Version that is released; fixed once the content is submitted.' }) version?: string | null;
  @Field(() => String, { nullable: true, description: 'Month of the yearly plan; empty for none.' }) plannedMonth?: string | null;
  @Field(() => ID, { nullable: true, description: 'Release owner.' }) ownerId?: string | null;
}

@InputType({ description: 'Fields of the release plan 发布方案 (REL-02); those left out stay, an empty text empties.' })
export class EditReleasePlanInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'Purpose and background.' }) background?: string | null;
  @Field(() => String, { nullable: true, description: 'Scope of impact.' }) impactScope?: string | null;
  @Field(() => String, { nullable: true, description: 'Departments and people.' }) departments?: string | null;
  @Field(() => String, { nullable: true, description: 'Communication.' }) communication?: string | null;
  @Field(() => String, { nullable: true, description: 'Training.' }) training?: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of tests.' }) testSchedule?: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of training.' }) trainingSchedule?: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of support.' }) supportSchedule?: string | null;
  @Field(() => String, { nullable: true, description: 'Schedule of deployment.' }) deploymentSchedule?: string | null;
  @Field(() => String, { nullable: true, description: 'Follow-up work.' }) followUp?: string | null;
  @Field(() => String, { nullable: true, description: 'Fallback on failure.' }) fallback?: string | null;
  @Field(() => String, { nullable: true, description: 'Foreseeable problems with answers.' }) foreseeableProblems?: string | null;
  @Field(() => String, { nullable: true, description: 'CI baseline.' }) ciBaseline?: string | null;
}

@InputType({ description: 'Fields of the go-live plan 上线计划 (REL-13); those left out stay, an empty text empties.' })
export class EditGoLivePlanInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'Expected result of installation and tests.' }) expectedResult?: string | null;
  @Field(() => String, { nullable: true, description: 'Timetable.' }) timetable?: string | null;
  @Field(() => String, { nullable: true, description: 'Work split.' }) workSplit?: string | null;
  @Field(() => String, { nullable: true, description: 'Detailed steps.' }) steps?: string | null;
  @Field(() => String, { nullable: true, description: 'Rollback.' }) rollback?: string | null;
}

@InputType({ description: 'A person of the plan.' })
export class ReleasePersonInput extends ReleaseInput {
  @Field(() => ID, { description: 'The person.' }) personId!: string;
}

@InputType({ description: 'A head of department who reviews the content (REL-12).' })
export class NameReleaseReviewerInput extends ReleasePersonInput {
  @Field(() => String, { description: 'The department.' }) department!: string;
}

@InputType({ description: 'The package (REL-01).' })
export class SetReleasePackageInput extends ReleaseInput {
  @Field(() => String, { description: 'Name of the package.' }) name!: string;
  @Field(() => String, { description: 'SHA-256, 64 hexadecimal digits.' }) sha256!: string;
  @Field(() => String, { description: 'Where the definitive copy lies.' }) location!: string;
}

@InputType({ description: 'A CI of the release.' })
export class ReleaseCiInput extends ReleaseInput {
  @Field(() => ID, { description: 'The CI.' }) ciId!: string;
}

@InputType({ description: 'A change that carries the release.' })
export class CarryChangeInput extends ReleaseInput {
  @Field(() => ID, { description: 'The change.' }) changeId!: string;
}

@InputType({ description: 'A change that carries the release no more.' })
export class DropChangeInput extends CarryChangeInput {
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

@InputType({ description: 'The planned window of the deployment.' })
export class ScheduleReleaseInput extends ReleaseInput {
  @Field(() => DateTime, { description: 'Planned begin.' }) windowStartAt!: number;
  @Field(() => DateTime, { description: 'Planned end.' }) windowEndAt!: number;
  @Field(() => String, { nullable: true, description: 'Why a freeze is overridden, by one who holds freeze.override and does not own the release (FRZ-01).' }) overrideReason?: string | null;
}

@InputType({ description: 'A head\'s word on the content (REL-12).' })
export class ReviewReleaseContentInput extends ReleaseInput {
  @Field(() => Boolean, { description: 'Agrees or objects.' }) agree!: boolean;
  @Field(() => String, { nullable: true, description: 'What they say; required for an objection.' }) note?: string | null;
}

@InputType({ description: 'A command with a reason.' })
export class ReleaseReasonInput extends ReleaseInput {
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

@InputType({ description: 'The test environment stands.' })
export class ReadyTestEnvironmentInput extends ReleaseInput {
  @Field(() => String, { description: 'Where it is, and how it differs from where the release will run.' }) environment!: string;
}

@InputType({ description: 'A case of the test report.' })
export class RecordReleaseTestInput extends ReleaseInput {
  @Field(() => String, { description: 'The case; the last result of a case counts.' }) name!: string;
  @Field(() => String, { description: 'What was expected.' }) expected!: string;
  @Field(() => String, { description: 'What happened.' }) actual!: string;
  @Field(() => Boolean, { description: 'Whether it passed.' }) passed!: boolean;
}

@InputType({ description: 'A package by its checksum.' })
export class ReleaseChecksumInput extends ReleaseInput {
  @Field(() => String, { description: 'SHA-256 of the package in hand.' }) sha256!: string;
}

@InputType({ description: 'Notes of the trial run (REL-11); what is left out stays.' })
export class RecordTrialRunInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'What users expect.' }) expectations?: string | null;
  @Field(() => String, { nullable: true, description: 'What they found.' }) findings?: string | null;
}

@InputType({ description: 'The go-live notice (REL-13).' })
export class SendGoLiveNoticeInput extends ReleaseInput {
  @Field(() => String, { description: 'What changes for the users.' }) notice!: string;
}

@InputType({ description: 'Training.' })
export class RecordReleaseTrainingInput extends ReleaseInput {
  @Field(() => String, { description: 'Who was trained, or why nobody needed it.' }) training!: string;
}

@InputType({ description: 'An item of the checklist (REL-10).' })
export class TickReleaseCheckInput extends ReleaseInput {
  @Field(() => String, { description: 'environment, backup, people-told or risk-assessment.' }) item!: string;
  @Field(() => Boolean, { description: 'Whether it is well.' }) ok!: boolean;
  @Field(() => String, { nullable: true, description: 'Note.' }) note?: string | null;
}

@InputType({ description: 'The baseline to roll back to (REL-05).' })
export class RecordReleaseBaselineInput extends ReleaseInput {
  @Field(() => ID, { nullable: true, description: 'A CMDB baseline that holds every CI of the release; left out: one is taken now.' }) baselineId?: string | null;
}

@InputType({ description: 'Begins the deployment.' })
export class StartDeploymentInput extends ReleaseChecksumInput {
  @Field(() => ID, { description: 'The carried change that it is done under; it is being implemented.' }) changeId!: string;
}

@InputType({ description: 'The rollback is verified.' })
export class VerifyReleaseRollbackInput extends ReleaseInput {
  @Field(() => String, { description: 'By which tests it is known that the baseline stands again.' }) verification!: string;
  @Field(() => Boolean, { nullable: true, description: 'The register still differs from the baseline, and the verification says why that is right.' }) acceptDifferences?: boolean | null;
}

@InputType({ description: 'What was seen of a business system after the deployment (REL-10).' })
export class RecordReleaseWatchInput extends ReleaseInput {
  @Field(() => String, { description: 'The system.' }) system!: string;
  @Field(() => Boolean, { description: 'Whether it is well.' }) ok!: boolean;
  @Field(() => String, { nullable: true, description: 'What was seen; required when it is not well.' }) note?: string | null;
}

@InputType({ description: 'The business side\'s word (REL-10).' })
export class ConfirmReleaseBusinessInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'Whose word, when somebody records it for them.' }) confirmedBy?: string | null;
  @Field(() => String, { description: 'Their words, and how they came: signature, mail.' }) text!: string;
}

@InputType({ description: 'Does without something before closing.' })
export class WaiveReleaseRequirementInput extends ReleaseReasonInput {
  @Field(() => String, { description: 'watch, business-confirmation or cmdb-update.' }) what!: string;
}

@InputType({ description: 'Hands the papers over (REL-12).' })
export class HandReleasePapersInput extends ReleaseInput {
  @Field(() => ID, { description: 'A configuration manager.' }) toPersonId!: string;
}

@InputType({ description: 'The report after closing.' })
export class RecordReleaseReportInput extends ReleaseInput {
  @Field(() => String, { description: 'The report.' }) report!: string;
}

@InputType({ description: 'An upgrade feedback form 升级反馈表 (REL-07).' })
export class AddUpgradeFeedbackInput extends ReleaseInput {
  @Field(() => String, { nullable: true, description: 'Whose form it is; a customer\'s own person: theirs.' }) givenBy?: string | null;
  @Field(() => String, { nullable: true, description: 'Their department.' }) department?: string | null;
  @Field(() => Int, { description: '1 (poor) to 5 (good).' }) score!: number;
  @Field(() => String, { nullable: true, description: 'What they say.' }) text?: string | null;
}

@InputType({ description: 'An incident or problem that the release caused (REL-06).' })
export class LinkReleaseCauseInput extends ReleaseReasonInput {
  @Field(() => ID, { nullable: true, description: 'The incident or problem; it began after the deployment did.' }) ticketId?: string | null;
  @Field(() => String, { nullable: true, description: 'Its number, where the id is not at hand.' }) number?: string | null;
}

@InputType({ description: 'A person\'s word on a suspected cause (REL-06).' })
export class DecideReleaseCauseInput extends ReleaseInput {
  @Field(() => ID, { description: 'The suspected pair.' }) causeId!: string;
  @Field(() => Boolean, { description: 'Confirms or rejects.' }) confirm!: boolean;
  @Field(() => String, { nullable: true, description: 'Why; required for a rejection, or the reversal of one.' }) reason?: string | null;
}
