import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { WorkLogKind } from '../ticket/ticket.types.ts';
import type { WorkLogEntry } from '../ticket/ticket.entity.ts';
import { Difficulty } from './incident.types.ts';

@InputType({ description: 'Sends what is not an incident of ours to its own process in one step (INC-23).' })
export class SendElsewhereInput {
  @Field(() => String, { description: 'complaint, request-outside-contract, change-request, security-event or other-department.' })
  process!: string;

  @Field(() => String, { description: 'Why; the reporter is told.' })
  reason!: string;
}

@InputType({ description: 'A new incident (INC-03).' })
export class RecordIncidentInput {
  @Field(() => ID, { description: 'Customer.' })
  customerId!: string;

  @Field(() => String, { description: 'One line, at most 300 characters.' })
  title!: string;

  @Field(() => String, { description: 'What was reported, at most 20,000 characters.' })
  description!: string;

  @Field(() => String, { description: 'Channel: phone, e-mail, web, chat, monitoring, api, inspection.' })
  channel!: string;

  @Field(() => String, { description: 'Category 事件分类.' })
  category!: string;

  @Field(() => String, { description: 'Technical class.' })
  technicalClass!: string;

  @Field(() => String, { nullable: true, description: 'Who called.' })
  caller?: string | null;

  @Field(() => String, { nullable: true, description: 'Number to call back.' })
  callerPhone?: string | null;

  @Field(() => String, { nullable: true, description: 'Department of the customer.' })
  department?: string | null;

  @Field(() => String, { nullable: true, description: 'Source system or mailbox.' })
  source?: string | null;

  @Field(() => String, { nullable: true, description: 'Symptom, for finding the same incident (INC-15).' })
  symptom?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  occurredAt?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was reported; default now. Its clocks run from here.' })
  reportedAt?: number | null;

  @Field(() => Int, { nullable: true, description: 'How long the call took, in seconds, 0–86400 (SLA-19).' })
  callSeconds?: number | null;

  @Field(() => ID, { nullable: true, description: 'CI, if known.' })
  ciId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Service, if known.' })
  serviceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Site.' })
  siteId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Impact, 1 high – 3 low.' })
  impact?: number | null;

  @Field(() => Int, { nullable: true, description: 'Urgency, 1 high – 3 low.' })
  urgency?: number | null;

  @Field(() => IncidentLevel, { nullable: true, description: 'The level, if the receiver confirms it now; it is then assigned by it (INC-05).' })
  level?: Level | null;

  @Field(() => Difficulty, { nullable: true, description: 'Difficulty; default NORMAL.' })
  difficulty?: 'simple' | 'normal' | 'hard' | null;

  @Field(() => ID, { nullable: true, description: 'Team that holds it from the start; default the receiver\'s own.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The closed incident that recurs (INC-10).' })
  recurrenceOfId?: string | null;

  @Field(() => SendElsewhereInput, { nullable: true, description: 'Set when it is not an incident of ours (INC-23).' })
  sendElsewhere?: SendElsewhereInput | null;

  @Field(() => String, { nullable: true, description: 'Number in the system it comes from; unique together with `externalSource`.' })
  externalNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of that system.' })
  externalSource?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What every command on an incident carries.' })
export class IncidentInput {
  @Field(() => ID, { description: 'The incident.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the command was based on; a stale one is refused.' })
  expectedVersion!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it happened, for a late entry (INC-19); default now.' })
  occurredAt?: number | null;

  @Field(() => String, { nullable: true, description: 'Why it is entered late.' })
  lateReason?: string | null;

  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Confirms the level (INC-04).' })
export class ConfirmLevelInput extends IncidentInput {
  @Field(() => IncidentLevel, { description: 'The level.' })
  level!: Level;
}

@InputType({ description: 'Assigns to a team or person.' })
export class AssignIncidentInput extends IncidentInput {
  @Field(() => ID, { nullable: true, description: 'Team; default the holding one.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Person, a member of that team.' })
  holderId?: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@InputType({ description: 'A first contact by a person (D-06).' })
export class RecordResponseInput extends IncidentInput {
  @Field(() => String, { description: 'phone always counts; other channels where the agreement says so.' })
  channel!: string;

