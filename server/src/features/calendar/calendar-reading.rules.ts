import { Refusal } from '../../kernel/refusal.ts';
import type { CalendarDefinition, CalendarException, CalendarSource, DayName, HoursOfDay } from './calendar-definition.rules.ts';
import { DAY_NAMES } from './calendar-definition.rules.ts';

/** More dated exceptions than days in a century would be no list of holidays. */
const MOST_EXCEPTIONS = 40_000;
const MOST_INTERVALS_A_DAY = 100;

/**
 * Reads a calendar out of JSON: `"24x7"`, or time zone, weekly hours (a day left out is closed) and dated exceptions.
 * Refuses any other shape with the path of what is wrong; times and dates themselves are checked when it is compiled.
 */
export function readCalendarSource(value: unknown, field = 'calendar'): CalendarSource {
  if (value === '24x7') return value;
  const { timeZone, weeklyHours, exceptions } = record(value, field, '"24x7" or an object with timeZone, weeklyHours and exceptions');
  if (typeof timeZone !== 'string') throw wrong(`${field}.timeZone`, 'an IANA time zone such as "Asia/Shanghai"', timeZone);
  return { timeZone, weeklyHours: readWeek(weeklyHours, `${field}.weeklyHours`), exceptions: readExceptions(exceptions, `${field}.exceptions`) };
}

/** Reads dated exceptions out of JSON; none at all may be left out. */
export function readExceptions(value: unknown, field: string): CalendarDefinition['exceptions'] {
  return list(value ?? [], field, MOST_EXCEPTIONS).map((item, index): CalendarException => {
    const path = `${field}[${index}]`;
    const { date, hours, name } = record(item, path, 'an object with date and hours');
    if (typeof date !== 'string') throw wrong(`${path}.date`, 'a date such as "2026-02-14"', date);
    if (name !== undefined && name !== null && typeof name !== 'string') throw wrong(`${path}.name`, 'a text', name);
    const dated = { date, hours: readHours(hours, `${path}.hours`) };
    return typeof name === 'string' ? { ...dated, name } : dated;
  });
}

function readWeek(value: unknown, field: string): CalendarDefinition['weeklyHours'] {
  const week = record(value, field, 'an object of the days mon to sun');
  const unknownDay = Object.keys(week).find((day) => !DAY_NAMES.some((name) => name === day));
  if (unknownDay !== undefined) throw wrong(`${field}.${unknownDay}`, `one of the days ${DAY_NAMES.join(', ')}`, unknownDay);
  const on = (day: DayName): HoursOfDay => readHours(week[day] ?? [], `${field}.${day}`);
  return { mon: on('mon'), tue: on('tue'), wed: on('wed'), thu: on('thu'), fri: on('fri'), sat: on('sat'), sun: on('sun') };
}

function readHours(value: unknown, field: string): HoursOfDay {
  return list(value, field, MOST_INTERVALS_A_DAY).map((item, index): readonly [string, string] => {
    const path = `${field}[${index}]`;
    const [opens, closes, ...more] = list(item, path, 2);
    if (typeof opens !== 'string' || typeof closes !== 'string' || more.length > 0) {
      throw wrong(path, 'a pair of times such as ["09:00","18:00"]', item);
    }
    return [opens, closes];
  });
}

function record(value: unknown, field: string, expected: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw wrong(field, expected, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown, field: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(field, 'a list', value);
  if (value.length > most) throw new Refusal('CALENDAR_INVALID', `${field} must hold at most ${most} entries, got ${value.length}.`, field);
  return value;
}

function wrong(field: string, expected: string, value: unknown): Refusal {
  const got = typeof value === 'string' ? `"${value.slice(0, 40)}"` : describe(value);
  return new Refusal('CALENDAR_INVALID', `${field} must be ${expected}, got ${got}.`, field);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
