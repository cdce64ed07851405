import { zoneClock } from '../calendar/local-time.rules.ts';
import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import { DAY, MINUTE, type Instant } from '../../kernel/instant.ts';
import type { Calendars, ClockStanding } from './clock.rules.ts';

/** Why a stretch of wall time did or did not count (SLA-09, SLA-12). */
export type ExplainReason = 'counted' | 'closed-hours' | 'holiday' | 'suspended' | 'stopped';

export interface ExplainedInterval {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: ExplainReason;
  /** The suspension's reason, or the name of the holiday. */
  readonly detail: string | null;
  readonly countedMs: number;
}

/** More lines than this say nothing to a reader; the sum stays exact and the cut is told. */
const INTERVAL_LIMIT = 500;

export interface ClockExplanation {
  readonly intervals: readonly ExplainedInterval[];
  readonly countedMs: number;
  readonly truncated: boolean;
}

/** The full arithmetic of a clock: what counted, what did not and why, and the sum (SLA-09). */
export function explainClock(clock: ClockStanding, calendars: Calendars, until: Instant): ClockExplanation {
  const intervals: ExplainedInterval[] = [];
  let cursor = clock.stretches[0]?.from ?? clock.startAt;
  for (const stretch of clock.stretches) {
    if (stretch.from > cursor) intervals.push(...standstill(clock, cursor, stretch.from));
    intervals.push(...ran(clock.calendarRef, calendars, stretch.from, stretch.to ?? until));
    cursor = stretch.to ?? until;
  }
  if (clock.state === 'paused' && cursor < until) intervals.push(...standstill(clock, cursor, until));
  const countedMs = intervals.reduce((sum, interval) => sum + interval.countedMs, 0);
  return { intervals: intervals.slice(0, INTERVAL_LIMIT), countedMs, truncated: intervals.length > INTERVAL_LIMIT };
}

function ran(calendarRef: string, calendars: Calendars, from: Instant, to: Instant): ExplainedInterval[] {
  const calendar = calendars(calendarRef);
  const result: ExplainedInterval[] = [];
  let cursor = from;
  for (const open of calendar.openIntervals(from, to)) {
    result.push(...closed(calendar, cursor, open.from));
    result.push({ from: open.from, to: open.to, reason: 'counted', detail: null, countedMs: open.to - open.from });
    cursor = open.to;
  }
  return [...result, ...closed(calendar, cursor, to)];
}

/** A closed stretch, cut where its reason changes: an evening, then a holiday, then the morning after it. */
function closed(calendar: BusinessCalendar, from: Instant, to: Instant): ExplainedInterval[] {
  const result: ExplainedInterval[] = [];
  for (const [begin, end] of piecesOf(calendar, from, to)) {
    const reason = calendar.closedReason(begin) === 'holiday' ? 'holiday' : 'closed-hours';
    const detail = calendar.exceptionName(begin);
    const last = result.at(-1);
    if (last && last.reason === reason && last.detail === detail) result[result.length - 1] = { ...last, to: end };
    else result.push({ from: begin, to: end, reason, detail, countedMs: 0 });
  }
  return result;
}

/** Within a date that a named exception governs the reason may change at any minute of its usual hours; else only at midnight. */
const CUT_MS = 5 * MINUTE;

function piecesOf(calendar: BusinessCalendar, from: Instant, to: Instant): [Instant, Instant][] {
  const clock = zoneClock(calendar.timeZone);
  const pieces: [Instant, Instant][] = [];
  for (let begin = from; begin < to;) {
    const midnight = clock.fromLocal((Math.floor(clock.toLocal(begin) / DAY) + 1) * DAY);
    const step = calendar.exceptionName(begin) === null ? midnight : Math.min(midnight, Math.floor(begin / CUT_MS) * CUT_MS + CUT_MS);
    // A zone that skips a date has a midnight that does not come.
    const end = Math.min(to, step > begin ? step : begin + DAY);
    pieces.push([begin, end]);
    begin = end;
  }
  return pieces;
}

function standstill(clock: ClockStanding, from: Instant, to: Instant): ExplainedInterval[] {
  const pause = clock.pauses.find((candidate) => candidate.from < to && (candidate.to === null || candidate.to > from));
  return [{ from, to, reason: pause ? 'suspended' : 'stopped', detail: pause?.reason ?? null, countedMs: 0 }];
}