  @Field(() => Boolean, { description: 'Whether the caller was reached.' })
  reached!: boolean;

  @Field(() => String, { nullable: true, description: 'Number called; required for an attempt that reached nobody.' })
  phoneNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'What was said.' })
  note?: string | null;
}

@InputType({ description: 'A command with an optional note.' })
export class NoteInput extends IncidentInput {
  @Field(() => String, { nullable: true, description: 'Note.' })
  note?: string | null;
}

@InputType({ description: 'Whether a visit is needed (D-34).' })
export class DecideOnSiteInput extends IncidentInput {
  @Field(() => Boolean, { description: 'False: remote is enough.' })
  needed!: boolean;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'Suspends (INC-07, INC-08).' })
export class SuspendIncidentInput extends IncidentInput {
  @Field(() => String, { description: 'Reason category (vocabulary).' })
  category!: string;

  @Field(() => String, { nullable: true, description: 'Reason in words; required for "other".' })
  text?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it should end; required.' })
  expectedEndAt?: number | null;

  @Field(() => String, { nullable: true, description: 'Pasted mail.' })
  pastedMail?: string | null;
}

@InputType({ description: 'Resumes (INC-07, INC-28).' })
export class ResumeIncidentInput extends IncidentInput {
  @Field(() => String, { description: 'Work-log entry: what changed.' })
  workLog!: string;
}

@InputType({ description: 'Text from the customer.' })
export class CustomerFeedbackInput extends IncidentInput {
  @Field(() => String, { description: 'Their words.' })
  text!: string;

  @Field(() => String, { description: 'Channel it came by.' })
  channel!: string;
}

@InputType({ description: 'Proposes a solution (INC-17).' })
export class ProposeSolutionInput extends IncidentInput {
  @Field(() => String, { description: 'The solution.' })
  solution!: string;

  @Field(() => String, { nullable: true, description: 'Cause class.' })
  causeClass?: string | null;
}

@InputType({ description: 'A command with a reason.' })
export class ReasonInput extends IncidentInput {
  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'Raises a change for an incident (INC-14).' })
export class RaiseChangeForIncidentInput extends IncidentInput {
  @Field(() => String, { description: 'What is to be changed, one line.' })
  title!: string;

  @Field(() => String, { description: 'What and why.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'major, important, general or emergency; default: emergency for an LV1 or LV2, else general.' })
  category?: string | null;

  @Field(() => String, { description: 'Type: system, business or management (policy).' })
  type!: string;

  @Field(() => [ID], { nullable: true, description: 'CIs that it affects; default: those of the incident.' })
  ciIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Done already while handling: why it is written down only now.' })
  recordedAfterwards?: string | null;
}

@InputType({ description: 'Declares a major incident (INC-16).' })
export class DeclareMajorIncidentInput extends IncidentInput {
  @Field(() => String, { nullable: true, description: 'Where the bridge call is: number, link, room.' })
  bridge?: string | null;
}

@InputType({ description: 'Attaches an incident to a major one (INC-16).' })
export class AttachToMajorIncidentInput extends IncidentInput {
  @Field(() => ID, { description: 'The open major incident.' })
  majorId!: string;
}

@InputType({ description: 'Moves the bridge call of a major incident (INC-16).' })
export class ChangeBridgeInput extends IncidentInput {
  @Field(() => String, { description: 'Where it is now.' })
  bridge!: string;
}

@InputType({ description: 'A command with a text.' })
export class TextInput extends IncidentInput {
  @Field(() => String, { description: 'Text.' })
  text!: string;
}

@InputType({ description: 'Closes (INC-09, D-41).' })
export class CloseIncidentInput extends IncidentInput {
  @Field(() => String, { description: 'Closing code (vocabulary).' })
  closureCode!: string;

  @Field(() => String, { nullable: true, description: 'Solution, if not proposed before.' })
  solution?: string | null;

  @Field(() => String, { nullable: true, description: 'Cause class.' })
  causeClass?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for codes that need a reason.' })
  reason?: string | null;

  @Field(() => ID, { nullable: true, description: 'The other incident, for duplicate and with-major.' })
  linkedTicketId?: string | null;
}

@InputType({ description: 'Re-grades (INC-04, D-35).' })
export class RegradeIncidentInput extends IncidentInput {
  @Field(() => IncidentLevel, { description: 'The new level.' })
  level!: Level;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'The lead\'s word on a re-grading.' })
export class DecideRegradeInput extends IncidentInput {
  @Field(() => Boolean, { description: 'Approve or refuse.' })
  approve!: boolean;

