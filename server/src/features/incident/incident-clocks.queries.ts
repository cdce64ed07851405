import { comingThresholds } from '../clock/clock-coming.rules.ts';
import { explainClock } from '../clock/clock-explain.rules.ts';
import { standingOf, type ClockBook } from '../clock/clock-book.rules.ts';
import type { ClockRow } from '../clock/clock.entity.ts';
import type { ClockView } from '../clock/clock.types.ts';
import type { CalendarBook } from '../calendar/calendar.service.ts';
import { assert } from '../../kernel/assert.ts';
import { SECOND, type Instant } from '../../kernel/instant.ts';

const seconds = (ms: number): number => Math.round(ms / SECOND);

/** One clock as a screen shows it, judged at `now` from its history; the heavy arithmetic is made only when it is asked for. */
export function clockView(book: ClockBook, clock: ClockRow, calendars: CalendarBook, now: Instant, heldBy: ClockView['breachHeldBy']): ClockView {
  const standing = standingOf(book, clock.kind, clock.subjectId, calendars, now, clock);
  assert(standing, `clock ${clock.id} has a history`);
  const calendar = calendars.resolve(standing.calendarRef, clock.state === 'stopped' ? clock.calendarVersion : undefined);
  const outsideHours = standing.state === 'running' && !calendar.isOpen(now);
  return {
    id: clock.id, kind: clock.kind, state: standing.state, outcome: standing.outcome, startAt: standing.startAt, dueAt: standing.dueAt,
    remainingSeconds: seconds(standing.remainingMs), elapsedSeconds: seconds(standing.elapsedMs), targetSeconds: seconds(standing.targetMs),
    percent: Math.floor((standing.elapsedMs * 100) / standing.targetMs), breachedAt: standing.breachedAt, announcedAt: standing.announcedAt,
    breachHeldBy: heldBy, metAt: standing.metAt, outsideHours, resumesAt: outsideHours ? calendar.nextOpen(now) : null, timeZone: calendar.timeZone,
    policy: clock.policy, calendarVersion: clock.calendarVersion, misses: standing.misses,
    firings: book.firings.filter((firing) => firing.clockId === clock.id),
    coming: comingThresholds(standing, (ref) => calendars.resolve(ref)),
    candidates: standing.candidates.map((candidate) => ({ ...candidate, targetSeconds: seconds(candidate.targetMs) })),
    get explanation() {
      const made = explainClock(standing, () => calendar, now);
      return {
        intervals: made.intervals.map((interval) => ({ ...interval, seconds: seconds(interval.countedMs) })),
        countedSeconds: seconds(made.countedMs), truncated: made.truncated,
      };
    },
  };
}
