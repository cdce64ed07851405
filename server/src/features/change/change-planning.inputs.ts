import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { ChangeCategoryEnum } from './change-enum.types.ts';
import { CabDecisionEnum, CabVoteEnum, FreezeOriginEnum } from './change-planning-enum.types.ts';

const KEY = 'Any 8–200 characters of yours: the same request again answers with the first result (API-03).';
const VERSION = 'The version that the command was decided on.';

@InputType({ description: 'A freeze window to open (FRZ-01).' })
export class CreateFreezeWindowInput {
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => FreezeOriginEnum, { nullable: true, description: 'What it is made for.' }) origin?: string | null;
  @Field(() => DateTime, { description: 'First instant that is frozen.' }) startsAt!: number;
  @Field(() => DateTime, { description: 'First instant that is not frozen any more; within 366 days.' }) endsAt!: number;
  @Field(() => [ID], { nullable: true, description: 'Only changes of these customers; empty: of all.' }) customerIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only what these services rest on.' }) serviceIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only these CIs and what they rest on.' }) ciIds?: string[] | null;
  @Field(() => [ChangeCategoryEnum], { nullable: true, description: 'Categories that go on all the same.' }) allowedCategories?: string[] | null;
  @Field(() => String, { nullable: true, description: KEY }) idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a freeze window; what is left out stays.' })
export class UpdateFreezeWindowInput {
  @Field(() => ID, { description: 'The window.' }) id!: string;
  @Field(() => Int, { description: VERSION }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Name.' }) name?: string;
  @Field(() => String, { nullable: true, description: 'Why.' }) reason?: string;
  @Field(() => FreezeOriginEnum, { nullable: true, description: 'What it is made for.' }) origin?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'First instant that is frozen.' }) startsAt?: number;
  @Field(() => DateTime, { nullable: true, description: 'First instant that is not frozen any more.' }) endsAt?: number;
  @Field(() => [ID], { nullable: true, description: 'Only changes of these customers; empty: of all.' }) customerIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only what these services rest on.' }) serviceIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only these CIs and what they rest on.' }) ciIds?: string[] | null;
  @Field(() => [ChangeCategoryEnum], { nullable: true, description: 'Categories that go on all the same.' }) allowedCategories?: string[] | null;
  @Field(() => String, { nullable: true, description: KEY }) idempotencyKey?: string | null;
}

@InputType({ description: 'Which record a command is about.' })
export class PlanningCommandInput {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => Int, { description: VERSION }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: KEY }) idempotencyKey?: string | null;
}

@InputType({ description: 'A command with its reason.' })
export class PlanningReasonInput extends PlanningCommandInput {
  @Field(() => String, { description: 'Why.' }) reason!: string;
}

@InputType({ description: 'Lets a change into a freeze window; "id" is the change (FRZ-01).' })
export class OverrideFreezeInput extends PlanningReasonInput {
  @Field(() => ID, { description: 'Which freeze.' }) freezeId!: string;
  @Field(() => DateTime, { nullable: true, description: 'Start of the window that is let in; left out: the planned one.' }) windowStartAt?: number | null;
  @Field(() => DateTime, { nullable: true, description: 'Its end.' }) windowEndAt?: number | null;
}

@InputType({ description: 'A member to appoint.' })
export class AddCabMemberInput {
  @Field(() => ID, { description: 'Who; must hold a role that may vote.' }) personId!: string;
  @Field(() => String, { description: 'What the member speaks for.' }) speaksFor!: string;
}

@InputType({ description: 'A member to take off the list.' })
export class RemoveCabMemberInput {
  @Field(() => ID, { description: 'Id of the membership.' }) id!: string;
}

@InputType({ description: 'A meeting to call (CHG-05).' })
export class CallCabMeetingInput {
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { nullable: true, description: 'Where.' }) place?: string | null;
  @Field(() => DateTime, { description: 'When it begins.' }) startsAt!: number;
  @Field(() => [ID], { nullable: true, description: 'Members that are called; left out: all of the standing list.' }) memberIds?: string[] | null;
  @Field(() => String, { nullable: true, description: KEY }) idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a meeting; what is left out stays.' })
export class EditCabMeetingInput extends PlanningCommandInput {
  @Field(() => String, { nullable: true, description: 'Title.' }) title?: string;
  @Field(() => String, { nullable: true, description: 'Where.' }) place?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it begins.' }) startsAt?: number;
  @Field(() => [ID], { nullable: true, description: 'Members that are called.' }) memberIds?: string[] | null;
}

@InputType({ description: 'A change for a meeting.' })
export class CabChangeInput extends PlanningCommandInput {
  @Field(() => ID, { description: 'The change.' }) changeId!: string;
}

@InputType({ description: 'An item of an agenda.' })
export class CabItemInput extends PlanningCommandInput {
  @Field(() => ID, { description: 'The item.' }) itemId!: string;
}

@InputType({ description: 'Opens a meeting.' })
export class OpenCabMeetingInput extends PlanningCommandInput {
  @Field(() => [ID], { description: 'Persons who are here; the others of those called are absent.' }) presentIds!: string[];
}

@InputType({ description: 'A vote. It carries no version: votes of several members do not stand in each other\'s way.' })
export class CastCabVoteInput {
  @Field(() => ID, { description: 'The meeting.' }) meetingId!: string;
  @Field(() => ID, { description: 'The item.' }) itemId!: string;
  @Field(() => CabVoteEnum, { description: 'The vote.' }) vote!: string;
  @Field(() => String, { nullable: true, description: 'Why.' }) comment?: string | null;
  @Field(() => String, { nullable: true, description: KEY }) idempotencyKey?: string | null;
}

@InputType({ description: 'What the meeting decides on an item; it must follow the votes.' })
export class DecideCabItemInput extends CabItemInput {
  @Field(() => CabDecisionEnum, { description: 'The decision; without quorum only DEFERRED.' }) decision!: string;
  @Field(() => String, { nullable: true, description: 'Remark; why, where it is not approved.' }) note?: string | null;
}

@InputType({ description: 'Closes a meeting.' })
export class CloseCabMeetingInput extends PlanningCommandInput {
  @Field(() => String, { description: 'Minutes.' }) minutes!: string;
}
