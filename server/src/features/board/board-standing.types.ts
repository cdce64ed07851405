import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ChangeCategoryEnum } from '../change/change-enum.types.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import { TicketKind } from '../ticket/ticket.types.ts';

export const AlarmKind = { BREACHED: 'breached', NEW_LV1: 'new-lv1', ESCALATED: 'escalated' } as const;
registerEnumType(AlarmKind, { name: 'AlarmKind', description: 'What rings until somebody acknowledges it (WBD-03).' });

export const BannerKind = { FREEZE: 'freeze', MAJOR_INCIDENT: 'major-incident' } as const;
registerEnumType(BannerKind, { name: 'BannerKind', description: 'What hangs over a whole board (WBD-01). More kinds may come: show the title of one that you do not know.' });

export const WorkStandingEnum = { UNAPPROVED: 'unapproved', SCHEDULED: 'scheduled', RUNNING: 'running', ROLLED_BACK: 'rolled-back', DONE: 'done', FAILED: 'failed' } as const;
registerEnumType(WorkStandingEnum, { name: 'WorkStanding', description: 'How a planned change or deployment stands.' });

@ObjectType({ description: 'A breach, a new LV1 or an escalation: it rings until somebody acknowledges it or the incident is closed (WBD-03).' })
export class BoardAlarm {
  @Field(() => ID, { description: 'Opaque; of an escalation its own id.' }) id!: string;
  @Field(() => AlarmKind, { description: 'What it is.' }) kind!: string;
  @Field(() => String, { nullable: true, description: 'Of a breach the clock, of an escalation its step.' }) detail!: string | null;
  @Field(() => [String], { description: 'Whom an escalation addresses; of others nobody.' }) to!: readonly string[];
  @Field(() => Boolean, { description: 'An escalation raised before its threshold (SLA-17).' }) early!: boolean;
  @Field(() => ID, { description: 'The incident.' }) incidentId!: string;
  @Field(() => String, { description: 'The incident\'s number.' }) number!: string;
  @Field(() => String, { description: 'The incident\'s title.' }) title!: string;
  @Field(() => IncidentLevel, { description: 'The incident\'s level.' }) level!: string;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => DateTime, { description: 'When it began to ring.' }) raisedAt!: number;
  @Field(() => String, { nullable: true, description: 'Who acknowledged it.' }) acknowledgedBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) acknowledgedAt!: number | null;
}

@ObjectType({ description: 'A change or deployment that has a window today.' })
export class PlannedWork {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => TicketKind, { description: 'CHANGE or RELEASE.' }) kind!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => ChangeCategoryEnum, { nullable: true, description: 'Of a change.' }) category!: string | null;
  @Field(() => DateTime, { description: 'Its window begins.' }) windowStartAt!: number;
  @Field(() => DateTime, { description: 'Its window ends.' }) windowEndAt!: number;
  @Field(() => WorkStandingEnum, { description: 'How it stands.' }) standing!: string;
}

@ObjectType({ description: 'A day in the board\'s zone, [from, to).' })
export class BoardToday {
  @Field(() => DateTime, { description: 'Midnight.' }) from!: number;
  @Field(() => DateTime, { description: 'The next midnight.' }) to!: number;
  @Field(() => [PlannedWork], { description: 'At most 20: what comes or runs by its beginning, then what is over.' }) items!: PlannedWork[];
  @Field(() => Int, { description: 'In all.' }) total!: number;
}

@ObjectType({ description: 'What hangs over the whole board: a freeze of today, a major incident.' })
export class BoardBanner {
  @Field(() => BannerKind, { description: 'What it is.' }) kind!: string;
  @Field(() => ID, { description: 'Of the freeze window or the incident.' }) id!: string;
  @Field(() => String, { description: 'Its name or title.' }) title!: string;
  @Field(() => DateTime, { description: 'Since when, or from when.' }) from!: number;
  @Field(() => DateTime, { nullable: true, description: 'Until when; null while that is open.' }) to!: number | null;
  @Field(() => String, { nullable: true, description: 'Number of the incident.' }) number!: string | null;
  @Field(() => ID, { nullable: true, description: 'The incident.' }) incidentId!: string | null;
}

@InputType({ description: 'Exactly one of the three.' })
export class AcknowledgeAlarmInput {
  @Field(() => ID, { nullable: true, description: 'One alarm.' })
  alarmId?: string | null;

  @Field(() => ID, { nullable: true, description: 'All alarms of an incident.' })
  incidentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'All alarms of a board.' })
  boardId?: string | null;
}

@ObjectType({ description: 'An alarm that is silent now.' })
export class AcknowledgedAlarm {
  @Field(() => ID, { description: 'The alarm.' }) id!: string;
  @Field(() => ID, { description: 'Its incident.' }) incidentId!: string;
  @Field(() => String, { description: 'Who was first.' }) acknowledgedBy!: string;
  @Field(() => DateTime, { description: 'When.' }) acknowledgedAt!: number;
  @Field(() => Boolean, { description: 'By this call; false: somebody was quicker.' }) now!: boolean;
}

@ObjectType({ description: 'What was acknowledged.' })
export class AcknowledgeAlarmPayload {
  @Field(() => [AcknowledgedAlarm], { nullable: true, description: 'All that was asked for, with who was first.' }) alarms!: AcknowledgedAlarm[] | null;
  @Field(() => [UserError], { description: 'Why not; empty when done.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'What rings, of all that you may see.' })
export class RingingAlarms {
  @Field(() => Int, { description: 'In all.' }) count!: number;
  @Field(() => [BoardAlarm], { description: 'At most 50, as on a board.' }) alarms!: BoardAlarm[];
}
