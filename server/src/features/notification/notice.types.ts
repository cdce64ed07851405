import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { StreamDelta, StreamHeartbeat, StreamSnapshot } from '../../platform/graphql/stream.types.ts';

export const NoticeKind = {
  ESCALATED: 'escalated', APPROVAL: 'approval', MENTIONED: 'mentioned', HANDED_OVER: 'handed-over', ASSIGNED: 'assigned', FEEDBACK: 'feedback', HANDOFF_AGED: 'handoff-aged',
  HANDOFF_DECIDED: 'handoff-decided', BREACHED: 'breached', WARNED: 'warned', REMINDED: 'reminded', SHIFT_HANDOVER: 'shift-handover', UNASSIGNED: 'unassigned', INFORMED: 'informed', FOLLOWED: 'followed',
} as const;
registerEnumType(NoticeKind, { name: 'NoticeKind', description: 'What a notice is about (WBD-13), the weightiest first.' });
type Kind = (typeof NoticeKind)[keyof typeof NoticeKind];

@ObjectType('Notice', { description: 'One thing that you are told (WBD-13). The same kind for the same record within five minutes is one notice with a count.' })
export class NoticeView {
  @Field(() => ID, { description: 'Id, for markNoticesRead.' }) id!: string;
  @Field(() => NoticeKind, { description: 'What it is about.' }) kind!: Kind;
  @Field(() => String, { description: 'incident, change, problem, release or shift-handover.' }) recordKind!: string;
  @Field(() => ID, { description: 'The record.' }) recordId!: string;
  @Field(() => String, { nullable: true, description: 'Number of the work record.' }) number!: string | null;
  @Field(() => String, { nullable: true, description: 'Title of the work record.' }) title!: string | null;
  @Field(() => Int, { description: 'How many events it counts.' }) count!: number;
  @Field(() => DateTime, { description: 'The first of them.' }) firstAt!: number;
  @Field(() => DateTime, { description: 'The last of them.' }) at!: number;
  @Field(() => DateTime, { nullable: true, description: 'When you read it.' }) readAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who did it; null: the system.' }) by!: string | null;
  @Field(() => String, { nullable: true, description: 'Which step or event, e.g. escalation-1.' }) step!: string | null;
  @Field(() => String, { nullable: true, description: 'Which clock.' }) clock!: string | null;
  @Field(() => String, { nullable: true, description: 'Level of the incident, where the notice is about it.' }) level!: string | null;
  @Field(() => String, { nullable: true, description: 'Beginning of what was said.' }) excerpt!: string | null;
  @Field(() => String, { nullable: true, description: "The team's English name, where the notice is about one." }) team!: string | null;
  @Field(() => String, { nullable: true, description: "The team's Chinese name." }) teamZh!: string | null;
}

@ObjectType({ description: 'A notice and where it stands in the list.' })
export class NoticeEdge {
  @Field(() => NoticeView, { description: 'The notice.' }) node!: NoticeView;
  @Field(() => String, { description: 'Its place.' }) cursor!: string;
}

@ObjectType({ description: 'A page of your notices.' })
export class NoticeConnection {
  @Field(() => [NoticeEdge], { description: 'Newest first.' }) edges!: NoticeEdge[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
  @Field(() => Int, { description: 'How many of all are unread.' }) unread!: number;
}

@ObjectType({ description: 'Whether you are shown a kind of notice.' })
export class NoticeSetting {
  @Field(() => NoticeKind, { description: 'The kind.' }) kind!: Kind;
  @Field(() => Boolean, { description: 'Shown to you.' }) inApp!: boolean;
  @Field(() => Boolean, { description: 'Cannot be turned off.' }) fixed!: boolean;
}

@InputType({ description: 'Which notices to mark as read.' })
export class MarkNoticesReadInput {
  @Field(() => [ID], { nullable: true, description: 'At most 200; left out: all of yours.' }) ids?: string[] | null;
}

@InputType({ description: 'A kind of notice to turn on or off for yourself.' })
export class SetNoticeKindInput {
  @Field(() => NoticeKind, { description: 'The kind.' }) kind!: Kind;
  @Field(() => Boolean, { description: 'False turns it off.' }) inApp!: boolean;
}

@ObjectType({ description: 'How many of your notices are unread now.' })
export class NoticesRead {
  @Field(() => Int, { description: 'Marked just now.' }) marked!: number;
  @Field(() => Int, { description: 'Still unread.' }) unread!: number;
}

@ObjectType({ description: 'Answer to marking notices as read.' })
export class MarkNoticesReadPayload {
  @Field(() => NoticesRead, { nullable: true, description: 'What came of it.' }) notices!: NoticesRead | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to turning a kind of notice on or off.' })
export class NoticeSettingsPayload {
  @Field(() => [NoticeSetting], { nullable: true, description: 'All your settings as they are now.' }) settings!: NoticeSetting[] | null;
  @Field(() => [UserError], { description: 'Why not.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Your notices from here.' })
export class NoticesSnapshot extends StreamSnapshot {
  @Field(() => Int, { description: 'How many are unread.' }) unread!: number;
  @Field(() => [NoticeView], { description: 'The newest twelve.' }) notices!: NoticeView[];
}

@ObjectType({ description: 'Your notices changed.' })
export class NoticesChanged extends StreamDelta {
  @Field(() => Int, { description: 'How many are unread now.' }) unread!: number;
  @Field(() => [NoticeView], { description: 'The newest twelve now.' }) notices!: NoticeView[];
}

@ObjectType({ description: 'Every 5 s, even when nothing changes: silence is a fault.' })
export class NoticesHeartbeat extends StreamHeartbeat {}

export const NoticesUpdate = createUnionType({
  name: 'NoticesUpdate', description: 'A message of the stream of your notices.',
  types: () => [NoticesSnapshot, NoticesChanged, NoticesHeartbeat] as const,
  resolveType: (value: object) => ('__typename' in value ? String(value.__typename) : undefined),
});
