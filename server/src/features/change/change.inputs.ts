import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ChangeCategoryEnum, ChangeGivenEnum, ChangePhaseEnum, ChangePlanFieldEnum, ChangeSectionEnum, ChangeSourceEnum } from './change-enum.types.ts';
import type { ChangeCategory, ChangeSource } from './change-states.rules.ts';

@InputType({ description: 'Which change, and the version that the command was based on.' })
export class ChangeCommandInput {
  @Field(() => ID, { description: 'The change.' })
  id!: string;

  @Field(() => Int, { description: 'Version that it was based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A new change (CHG-01, CHG-02).' })
export class RaiseChangeInput {
  @Field(() => ID, { description: 'Customer.' })
  customerId!: string;

  @Field(() => String, { description: 'One line, at most 280 characters; the category is put before it.' })
  title!: string;

  @Field(() => String, { description: 'What is to be changed, and why.' })
  description!: string;

  @Field(() => ChangeCategoryEnum, { description: 'Category; an emergency is raised by a project or service manager (CHG-18).' })
  category!: ChangeCategory;

  @Field(() => String, { description: 'Type: key of changeTerms.' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'Risk: key of changeTerms; default medium.' })
  risk?: string | null;

  @Field(() => String, { nullable: true, description: 'Priority: key of changeTerms; default normal.' })
  priority?: string | null;

  @Field(() => String, { nullable: true, description: 'Third party or customer that asked for it.' })
  askedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'Expected result.' })
  expectedResult?: string | null;

  @Field(() => [ID], { nullable: true, description: 'CIs that it alters, at most 200.' })
  ciIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Business systems that it affects.' })
  businessSystems?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Departments that it affects.' })
  departments?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it alters software.' })
  software?: boolean | null;

  @Field(() => ChangeSourceEnum, { nullable: true, description: 'Where it comes from; default by forTicketId, else OWN.' })
  source?: ChangeSource | null;

  @Field(() => ID, { nullable: true, description: 'Change owner.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Implementer.' })
  implementerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Team.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Item of the customer’s agreed list; general changes only.' })
  preAuthorisedId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Incident or problem that asks for it; its CIs are taken over when none are named.' })
  forTicketId?: string | null;

  @Field(() => String, { nullable: true, description: 'Done already while handling the incident: why it was not recorded before (INC-14).' })
  recordedAfterwards?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Submit it at once.' })
  submit?: boolean | null;

  @Field(() => String, { nullable: true, description: 'The same key with the same body answers with the first answer.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class EditChangeInput extends ChangeCommandInput {
  @Field(() => String, { nullable: true, description: 'One line.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be changed, and why.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Type: key of changeTerms.' })
  type?: string | null;

  @Field(() => String, { nullable: true, description: 'Risk: key of changeTerms; default medium.' })
  risk?: string | null;

  @Field(() => String, { nullable: true, description: 'Priority: key of changeTerms; default normal.' })
  priority?: string | null;

  @Field(() => String, { nullable: true, description: 'Third party or customer that asked for it.' })
  askedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'Expected result.' })
  expectedResult?: string | null;

  @Field(() => [ID], { nullable: true, description: 'CIs that it alters, at most 200.' })
  ciIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Business systems that it affects.' })
  businessSystems?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Departments that it affects.' })
  departments?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it alters software.' })
  software?: boolean | null;
}

@InputType({ description: 'Another category.' })
export class RecategoriseChangeInput extends ChangeCommandInput {
  @Field(() => ChangeCategoryEnum, { description: 'New category.' })
  category!: ChangeCategory;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => ID, { nullable: true, description: 'Item of the agreed list, for a general change.' })
  preAuthorisedId?: string | null;
}

@InputType({ description: 'Who is left out stays as they are.' })
export class AssignChangeInput extends ChangeCommandInput {
  @Field(() => ID, { nullable: true, description: 'Change owner.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Implementer.' })
  implementerId?: string | null;
}

@InputType({ description: 'A command with its reason.' })
export class ChangeReasonInput extends ChangeCommandInput {
  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A window, half-open.' })
export class ChangeWindowInput extends ChangeCommandInput {
  @Field(() => DateTime, { description: 'Begin.' })
  windowStartAt!: number;

  @Field(() => DateTime, { description: 'End.' })
  windowEndAt!: number;

