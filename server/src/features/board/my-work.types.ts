import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { StreamDelta, StreamHeartbeat, StreamSnapshot } from '../../platform/graphql/stream.types.ts';
import { TicketKind } from '../ticket/ticket.types.ts';

@ObjectType({ description: 'Something that waits for you.' })
export class MyWorkItem {
  @Field(() => ID, { description: 'The handoff, escalation, task or record that waits.' }) id!: string;
  @Field(() => ID, { description: 'The work record.' }) recordId!: string;
  @Field(() => TicketKind, { description: 'Kind of the record.' }) recordKind!: string;
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => Int, { description: 'Give it as expectedVersion with a command.' }) version!: number;
  @Field(() => String, { description: 'Customer.' }) customer!: string;
  @Field(() => String, { nullable: true, description: "Holding team's English name." }) team!: string | null;
  @Field(() => String, { nullable: true, description: "Holding team's Chinese name." }) teamZh!: string | null;
  @Field(() => String, { nullable: true, description: 'Who holds it.' }) holder!: string | null;
  @Field(() => String, { nullable: true, description: 'LV1–LV4 of an incident.' }) level!: string | null;
  @Field(() => String, { nullable: true, description: 'State of an incident.' }) state!: string | null;
  @Field(() => Boolean, { description: 'Suspended: its clocks stand.' }) suspended!: boolean;
  @Field(() => Boolean, { description: 'A major incident.' }) major!: boolean;
  @Field(() => String, { nullable: true, description: 'Which clock ends next.' }) clock!: string | null;
  @Field(() => String, { nullable: true, description: 'running or paused.' }) clockState!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When that clock ends; count down to it by the server\'s time.' }) dueAt!: number | null;
  @Field(() => Number, { nullable: true, description: 'What a paused clock has left, in milliseconds.' }) remainingMs!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was breached.' }) breachedAt!: number | null;
  @Field(() => DateTime, { description: 'Since when it waits, or when it is planned.' }) since!: number;
  @Field(() => String, { nullable: true, description: 'Why it is handed over, which escalation step, what task.' }) note!: string | null;
  @Field(() => Boolean, { description: 'The customer\'s word has arrived (D-37).' }) feedbackArrived!: boolean;
}

@ObjectType({ description: 'One section of My work: at most 50 items, and how many there are.' })
export class MyWorkSection {
  @Field(() => Int, { description: 'How many there are: exact.' }) total!: number;
  @Field(() => [MyWorkItem], { description: 'In the order of work (INC-18).' }) items!: MyWorkItem[];
}

@ObjectType({ description: 'What waits for you (INC-21, WBD-13), each section in the order of work (INC-18).' })
export class MyWork {
  @Field(() => DateTime, { description: 'When it was read, by the server\'s clock.' }) asOf!: number;
}

@ObjectType({ description: 'Your work is being followed from here.' })
export class MyWorkSnapshot extends StreamSnapshot {}

@ObjectType({ description: 'Your work may have changed: ask again.' })
export class MyWorkChanged extends StreamDelta {}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class MyWorkHeartbeat extends StreamHeartbeat {}

export const MyWorkUpdate = createUnionType({
  name: 'MyWorkUpdate', description: 'A message of the stream of your work.',
  types: () => [MyWorkSnapshot, MyWorkChanged, MyWorkHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});
