import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { StreamDelta, StreamHeartbeat, StreamSnapshot } from '../../platform/graphql/stream.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { IncidentState } from '../incident/incident-state.types.ts';
import type { IncidentState as State } from '../incident/incident-states.rules.ts';
import { Incident } from '../incident/incident.types.ts';
import { IncidentLevel } from '../service-level/level.types.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import type { IncidentFilter as Filter, QueueClockState as ClockState } from './incident-filter.rules.ts';
import type { IncidentGrouping as Grouping, IncidentSort as Sort } from './board-order.rules.ts';

export const QueueClockState = {
  BREACHED: 'breached', DUE_15: 'due-15', DUE_60: 'due-60', RUNNING: 'running', PAUSED: 'paused', OUTSIDE_HOURS: 'outside-hours',
} as const satisfies Record<string, ClockState>;
registerEnumType(QueueClockState, { name: 'QueueClockState', description: 'How the clock that ends next stands; DUE_15 and DUE_60: within so many minutes.' });

export const IncidentSort = {
  PRIORITY: 'priority', DUE: 'due', REPORTED: 'reported', AGE: 'age', LEVEL: 'level', NUMBER: 'number', UPDATED: 'updated', RISK: 'risk',
} as const satisfies Record<string, Sort>;
registerEnumType(IncidentSort, {
  name: 'IncidentSort', description: 'PRIORITY is the order of work (INC-18), DUE time to breach, REPORTED the newest first, AGE the oldest first, UPDATED the last changed first, RISK the likeliest to be missed first (SLA-11; judged anew every minute, known only where history suffices).',
});

export const IncidentGrouping = { TEAM: 'team', CUSTOMER: 'customer', LEVEL: 'level', STATE: 'state', HOLDER: 'holder' } as const satisfies Record<string, Grouping>;
registerEnumType(IncidentGrouping, { name: 'IncidentGrouping', description: 'What the rows of a band have in common.' });

@ObjectType('SavedIncidentFilter', { description: 'Which incidents, as a view keeps it.' })
@InputType('IncidentFilter', { description: 'Which incidents. Entries of a list are alternatives; what is left out does not limit (WBD-04).' })
export class IncidentFilter implements Filter {
  @Field(() => [ID], { nullable: true, description: 'Held by one of these teams.' }) teamIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Held by one of these persons; "me" is whoever asks, "nobody" that nobody holds it.' }) holderIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Of one of these customers.' }) customerIds?: string[] | null;
  @Field(() => [IncidentState], { nullable: true, description: 'In one of these states.' }) states?: State[] | null;
  @Field(() => [IncidentLevel], { nullable: true, description: 'Of one of these levels.' }) levels?: Level[] | null;
  @Field(() => [String], { nullable: true, description: 'Of one of these categories.' }) categories?: string[] | null;
  @Field(() => [QueueClockState], { nullable: true, description: 'Whose next clock stands like one of these.' }) clockStates?: ClockState[] | null;
  @Field(() => Int, { nullable: true, description: 'Whose next clock is not breached and due within so many minutes; one more alternative beside clockStates.' }) dueWithinMinutes?: number | null;
  @Field(() => Int, { nullable: true, description: 'Reported at least so many minutes ago.' }) olderThanMinutes?: number | null;
  @Field(() => Int, { nullable: true, description: 'Reported less than so many minutes ago.' }) youngerThanMinutes?: number | null;
  @Field(() => [String], { nullable: true, description: 'Suspended for one of these reasons.' }) suspensionCategories?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'Concerning this CI.' }) ciId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'With ciId: or one that depends on it.' }) ciDependents?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Words in title, number, customer or the number it had elsewhere; at most 200 characters.' }) text?: string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Only those that are not closed.' }) openOnly?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Held by nobody (true) or by somebody (false).' }) unassigned?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'With (true) or without (false) a handoff that waits.' }) handoffWaiting?: boolean | null;
}

@ObjectType({ description: 'One row of a queue: where it stands and which version it has. Its body comes by `nodes`.' })
export class QueueKey {
  @Field(() => ID, { description: 'The incident\'s id.' }) id!: string;
  @Field(() => String, { description: 'Opaque sort key: rows sort by (order, id) ascending, by code units (INC-18).' }) order!: string;
  @Field(() => Int, { description: 'The record\'s version.' }) version!: number;
  @Field(() => String, { nullable: true, description: 'Of a grouped queue: the id of its team, customer or holder, its level, or its state as the vocabulary writes it. Null: none.' }) group!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When its next clock ends; null while none runs.' }) dueAt!: number | null;
  @Field(() => Boolean, { description: 'Its next clock is breached, as the server judged it.' }) breached!: boolean;
}

