import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../../platform/graphql/node.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import { CustomerName, PersonName, TeamName } from '../ticket/ticket.types.ts';
import { IncidentState } from './incident-state.types.ts';

export const Difficulty = { SIMPLE: 'simple', NORMAL: 'normal', HARD: 'hard' } as const;
registerEnumType(Difficulty, { name: 'Difficulty', description: 'Difficulty 处理难度 (INC-18, D-40).' });

@ObjectType({ description: 'A record by id and number.' })
export class TicketNumber {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Number.' })
  number!: string;
}

@ObjectType({ description: 'A named thing.' })
export class NamedThing {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;
}

@ObjectType({ description: 'A service of the catalogue, by name.' })
export class ServiceName extends NamedThing {
  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;
}

@ObjectType({ description: 'The agreement that covers the incident.' })
export class IncidentAgreement {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Number of the agreement.' })
  number!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Tier; null: the level table alone (D-32).' })
  tier!: string | null;
}

@ObjectType({ description: 'The fault report 故障处理报告 that an LV1 or LV2 owes (INC-16).' })
export class FaultReportView {
  @Field(() => DateTime, { description: 'When it is due.' })
  dueAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was attached; null: still owed.' })
  attachedAt!: number | null;

  @Field(() => Boolean, { description: 'Owed past its due instant.' })
  overdue!: boolean;
}

@ObjectType({ description: 'A manager\'s word on converting the incident to a problem (INC-12).' })
export class ConversionWordView {
  @Field(() => String, { description: 'service-manager or technical-manager.' })
  role!: string;

  @Field(() => String, { description: 'Who.' })
  name!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@ObjectType({ implements: Node, description: 'An incident 事件.' })
export class Incident extends Node {
  @Field(() => String, { description: 'Number, never reused (D-31).' })
  number!: string;

  @Field(() => Int, { description: 'Counts the commands carried out on it; updates name the one they were based on.' })
  version!: number;

  @Field(() => String, { description: 'One line.' })
  title!: string;

  @Field(() => String, { description: 'What was reported.' })
  description!: string;

  @Field(() => IncidentState, { description: 'State 事件状态.' })
  state!: string;

  @Field(() => Boolean, { description: 'Within 解决中: whether work has started (D-20).' })
  started!: boolean;

  @Field(() => IncidentLevel, { description: 'Level in force.' })
  level!: string;

  @Field(() => Boolean, { description: 'Whether the receiver has confirmed the level.' })
  levelConfirmed!: boolean;

  @Field(() => IncidentLevel, { nullable: true, description: 'Level that impact and urgency propose.' })
  proposedLevel!: string | null;

  @Field(() => Int, { nullable: true, description: 'Impact, 1 high – 3 low.' })
  impact!: number | null;

  @Field(() => Int, { nullable: true, description: 'Urgency, 1 high – 3 low.' })
  urgency!: number | null;

  @Field(() => Difficulty, { description: 'Difficulty 处理难度.' })
  difficulty!: string;

  @Field(() => String, { description: 'Category 事件分类 (key of the vocabulary).' })
  category!: string;

  @Field(() => String, { description: 'Technical class.' })
  technicalClass!: string;

  @Field(() => String, { description: 'Channel it came by.' })
  channel!: string;

  @Field(() => String, { nullable: true, description: 'Source system or mailbox.' })
  source!: string | null;

  @Field(() => String, { nullable: true, description: 'Symptom.' })
  symptom!: string | null;

  @Field(() => String, { nullable: true, description: 'Who called.' })
  caller!: string | null;

  @Field(() => String, { nullable: true, description: 'Number to call back.' })
  callerPhone!: string | null;

  @Field(() => String, { nullable: true, description: 'Department of the customer.' })
  department!: string | null;

  @Field(() => CustomerName, { description: 'Customer.' })
  customer!: CustomerName;

  @Field(() => NamedThing, { nullable: true, description: 'Site.' })
  site!: NamedThing | null;

  @Field(() => ServiceName, { nullable: true, description: 'Service concerned.' })
  service!: ServiceName | null;

  @Field(() => IncidentAgreement, { nullable: true, description: 'Agreement that covers it.' })
  agreement!: IncidentAgreement | null;

  @Field(() => TeamName, { nullable: true, description: 'Holding team; while a handoff waits, the receiver.' })
  team!: TeamName | null;

  @Field(() => PersonName, { nullable: true, description: 'Assignee.' })
  holder!: PersonName | null;

  @Field(() => PersonName, { nullable: true, description: 'First contact 首问, engineer (HND-02).' })
  firstContactEngineer!: PersonName | null;

