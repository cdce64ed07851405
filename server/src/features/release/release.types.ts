import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CustomerName, PersonName, TeamName } from '../ticket/ticket.types.ts';
import { GoLivePlanView, ReleaseOutcomeEnum, ReleasePackage, ReleasePlanView, ReleaseStateEnum } from './release-parts.types.ts';
import type { ReleaseState } from './release-states.rules.ts';

@ObjectType({ implements: Node, description: 'A release 发布: new or changed CIs, carried by changes, from plan to report (REL-01).' })
export class Release extends Node {
  @Field(() => String, { description: 'Number, never reused (D-31).' }) number!: string;
  @Field(() => Int, { description: 'Counts the commands carried out on it; updates name the one they were based on.' }) version!: number;
  @Field(() => String, { description: 'One line.' }) title!: string;
  @Field(() => String, { description: 'Version that is released.' }) releaseVersion!: string;
  @Field(() => ReleaseStateEnum, { description: 'Stage.' }) state!: string;
  @Field(() => ReleaseOutcomeEnum, { description: 'How it ended.' }) outcome!: string;
  @Field(() => CustomerName, { description: 'Whose.' }) customer!: CustomerName;
  @Field(() => TeamName, { nullable: true, description: 'Team.' }) team!: TeamName | null;
  @Field(() => PersonName, { nullable: true, description: 'Release owner 发布负责人.' }) owner!: PersonName | null;
  @Field(() => DateTime, { description: 'When it was raised.' }) openedAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed or cancelled.' }) closedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Month of the yearly plan, e.g. 2026-03 (REL-08).' }) plannedMonth!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Planned begin of the deployment.' }) windowStartAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Planned end.' }) windowEndAt!: number | null;
  @Field(() => ReleasePackage, { nullable: true, description: 'The package.' }) package!: ReleasePackage | null;
  @Field(() => String, { nullable: true, description: 'Checksum that was tested and accepted; nothing else deploys (REL-04).' }) acceptedSha256!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) acceptedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) acceptedBy!: string | null;
  @Field(() => ReleasePlanView, { description: 'Release plan 发布方案.' }) plan!: ReleasePlanView;
  @Field(() => GoLivePlanView, { description: 'Go-live plan 上线计划.' }) goLivePlan!: GoLivePlanView;
  @Field(() => DateTime, { nullable: true, description: 'When the content was approved.' }) contentApprovedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) contentApprovedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the go-live plan was approved; with the content if it was not extended.' }) goLiveApprovedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) goLiveApprovedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Where it is tested.' }) testEnvironment!: string | null;
  @Field(() => String, { nullable: true, description: 'What users expect of the trial run (REL-11).' }) trialExpectations!: string | null;
  @Field(() => String, { nullable: true, description: 'What they found.' }) trialFindings!: string | null;
  @Field(() => String, { nullable: true, description: 'Go-live notice: what changes for the users (REL-13).' }) notice!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was sent.' }) noticeSentAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who was trained.' }) training!: string | null;
  @Field(() => ID, { nullable: true, description: 'Change that the deployment is done under.' }) deploymentChangeId!: string | null;
  @Field(() => ID, { nullable: true, description: 'CMDB baseline to roll back to (REL-05).' }) baselineId!: string | null;
  @Field(() => String, { nullable: true, description: 'Its name.' }) baselineName!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the deployment began.' }) deploymentStartedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was done: the watch window begins.' }) deployedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Checksum of what was installed.' }) deployedSha256!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was rolled back.' }) rolledBackAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Why.' }) rollbackReason!: string | null;
  @Field(() => String, { nullable: true, description: 'By which tests it is known that the baseline stands again.' }) rollbackVerification!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When that was verified.' }) rollbackVerifiedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When the business side confirmed (REL-10).' }) businessConfirmedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Whose word it is.' }) businessConfirmedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Their words.' }) businessConfirmation!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the papers were handed over (REL-12).' }) papersHandedAt!: number | null;
  @Field(() => PersonName, { nullable: true, description: 'To which configuration manager.' }) papersHandedTo!: PersonName | null;
  @Field(() => String, { nullable: true, description: 'The report after closing.' }) report!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was written.' }) reportedAt!: number | null;

  /** Whose, for the checks of its parts; not in the schema. */
  customerId!: string;
}

@ObjectType({ description: 'A release in a list.' })
export class ReleaseEdge {
  @Field(() => String, { description: 'Ask for what follows with `after`.' }) cursor!: string;
  @Field(() => Release, { description: 'The release.' }) node!: Release;
}

@ObjectType({ description: 'A page of releases.' })
export class ReleaseConnection {
  @Field(() => [ReleaseEdge], { description: 'Newest first.' }) edges!: ReleaseEdge[];
  @Field(() => PageInfo, { description: 'Where the page ends.' }) pageInfo!: PageInfo;
  @Field(() => Int, { description: 'How many there are in all.' }) totalCount!: number;
}

@InputType({ description: 'Which releases.' })
export class ReleaseFilter {
  @Field(() => Boolean, { nullable: true, description: 'Only those that are neither closed nor cancelled.' }) openOnly?: boolean | null;
  @Field(() => [ReleaseStateEnum], { nullable: true, description: 'In one of these stages.' }) states?: ReleaseState[] | null;
  @Field(() => [ID], { nullable: true, description: 'Of one of these customers.' }) customerIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'With this CI.' }) ciId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'With suggested causes that nobody has decided on (REL-06).' }) undecidedCauses?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Part of number, title, version or customer.' }) text?: string | null;
}

@ObjectType({ description: 'A deployment that is planned or going on, as the desk and the wallboard show it (REL-08).' })
export class PlannedDeployment {
  @Field(() => ID, { description: 'Id of the release.' }) id!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => String, { description: 'Version that is released.' }) releaseVersion!: string;
  @Field(() => String, { description: 'Short name of the customer.' }) customerName!: string;
  @Field(() => ReleaseStateEnum, { description: 'Stage.' }) state!: string;
  @Field(() => String, { nullable: true, description: 'Month of the yearly plan; of a window, the month that it begins in.' }) month!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Planned begin.' }) windowStartAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Planned end.' }) windowEndAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it began.' }) deploymentStartedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was done.' }) deployedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was rolled back.' }) rolledBackAt!: number | null;
}

@ObjectType({ description: 'Answer of a command on a release.' })
export class ReleasePayload {
  @Field(() => Release, { nullable: true, description: 'The release as it is now; null when refused.' }) release!: Release | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' }) userErrors!: UserError[];
}