@ObjectType({ description: 'The whole queue.' })
export class QueueSnapshot extends StreamSnapshot {
  @Field(() => [QueueKey], { description: 'Its rows in order, at most 20,000.' }) rows!: QueueKey[];
  @Field(() => Int, { description: 'How many there are.' }) total!: number;
}

@ObjectType({ description: 'What changed in a queue.' })
export class QueueDelta extends StreamDelta {
  @Field(() => [QueueKey], { description: 'Rows to put in or replace.' }) upserts!: QueueKey[];
  @Field(() => [ID], { description: 'Rows to take out; one you do not have is no mistake.' }) removals!: string[];
  @Field(() => Int, { description: 'How many there are now.' }) total!: number;
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class QueueHeartbeat extends StreamHeartbeat {}

export const QueueUpdate = createUnionType({
  name: 'QueueUpdate',
  description: 'A message of a queue\'s stream.',
  types: () => [QueueSnapshot, QueueDelta, QueueHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});

@ObjectType({ description: 'An incident is being followed from here.' })
export class IncidentSnapshot extends StreamSnapshot {
  @Field(() => Int, { description: 'The record\'s version.' }) incidentVersion!: number;
}

@ObjectType({ description: 'The incident changed: ask again for what you show.' })
export class IncidentChanged extends StreamDelta {
  @Field(() => Int, { description: 'The record\'s version now.' }) incidentVersion!: number;
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class IncidentHeartbeat extends StreamHeartbeat {}

export const IncidentUpdate = createUnionType({
  name: 'IncidentUpdate',
  description: 'A message of one incident\'s stream.',
  types: () => [IncidentSnapshot, IncidentChanged, IncidentHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});

@ObjectType({ description: 'A handoff that waits to be accepted (HND-01).' })
export class WaitingHandoff {
  @Field(() => ID, { description: 'The handoff\'s id.' }) id!: string;
  @Field(() => ID, { description: 'The incident.' }) incidentId!: string;
  @Field(() => String, { description: 'The incident\'s number.' }) number!: string;
  @Field(() => String, { description: 'The incident\'s title.' }) title!: string;
  @Field(() => IncidentLevel, { description: 'The incident\'s level.' }) level!: string;
  @Field(() => String, { description: 'The customer\'s name.' }) customer!: string;
  @Field(() => String, { nullable: true, description: 'Who gave it.' }) fromTeam!: string | null;
  @Field(() => String, { description: 'Who has to take it.' }) toTeam!: string;
  @Field(() => Boolean, { description: 'True when this team has to take it, false when this team waits.' }) incoming!: boolean;
  @Field(() => String, { description: 'Why it was handed over.' }) reason!: string;
  @Field(() => DateTime, { description: 'Since when it waits.' }) since!: number;
  @Field(() => Int, { description: 'Reminders so far (HND-02).' }) ageingStep!: number;
  @Field(() => Boolean, { description: 'Not a usual pair of the matrix (HND-04).' }) unusual!: boolean;
}

@ObjectType({ description: 'All handoffs that wait on or for a team.' })
export class HandoffsSnapshot extends StreamSnapshot {
  @Field(() => [WaitingHandoff], { description: 'The longest waiting first.' }) handoffs!: WaitingHandoff[];
}

@ObjectType({ description: 'What changed among a team\'s waiting handoffs.' })
export class HandoffsDelta extends StreamDelta {
  @Field(() => [WaitingHandoff], { description: 'To put in or replace.' }) upserts!: WaitingHandoff[];
  @Field(() => [ID], { description: 'To take out.' }) removals!: string[];
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class HandoffsHeartbeat extends StreamHeartbeat {}

export const HandoffsUpdate = createUnionType({
  name: 'HandoffsUpdate',
  description: 'A message of a team\'s handoff stream.',
  types: () => [HandoffsSnapshot, HandoffsDelta, HandoffsHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});

@ObjectType({ description: 'An incident in a list.' })
export class IncidentEdge {
  @Field(() => String, { description: 'Ask for what follows with `after`.' }) cursor!: string;
  @Field(() => Incident, { description: 'The incident.' }) node!: Incident;
}

@ObjectType({ description: 'A page of incidents.' })
export class IncidentConnection {
  @Field(() => [IncidentEdge], { description: 'In the order asked.' }) edges!: IncidentEdge[];
  @Field(() => PageInfo, { description: 'Where the page ends.' }) pageInfo!: PageInfo;
}