  @Field(() => PersonName, { nullable: true, description: 'First contact, service manager.' })
  firstContactServiceManager!: PersonName | null;

  @Field(() => DateTime, { nullable: true, description: 'When it began, if known.' })
  occurredAt!: number | null;

  @Field(() => DateTime, { description: 'When it was reported; its clocks run from here.' })
  reportedAt!: number;

  @Field(() => Int, { nullable: true, description: 'How long the call took that it was recorded in (SLA-19).' })
  callSeconds!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' })
  closedAt!: number | null;

  @Field(() => DateTime, { description: 'When something last happened to it.' })
  updatedAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'First response that counted (D-06).' })
  respondedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Number in the system it was imported from.' })
  externalNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Solution.' })
  solution!: string | null;

  @Field(() => String, { nullable: true, description: 'Cause class.' })
  causeClass!: string | null;

  @Field(() => String, { nullable: true, description: 'Closing code (D-41).' })
  closureCode!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The customer\'s word arrived while it was suspended (D-37).' })
  feedbackArrivedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'The customer accepted the solution (INC-17).' })
  acceptedAt!: number | null;

  @Field(() => Int, { description: 'Attempts to get the customer\'s word, one a working day (D-41).' })
  confirmationAttempts!: number;

  @Field(() => Int, { description: 'How often it was urged 催办 (INC-27).' })
  urgeCount!: number;

  @Field(() => DateTime, { nullable: true, description: 'When last.' })
  lastUrgedAt!: number | null;

  @Field(() => Boolean, { description: 'Sent back and forth between teams (HND-03).' })
  pingPong!: boolean;

  @Field(() => Int, { description: '1: second line is proposed, 2: the incident manager is told (SLA-18).' })
  functionalStep!: number;

  @Field(() => Boolean, { nullable: true, description: 'Whether a visit is needed; null while undecided (D-34).' })
  onSiteNeeded!: boolean | null;

  customerId!: string;
  teamId!: string | null;

  @Field(() => Boolean, { description: 'Declared a major incident (INC-16).' })
  major!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it was declared major.' })
  majorAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Where the bridge call is.' })
  bridge!: string | null;

  @Field(() => Boolean, { description: 'Something was changed while handling (INC-14).' })
  changeMade!: boolean;

  @Field(() => [ConversionWordView], { description: 'The managers\' words on making a problem of it (INC-12).' })
  conversion!: ConversionWordView[];
}

@ObjectType({ description: 'A spell of 挂起 (INC-07, INC-08).' })
export class SuspensionView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Reason category (key of the vocabulary).' })
  category!: string;

  @Field(() => String, { description: 'Its Chinese label.' })
  categoryZh!: string;

  @Field(() => String, { description: 'Its English label.' })
  categoryEn!: string;

  @Field(() => String, { nullable: true, description: 'Reason in words.' })
  text!: string | null;

  @Field(() => String, { nullable: true, description: 'Pasted mail.' })
  pastedMail!: string | null;

  @Field(() => DateTime, { description: 'From.' })
  from!: number;

  @Field(() => DateTime, { nullable: true, description: 'Until; null while it lasts.' })
  to!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Expected end.' })
  expectedEndAt!: number | null;

  @Field(() => String, { description: 'Who suspended it.' })
  suspendedBy!: string;

  @Field(() => String, { nullable: true, description: 'Who resumed it.' })
  resumedBy!: string | null;

  @Field(() => Int, { description: 'Length so far, wall time.' })
  seconds!: number;

  @Field(() => Boolean, { description: 'Long or repeated (INC-08).' })
  flagged!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When a lead corrected it; it no longer counts (INC-22).' })
  correctedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Who corrected it.' })
  correctedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  correctedReason!: string | null;
}

@ObjectType({ description: 'A re-grading and the lead\'s word on it (INC-04).' })
export class RegradeRequestView {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => IncidentLevel, { description: 'From.' })
  fromLevel!: string;

  @Field(() => IncidentLevel, { description: 'To.' })
  toLevel!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: 'waiting, approved or refused.' })
  state!: string;

  @Field(() => String, { description: 'Who asked.' })
  requestedBy!: string;

  @Field(() => DateTime, { description: 'When.' })
  requestedAt!: number;

  @Field(() => String, { nullable: true, description: 'Who decided.' })
  decidedBy!: string | null;
}

@ObjectType({ description: 'Answer of every command on an incident.' })
export class IncidentPayload {
  @Field(() => Incident, { nullable: true, description: 'The incident after the command; null when it was refused.' })
  incident!: Incident | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' })
  userErrors!: UserError[];
}
