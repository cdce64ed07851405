import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';

export const TicketKind = { INCIDENT: 'incident', CHANGE: 'change', PROBLEM: 'problem', RELEASE: 'release' } as const;
registerEnumType(TicketKind, { name: 'TicketKind', description: 'Kind of work record.' });

@ObjectType({ description: 'A person, by name only.' })
export class PersonName {
  @Field(() => ID, { description: 'Id of the person.' })
  id!: string;

  @Field(() => String, { description: 'Display name.' })
  name!: string;
}

@ObjectType({ description: 'A team, by name and line.' })
export class TeamName {
  @Field(() => ID, { description: 'Id of the team.' })
  id!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => Int, { description: '1 first line, 2 second line, 3 third line or vendor.' })
  line!: number;
}

@ObjectType({ description: 'A customer, by name.' })
export class CustomerName {
  @Field(() => ID, { description: 'Id of the customer.' })
  id!: string;

  @Field(() => String, { description: 'Short name.' })
  name!: string;

  @Field(() => String, { description: 'IANA time zone.' })
  timeZone!: string;
}

export const WorkLogKind = {
  NOTE: 'note', CALL: 'call', MAIL: 'mail', VISIT: 'visit', ARRIVAL: 'arrival', PROGRESS_REPORT: 'progress-report', FIRST_CONTACT: 'first-contact',
  CUSTOMER_REPLY: 'customer-reply', SOLUTION: 'solution', URGE: 'urge', ANSWER: 'answer',
} as const;
registerEnumType(WorkLogKind, { name: 'WorkLogKind', description: 'What a work-log entry records (INC-06).' });

@ObjectType({ description: 'An entry of the work log 工作日志 (INC-06). Never edited.' })
export class WorkLogEntryView {
  @Field(() => ID, { description: 'Id of the entry.' })
  id!: string;

  @Field(() => WorkLogKind, { description: 'What it records.' })
  kind!: string;

  @Field(() => String, { description: 'The text.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether the customer sees it.' })
  customerVisible!: boolean;

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: number;

  @Field(() => DateTime, { description: 'When it was entered; later for a late entry (INC-19).' })
  recordedAt!: number;

  @Field(() => String, { description: 'Who entered it.' })
  author!: string;

  @Field(() => Int, { nullable: true, description: 'Time spent, minutes.' })
  minutes!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was entered late.' })
  lateReason!: string | null;
}

@ObjectType({ description: 'A link to another work record.' })
export class TicketLinkView {
  @Field(() => ID, { description: 'Id of the other record.' })
  id!: string;

  @Field(() => String, { description: 'Its number.' })
  number!: string;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => TicketKind, { description: 'What kind of record it is.' })
  recordKind!: string;

  @Field(() => Boolean, { description: 'Whether it is still open.' })
  open!: boolean;

  @Field(() => String, { description: 'What it says, read from the record that made it: e.g. recurrence-of, problem-of, change-for, carries.' })
  kind!: string;

  @Field(() => Boolean, { description: 'True when the link was made from this record to the other.' })
  outgoing!: boolean;
}

@ObjectType({ description: 'One stay in a team (HND-06). The legs of a ticket add up to its total.' })
export class LegView {
  @Field(() => TeamName, { nullable: true, description: 'The team; null while no team had it.' })
  team!: TeamName | null;

  @Field(() => DateTime, { description: 'When it came to the team.' })
  from!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the team accepted it; null while it waits.' })
  acceptedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it left the team.' })
  to!: number | null;

  @Field(() => Int, { description: 'Wall time waiting for acceptance.' })
  waitingSeconds!: number;

  @Field(() => Int, { description: 'Wall time in the team after acceptance.' })
  workedSeconds!: number;

  @Field(() => Int, { description: 'Of its business time: waiting for acceptance.' })
  waitingBusinessSeconds!: number;

  @Field(() => Int, { description: 'Of its business time: after acceptance. The legs of a ticket add up to its total, to the second.' })
  workedBusinessSeconds!: number;

  @Field(() => Int, { description: 'Business time of the whole leg, in the calendar of the resolution clock.' })
  businessSeconds!: number;

  @Field(() => Int, { nullable: true, description: 'OLA target of the team, if policy gives one.' })
  olaTargetSeconds!: number | null;
}
