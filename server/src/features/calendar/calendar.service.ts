import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import { touchReferences, type Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { newId } from '../../platform/time/new-id.ts';
import { makeCalendarBook, type CalendarBook } from './calendar-book.rules.ts';
import { readCalendarSource } from './calendar-reading.rules.ts';
import { CalendarEntity, CalendarVersionEntity, type Calendar } from './calendar.entity.ts';
import { calendarHistories, customerDateEdits } from './calendar.queries.ts';
import { compileCalendar, type CalendarDefinition, type CalendarSource, type HoursOfDay } from './calendar.rules.ts';
import { previewExceptions, replaceExceptions, type ExceptionPreview } from './exceptions.rules.ts';
import { readIcs } from './ics.rules.ts';

export type { CalendarBook } from './calendar-book.rules.ts';

/** All calendars, compiled once for each edit anywhere. */
export function calendarsFor(database: Database, em: Em): Promise<CalendarBook> {
  return database.reference(em, 'calendars', async (reader) => makeCalendarBook(await calendarHistories(reader), await customerDateEdits(reader)));
}

export interface NewCalendar {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  /** `"24x7"`, or time zone, weekly hours and dated exceptions; see {@link readCalendarSource}. */
  readonly source: unknown;
}

/** Adds a calendar, in force since ever. @throws Refusal CALENDAR_INVALID, CALENDAR_NEVER_OPENS (CAL-02). Needs `calendar.edit`. */
export async function createCalendar(database: Database, actor: Actor, input: NewCalendar): Promise<Calendar> {
  requirePermission(actor, 'calendar.edit');
  const source = checkedSource(input.source);
  return database.change(actor, async ({ em, emit, now }) => {
    const key = requiredText(input.key, 'key', 50);
    if (await em.findOne(CalendarEntity, { key })) throw new Refusal('NOT_UNIQUE', `There is already a calendar with the key "${key}".`, 'key');
    const calendar = em.create(CalendarEntity, { id: newId(), key, name: requiredText(input.name, 'name'), nameZh: requiredText(input.nameZh, 'nameZh'), version: 1, active: true });
    em.create(CalendarVersionEntity, {
      id: newId(), calendarId: calendar.id, version: 1, validFrom: null, source, reason: null, createdBy: actor.name, createdAt: await now(),
    });
    await touchReferences(em);
    emit({ type: 'calendar.created', subjectKind: 'calendar', subjectId: calendar.id, occurredAt: await now(), after: { key, source } });
    return calendar;
  });
}

export interface CalendarEdit {
  readonly id: string;
  readonly expectedVersion: number;
  readonly source: unknown;
  /** From when the hours hold; null: from now. In the past only with a reason (D-22). */
  readonly validFrom?: Instant | null;
  readonly reason?: string | null;
}

/**
 * Follows a calendar's hours by new ones. The event `calendar.edited` makes the clocks plan again; closed ones stay as judged (CAL-03).
 * @throws Refusal CALENDAR_INVALID, CALENDAR_NEVER_OPENS, STALE_VERSION, MISSING_FIELD for a past valid-from without reason
 */
export async function editCalendar(database: Database, actor: Actor, input: CalendarEdit): Promise<Calendar> {
  requirePermission(actor, 'calendar.edit');
  const source = checkedSource(input.source);
  return database.change(actor, async ({ em, emit, now }) => {
    const calendar = await em.findOne(CalendarEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!calendar) throw notFound(input.id);
    requireVersion(calendar, input.expectedVersion, 'calendar');
    const reason = optionalText(input.reason, 'reason', 2000);
    const validFrom = input.validFrom ?? (await now());
    requireReasonForPast(validFrom, await now(), reason);
    const before = await newestSource(em, calendar);
    calendar.version += 1;
    em.create(CalendarVersionEntity, {
      id: newId(), calendarId: calendar.id, version: calendar.version, validFrom, source, reason, createdBy: actor.name, createdAt: await now(),
    });
    await touchReferences(em);
    emit({
      type: 'calendar.edited', subjectKind: 'calendar', subjectId: calendar.id, occurredAt: await now(),
      before: { version: calendar.version - 1, source: before }, after: { version: calendar.version, validFrom, source }, reason,
    });
    return calendar;
  });
}

/** All calendars as they would be after an edit that is not saved; checked as saving does (SLA-10). Needs `calendar.edit`. */
export async function draftCalendarBook(database: Database, em: Em, actor: Actor, input: CalendarEdit): Promise<CalendarBook> {
  requirePermission(actor, 'calendar.edit');
  const source = checkedSource(input.source);
  const calendar = await em.findOne(CalendarEntity, { id: input.id });
  if (!calendar) throw notFound(input.id);
  requireVersion(calendar, input.expectedVersion, 'calendar');
  const validFrom = input.validFrom ?? (await database.time.read(em));
  const histories = await calendarHistories(em);
  const drafted = histories.map((one) => (one.id === input.id ? { ...one, versions: [...one.versions, { version: calendar.version + 1, validFrom, source }] } : one));
  return makeCalendarBook(drafted, await customerDateEdits(em));
}

/** D-22: what is already judged may only be touched by somebody who says why. */
export function requireReasonForPast(validFrom: Instant, now: Instant, reason: string | null): void {
  if (validFrom >= now || reason !== null) return;
  throw new Refusal('MISSING_FIELD', '"validFrom" lies in the past: give the "reason" for changing what already counted.', 'reason');
}

export interface HolidayFile {
  readonly calendarId: string;
  /** An iCalendar file (CAL-04). */
  readonly ics: string;
}

/** What loading the file would add, change and remove, before anything is saved (CAL-05). Needs `calendar.read`. */
export async function previewHolidays(database: Database, actor: Actor, input: HolidayFile): Promise<ExceptionPreview> {
  requirePermission(actor, 'calendar.read');
  const { definition, incoming } = await readHolidays(database.em, input);
  return previewExceptions(definition.exceptions, incoming);
}

export interface HolidayImport extends HolidayFile {
  readonly expectedVersion: number;
  readonly validFrom?: Instant | null;
  readonly reason?: string | null;
}

/** Loads a yearly list: the years that it speaks of are replaced, the others stay. Needs `calendar.edit`. */
export async function importHolidays(database: Database, actor: Actor, input: HolidayImport): Promise<Calendar> {
  return editCalendar(database, actor, await holidayEdit(database.em, actor, input));
}

/** The edit that loading a list amounts to. Needs `calendar.edit`. */
export async function holidayEdit(em: Em, actor: Actor, input: HolidayImport): Promise<CalendarEdit> {
  requirePermission(actor, 'calendar.edit');
  const { definition, incoming } = await readHolidays(em, input);
  const source: CalendarSource = { ...definition, exceptions: replaceExceptions(definition.exceptions, incoming) };
  const { calendarId: id, expectedVersion, validFrom, reason } = input;
  return { id, expectedVersion, source, validFrom: validFrom ?? null, reason: reason ?? null };
}

async function readHolidays(em: Em, { calendarId, ics }: HolidayFile) {
  const calendar = await em.findOne(CalendarEntity, { id: calendarId });
  if (!calendar) throw notFound(calendarId);
  const definition = await newestSource(em, calendar);
  if (definition === '24x7') throw new Refusal('INVALID_INPUT', 'A 7×24 calendar has no holidays; import them into one with opening hours.', 'calendarId');
  const incoming = readIcs(ics, { timeZone: definition.timeZone, workdayHours: workdayHours(definition), from: '1990-01-01', to: '2199-12-31' });
  return { definition, incoming };
}

/** A make-up day is worked like the first working day of the week. */
function workdayHours({ weeklyHours }: CalendarDefinition): HoursOfDay {
  const { mon, tue, wed, thu, fri, sat, sun } = weeklyHours;
  return [mon, tue, wed, thu, fri, sat, sun].find((hours) => hours.length > 0) ?? [];
}

async function newestSource(em: Em, { id, version }: Calendar): Promise<CalendarSource> {
  const row = await em.findOneOrFail(CalendarVersionEntity, { calendarId: id, version });
  return row.source;
}

function checkedSource(value: unknown): CalendarSource {
  const source = readCalendarSource(value, 'source');
  compileCalendar(source);
  return source;
}

function notFound(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no calendar "${id}".`, 'id');
}
