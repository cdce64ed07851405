import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ClockKind, ClockOutcome, ClockState, ForecastBasis, ForecastLack } from './clock-kind.types.ts';

@ObjectType({ description: 'A target that could govern the clock, and whether it does (D-15).' })
export class ClockCandidate {
  @Field(() => String, { description: 'Where it comes from: agreement, tier or level table.' })
  source!: string;

  @Field(() => Int, { description: 'The target in seconds of its calendar.' })
  targetSeconds!: number;

  @Field(() => DateTime, { description: 'When it would be due without any pause.' })
  dueAtStart!: number;

  @Field(() => Boolean, { description: 'True for the one that governs.' })
  chosen!: boolean;
}

@ObjectType({ description: 'A threshold that fired (SLA-02).' })
export class ClockFiring {
  @Field(() => String, { description: 'warning-50, breach, escalation-1 …' })
  step!: string;

  @Field(() => DateTime, { description: 'The instant it is dated at.' })
  at!: number;

  @Field(() => DateTime, { description: 'When it really fired.' })
  firedAt!: number;

  @Field(() => Boolean, { description: 'Fired late, because every server was down.' })
  late!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When a correction withdrew it; the fact stays (SLA-14).' })
  withdrawnAt!: number | null;
}

@ObjectType({ description: 'A threshold that has not fired yet (SLA-02).' })
export class ComingThreshold {
  @Field(() => String, { description: 'warning-50, escalation-1 …' })
  step!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it fires if nothing happens; null while the clock stands still.' })
  at!: number | null;
}

@ObjectType({ description: 'A stretch of wall time, and whether and why it counted (SLA-09).' })
export class ExplainedStretch {
  @Field(() => DateTime, { description: 'Begin.' })
  from!: number;

  @Field(() => DateTime, { description: 'End, exclusive.' })
  to!: number;

