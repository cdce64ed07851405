import { Field, ID, InputType, Int } from 'type-graphql';
import type { CiLife } from '../cmdb/cmdb.rules.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ChangeCategoryEnum, ChangeFollowUpEnum, ChangeOutcomeEnum, ChangeStateEnum } from './change-enum.types.ts';
import { ChangeCommandInput } from './change.inputs.ts';

@InputType({ description: 'A step for an implementer (CHG-07).' })
export class AddChangeTaskInput extends ChangeCommandInput {
  @Field(() => String, { description: 'What is to be done.' })
  title!: string;

  @Field(() => ID, { description: 'Who does it.' })
  implementerId!: string;

  @Field(() => DateTime, { description: 'Planned start.' })
  plannedStartAt!: number;

  @Field(() => DateTime, { description: 'Planned end.' })
  plannedEndAt!: number;
}

@InputType({ description: 'What is left out stays as it is; it must be sent again.' })
export class EditChangeTaskInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The task.' })
  taskId!: string;

  @Field(() => String, { nullable: true, description: 'What is to be done.' })
  title?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who does it.' })
  implementerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Planned start.' })
  plannedStartAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Planned end.' })
  plannedEndAt?: number | null;
}

@InputType({ description: 'A task of a change.' })
export class ChangeTaskInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The task.' })
  taskId!: string;
}

@InputType({ description: 'The actual end of a task.' })
export class EndChangeTaskInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The task.' })
  taskId!: string;

  @Field(() => Boolean, { description: 'Whether it was done.' })
  done!: boolean;

  @Field(() => String, { nullable: true, description: 'Remark; required when it was not done.' })
  remark?: string | null;
}

@InputType({ description: 'Accepts it; who is left out stays as they are, without an owner whoever accepts owns it.' })
export class AcceptChangeInput extends ChangeCommandInput {
  @Field(() => ID, { nullable: true, description: 'Change owner.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Implementer.' })
  implementerId?: string | null;
}

@InputType({ description: 'Begins carrying it out.' })
export class StartChangeInput extends ChangeCommandInput {
  @Field(() => DateTime, { nullable: true, description: 'When it began, for a change that is recorded afterwards.' })
  occurredAt?: number | null;
}

@InputType({ description: 'The attempt succeeded.' })
export class CompleteChangeInput extends ChangeCommandInput {
  @Field(() => String, { description: 'What was done.' })
  remark!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ended, for a change that is recorded afterwards.' })
  occurredAt?: number | null;
}

@InputType({ description: 'A command with a remark.' })
export class ChangeRemarkInput extends ChangeCommandInput {
  @Field(() => String, { description: 'What happened.' })
  remark!: string;
}

@InputType({ description: 'Tests of the rollback (CHG-08).' })
export class VerifyRollbackInput extends ChangeCommandInput {
  @Field(() => Boolean, { description: 'Whether they passed.' })
  passed!: boolean;

  @Field(() => String, { description: 'What was tested.' })
  tests!: string;
}

@InputType({ description: 'No further attempt (CHG-08).' })
export class StopChangeInput extends ChangeCommandInput {
  @Field(() => ChangeFollowUpEnum, { description: 'NEW_CHANGE raises the one that follows, TERMINATE ends it.' })
  followedBy!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'An outage that it caused (CHG-09).' })
export class RecordOutageInput extends ChangeCommandInput {
  @Field(() => String, { description: 'System.' })
  system!: string;

  @Field(() => Int, { description: 'Minutes.' })
  minutes!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is a key system.' })
  keySystem?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'CI of the change, or one that it reaches.' })
  ciId?: string | null;

  @Field(() => String, { nullable: true, description: 'Remark.' })
  remark?: string | null;
}

@InputType({ description: 'The CI was looked at and its entry stays as it is (CHG-12).' })
export class RecordCiResultInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The CI.' })
  ciId!: string;

  @Field(() => String, { description: 'Why.' })
  remark!: string;
}

@InputType({ description: 'Review (CHG-13, CHG-20).' })
export class ReviewChangeInput extends ChangeCommandInput {
  @Field(() => ChangeOutcomeEnum, { description: 'What came of it.' })
  outcome!: string;

  @Field(() => Boolean, { description: 'Whether the expected result was met.' })
  expectedResultMet!: boolean;

