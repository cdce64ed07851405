import { createUnionType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime, Seq } from '../../platform/graphql/scalars.ts';
import { ClockKind, ClockState } from '../clock/clock-kind.types.ts';
import type { ClockKind as Kind, ClockState as State } from '../clock/clock.rules.ts';
import { IncidentState } from '../incident/incident-state.types.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import type { BoardSort as Sort } from './board-order.rules.ts';
import { BoardAlarm, BoardBanner, BoardToday } from './board-standing.types.ts';

export const HappeningKind = {
  BREACHED: 'breached', ESCALATED: 'escalated', NEW_LV1: 'new-lv1', HANDED_OVER: 'handed-over', HANDOFF_DECIDED: 'handoff-decided', WARNED: 'warned',
  FEEDBACK_ARRIVED: 'feedback-arrived', PROGRESS_MISSED: 'progress-missed', URGED: 'urged', CLOSED: 'closed',
} as const;
registerEnumType(HappeningKind, { name: 'HappeningKind', description: 'What must reach eyes and ears even if the row has changed again (D-29).' });

@ObjectType({ description: 'A board of the NOC: which open incidents it shows, and how many.' })
export class Board {
  @Field(() => ID, { description: 'Opaque.' }) id!: string;
  @Field(() => String, { description: 'English name.' }) name!: string;
  @Field(() => String, { description: 'Chinese name.' }) nameZh!: string;
  @Field(() => String, { description: 'IANA zone in which the board tells times.' }) timeZone!: string;
  @Field(() => Int, { description: 'Rows that it shows; more are counted.' }) rowLimit!: number;
  @Field(() => Float, { nullable: true, description: 'Speed of a replay that feeds it; other than 1 its SLA figures are distorted (D-27).' }) replaySpeed?: number | null;
}

@ObjectType({ description: 'The clock that a row is about: the running one that ends next, or the paused one with the least left.' })
export class BoardClock {
  @Field(() => ClockKind, { description: 'What it measures.' }) kind!: Kind;
  @Field(() => ClockState, { description: 'RUNNING or PAUSED.' }) state!: State;
  @Field(() => DateTime, { nullable: true, description: 'When it breaches; null while paused.' }) dueAt!: number | null;
  @Field(() => Int, { nullable: true, description: 'While paused: what it has left, frozen; negative when breached.' }) remainingSeconds!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was breached.' }) breachedAt!: number | null;
  @Field(() => Boolean, { description: 'It stands still because its hours are closed; that is not a suspension (SLA-12).' }) outsideHours!: boolean;
  @Field(() => DateTime, { nullable: true, description: 'The next opening, when outside hours.' }) resumesAt!: number | null;
  @Field(() => Int, { nullable: true, description: 'Time left in its own calendar as of `asOf`.' }) remainingBusinessSeconds!: number | null;
  @Field(() => Int, { description: 'Its whole target in its own calendar.' }) targetSeconds!: number;
}

@ObjectType({ description: 'Why and since when a record is suspended 挂起.' })
export class BoardSuspension {
  @Field(() => String, { description: 'Key of the reason.' }) category!: string;
  @Field(() => String, { description: 'The reason in Chinese.' }) categoryZh!: string;
  @Field(() => String, { description: 'The reason in English.' }) categoryEn!: string;
  @Field(() => String, { nullable: true, description: 'What was written.' }) text!: string | null;
  @Field(() => DateTime, { description: 'Since when.' }) since!: number;
  @Field(() => DateTime, { nullable: true, description: 'When its end is expected.' }) expectedEndAt!: number | null;
  @Field(() => Boolean, { description: 'Long or repeated (INC-08).' }) flagged!: boolean;
}

@ObjectType({ description: 'A handoff that waits to be accepted.' })
export class BoardHandoff {
  @Field(() => ID, { description: 'Opaque.' }) id!: string;
  @Field(() => String, { description: 'Who gave it.' }) fromTeam!: string;
  @Field(() => String, { description: 'Its Chinese name.' }) fromTeamZh!: string;
  @Field(() => String, { description: 'Who has to take it.' }) toTeam!: string;
  @Field(() => String, { description: 'Its Chinese name.' }) toTeamZh!: string;
  @Field(() => DateTime, { description: 'Since when it waits.' }) since!: number;
  @Field(() => Int, { description: 'Reminders so far (HND-02).' }) ageingStep!: number;
}

@ObjectType({ description: 'The oldest escalation that nobody has acknowledged.' })
export class BoardEscalation {
  @Field(() => ID, { description: 'Opaque.' }) id!: string;
  @Field(() => String, { description: 'escalation-1, escalation-2 or manual.' }) step!: string;
  @Field(() => DateTime, { description: 'When it fired.' }) firedAt!: number;
  @Field(() => [String], { description: 'Whom it addresses.' }) to!: string[];
  @Field(() => Boolean, { description: 'Raised before its threshold (SLA-17).' }) early!: boolean;
  @Field(() => Boolean, { description: 'Fired late because no server ran (SLA-02).' }) late!: boolean;
}

