import { Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { CustomerName, PersonName } from '../ticket/ticket.types.ts';
import { ChangeCategoryEnum, ChangeOutcomeEnum, ChangeStateEnum } from './change-enum.types.ts';
import { AbsenceEnum, CabMeetingStateEnum, ConflictKindEnum, FreezeOriginEnum, NoticeAudienceEnum, NoticeOccasionEnum } from './change-planning-enum.types.ts';

@ObjectType({ description: 'Something by its id and name.' })
export class PlanningName {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
}

@ObjectType({ description: 'Whom a freeze window stops; an empty list means any.' })
export class FreezeScope {
  @Field(() => [PlanningName], { description: 'Only changes of these customers, or that reach CIs of theirs.' }) customers!: PlanningName[];
  @Field(() => [PlanningName], { description: 'Only changes that touch what these services rest on.' }) services!: PlanningName[];
  @Field(() => [PlanningName], { description: 'Only changes that touch these CIs, or what they rest on.' }) cis!: PlanningName[];
}

@ObjectType({ description: 'A span in which changes stand still, from its start to just before its end (FRZ-01).' })
export class FreezeWindow {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Name.' }) name!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => FreezeOriginEnum, { description: 'What it was made for.' }) origin!: string;
  @Field(() => DateTime, { description: 'First instant that is frozen.' }) startsAt!: number;
  @Field(() => DateTime, { description: 'First instant that is not frozen any more.' }) endsAt!: number;
  @Field(() => [ChangeCategoryEnum], { description: 'Categories that go on all the same.' }) allowedCategories!: string[];
  @Field(() => FreezeScope, { description: 'Whom it stops.' }) scope!: FreezeScope;
  @Field(() => DateTime, { nullable: true, description: 'When it was called off.' }) cancelledAt!: number | null;
  @Field(() => String, { description: 'Who opened it.' }) createdBy!: string;
  @Field(() => Int, { description: 'Give it as expectedVersion with an edit.' }) version!: number;
}

@ObjectType({ description: 'The decision that let a change into a freeze window (FRZ-01).' })
export class FreezeOverride {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => PlanningName, { description: 'Which freeze.' }) freeze!: PlanningName;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => String, { description: 'Who decided.' }) decidedBy!: string;
  @Field(() => DateTime, { description: 'When.' }) decidedAt!: number;
  @Field(() => DateTime, { description: 'Start of the window that was let in.' }) windowStartAt!: number;
  @Field(() => DateTime, { description: 'Its end.' }) windowEndAt!: number;
}

@ObjectType({ description: 'The other record of a conflict.' })
export class ConflictingRecord {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => DateTime, { nullable: true, description: 'Start of its window; none for an incident.' }) windowStartAt!: number | null;
  @Field(() => DateTime, { nullable: true, description: 'End of its window.' }) windowEndAt!: number | null;
}

@ObjectType({ description: 'A CI that is hit, and the way to it from a CI of this change.' })
export class ConflictHit {
  @Field(() => PlanningName, { description: 'The CI.' }) ci!: PlanningName;
  @Field(() => [PlanningName], { description: 'CIs on the way, both ends included.' }) path!: PlanningName[];
}

@ObjectType({ description: 'One cause that stands against the planned window of a change (CHG-11).' })
export class ChangeConflict {
  @Field(() => String, { description: 'Names the cause among those of this change.' }) key!: string;
  @Field(() => ConflictKindEnum, { description: 'What kind of cause.' }) kind!: string;
  @Field(() => ConflictingRecord, { nullable: true, description: 'The other change, or the major incident.' }) other!: ConflictingRecord | null;
  @Field(() => FreezeWindow, { nullable: true, description: 'The freeze.' }) freeze!: FreezeWindow | null;
  @Field(() => PersonName, { nullable: true, description: 'Who is booked twice or missing.' }) person!: PersonName | null;
  @Field(() => AbsenceEnum, { nullable: true, description: 'Why a person is missing.' }) absence!: string | null;
  @Field(() => [ConflictHit], { description: 'CIs by which the two are bound up.' }) hits!: ConflictHit[];
  @Field(() => DateTime, { nullable: true, description: 'When it was found; none for a window that is only being considered.' }) foundAt!: number | null;
}

