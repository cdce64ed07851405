import type { Instant } from '../../kernel/instant.ts';
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
  const closed = (until: Instant): void => {
    if (until <= cursor) return;
    const reason = calendar.closedReason(cursor) === 'holiday' ? 'holiday' : 'closed-hours';
    result.push({ from: cursor, to: until, reason, detail: calendar.exceptionName(cursor), countedMs: 0 });
  };
  for (const open of calendar.openIntervals(from, to)) {
    closed(open.from);
    result.push({ from: open.from, to: open.to, reason: 'counted', detail: null, countedMs: open.to - open.from });
    cursor = open.to;
  }
  closed(to);
  return result;
}

function standstill(clock: ClockStanding, from: Instant, to: Instant): ExplainedInterval[] {
  const pause = clock.pauses.find((candidate) => candidate.from < to && (candidate.to === null || candidate.to > from));
  return [{ from, to, reason: pause ? 'suspended' : 'stopped', detail: pause?.reason ?? null, countedMs: 0 }];
}
