import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { HoursOfDay } from './calendar.rules.ts';

@ObjectType({ description: 'Service hours: time zone, weekly hours, dated exceptions (CAL-01).' })
export class Calendar {
  @Field(() => ID, { description: 'Id.' })
  id!: string;

  @Field(() => String, { description: 'Short key that policies use, e.g. 5x8.' })
  key!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => Int, { description: 'The newest version; give it as expectedVersion with an edit.' })
  version!: number;

  @Field(() => Boolean, { description: 'False once it is out of use; clocks that were judged by it keep it.' })
  active!: boolean;
}

@ObjectType({ description: "A calendar's hours from an instant on (SLA-13)." })
export class CalendarVersion {
  @Field(() => Int, { description: 'Counts the edits of the calendar.' })
  version!: number;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; null: since ever.' })
  validFrom!: number | null;

  @Field(() => GraphQLJSON, { description: '"24x7", or timeZone, weeklyHours and exceptions.' })
  source!: unknown;

  @Field(() => String, { nullable: true, description: 'Why it was edited.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Who edited it.' })
  createdBy!: string | null;

  @Field(() => DateTime, { description: 'When it was edited.' })
  createdAt!: number;
}

@ObjectType({ description: 'The hours of one date in place of the weekly ones (CAL-05).' })
export class DatedHours {
  @Field(() => String, { description: 'The date, e.g. 2026-02-14.' })
  date!: string;

  @Field(() => GraphQLJSON, { description: 'Pairs of times such as [["09:00","18:00"]]; [] is closed.' })
  hours!: HoursOfDay;

  @Field(() => String, { nullable: true, description: 'Name of the holiday or make-up day.' })
  name?: string | undefined;
}

@ObjectType({ description: 'A date whose hours would change.' })
export class ChangedHours {
  @Field(() => DatedHours, { description: 'As it is.' })
  before!: DatedHours;

  @Field(() => DatedHours, { description: 'As it would be.' })
  after!: DatedHours;
}

@ObjectType({ description: 'What loading a list of holidays would do (CAL-05).' })
export class HolidayPreview {
  @Field(() => [DatedHours], { description: 'New dates.' })
  added!: readonly DatedHours[];

  @Field(() => [ChangedHours], { description: 'Dates with other hours or names.' })
  changed!: readonly ChangedHours[];

  @Field(() => [DatedHours], { description: 'Dates of the same years that the list does not have.' })
  removed!: readonly DatedHours[];
}

@InputType({ description: 'A calendar to add.' })
export class CreateCalendarInput {
  @Field(() => String, { description: 'Short key, unique.' })
  key!: string;

  @Field(() => String, { description: 'English name.' })
  name!: string;

  @Field(() => String, { description: 'Chinese name.' })
  nameZh!: string;

  @Field(() => GraphQLJSON, { description: '"24x7", or timeZone, weeklyHours and exceptions.' })
  source!: unknown;
}

@InputType({ description: 'New hours of a calendar.' })
export class EditCalendarInput {
  @Field(() => ID, { description: 'The calendar.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the edit is based on.' })
  expectedVersion!: number;

  @Field(() => GraphQLJSON, { description: '"24x7", or timeZone, weeklyHours and exceptions.' })
  source!: unknown;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; now when left out. In the past only with a reason (D-22).' })
  validFrom?: number | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@InputType({ description: 'What to change of a calendar beside its hours; what is left out stays.' })
export class UpdateCalendarInput {
  @Field(() => ID, { description: 'The calendar.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'English name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Chinese name.' })
  nameZh?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False takes it out of use; refused while a policy or an agreement in force uses it.' })
  active?: boolean | null;
}

@InputType({ description: 'A list of holidays to load.' })
export class ImportHolidaysInput {
  @Field(() => ID, { description: 'The calendar.' })
  calendarId!: string;

  @Field(() => String, { description: 'An iCalendar file (.ics), at most 5,000,000 characters.' })
  ics!: string;

  @Field(() => Int, { description: 'The version that the edit is based on.' })
  expectedVersion!: number;

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; now when left out. In the past only with a reason (D-22).' })
  validFrom?: number | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@ObjectType({ description: 'Answer to a change of a calendar.' })
export class CalendarPayload {
  @Field(() => Calendar, { nullable: true, description: 'The calendar as it is now.' })
  calendar!: Calendar | null;

  @Field(() => [UserError], { description: 'Why not.' })
  userErrors!: UserError[];
}
