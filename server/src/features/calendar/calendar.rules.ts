import type { Instant, Interval } from '../../kernel/instant.ts';
import { DAY } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { BusinessCalendar, CalendarSource, DayPlan, DayStretch } from './calendar-definition.rules.ts';
import { dateOf, planDays } from './calendar-definition.rules.ts';
import type { ZoneClock } from './local-time.rules.ts';
import { zoneClock } from './local-time.rules.ts';
import { openTime } from './open-time.rules.ts';

export type {
  BusinessCalendar, CalendarDefinition, CalendarException, CalendarSource, DayName, HoursOfDay,
} from './calendar-definition.rules.ts';

/** The most working days that a target may count: about 200 years of five-day weeks. */
const MOST_WORKING_DAYS = 50_000;
/** A working day must come within this many dates of the last one, or the calendar has stopped opening. */
const LONGEST_CLOSURE_DAYS = 200 * 366;
const MOST_REMEMBERED = 500;

const remembered = new Map<string, CompiledCalendar>();

/** A calendar with what its versions need to share: the dates that are its working days. */
interface CompiledCalendar extends BusinessCalendar {
  readonly dayOf: (at: Instant) => number;
  readonly firstInstantOf: (day: number) => Instant;
  readonly openOn: OpenOn;
}

/** One version of a calendar; it applies from `validFrom` until the next one does (D-22). */
export interface CalendarVersion {
  readonly version: number;
  readonly validFrom: Instant | null;
  readonly source: CalendarSource;
}

/**
 * Makes a calendar ready to count in; the same definition gives the same calendar.
 * @throws Refusal CALENDAR_INVALID with the path of the wrong value, CALENDAR_NEVER_OPENS when it has no open hours (CAL-02)
 */
export function compileCalendar(source: CalendarSource): BusinessCalendar {
  return compiled(source);
}

/**
 * One calendar out of its versions (D-22). Open time is cut at the very instant of each edit; a working day is judged
 * whole, by the version in force when its date begins. The first version also speaks for the time before it.
 */
export function piecewiseCalendar(versions: readonly CalendarVersion[]): BusinessCalendar {
  const pieces = piecesOf(versions);
  const newest = pieces.at(-1);
  if (newest === undefined) throw new Refusal('CALENDAR_INVALID', 'A calendar needs at least one version.', 'versions');
  if (pieces.length === 1) return newest.calendar;
  const inForce = (holds: (piece: Piece) => boolean): CompiledCalendar => (pieces.findLast(holds) ?? newest).calendar;
  const at = (instant: Instant): CompiledCalendar => inForce((piece) => piece.from <= instant);
  const openOnDay: OpenOn = (day) => inForce(({ from, calendar }) => from <= calendar.firstInstantOf(day)).openOn(day);
  return {
    ...openTime((from, to) => pieces.flatMap((piece) => openWithin(piece, { from, to }))),
    timeZone: newest.calendar.timeZone,
    addWorkingDays: (start, days) => addWorkingDays(openOnDay, at(start).dayOf(start), days),
    closedReason: (instant) => at(instant).closedReason(instant),
    exceptionName: (instant) => at(instant).exceptionName(instant),
  };
}

interface Piece extends Interval {
  readonly calendar: CompiledCalendar;
}

function piecesOf(versions: readonly CalendarVersion[]): readonly Piece[] {
  const ordered = versions
    .map(({ version, validFrom, source }) => ({ version, from: validFrom ?? -Infinity, source }))
    .sort((a, b) => (a.from === b.from ? a.version - b.version : a.from - b.from));
  // Of two versions from the same instant the later one replaces the other altogether.
  const effective = ordered.filter(({ from }, index) => ordered[index + 1]?.from !== from);
  return effective.map(({ from, source }, index) => ({
    from: index === 0 ? -Infinity : from,
    to: effective[index + 1]?.from ?? Infinity,
    calendar: compiled(source),
  }));
}

function openWithin(piece: Piece, { from, to }: Interval): readonly Interval[] {
  const start = Math.max(piece.from, from);
  const end = Math.min(piece.to, to);
  return start < end ? piece.calendar.openIntervals(start, end) : [];
}

function compiled(source: CalendarSource): CompiledCalendar {
  const key = JSON.stringify(source);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const made = source === '24x7' ? alwaysOpen() : compile(planDays(source), zoneClock(source.timeZone));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, made);
  return made;
}

/** Every date of UTC is a working day that ends at 24:00: "next working day" of a 7×24 service is the end of tomorrow. */
function alwaysOpen(): CompiledCalendar {
  const wholeDay = [{ from: 0, to: DAY }];
  return compile({ weekly: Array.from({ length: 7 }, () => wholeDay), dated: new Map() }, zoneClock('UTC'));
}