export const BoardSort = { DUE: 'due', RISK: 'risk' } as const satisfies Record<string, Sort>;
registerEnumType(BoardSort, { name: 'BoardSort', description: 'DUE: time to breach (WBD-01). RISK: the likeliest to be missed first (SLA-11); not for customers.' });

@ObjectType({ description: 'One open incident as a board shows it.' })
export class BoardRow {
  @Field(() => ID, { description: 'The incident\'s id.' }) id!: string;
  @Field(() => String, { description: 'The incident\'s number.' }) number!: string;
  @Field(() => Int, { description: 'The record\'s version.' }) version!: number;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => IncidentLevel, { description: 'Level.' }) level!: string;
  @Field(() => IncidentState, { description: 'State.' }) state!: string;
  @Field(() => Boolean, { description: 'False: assigned, not started (D-20).' }) started!: boolean;
  @Field(() => String, { description: 'The customer\'s name.' }) customer!: string;
  @Field(() => String, { nullable: true, description: 'Holding team.' }) team!: string | null;
  @Field(() => String, { nullable: true, description: 'Holding team in Chinese.' }) teamZh!: string | null;
  @Field(() => String, { nullable: true, description: 'Holding person.' }) holder!: string | null;
  @Field(() => BoardClock, { nullable: true, description: 'Null when none runs or is paused.' }) clock!: BoardClock | null;
  @Field(() => BoardSuspension, { nullable: true, description: 'Set while suspended.' }) suspension!: BoardSuspension | null;
  @Field(() => BoardHandoff, { nullable: true, description: 'Set while a handoff waits.' }) handoff!: BoardHandoff | null;
  @Field(() => BoardEscalation, { nullable: true, description: 'Set while an escalation waits to be acknowledged.' }) escalation!: BoardEscalation | null;
  @Field(() => Int, { description: 'How often the customer urged.' }) urges!: number;
  @Field(() => Boolean, { description: 'Handed to and fro (HND-03).' }) pingPong!: boolean;
  @Field(() => DateTime, { nullable: true, description: 'The customer\'s word arrived on a suspended record (D-37).' }) feedbackArrivedAt!: number | null;
  @Field(() => Boolean, { description: 'One of its thresholds fired late because no server ran (SLA-02).' }) late!: boolean;
  @Field(() => DateTime, { description: 'When it was reported.' }) reportedAt!: number;
  @Field(() => Int, { nullable: true, description: 'How likely one of its clocks is missed, in percent, on a board by risk (SLA-11); null: nothing is foretold, or not asked.' }) risk!: number | null;
  @Field(() => String, { description: 'Opaque sort key: rows sort by (order, id) ascending, by code units; by time to breach (WBD-01), or as asked.' }) order!: string;
}

@ObjectType({ description: 'How many of a level.' })
export class LevelCount {
  @Field(() => IncidentLevel, { description: 'Level.' }) level!: string;
  @Field(() => Int, { description: 'Open incidents.' }) count!: number;
}

@ObjectType({ description: 'How many in a state.' })
export class StateCount {
  @Field(() => IncidentState, { description: 'State.' }) state!: string;
  @Field(() => Int, { description: 'Open incidents.' }) count!: number;
}

@ObjectType({ description: 'Exact counts over the whole board, however few rows are sent.' })
export class BoardCounters {
  @Field(() => Int, { description: 'Open incidents.' }) open!: number;
  @Field(() => Int, { description: 'Whose clock is breached.' }) breached!: number;
  @Field(() => Int, { description: 'Due within 15 minutes, not breached.' }) dueWithin15!: number;
  @Field(() => Int, { description: 'Due within 60 minutes, those within 15 included.' }) dueWithin60!: number;
  @Field(() => Int, { description: 'Suspended 挂起.' }) suspended!: number;
  @Field(() => Int, { description: 'Given to nobody yet 待分配.' }) awaitingAssignment!: number;
  @Field(() => Int, { description: 'Handoffs that wait to be accepted.' }) handoffsWaiting!: number;
  @Field(() => Int, { description: 'Escalations that nobody has acknowledged.' }) escalationsUnacknowledged!: number;
  @Field(() => Int, { description: 'Alarms that nobody has acknowledged: breaches, new LV1s and escalations.' }) alarmsUnacknowledged!: number;
  @Field(() => Int, { description: 'Breaches and new LV1s of the last ten minutes, acknowledged or not, of incidents that are open: more than ten are a flood.' }) newAlarms!: number;
  @Field(() => [LevelCount], { description: 'By level, all four.' }) byLevel!: LevelCount[];
  @Field(() => [StateCount], { description: 'By state, all open ones.' }) byState!: StateCount[];
}