  @Field(() => String, { nullable: true, description: 'Why it is moved.' })
  reason?: string | null;
}

@InputType({ description: 'What is left out stays as it is; blank empties it.' })
export class EditChangePlanInput extends ChangeCommandInput {
  @Field(() => String, { nullable: true, description: 'Type.' })
  planType?: string | null;

  @Field(() => String, { nullable: true, description: 'Background.' })
  background?: string | null;

  @Field(() => String, { nullable: true, description: 'Present environment.' })
  presentEnvironment?: string | null;

  @Field(() => String, { nullable: true, description: 'Backup of present data.' })
  dataBackup?: string | null;

  @Field(() => String, { nullable: true, description: 'Steps.' })
  steps?: string | null;

  @Field(() => String, { nullable: true, description: 'Schedule.' })
  schedule?: string | null;

  @Field(() => String, { nullable: true, description: 'Risk and rollback.' })
  riskAndRollback?: string | null;

  @Field(() => String, { nullable: true, description: 'Test steps.' })
  testSteps?: string | null;

  @Field(() => String, { nullable: true, description: 'Implementation plan.' })
  implementationPlan?: string | null;

  @Field(() => String, { nullable: true, description: 'Test plan.' })
  testPlan?: string | null;

  @Field(() => String, { nullable: true, description: 'Rollback plan.' })
  rollbackPlan?: string | null;

  @Field(() => String, { nullable: true, description: 'Service plan.' })
  servicePlan?: string | null;
}

@InputType({ description: 'A field of the plan that need not be written.' })
export class TrimChangePlanInput extends ChangeCommandInput {
  @Field(() => ChangePlanFieldEnum, { description: 'Field.' })
  field!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A section of the impact assessment.' })
export class ChangeSectionInput {
  @Field(() => ChangeSectionEnum, { description: 'Section.' })
  section!: string;

  @Field(() => String, { description: 'What it says.' })
  text!: string;
}

@InputType({ description: 'Sections of the impact assessment (CHG-17).' })
export class AssessChangeInput extends ChangeCommandInput {
  @Field(() => ChangePhaseEnum, { description: 'Before or after.' })
  phase!: string;

  @Field(() => [ChangeSectionInput], { description: 'Sections, each once.' })
  sections!: ChangeSectionInput[];
}

@InputType({ description: 'What the owner of a CI says (CHG-17).' })
export class StateOnChangeInput extends ChangeCommandInput {
  @Field(() => ID, { description: 'The CI.' })
  ciId!: string;

  @Field(() => Boolean, { description: 'Whether they agree.' })
  agrees!: boolean;

  @Field(() => String, { description: 'What they say.' })
  text!: string;
}

@InputType({ description: 'A yes or no.' })
export class ChangeWordInput extends ChangeCommandInput {
  @Field(() => Boolean, { description: 'Yes or no.' })
  approved!: boolean;

  @Field(() => String, { nullable: true, description: 'Condition, or the reason of a no.' })
  note?: string | null;
}

@InputType({ description: 'What the CAB decided.' })
export class RecordCabDecisionInput extends ChangeCommandInput {
  @Field(() => Boolean, { description: 'Yes or no.' })
  approved!: boolean;

  @Field(() => String, { nullable: true, description: 'Minutes, or the reason of a no.' })
  note?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided; default now.' })
  givenAt?: number | null;
}

@InputType({ description: 'The customer’s written confirmation (CHG-10). The customer’s approver gives "approved" alone; entered for them, it names paper and person.' })
export class ConfirmChangeInput extends ChangeCommandInput {
  @Field(() => Boolean, { description: 'Yes or no.' })
  approved!: boolean;

  @Field(() => String, { nullable: true, description: 'Condition, or the reason of a no.' })
  note?: string | null;

  @Field(() => ChangeGivenEnum, { nullable: true, description: 'SIGNATURE or MAIL.' })
  given?: string | null;

  @Field(() => String, { nullable: true, description: 'Who confirmed.' })
  personName?: string | null;

  @Field(() => ID, { nullable: true, description: 'The signed paper or mail, attached to this change.' })
  attachmentId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When; default now.' })
  givenAt?: number | null;
}

@InputType({ description: 'Oral consent of a department manager or above (CHG-06).' })
export class RecordConsentInput extends ChangeCommandInput {
  @Field(() => Boolean, { description: 'Yes or no.' })
  approved!: boolean;

  @Field(() => String, { nullable: true, description: 'What was said; a no needs its reason.' })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who gave it, when somebody else enters it.' })
  personId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When; default now.' })
  givenAt?: number | null;
}
