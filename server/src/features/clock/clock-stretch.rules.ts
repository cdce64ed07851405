import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Pause, Stretch } from './clock.rules.ts';

/**
 * When a clock reaches (`strictly`: passes) `needMs` of the calendar, walking its stretches; null when it stands before that.
 * Strictly: standing still exactly at the due instant is not late, the need then moves to the next stretch (D-08).
 */
export function instantAfter(stretches: readonly Stretch[], needMs: number, calendar: BusinessCalendar, strictly: boolean): Instant | null {
  let left = needMs;
  for (const stretch of stretches) {
    if (stretch.to === null) return calendar.addDuration(stretch.from, left);
    const spent = calendar.elapsed(stretch.from, stretch.to);
    if (spent >= left) {
      const at = calendar.addDuration(stretch.from, left);
      if (at < stretch.to || (!strictly && at === stretch.to)) return at;
    }
    left = Math.max(0, left - spent);
  }
  return null;
}

/** Milliseconds of the calendar that the stretches used up by then. */
export function consumedBy(stretches: readonly Stretch[], calendar: BusinessCalendar, until: Instant): number {
  return stretches.reduce((sum, { from, to }) => sum + calendar.elapsed(from, Math.min(to ?? until, until)), 0);
}

/** When it would have been due, had the last stretch not ended. */
export function dueHadItGoneOn(stretches: readonly Stretch[], targetMs: number, calendar: BusinessCalendar): Instant | null {
  const last = stretches.at(-1);
  if (!last) return null;
  const spent = consumedBy(stretches.slice(0, -1), calendar, last.from);
  return calendar.addDuration(last.from, Math.max(0, targetMs - spent));
}

/** A standstill of no length never happened: a deadline on a closing time must not move to the next opening by it (D-16). */
export function openStretch(stretches: readonly Stretch[], at: Instant): Stretch[] {
  const last = stretches.at(-1);
  return last?.to === at ? [...stretches.slice(0, -1), { from: last.from, to: null }] : [...stretches, { from: at, to: null }];
}

export function closeStretch(stretches: readonly Stretch[], at: Instant): Stretch[] {
  return stretches.map((stretch) => (stretch.to === null ? { from: stretch.from, to: at } : stretch));
}

/** The stretches of a clock that ran from `start` but for its pauses, which may overlap. */
export function stretchesBetween(start: Instant, pauses: readonly Pause[]): Stretch[] {
  let stretches: Stretch[] = [];
  let from: Instant | null = start;
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    if (from === null) break;
    if (pause.from > from) stretches = [...stretches, { from, to: pause.from }];
    from = pause.to === null ? null : Math.max(from, pause.to);
  }
  return from === null ? stretches : openStretch(stretches, from);
}
