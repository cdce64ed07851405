import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { PersonName } from '../ticket/ticket.types.ts';
import { ChangeApprovalStepEnum, ChangeFollowUpEnum, ChangeGivenEnum, ChangePhaseEnum, ChangeSectionEnum } from './change-enum.types.ts';

@ObjectType({ description: 'Change plan 变更方案 (CHG-16) with the plans of CHG-03; an empty text is not written yet.' })
export class ChangePlanView {
  @Field(() => String, { description: 'Type.' })
  planType!: string;

  @Field(() => String, { description: 'Background.' })
  background!: string;

  @Field(() => String, { description: 'Present environment.' })
  presentEnvironment!: string;

  @Field(() => String, { description: 'Backup of present data.' })
  dataBackup!: string;

  @Field(() => String, { description: 'Steps.' })
  steps!: string;

  @Field(() => String, { description: 'Schedule.' })
  schedule!: string;

  @Field(() => String, { description: 'Risk and rollback.' })
  riskAndRollback!: string;

  @Field(() => String, { description: 'Test steps.' })
  testSteps!: string;

  @Field(() => String, { description: 'Implementation plan.' })
  implementationPlan!: string;

  @Field(() => String, { description: 'Test plan.' })
  testPlan!: string;

  @Field(() => String, { description: 'Rollback plan.' })
  rollbackPlan!: string;

  @Field(() => String, { description: 'Service plan, to which a frequent change is trimmed.' })
  servicePlan!: string;

  @Field(() => String, { nullable: true, description: 'Who wrote on it last.' })
  editedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  editedAt!: number | null;
}

@ObjectType({ description: 'A section of the impact assessment (CHG-17).' })
export class ChangeAssessmentView {
  @Field(() => ChangePhaseEnum, { description: 'Before or after.' })
  phase!: string;

  @Field(() => ChangeSectionEnum, { description: 'Section.' })
  section!: string;

  @Field(() => String, { description: 'What it says.' })
  text!: string;

  @Field(() => String, { description: 'Who.' })
  author!: string;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: number;
}

@ObjectType({ description: 'What the owner of a CI was asked and said (CHG-17).' })
export class ChangeStatementView {
  @Field(() => ID, { description: 'Id of the CI.' })
  ciId!: string;

  @Field(() => String, { description: 'Name of the CI.' })
  ciName!: string;

  @Field(() => String, { nullable: true, description: 'Owner, as the CMDB names them.' })
  ownerName!: string | null;

  @Field(() => DateTime, { description: 'When they were asked.' })
  requestedAt!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether they agree; null: no word yet.' })
  agrees!: boolean | null;

  @Field(() => String, { nullable: true, description: 'What they say.' })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'Who said it.' })
  statedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  statedAt!: number | null;
}

@ObjectType({ description: 'A yes or no to a change, in one round of approval.' })
export class ChangeApprovalView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => Int, { description: 'Round; only the present one counts.' })
  round!: number;

  @Field(() => ChangeApprovalStepEnum, { description: 'Step.' })
  step!: string;

  @Field(() => Boolean, { description: 'Yes or no.' })
  approved!: boolean;

  @Field(() => ChangeGivenEnum, { description: 'How it was given.' })
  given!: string;

  @Field(() => String, { description: 'Who gave it.' })
  personName!: string;

  @Field(() => String, { nullable: true, description: 'Why, or under which condition.' })
  note!: string | null;

  @Field(() => ID, { nullable: true, description: 'Signed paper or mail.' })
  attachmentId!: string | null;

  @Field(() => DateTime, { description: 'When it was given.' })
  givenAt!: number;

  @Field(() => String, { description: 'Who entered it.' })
  recordedBy!: string;

  @Field(() => DateTime, { description: 'When it was entered.' })
  recordedAt!: number;
}

@ObjectType({ description: 'A step of the approval path, in its order.' })
export class ChangeStepView {
  @Field(() => ChangeApprovalStepEnum, { description: 'Step.' })
  step!: string;

  @Field(() => Boolean, { nullable: true, description: 'True, false, or null while nobody has said anything in this round.' })
  approved!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Who.' })
  by!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  at!: number | null;
}

@ObjectType({ description: 'A recorded exception from a rule.' })
export class ChangeDecisionView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'freeze-override, no-release, plan-trimmed, no-rollback, recorded-afterwards or conflict-accepted.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  subject!: string | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: 'Who stands for it.' })
  decidedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  decidedAt!: number;
}