  @Field(() => String, { description: 'What the review says.' })
  text!: string;

  @Field(() => String, { description: 'Stability since.' })
  stability!: string;

  @Field(() => Int, { description: '1 very dissatisfied – 5 very satisfied.' })
  businessSatisfaction!: number;

  @Field(() => String, { nullable: true, description: 'Remark of the business side.' })
  businessRemark?: string | null;
}

@InputType({ description: 'An incident or problem that it caused (CHG-13).' })
export class LinkCausedIncidentInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The incident or problem.' })
  ticketId!: string;
}

@InputType({ description: 'Closes it.' })
export class CloseChangeInput extends ChangeCommandInput {
  @Field(() => String, { nullable: true, description: 'Remark.' })
  remark?: string | null;
}

@InputType({ description: 'An entry of the work log.' })
export class NoteOnChangeInput extends ChangeCommandInput {
  @Field(() => String, { description: 'Text.' })
  text!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether the customer sees it; default no.' })
  customerVisible?: boolean | null;
}

@InputType({ description: 'An item that the customer agreed to beforehand (CHG table).' })
export class AgreePreAuthorisedInput {
  @Field(() => ID, { description: 'Customer.' })
  customerId!: string;

  @Field(() => String, { description: 'What may be done.' })
  title!: string;

  @Field(() => String, { description: 'Service plan (CHG-03).' })
  servicePlan!: string;

  @Field(() => String, { description: 'Who agreed on the customer’s side.' })
  agreedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  agreedAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'Until when it holds.' })
  endsAt?: number | null;

  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The item holds no longer.' })
export class EndPreAuthorisedInput {
  @Field(() => ID, { description: 'The item.' })
  id!: string;

  @Field(() => Int, { description: 'Version that it was based on.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which changes.' })
export class ChangeFilter {
  @Field(() => [ChangeStateEnum], { nullable: true, description: 'In one of these states.' })
  states?: string[] | null;

  @Field(() => [ChangeCategoryEnum], { nullable: true, description: 'Of one of these categories.' })
  categories?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Of that customer.' })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Owned by.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Carried out by.' })
  implementerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'That name that CI.' })
  ciId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Whose window ends after.' })
  windowFrom?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Whose window begins before.' })
  windowTo?: number | null;

  @Field(() => String, { nullable: true, description: 'Words in title, number, description or customer.' })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Ended ones too; default only open ones, unless states are named.' })
  ended?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whose response is or was late.' })
  responseLate?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'That still owe debts.' })
  owing?: boolean | null;
}

@InputType({ description: 'An attribute of a CI; a blank value takes it away.' })
export class ChangedAttributeInput {
  @Field(() => String, { description: 'Key.' })
  key!: string;

  @Field(() => String, { description: 'Value.' })
  value!: string;
}

@InputType({ description: 'What is altered of a CI: left out stays as it is, blank empties it.' })
export class ChangedCiInput {
  @Field(() => String, { nullable: true, description: 'Name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Stage of its life: ordered, in-stock, in-use, in-repair, retired, disposed.' })
  life?: CiLife | null;

  @Field(() => String, { nullable: true, description: 'Version of the product.' })
  productVersion?: string | null;

  @Field(() => String, { nullable: true, description: 'Model.' })
  model?: string | null;

  @Field(() => String, { nullable: true, description: 'Specification.' })
  specification?: string | null;

  @Field(() => String, { nullable: true, description: 'Serial number.' })
  serial?: string | null;

  @Field(() => String, { nullable: true, description: 'Site.' })
  site?: string | null;

  @Field(() => String, { nullable: true, description: 'Location.' })
  location?: string | null;

  @Field(() => String, { nullable: true, description: 'Owner.' })
  ownerName?: string | null;

  @Field(() => [ChangedAttributeInput], { nullable: true, description: 'Attributes of its class.' })
  attributes?: ChangedAttributeInput[] | null;
}

@InputType({ description: 'Alters a CI through the change (CHG-12, CMDB-06).' })
export class AlterCiByChangeInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The CI; the change must name it.' })
  ciId!: string;

  @Field(() => Int, { description: 'Version of the CI that the alteration was based on.' })
  expectedCiVersion!: number;

  @Field(() => ChangedCiInput, { description: 'What is altered.' })
  patch!: ChangedCiInput;
}