  @Field(() => String, { nullable: true, description: 'Why; required for a refusal.' })
  reason?: string | null;
}

@InputType({ description: 'A work-log entry (INC-06).' })
export class AddWorkLogInput extends IncidentInput {
  @Field(() => WorkLogKind, { description: 'What it records.' })
  kind!: WorkLogEntry['kind'];

  @Field(() => String, { description: 'The text.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether the customer sees it; a progress report must be.' })
  customerVisible!: boolean;

  @Field(() => Int, { nullable: true, description: 'Time spent, minutes.' })
  minutes?: number | null;
}

@InputType({ description: 'Hands over to another team (HND-01).' })
export class RequestHandoffInput extends IncidentInput {
  @Field(() => ID, { description: 'Receiving team.' })
  toTeamId!: string;

  @Field(() => ID, { nullable: true, description: 'Person asked for.' })
  toPersonId?: string | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: 'What was tried.' })
  tried!: string;

  @Field(() => String, { description: 'What is asked for.' })
  requestedAction!: string;
}

@InputType({ description: 'Accepts the waiting handoff.' })
export class AcceptHandoffInput extends IncidentInput {
  @Field(() => ID, { nullable: true, description: 'Who takes it; default the accepting person.' })
  holderId?: string | null;
}

@InputType({ description: 'Raises an escalation by hand (SLA-06, SLA-17).' })
export class RaiseEscalationInput extends IncidentInput {
  @Field(() => String, { description: 'manual, escalation-1 or escalation-2.' })
  step!: 'escalation-1' | 'escalation-2' | 'manual';

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => [String], { defaultValue: [], description: 'Addressees besides those of the table.' })
  to!: string[];
}

@InputType({ description: 'Acknowledges an escalation (SLA-07).' })
export class AcknowledgeEscalationInput extends IncidentInput {
  @Field(() => ID, { description: 'The escalation.' })
  escalationId!: string;
}

@InputType({ description: 'Links another record of the same customer.' })
export class LinkTicketInput extends IncidentInput {
  @Field(() => ID, { description: 'The other record.' })
  otherId!: string;

  @Field(() => String, { description: 'recurrence-of (an incident), related (any record) or caused-by (a change).' })
  kind!: 'recurrence-of' | 'related' | 'caused-by';
}

@InputType({ description: 'Links a CI (INC-13).' })
export class LinkCiInput extends IncidentInput {
  @Field(() => ID, { description: 'The CI.' })
  ciId!: string;

  @Field(() => Boolean, { description: 'Whether the fault was traced to it.' })
  cause!: boolean;
}

@InputType({ description: 'Attaches this report to the incident that is open already (INC-15).' })
export class AttachDuplicateInput extends IncidentInput {
  @Field(() => ID, { description: 'The open incident.' })
  duplicateOfId!: string;
}

@InputType({ description: 'Corrects a mistaken entry (INC-22).' })
export class CorrectEntryInput extends IncidentInput {
  @Field(() => String, { description: 'suspension, resume or response.' })
  kind!: 'suspension' | 'response' | 'resume';

  @Field(() => ID, { nullable: true, description: 'The suspension, unless it is the response.' })
  suspensionId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it really happened; null: it did not.' })
  at!: number | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}
