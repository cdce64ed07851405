import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CustomerName, TicketKind } from '../ticket/ticket.types.ts';
import type { ReviewDecision as Decision, ReviewFigures, ReviewList as List } from './review.rules.ts';

export const ReviewList = { REPEATED: 'repeated', WORKAROUND: 'workaround' } as const satisfies Record<string, List>;
registerEnumType(ReviewList, { name: 'ReviewList', description: 'Which list of the monthly incident report (INC-25).' });
export const ReviewDecision = { PROBLEM: 'problem', CHANGE: 'change', NONE: 'none' } as const satisfies Record<string, Decision>;
registerEnumType(ReviewDecision, { name: 'ReviewDecision', description: 'What was decided on a point.' });
export const ReviewState = { PREPARING: 'preparing', HELD: 'held' } as const;
registerEnumType(ReviewState, { name: 'ReviewState', description: 'HELD: frozen.' });

@ObjectType({ description: 'An incident of a point of the agenda.' })
export class ReviewIncident {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { description: 'Level.' }) level!: string;
  @Field(() => String, { description: 'State.' }) state!: string;
  @Field(() => DateTime, { description: 'When it began.' }) openedAt!: number;
  @Field(() => String, { nullable: true, description: 'The problem that looks into it already.' }) problemNumber!: string | null;
}

@ObjectType('ReviewEntry', { description: 'A point of the agenda, and what was decided (INC-25).' })
export class ReviewEntryView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => ReviewList, { description: 'Repeated incidents, or closed with a workaround.' }) list!: List;
  @Field(() => String, { description: 'What its incidents have in common: "ci ID", "symptom TEXT"; a single incident\'s id.' }) value!: string;
  @Field(() => String, { description: 'The same to read.' }) label!: string;
  @Field(() => CustomerName, { description: 'Customer.' }) customer!: CustomerName;
  @Field(() => ReviewDecision, { nullable: true, description: 'Null: not decided yet.' }) decision!: Decision | null;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Number of the problem or change that carries it out.' }) resultNumber!: string | null;
  @Field(() => TicketKind, { nullable: true, description: 'Which of the two.' }) resultKind!: string | null;
  incidentIds!: string[];
}

@ObjectType('ReviewMeeting', { description: 'The incident review of a month 事件评审会 (INC-25).' })
export class ReviewMeetingView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => Int, { description: 'Version.' }) version!: number;
  @Field(() => String, { description: 'YYYY-MM.' }) month!: string;
  @Field(() => ReviewState, { description: 'Being prepared, or held and frozen.' }) state!: string;
  @Field(() => DateTime, { description: 'First instant of the month.' }) from!: number;
  @Field(() => DateTime, { description: 'First instant after it.' }) to!: number;
  @Field(() => GraphQLJSON, { description: 'Figures of the month: reported, closed, workaround, byLevel, responseInTime, responseDecided, resolutionInTime, resolutionDecided.' }) figures!: ReviewFigures;
  @Field(() => DateTime, { description: 'When the agenda was made.' }) preparedAt!: number;
  @Field(() => String, { description: 'By whom.' }) preparedBy!: string;
  @Field(() => DateTime, { nullable: true, description: 'When it was held.' }) heldAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Who recorded that.' }) heldBy!: string | null;
  @Field(() => [String], { description: 'Who was there.' }) attendees!: string[];
  @Field(() => String, { nullable: true, description: 'Minutes.' }) minutes!: string | null;
  @Field(() => Int, { description: 'Points of the agenda.' }) points!: number;
  @Field(() => Int, { description: 'Of these, decided ones.' }) decided!: number;
}

@ObjectType({ description: 'Answer of a command on a review.' })
export class ReviewPayload {
  @Field(() => ReviewMeetingView, { nullable: true, description: 'The meeting; null when it was refused.' }) review!: ReviewMeetingView | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was carried out.' }) userErrors!: UserError[];
}

@InputType({ description: 'The month to review.' })
export class PrepareReviewInput {
  @Field(() => String, { description: 'YYYY-MM; over already.' }) month!: string;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'The decision on a point of the agenda.' })
export class DecideReviewEntryInput {
  @Field(() => ID, { description: 'The meeting.' }) id!: string;
  @Field(() => Int, { description: 'The version of the meeting that it was decided on.' }) expectedVersion!: number;
  @Field(() => ID, { description: 'The point.' }) entryId!: string;
  @Field(() => ReviewDecision, { description: 'Problem, change, or none with a reason.' }) decision!: Decision;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason?: string | null;
  @Field(() => String, { nullable: true, description: 'Title of the problem or change; left out: the point\'s.' }) title?: string | null;
  @Field(() => String, { nullable: true, description: 'For a change: its category.' }) category?: string | null;
  @Field(() => String, { nullable: true, description: 'For a change: its type.' }) type?: string | null;
  @Field(() => String, { nullable: true, description: 'For a change: its risk.' }) risk?: string | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}

@InputType({ description: 'The meeting was held.' })
export class HoldReviewInput {
  @Field(() => ID, { description: 'The meeting.' }) id!: string;
  @Field(() => Int, { description: 'Its version.' }) expectedVersion!: number;
  @Field(() => [String], { description: 'Who was there, 1–50.' }) attendees!: string[];
  @Field(() => String, { nullable: true, description: 'Minutes.' }) minutes?: string | null;
  @Field(() => String, { nullable: true, description: '8–200 characters.' }) idempotencyKey?: string | null;
}