@ObjectType({ description: 'Who is on call now (ORG-02).' })
export class OnCall {
  @Field(() => String, { description: 'Team.' }) team!: string;
  @Field(() => String, { nullable: true, description: 'Team in Chinese.' }) teamZh!: string | null;
  @Field(() => String, { description: 'Name.' }) person!: string;
  @Field(() => String, { nullable: true, description: 'Telephone.' }) phone!: string | null;
  @Field(() => Boolean, { description: 'Shift leader 值班长.' }) leader!: boolean;
  @Field(() => DateTime, { description: 'End of the shift.' }) until!: number;
}

@ObjectType({ description: 'Something that eyes or ears must get, even when the row has changed again (D-29).' })
export class Happening {
  @Field(() => Seq, { description: 'Its event.' }) seq!: number;
  @Field(() => HappeningKind, { description: 'What it is.' }) kind!: string;
  @Field(() => DateTime, { description: 'When it happened.' }) at!: number;
  @Field(() => ID, { nullable: true, description: 'The incident.' }) incidentId!: string | null;
  @Field(() => String, { nullable: true, description: 'The incident\'s number.' }) number!: string | null;
  @Field(() => IncidentLevel, { nullable: true, description: 'The incident\'s level.' }) level!: string | null;
  @Field(() => String, { description: 'A short English sentence.' }) text!: string;
}

@ObjectType({ description: 'The whole board, as of `seq` of the event log.' })
export class BoardSnapshot {
  @Field(() => String, { description: 'Which log.' }) epoch!: string;
  @Field(() => Seq, { description: 'Position in it.' }) seq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
  @Field(() => DateTime, { description: 'The server\'s clock now; screens count by it (LIV-03).' }) serverTime!: number;
  @Field(() => String, { description: 'Changes with every new wallboard.' }) version!: string;
  @Field(() => Board, { description: 'The board itself.' }) board!: Board;
  @Field(() => [BoardRow], { description: 'The first `rowLimit` rows by order.' }) rows!: BoardRow[];
  @Field(() => BoardCounters, { description: 'Exact counts.' }) counters!: BoardCounters;
  @Field(() => [OnCall], { description: 'Who is on call.' }) onCall!: OnCall[];
  @Field(() => [BoardAlarm], { description: 'What rings, or was acknowledged within the last five minutes; at most 50, unacknowledged ones first, the newest first.' }) alarms!: BoardAlarm[];
  @Field(() => Boolean, { description: 'Whether you may acknowledge alarms; a screen and a customer may not.' }) mayAcknowledge!: boolean;
  @Field(() => BoardToday, { description: 'Changes and deployments of today.' }) today!: BoardToday;
  @Field(() => [BoardBanner], { description: 'What hangs over the whole board.' }) banners!: BoardBanner[];
  @Field(() => Int, { description: 'Banners in all, however few are sent.' }) bannerCount!: number;
}

@ObjectType({ description: 'What changed from `fromSeq` to `toSeq`. Apply it only when `fromSeq` is yours; else subscribe again without a cursor.' })
export class BoardDelta {
  @Field(() => Seq, { description: 'The last seq sent on this stream, heartbeats included.' }) fromSeq!: number;
  @Field(() => Seq, { description: 'Where it leads.' }) toSeq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
  @Field(() => [BoardRow], { description: 'Rows to put in or replace.' }) upserts!: BoardRow[];
  @Field(() => [ID], { description: 'Rows to take out; one you do not have is no mistake.' }) removals!: string[];
  @Field(() => [Happening], { description: 'In order; none is ever left out.' }) happenings!: Happening[];
  @Field(() => BoardCounters, { description: 'Exact counts.' }) counters!: BoardCounters;
  @Field(() => [OnCall], { nullable: true, description: 'Only when changed.' }) onCall!: OnCall[] | null;
  @Field(() => [BoardAlarm], { nullable: true, description: 'The whole list, only when changed.' }) alarms!: BoardAlarm[] | null;
  @Field(() => BoardToday, { nullable: true, description: 'Only when changed; at midnight of the board\'s zone it is another day.' }) today!: BoardToday | null;
  @Field(() => [BoardBanner], { nullable: true, description: 'The whole list, only when changed.' }) banners!: BoardBanner[] | null;
  @Field(() => Int, { nullable: true, description: 'Only when changed.' }) bannerCount!: number | null;
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class BoardHeartbeat {
  @Field(() => Seq, { description: 'Position in the log; the next delta starts here.' }) seq!: number;
  @Field(() => DateTime, { description: 'When the database was read.' }) asOf!: number;
  @Field(() => DateTime, { description: 'The server\'s clock now.' }) serverTime!: number;
  @Field(() => String, { description: 'Changes with every new wallboard.' }) version!: string;
  @Field(() => BoardCounters, { nullable: true, description: 'Only when time alone has changed them (D-28).' }) counters!: BoardCounters | null;
}

export const BoardUpdate = createUnionType({
  name: 'BoardUpdate',
  description: 'A message of the board\'s stream.',
  types: () => [BoardSnapshot, BoardDelta, BoardHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});