function compile(plan: DayPlan, clock: ZoneClock): CompiledCalendar {
  const openOnDay: OpenOn = (day) => openOn(plan, clock, day);
  return {
    ...openTime((from, to) => stretchesWithin(plan, clock, { from, to })),
    timeZone: clock.timeZone,
    addWorkingDays: (start, days) => addWorkingDays(openOnDay, dayOf(clock, start), days),
    closedReason: (at) => (governingException(plan, clock, at).closes ? 'holiday' : 'hours'),
    exceptionName: (at) => governingException(plan, clock, at).name,
    dayOf: (at) => dayOf(clock, at),
    firstInstantOf: (day) => clock.fromLocal(day * DAY),
    openOn: openOnDay,
  };
}

function stretchesWithin(plan: DayPlan, clock: ZoneClock, { from, to }: Interval): readonly Interval[] {
  const found: Interval[] = [];
  // Two dates early, because the evening before may run over midnight and the zone may have skipped a date.
  const firstDay = dayOf(clock, from) - 2;
  const lastDay = dayOf(clock, to);
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const stretch of openOn(plan, clock, day)) {
      const clipped = { from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) };
      if (clipped.from < clipped.to) found.push(clipped);
    }
  }
  return found;
}

/** The stretches that belong to a local date. A date that the zone skipped has none: nobody could have worked on it. */
function openOn(plan: DayPlan, clock: ZoneClock, day: number): readonly Interval[] {
  const hours = hoursOf(plan, day);
  if (hours.length === 0 || !clock.hasDay(day)) return [];
  return hours
    .map(({ from, to }) => ({ from: clock.fromLocal(day * DAY + from), to: clock.fromLocal(day * DAY + to) }))
    .filter(({ from, to }) => from < to);
}

function hoursOf(plan: DayPlan, day: number): readonly DayStretch[] {
  return plan.dated.get(day)?.hours ?? weeklyHoursOf(plan, day);
}

function weeklyHoursOf(plan: DayPlan, day: number): readonly DayStretch[] {
  // 1970-01-01 was a Thursday; the double remainder keeps dates before it positive.
  return plan.weekly[(((day + 4) % 7) + 7) % 7] ?? [];
}

function dayOf(clock: ZoneClock, at: Instant): number {
  return Math.floor(clock.toLocal(at) / DAY);
}

type OpenOn = (day: number) => readonly Interval[];

function addWorkingDays(openOnDay: OpenOn, startDay: number, days: number): Instant {
  if (!Number.isInteger(days) || days < 1 || days > MOST_WORKING_DAYS) {
    throw new Refusal('OUT_OF_RANGE', `Working days must be a whole number from 1 to ${MOST_WORKING_DAYS}, got ${days}.`, 'workingDays');
  }
  let found = nextWorkingDay(openOnDay, startDay);
  for (let counted = 1; counted < days; counted += 1) found = nextWorkingDay(openOnDay, found.day);
  return found.end;
}

/** The first date after `day` with open hours, and the end of its business hours. */
function nextWorkingDay(openOnDay: OpenOn, day: number): { readonly day: number; readonly end: Instant } {
  for (let next = day + 1; next <= day + LONGEST_CLOSURE_DAYS; next += 1) {
    const stretches = openOnDay(next);
    if (stretches.length > 0) return { day: next, end: Math.max(...stretches.map(({ to }) => to)) };
  }
  throw new Refusal('CALENDAR_NEVER_OPENS', `The calendar has no working day after ${dateOf(day)}; give it weekly hours.`, 'calendar');
}

interface Governing {
  readonly closes: boolean;
  readonly name: string | null;
}

/**
 * The dated exception that decides about an instant: that of its local date, or that of the evening before when this
 * took away hours over midnight. It is the reason for closed hours when it has none at all or the week would be open.
 */
function governingException(plan: DayPlan, clock: ZoneClock, at: Instant): Governing {
  const day = dayOf(clock, at);
  const usual: DayPlan = { weekly: plan.weekly, dated: new Map() };
  const covers = (date: number): boolean => openOn(usual, clock, date).some(({ from, to }) => from <= at && at < to);
  const today = plan.dated.get(day);
  if (today !== undefined && (today.hours.length === 0 || covers(day))) return { closes: true, name: today.name };
  const eve = plan.dated.get(day - 1);
  if (eve !== undefined && covers(day - 1)) return { closes: true, name: eve.name };
  return { closes: false, name: today?.name ?? null };
}