@ObjectType({ description: 'A step for an implementer (CHG-07).' })
export class ChangeTaskView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => Int, { description: 'Order.' })
  seq!: number;

  @Field(() => String, { description: 'What is to be done.' })
  title!: string;

  @Field(() => PersonName, { description: 'Who does it.' })
  implementer!: PersonName;

  @Field(() => DateTime, { description: 'Planned start.' })
  plannedStartAt!: number;

  @Field(() => DateTime, { description: 'Planned end.' })
  plannedEndAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was sent to them.' })
  sentAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Actual start.' })
  startedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Actual end.' })
  endedAt!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was done.' })
  done!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Remark.' })
  remark!: string | null;
}

@ObjectType({ description: 'One try at carrying it out, with its rollback (CHG-08).' })
export class ChangeAttemptView {
  @Field(() => Int, { description: 'Counted from 1.' })
  number!: number;

  @Field(() => DateTime, { description: 'Start.' })
  startedAt!: number;

  @Field(() => String, { description: 'By whom.' })
  startedBy!: string;

  @Field(() => DateTime, { nullable: true, description: 'End.' })
  endedAt!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it succeeded; null while it runs.' })
  succeeded!: boolean | null;

  @Field(() => String, { nullable: true, description: 'What happened.' })
  remark!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was rolled back.' })
  rolledBackAt!: number | null;

  @Field(() => String, { nullable: true, description: 'How.' })
  rollbackRemark!: string | null;

  @Field(() => String, { nullable: true, description: 'Tests of the rollback.' })
  verification!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When they passed.' })
  verifiedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Who verified.' })
  verifiedBy!: string | null;

  @Field(() => ChangeFollowUpEnum, { nullable: true, description: 'What followed.' })
  followedBy!: string | null;
}

@ObjectType({ description: 'An outage that it caused (CHG-09).' })
export class ChangeOutageView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'System.' })
  system!: string;

  @Field(() => ID, { nullable: true, description: 'CI.' })
  ciId!: string | null;

  @Field(() => Boolean, { description: 'Whether it is a key system.' })
  keySystem!: boolean;

  @Field(() => Int, { description: 'Minutes.' })
  minutes!: number;

  @Field(() => String, { nullable: true, description: 'Remark.' })
  remark!: string | null;

  @Field(() => String, { description: 'Who entered it.' })
  recordedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: number;
}

@ObjectType({ description: 'A step that an emergency still owes, or has made up for (CHG-06).' })
export class ChangeDebtView {
  @Field(() => String, { description: 'scope, plan, assessment, approval, change-plan or completion-report.' })
  item!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was made up for.' })
  paidAt!: number | null;

  @Field(() => String, { nullable: true, description: 'By whom.' })
  paidBy!: string | null;
}

@ObjectType({ description: 'A CI that the change alters, and what became of it in the CMDB (CHG-12).' })
export class ChangeCiView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { description: 'Class.' })
  class!: string;

  @Field(() => String, { nullable: true, description: 'altered, unchanged, or null while nobody has looked after it.' })
  result!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it stayed as it was.' })
  remark!: string | null;

  @Field(() => String, { nullable: true, description: 'Who.' })
  recordedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  recordedAt!: number | null;
}

@ObjectType({ description: 'A CI that the change reaches (CHG-02).' })
export class ChangeReachedCi {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { description: 'Class.' })
  class!: string;

  @Field(() => Int, { description: 'Steps away.' })
  depth!: number;

  @Field(() => [String], { description: 'Names from the altered CI to this one.' })
  path!: string[];
}

@ObjectType({ description: 'The impact set, as the CMDB had it when it was computed (CHG-02).' })
export class ChangeImpactView {
  @Field(() => DateTime, { description: 'When.' })
  computedAt!: number;

  @Field(() => Boolean, { description: 'A limit stopped the walk: there may be more.' })
  cutOff!: boolean;

  @Field(() => [ChangeReachedCi], { description: 'CIs reached, nearest first.' })
  nodes!: ChangeReachedCi[];
}

@ObjectType({ description: 'An item of the list that a customer agreed to beforehand.' })
export class PreAuthorisedChangeView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => ID, { description: 'Customer.' })
  customerId!: string;

  @Field(() => String, { description: 'What may be done.' })
  title!: string;

  @Field(() => String, { description: 'Service plan that stands in for the full plans.' })
  servicePlan!: string;

  @Field(() => String, { description: 'Who agreed on the customer’s side.' })
  agreedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  agreedAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'Until when it holds.' })
  endsAt!: number | null;

  @Field(() => Int, { description: 'Version.' })
  version!: number;
}
