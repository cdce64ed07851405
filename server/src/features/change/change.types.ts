import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CustomerName, PersonName, TeamName } from '../ticket/ticket.types.ts';
import { ChangeCategoryEnum, ChangeOutcomeEnum, ChangePlanFieldEnum, ChangeSourceEnum, ChangeStateEnum } from './change-enum.types.ts';
import { PreAuthorisedChangeView } from './change-parts.types.ts';

@ObjectType({ implements: Node, description: 'A change 变更.' })
export class Change extends Node {
  /** Whose it is, for the check of rights; not part of the API. */
  customerId!: string;

  teamId!: string | null;

  preAuthorisedId!: string | null;

  @Field(() => String, { description: 'Number, never reused (D-31).' })
  number!: string;

  @Field(() => Int, { description: 'Counts the commands carried out on it; updates name the one they were based on.' })
  version!: number;

  @Field(() => String, { description: 'Title with the category before it (CHG-10).' })
  title!: string;

  @Field(() => String, { description: 'Title without the category.' })
  subject!: string;

  @Field(() => String, { description: 'What is to be changed, and why.' })
  description!: string;

  @Field(() => ChangeStateEnum, { description: 'State.' })
  state!: string;

  @Field(() => ChangeCategoryEnum, { description: 'Category.' })
  category!: string;

  @Field(() => String, { description: 'Type: key of the policy.' })
  type!: string;

  @Field(() => String, { description: 'Risk: key of the policy.' })
  risk!: string;

  @Field(() => String, { description: 'Priority: key of the policy.' })
  priority!: string;

  @Field(() => ChangeSourceEnum, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'Third party or customer that asked for it.' })
  askedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Expected result.' })
  expectedResult!: string | null;

  @Field(() => [String], { description: 'Business systems that it affects.' })
  businessSystems!: string[];

  @Field(() => [String], { description: 'Departments that it affects.' })
  departments!: string[];

  @Field(() => Boolean, { description: 'Alters software: a release must carry it (REL-09).' })
  software!: boolean;

  @Field(() => Boolean, { description: 'Done first, written down afterwards (INC-14).' })
  recordedAfterwards!: boolean;

  @Field(() => CustomerName, { description: 'Customer.' })
  customer!: CustomerName;

  @Field(() => TeamName, { nullable: true, description: 'Team.' })
  team!: TeamName | null;

  @Field(() => String, { description: 'Who raised it.' })
  requesterName!: string;

  @Field(() => PersonName, { nullable: true, description: 'Change owner.' })
  owner!: PersonName | null;

  @Field(() => PersonName, { nullable: true, description: 'Implementer; closes it (CHG-18).' })
  implementer!: PersonName | null;

  @Field(() => PreAuthorisedChangeView, { nullable: true, description: 'The item of the agreed list that it follows.' })
  preAuthorised!: PreAuthorisedChangeView | null;

  @Field(() => DateTime, { description: 'When it was raised.' })
  openedAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  closedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was submitted; the response clock runs from here.' })
  submittedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the response is due (D-04, D-43).' })
  responseDueAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the response fell late.' })
  responseMissedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the change owner accepted or refused.' })
  respondedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'accepted or refused.' })
  response!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused.' })
  responseReason!: string | null;

  @Field(() => Int, { description: 'Times that approval was asked for.' })
  approvalRound!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the last yes was given.' })
  approvedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Begin of the planned window.' })
  windowStartAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'End of the planned window.' })
  windowEndAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When implementation must have ended; emergencies only (D-43).' })
  implementationDueAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it fell late.' })
  implementationMissedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  implementationStartedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the last attempt ended, its rollback included.' })
  implementationEndedAt!: number | null;

  @Field(() => ChangeOutcomeEnum, { nullable: true, description: 'What came of it.' })
  outcome!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the expected result was met.' })
  expectedResultMet!: boolean | null;

  @Field(() => Int, { description: 'Minutes of outage that it caused, in all (CHG-09).' })
  outageMinutes!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was reviewed.' })
  reviewedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'What the review says.' })
  reviewText!: string | null;

  @Field(() => String, { nullable: true, description: 'Stability since (CHG-20).' })
  stability!: string | null;

  @Field(() => Int, { nullable: true, description: 'What the business side says: 1 very dissatisfied – 5 very satisfied (CHG-20).' })
  businessSatisfaction!: number | null;

  @Field(() => String, { nullable: true, description: 'Remark of the business side.' })
  businessRemark!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the debts of an emergency are due (D-44).' })
  debtDueAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When they fell late.' })
  debtMissedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When all of them were paid.' })
  debtPaidAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, cancelled or closed so.' })
  endReason!: string | null;
}

@ObjectType({ description: 'A change in a list.' })
export class ChangeEdge {
  @Field(() => Change, { description: 'The change.' })
  node!: Change;

  @Field(() => String, { description: 'Where it stands in the list.' })
  cursor!: string;
}

@ObjectType({ description: 'A page of changes.' })
export class ChangeConnection {
  @Field(() => [ChangeEdge], { description: 'The changes.' })
  edges!: ChangeEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many the filter finds.' })
  totalCount!: number;
}

@ObjectType({ description: 'Answer of a command on a change.' })
export class ChangePayload {
  @Field(() => Change, { nullable: true, description: 'The change as it is now.' })
  change!: Change | null;

  @Field(() => [UserError], { description: 'Why not; empty when it was done.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer of a command on the agreed list.' })
export class PreAuthorisedChangePayload {
  @Field(() => PreAuthorisedChangeView, { nullable: true, description: 'The item.' })
  item!: PreAuthorisedChangeView | null;

  @Field(() => [UserError], { description: 'Why not; empty when it was done.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A word of the change policy.' })
export class ChangeTerm {
  @Field(() => String, { description: 'Key.' })
  key!: string;

  @Field(() => String, { description: 'Chinese.' })
  zh!: string;

  @Field(() => String, { description: 'English.' })
  en!: string;
}

@ObjectType({ description: 'Words that forms about changes offer.' })
export class ChangeTerms {
  @Field(() => [ChangeTerm], { description: 'Types (CHG-02).' })
  types!: ChangeTerm[];

  @Field(() => [ChangeTerm], { description: 'Risks.' })
  risks!: ChangeTerm[];

  @Field(() => [ChangeTerm], { description: 'Priorities.' })
  priorities!: ChangeTerm[];

  @Field(() => [ChangePlanFieldEnum], { description: 'Fields that approval asks for (CHG-03, CHG-16).' })
  requiredPlan!: string[];

  @Field(() => [ChangePlanFieldEnum], { description: 'What is left of them for a pre-authorised change.' })
  trimmedPlan!: string[];
}
