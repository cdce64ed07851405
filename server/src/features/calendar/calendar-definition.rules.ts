import type { Instant, Interval } from '../../kernel/instant.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** In the order of a JavaScript week: Sunday is 0. */
export const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type DayName = (typeof DAY_NAMES)[number];

/**
 * Opening hours of one day in local time: `[["09:00","12:00"],["13:00","18:00"]]`. `24:00` is the end of the local day;
 * an end before its start crosses midnight and belongs to the day on which it starts (CAL-01, D-23).
 */
export type HoursOfDay = readonly (readonly [string, string])[];

/** Replaces the weekly hours of one date: a holiday has none, a make-up workday 调休 has a workday's (CAL-05). */
export interface CalendarException {
  readonly date: string;
  readonly hours: HoursOfDay;
  readonly name?: string;
}

export interface CalendarDefinition {
  readonly timeZone: string;
  readonly weeklyHours: Readonly<Record<DayName, HoursOfDay>>;
  readonly exceptions: readonly CalendarException[];
}

/** `24x7` never closes; its local days are those of UTC. */
export type CalendarSource = '24x7' | CalendarDefinition;

/** Business time of one calendar. All instants are epoch milliseconds, all spans milliseconds. */
export interface BusinessCalendar {
  readonly timeZone: string;
  /**
   * The instant at which `durationMs` of open time has passed since `start`. 0 gives the first open instant at or after
   * `start`; a deadline that falls exactly on a closing time is due then, not at the next opening (D-16).
   */
  addDuration(start: Instant, durationMs: number): Instant;
  /** Open milliseconds in [start, end); 0 when reversed. */
  elapsed(start: Instant, end: Instant): number;
  /** End of business hours of the N-th working day after the local date of `start` (D-04). */
  addWorkingDays(start: Instant, days: number): Instant;
  isOpen(at: Instant): boolean;
  /** The first open instant at or after `at`. */
  nextOpen(at: Instant): Instant;
  /** The open stretches within [from, to), clipped to it, in order, never touching. */
  openIntervals(from: Instant, to: Instant): readonly Interval[];
  /** Why a closed instant is closed: a dated exception took the hours away, or the week has none (SLA-09). */
  closedReason(at: Instant): 'hours' | 'holiday';
  /** Name of the dated exception that governs the instant, open or closed. */
  exceptionName(at: Instant): string | null;
}

/** Milliseconds after local midnight; `to` passes 24 h when the stretch crosses midnight. */
export interface DayStretch {
  readonly from: number;
  readonly to: number;
}

export interface DatedDay {
  readonly hours: readonly DayStretch[];
  readonly name: string | null;
}

/** A definition made ready for integers: `weekly` by day of the week, `dated` by days since 1970-01-01. */
export interface DayPlan {
  readonly weekly: readonly (readonly DayStretch[])[];
  readonly dated: ReadonlyMap<number, DatedDay>;
}

const CLOCK_TIME = /^(\d\d):(\d\d)(?::(\d\d))?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Checks every hour and date of a definition; refuses with the path of the first one that is wrong (CAL-02). */
export function planDays(definition: CalendarDefinition, field = 'calendar'): DayPlan {
  const weekly = DAY_NAMES.map((day) => stretches(definition.weeklyHours[day], `${field}.weeklyHours.${day}`));
  const dated = new Map<number, DatedDay>();
  definition.exceptions.forEach((exception, index) => {
    const path = `${field}.exceptions[${index}]`;
    const day = dayNumber(exception.date, `${path}.date`);
    if (dated.has(day)) throw invalid(`${exception.date} has two exceptions; give each date once.`, `${path}.date`);
    dated.set(day, { hours: stretches(exception.hours, `${path}.hours`), name: exception.name ?? null });
  });
  const opens = weekly.some((hours) => hours.length > 0) || [...dated.values()].some((day) => day.hours.length > 0);
  if (!opens) {
    throw new Refusal('CALENDAR_NEVER_OPENS', 'The calendar has no open hours on any day of the week or dated exception; give at least one interval.', field);
  }
  return { weekly, dated };
}

/** Days since 1970-01-01 of a calendar date. */
export function dayNumber(date: string, field: string): number {
  const day = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) / DAY : NaN;
  // 30 February parses as 1 or 2 March in some engines: the date must come back as it went in.
  if (Number.isNaN(day) || dateOf(day) !== date) {
    throw invalid(`"${date}" is not a date; write it as YYYY-MM-DD.`, field);
  }
  return day;
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function stretches(hours: HoursOfDay, field: string): readonly DayStretch[] {
  return hours.map(([opens, closes], index) => {
    const path = `${field}[${index}]`;
    const from = timeOfDay(opens, path);
    const to = timeOfDay(closes, path);
    if (from === DAY) throw invalid('An interval cannot start at 24:00; start it at 00:00 of the next day.', path);
    if (from === to) {
      throw invalid(`${opens}–${closes} is empty; an interval ends after it starts, and a whole day is 00:00–24:00.`, path);
    }
    return { from, to: to > from ? to : to + DAY };
  });
}

function timeOfDay(text: string, field: string): number {
  const [, hours, minutes, seconds] = CLOCK_TIME.exec(text) ?? [];
  const time = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds ?? 0) * SECOND;
  const inRange = Number(minutes) < 60 && Number(seconds ?? 0) < 60 && time <= DAY;
  if (!inRange) throw invalid(`"${text}" is not a time of day; write 00:00 to 24:00.`, field);
  return time;
}

function invalid(message: string, field: string): Refusal {
  return new Refusal('CALENDAR_INVALID', message, field);
}
