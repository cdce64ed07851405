import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { signedIn, type RequestContext } from '../../platform/graphql/context.ts';
import { payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { updateCalendar } from './calendar-register.service.ts';
import { calendarVersions, listCalendars } from './calendar.queries.ts';
import { calendarsFor, createCalendar, editCalendar, importHolidays, previewHolidays } from './calendar.service.ts';
import { Calendar, CalendarPayload, CalendarVersion, CreateCalendarInput, EditCalendarInput, HolidayPreview, ImportHolidaysInput, UpdateCalendarInput } from './calendar.types.ts';

@Resolver(() => Calendar)
export class CalendarResolver {
  @Query(() => [Calendar], { description: 'Every calendar by key.' })
  calendars(@Ctx() context: RequestContext): Promise<Calendar[]> {
    return listCalendars(context.database.em, signedIn(context));
  }

  @FieldResolver(() => [CalendarVersion], { description: 'Its versions, newest first, at most 100.' })
  versions(@Root() calendar: Calendar, @Ctx() context: RequestContext): Promise<CalendarVersion[]> {
    return calendarVersions(context.database.em, signedIn(context), calendar.id);
  }

  @FieldResolver(() => DateTime, { description: 'The first open instant from now on: now, while it is open.' })
  async nextOpen(@Root() calendar: Calendar, @Ctx() { database }: RequestContext): Promise<number> {
    const book = await calendarsFor(database, database.em);
    return book.resolve(calendar.id).nextOpen(await database.now());
  }

  @Query(() => HolidayPreview, { description: 'What loading an iCalendar file would change, before it is saved (CAL-05).' })
  previewHolidays(
    @Ctx() context: RequestContext,
    @Arg('calendarId', () => ID, { description: 'The calendar.' }) calendarId: string,
    @Arg('ics', () => String, { description: 'An iCalendar file (.ics).' }) ics: string,
  ): Promise<HolidayPreview> {
    return previewHolidays(context.database, signedIn(context), { calendarId, ics });
  }

  @Mutation(() => CalendarPayload, { description: 'Adds a calendar. Needs calendar.edit.' })
  createCalendar(@Arg('input', () => CreateCalendarInput) input: CreateCalendarInput, @Ctx() context: RequestContext): Promise<CalendarPayload> {
    return payload('calendar', () => createCalendar(context.database, signedIn(context), input));
  }

  @Mutation(() => CalendarPayload, { description: "Follows a calendar's hours by new ones; open clocks plan again (CAL-03). Needs calendar.edit." })
  editCalendar(@Arg('input', () => EditCalendarInput) input: EditCalendarInput, @Ctx() context: RequestContext): Promise<CalendarPayload> {
    return payload('calendar', () => editCalendar(context.database, signedIn(context), input));
  }

  @Mutation(() => CalendarPayload, { description: 'Renames a calendar or takes it out of use. Needs calendar.edit.' })
  updateCalendar(@Arg('input', () => UpdateCalendarInput) input: UpdateCalendarInput, @Ctx() context: RequestContext): Promise<CalendarPayload> {
    return payload('calendar', () => updateCalendar(context.database, signedIn(context), input));
  }

  @Mutation(() => CalendarPayload, { description: 'Loads a list of holidays; the years that it speaks of are replaced (CAL-04). Needs calendar.edit.' })
  importHolidays(@Arg('input', () => ImportHolidaysInput) input: ImportHolidaysInput, @Ctx() context: RequestContext): Promise<CalendarPayload> {
    return payload('calendar', () => importHolidays(context.database, signedIn(context), input));
  }
}