@ObjectType({ description: 'A notice that was sent about a change (CHG-15).' })
export class ChangeNotice {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => NoticeOccasionEnum, { description: 'What it tells of.' }) occasion!: string;
  @Field(() => NoticeAudienceEnum, { description: 'As what the addressee was told.' }) audience!: string;
  @Field(() => String, { description: 'To whom.' }) addressee!: string;
  @Field(() => String, { description: 'How; so far always "in-app".' }) channel!: string;
  @Field(() => String, { description: 'The text in Chinese.' }) textZh!: string;
  @Field(() => String, { description: 'The text in English.' }) textEn!: string;
  @Field(() => DateTime, { description: 'When.' }) sentAt!: number;
}

@ObjectType({ description: 'A change in the calendar.' })
export class CalendarChange {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number.' }) number!: string;
  @Field(() => String, { description: 'Title with the category before it.' }) title!: string;
  @Field(() => ChangeCategoryEnum, { description: 'Category.' }) category!: string;
  @Field(() => ChangeStateEnum, { description: 'State.' }) state!: string;
  @Field(() => CustomerName, { description: 'Customer.' }) customer!: CustomerName;
  @Field(() => String, { nullable: true, description: 'Name of the implementer.' }) implementer!: string | null;
  @Field(() => DateTime, { description: 'Start of the planned window.' }) windowStartAt!: number;
  @Field(() => DateTime, { description: 'End of the planned window.' }) windowEndAt!: number;
  @Field(() => ChangeOutcomeEnum, { nullable: true, description: 'What came of it.' }) outcome!: string | null;
  @Field(() => Int, { description: 'Causes that stand against its window (CHG-11); a customer is not told.' }) conflictCount!: number;
}

@ObjectType({ description: 'A meeting of the CAB, in lists and in the calendar.' })
export class CabMeetingSummary {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: 'Number, e.g. CAB-0000001.' }) number!: string;
  @Field(() => String, { description: 'Title.' }) title!: string;
  @Field(() => CabMeetingStateEnum, { description: 'State.' }) state!: string;
  @Field(() => DateTime, { description: 'When it begins.' }) startsAt!: number;
  @Field(() => String, { nullable: true, description: 'Where.' }) place!: string | null;
  @Field(() => String, { description: 'Who holds it.' }) chair!: string;
  @Field(() => Int, { description: 'Changes on the agenda.' }) itemCount!: number;
  @Field(() => Int, { description: 'Of these approved.' }) approvedCount!: number;
}

@ObjectType({ description: 'A meeting in a list.' })
export class CabMeetingEdge {
  @Field(() => CabMeetingSummary, { description: 'The meeting.' }) node!: CabMeetingSummary;
  @Field(() => String, { description: 'Where it stands in the list.' }) cursor!: string;
}

@ObjectType({ description: 'A page of meetings, latest first.' })
export class CabMeetingConnection {
  @Field(() => [CabMeetingEdge], { description: 'The meetings.' }) edges!: CabMeetingEdge[];
  @Field(() => PageInfo, { description: 'Where the page stands.' }) pageInfo!: PageInfo;
}

@ObjectType({ description: 'Changes, freezes and meetings of a span (CHG-11, WBD-08).' })
export class ChangeCalendar {
  @Field(() => [CalendarChange], { description: 'Changes whose window touches the span, by its start; at most 500.' }) changes!: CalendarChange[];
  @Field(() => Int, { description: 'How many there are in all.' }) changeCount!: number;
  @Field(() => [FreezeWindow], { description: 'Freezes that touch the span.' }) freezes!: FreezeWindow[];
  @Field(() => [CabMeetingSummary], { description: 'Meetings of the CAB that begin in the span; none for a customer.' }) meetings!: CabMeetingSummary[];
}

@ObjectType({ description: 'Answer of a command on a freeze window.' })
export class FreezePayload {
  @Field(() => FreezeWindow, { nullable: true, description: 'The window as it is now.' }) freeze!: FreezeWindow | null;
  @Field(() => [UserError], { description: 'Why not; empty when it was done.' }) userErrors!: UserError[];
}
