import { MINUTE, type Instant } from '../../kernel/instant.ts';
import type { Calendars, ClockStanding, Threshold } from './clock.rules.ts';
import { instantAfter } from './clock-stretch.rules.ts';

/** A threshold that has not fired yet. */
export interface ComingThreshold {
  readonly step: string;
  /** When it fires if nothing happens; null while the clock stands still. */
  readonly at: Instant | null;
}

/** What a clock will still fire, in order (SLA-02, SLA-09); nothing once it has stopped. */
export function comingThresholds(standing: ClockStanding, calendars: Calendars): ComingThreshold[] {
  if (standing.state === 'stopped') return [];
  const fired = new Set(standing.firings.map(({ step }) => step));
  return standing.plan.thresholds
    .filter(({ step }) => standing.plan.recurring || !fired.has(step))
    .map((threshold) => ({ step: threshold.step, at: standing.state === 'running' ? instantOf(standing, threshold, calendars) : null }))
    .filter(({ at }) => at === null || !standing.plan.recurring || !standing.firings.some((firing) => firing.at === at))
    .toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}

function instantOf({ stretches, targetMs, calendarRef }: ClockStanding, threshold: Threshold, calendars: Calendars): Instant | null {
  if (threshold.percent !== undefined) return instantAfter(stretches, Math.round((targetMs * threshold.percent) / 100), calendars(calendarRef), false);
  return instantAfter(stretches, (threshold.minutes ?? 0) * MINUTE, calendars(threshold.calendarRef ?? calendarRef), true);
}
