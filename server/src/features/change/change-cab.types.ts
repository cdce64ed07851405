import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { AvailableActionView } from '../ticket/ticket-fields.types.ts';
import { CustomerName, PersonName } from '../ticket/ticket.types.ts';
import { ChangeCategoryEnum, ChangeStateEnum } from './change-enum.types.ts';
import { CabDecisionEnum, CabMeetingStateEnum, CabVoteEnum } from './change-planning-enum.types.ts';

@ObjectType({ description: 'A member on the standing list of the change advisory board (CHG-05).' })
export class CabMember {
  @Field(() => ID, { description: 'Id of the membership.' }) id!: string;
  @Field(() => PersonName, { description: 'Who.' }) person!: PersonName;
  @Field(() => String, { description: 'What the member speaks for.' }) speaksFor!: string;
  @Field(() => DateTime, { description: 'Since when.' }) since!: number;
}

@ObjectType({ description: 'A member who was called to a meeting.' })
export class CabSeat {
  @Field(() => PersonName, { description: 'Who.' }) person!: PersonName;
  @Field(() => Boolean, { nullable: true, description: 'Whether they came; null until the meeting is opened.' }) present!: boolean | null;
}

@ObjectType({ description: 'A paper that was sent to the members.' })
export class CabPaper {
  @Field(() => ID, { description: 'Id; the file is at /attachments/ID.' }) id!: string;
  @Field(() => String, { description: 'File name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'Which demanded paper it is.' }) paper!: string | null;
}

@ObjectType({ description: 'Papers of a change, sent to the members before a meeting.' })
export class CabCirculation {
  @Field(() => DateTime, { description: 'When.' }) circulatedAt!: number;
  @Field(() => String, { description: 'By whom.' }) circulatedBy!: string;
  @Field(() => [CabPaper], { description: 'Which.' }) papers!: CabPaper[];
  @Field(() => [PersonName], { description: 'To whom.' }) members!: PersonName[];
}

@ObjectType({ description: 'A change that waits for the CAB, or is on an agenda.' })
export class CabChangeView {
  @Field(() => ID, { description: 'Id of the change.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title with the category before it.' }) title!: string;
  @Field(() => ChangeCategoryEnum, { description: 'Category.' }) category!: string;
  @Field(() => ChangeStateEnum, { description: 'State.' }) state!: string;
  @Field(() => String, { description: 'Risk: key of the policy.' }) risk!: string;
  @Field(() => CustomerName, { description: 'Customer.' }) customer!: CustomerName;
  @Field(() => String, { description: 'Who asked for it.' }) requester!: string;
  @Field(() => String, { nullable: true, description: 'Who owns it.' }) owner!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Start of the planned window.' }) windowStartAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'End of the planned window.' }) windowEndAt!: number | null;
  @Field(() => Int, { description: 'Causes that stand against its window.' }) conflictCount!: number;
  @Field(() => Boolean, { description: 'Whether its papers must be circulated before the meeting.' }) needsPapers!: boolean;
  @Field(() => Int, { description: 'Papers attached to it.' }) paperCount!: number;
  @Field(() => CabCirculation, { nullable: true, description: 'How its papers were sent for the meeting that was asked about.' }) circulation!: CabCirculation | null;
}

@ObjectType({ description: 'A vote.' })
export class CabVote {
  @Field(() => PersonName, { description: 'Whose.' }) person!: PersonName;
  @Field(() => CabVoteEnum, { description: 'What.' }) vote!: string;
  @Field(() => String, { nullable: true, description: 'Why.' }) comment!: string | null;
  @Field(() => Boolean, { description: 'Given before the meeting was opened.' }) beforehand!: boolean;
  @Field(() => DateTime, { description: 'When.' }) castAt!: number;
}

@ObjectType({ description: 'The votes, counted.' })
export class CabTally {
  @Field(() => Int, { description: 'Members who may vote on this change.' }) entitled!: number;
  @Field(() => Int, { description: 'Members who have voted.' }) voted!: number;
  @Field(() => Int, { description: 'Votes for.' }) inFavour!: number;
  @Field(() => Int, { description: 'Votes against.' }) against!: number;
  @Field(() => Int, { description: 'Abstentions.' }) abstained!: number;
  @Field(() => Int, { description: 'So many must have voted.' }) needed!: number;
  @Field(() => Boolean, { description: 'Whether so many have.' }) quorate!: boolean;
  @Field(() => Boolean, { description: 'More for than against.' }) carried!: boolean;
}

@ObjectType({ description: 'A change on the agenda of a meeting.' })
export class CabItem {
  @Field(() => ID, { description: 'Id of the item.' }) id!: string;
  @Field(() => Int, { description: 'Place on the agenda.' }) position!: number;
  @Field(() => CabChangeView, { description: 'The change.' }) change!: CabChangeView;
  @Field(() => [CabVote], { description: 'Votes so far.' }) votes!: CabVote[];
  @Field(() => CabTally, { description: 'The same, counted.' }) tally!: CabTally;
  @Field(() => CabDecisionEnum, { nullable: true, description: 'What the meeting decided.' }) decision!: string | null;
  @Field(() => String, { nullable: true, description: 'Remark on the decision.' }) note!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' }) decidedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'Why you may not vote on it now; null: you may.' }) mayNotVote!: string | null;
}

@ObjectType({ description: 'A meeting of the change advisory board (CHG-05).' })
export class CabMeeting {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number, e.g. CAB-0000001.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => String, { nullable: true, description: 'Where.' }) place!: string | null;
  @Field(() => CabMeetingStateEnum, { description: 'State.' }) state!: string;
  @Field(() => DateTime, { description: 'When it begins.' }) startsAt!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it was opened.' }) openedAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'When it was closed.' }) closedAt!: number | null;
  @Field(() => PersonName, { description: 'Who holds it.' }) chair!: PersonName;
  @Field(() => Int, { description: 'Share of the entitled members who must have voted, percent.' }) quorumPercent!: number;
  @Field(() => String, { nullable: true, description: 'Minutes.' }) minutes!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was cancelled.' }) cancelReason!: string | null;
  @Field(() => Int, { description: 'Give it as expectedVersion.' }) version!: number;
  @Field(() => [CabSeat], { description: 'Who was called.' }) seats!: CabSeat[];
  @Field(() => [CabItem], { description: 'The agenda.' }) items!: CabItem[];
  @Field(() => [AvailableActionView], { description: 'What you may do with it now, and what each still lacks (API-03).' }) availableActions!: AvailableActionView[];
}

@ObjectType({ description: 'Answer of a command on a meeting.' })
export class CabMeetingPayload {
  @Field(() => CabMeeting, { nullable: true, description: 'The meeting as it is now.' }) meeting!: CabMeeting | null;
  @Field(() => [UserError], { description: 'Why not; empty when it was done.' }) userErrors!: UserError[];
}

@ObjectType({ description: 'Answer of a command on the standing list.' })
export class CabMembersPayload {
  @Field(() => [CabMember], { nullable: true, description: 'The list as it is now.' }) members!: CabMember[] | null;
  @Field(() => [UserError], { description: 'Why not; empty when it was done.' }) userErrors!: UserError[];
}