  @Field(() => String, { description: 'counted, closed-hours, holiday, suspended or stopped.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'Name of the holiday, or the reason of the suspension.' })
  detail!: string | null;

  @Field(() => Int, { description: 'Seconds that counted.' })
  seconds!: number;
}

@ObjectType({ description: 'The full arithmetic of a clock (SLA-09).' })
export class ClockExplanationView {
  @Field(() => [ExplainedStretch], { description: 'Stretches in order.' })
  intervals!: ExplainedStretch[];

  @Field(() => Int, { description: 'Their sum.' })
  countedSeconds!: number;

  @Field(() => Boolean, { description: 'True when there are more stretches than are shown; the sum is exact all the same.' })
  truncated!: boolean;
}

@ObjectType({ description: 'How likely an open clock is missed, from like clocks that have ended (SLA-11).' })
export class ClockForecast {
  @Field(() => Int, { nullable: true, description: 'Share of the like clocks that were missed, in percent. Null: see `lack`.' })
  probabilityPercent!: number | null;

  @Field(() => Int, { description: 'Like clocks that had lasted longer than this one has so far: what the share is of.' })
  samples!: number;

  @Field(() => ForecastBasis, { nullable: true, description: 'What they have in common with this one.' })
  basis!: string | null;

  @Field(() => ForecastLack, { nullable: true, description: 'Why nothing is foretold.' })
  lack!: string | null;
}

@ObjectType({ description: 'One clock of a ticket. Spans count in its own calendar (SLA-01).' })
export class ClockView {
  @Field(() => ID, { description: 'Id of the clock.' })
  id!: string;

  @Field(() => ClockKind, { description: 'What it measures.' })
  kind!: string;

  @Field(() => ClockState, { description: 'Running, paused by a suspension, or stopped.' })
  state!: string;

  @Field(() => ClockOutcome, { description: 'How it ended.' })
  outcome!: string;

  @Field(() => DateTime, { description: 'From when it counts.' })
  startAt!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it is due; null while paused (SLA-03).' })
  dueAt!: number | null;

  @Field(() => Int, { description: 'Time left; negative when over.' })
  remainingSeconds!: number;

  @Field(() => Int, { description: 'Time counted so far.' })
  elapsedSeconds!: number;

  @Field(() => Int, { description: 'The target.' })
  targetSeconds!: number;

  @Field(() => Int, { description: 'Elapsed in percent of the target.' })
  percent!: number;

  @Field(() => DateTime, { nullable: true, description: 'The due instant that passed; a breach is never erased (SLA-14).' })
  breachedAt!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the breach could first be known (D-18).' })
  announcedAt!: number | null;

  @Field(() => TeamHolder, { nullable: true, description: 'Who held it when it breached.' })
  breachHeldBy!: TeamHolder | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was met.' })
  metAt!: number | null;

  @Field(() => Boolean, { description: 'Stands still because its calendar is closed; not suspended (SLA-12).' })
  outsideHours!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Next opening, when outside hours.' })
  resumesAt!: number | null;

  @Field(() => String, { description: 'Time zone of its calendar.' })
  timeZone!: string;

  @Field(() => String, { description: 'The policy version that it was judged by (SLA-13).' })
  policy!: string;

  @Field(() => Int, { description: 'The newest calendar version that it was judged by.' })
  calendarVersion!: number;

  @Field(() => Int, { description: 'Missed intervals of the progress-report clock (D-33).' })
  misses!: number;

  @Field(() => [ClockFiring], { description: 'What has fired, in order.' })
  firings!: ClockFiring[];

  @Field(() => [ComingThreshold], { description: 'What it will still fire, in order; empty once it has stopped.' })
  coming!: ComingThreshold[];

  @Field(() => [ClockCandidate], { description: 'Every target that could govern it (D-15).' })
  candidates!: ClockCandidate[];

  @Field(() => ClockExplanationView, { description: 'The arithmetic.' })
  explanation!: ClockExplanationView;

  @Field(() => ClockForecast, { nullable: true, description: 'How likely it is missed (SLA-11). Null once it is over or has ended, for kinds that are not foretold, and for a customer.' })
  forecast?: Promise<ClockForecast | null> | null;
}

@ObjectType({ description: 'Team and person that held a ticket.' })
export class TeamHolder {
  @Field(() => String, { nullable: true, description: 'Team.' })
  team!: string | null;

  @Field(() => String, { nullable: true, description: 'Person.' })
  holder!: string | null;
}

@ObjectType({ description: 'The forecast at the time it escalated (SLA-17).' })
export class EscalationForecast {
  @Field(() => Int, { description: 'How likely the miss was, in percent.' })
  percent!: number;

  @Field(() => Int, { description: 'Like clocks that this is a share of.' })
  samples!: number;

  @Field(() => ForecastBasis, { description: 'What these had in common.' })
  basis!: string;
}

@ObjectType({ description: 'An escalation (SLA-07).' })
export class EscalationView {
  @Field(() => ID, { description: 'Id of the escalation.' })
  id!: string;

  @Field(() => String, { description: 'escalation-1, escalation-2 or manual.' })
  step!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the step was due; null when raised by hand.' })
  dueAt!: number | null;

  @Field(() => DateTime, { description: 'When it fired.' })
  firedAt!: number;

  @Field(() => [String], { description: 'Addressees of the step.' })
  to!: string[];

  @Field(() => [String], { description: 'Warned besides: SLA owner and service manager always (SLA-15).' })
  warned!: string[];

  @Field(() => Boolean, { description: 'Raised by hand (SLA-06).' })
  manual!: boolean;

  @Field(() => Boolean, { description: 'Raised before its threshold (SLA-17).' })
  early!: boolean;

  @Field(() => Boolean, { description: 'Fired late.' })
  late!: boolean;

  @Field(() => String, { nullable: true, description: 'Who took it.' })
  acknowledgedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  acknowledgedAt!: number | null;

  @Field(() => String, { nullable: true, description: 'Why, when raised by hand or by the forecast.' })
  reason!: string | null;

  @Field(() => EscalationForecast, { nullable: true, description: 'What foretold the miss, where the forecast raised it (SLA-17).' })
  forecast!: EscalationForecast | null;
}
