import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ClockKind, ClockState } from './clock.rules.ts';

/** Clocks that end once and whose miss is a breach (SLA-11); a recurring one has no duration, a duty of the desk no breach. */
export const FORECAST_KINDS = ['response', 'start-of-work', 'on-site', 'resolution'] as const satisfies readonly ClockKind[];
export type ForecastKind = (typeof FORECAST_KINDS)[number];

export function isForecastKind(kind: string): kind is ForecastKind {
  return FORECAST_KINDS.some((one) => one === kind);
}

/** Whose history a forecast rests on: the narrowest group that has enough of it. */
export const FORECAST_BASES = ['team-level-category', 'team-level', 'level'] as const;
export type ForecastBasis = (typeof FORECAST_BASES)[number];

/** What clocks must have in common to be compared. Spans of different calendars never are: a working day is not a day. */
export interface ForecastGroup {
  readonly kind: ForecastKind;
  readonly calendarId: string;
  readonly level: string;
  readonly category: string;
  readonly teamId: string | null;
}

export interface Forecast {
  /** 0 to 1; null: too little history to say. */
  readonly probability: number | null;
  /** Ended clocks of the group that took longer than this one has counted so far; of the widest group where there are too few. */
  readonly samples: number;
  readonly basis: ForecastBasis | null;
}

/** Durations of ended clocks, milliseconds of their own calendar, shortest first. */
export interface ForecastHistory {
  durations(group: ForecastGroup, basis: ForecastBasis): readonly number[];
}

export interface ForecastQuestion {
  readonly elapsedMs: number;
  readonly allowanceMs: number;
  readonly minimumSamples: number;
}

/**
 * SLA-11: of the like clocks that lasted longer than this one has so far, the share that lasted longer than allowed:
 * P(duration > allowance | duration > elapsed). A group with fewer than the minimum of such clocks makes way for a wider one.
 */
export function forecastMiss(history: ForecastHistory, group: ForecastGroup, { elapsedMs, allowanceMs, minimumSamples }: ForecastQuestion): Forecast {
  let samples = 0;
  for (const basis of FORECAST_BASES) {
    // Nobody holds it yet: there is no team whose history it could be.
    if (basis !== 'level' && group.teamId === null) continue;
    const durations = history.durations(group, basis);
    samples = longerThan(durations, elapsedMs);
    // Exactly at its due instant a clock is still met.
    if (samples >= Math.max(1, minimumSamples)) return { probability: longerThan(durations, Math.max(allowanceMs, elapsedMs)) / samples, samples, basis };
  }
  return { probability: null, samples, basis: null };
}

/** SLA-17: more likely than policy bears; null bears everything. */
export function isExpectedMiss({ probability }: Pick<Forecast, 'probability'>, abovePercent: number | null): boolean {
  return abovePercent !== null && probability !== null && probability * 100 > abovePercent;
}

/** How many of ascending durations are longer: binary search, as this is asked for every open clock every minute. */
function longerThan(durations: readonly number[], spanMs: number): number {
  let low = 0;
  let high = durations.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (durations[middle]! > spanMs) high = middle;
    else low = middle + 1;
  }
  return durations.length - low;
}

/** Ended clocks of one group with everything in common. */
export interface EndedClocks extends ForecastGroup {
  readonly durations: readonly number[];
}

/** Gathers the narrowest groups into the wider ones. */
export function makeForecastHistory(ended: readonly EndedClocks[]): ForecastHistory {
  const gathered = new Map<string, number[]>();
  for (const group of ended) {
    for (const basis of FORECAST_BASES) {
      if (basis !== 'level' && group.teamId === null) continue;
      const key = keyOf(group, basis);
      const durations = gathered.get(key) ?? [];
      for (const duration of group.durations) durations.push(duration);
      gathered.set(key, durations);
    }
  }
  for (const durations of gathered.values()) durations.sort((a, b) => a - b);
  return { durations: (group, basis) => gathered.get(keyOf(group, basis)) ?? [] };
}

function keyOf({ kind, calendarId, level, category, teamId }: ForecastGroup, basis: ForecastBasis): string {
  const common = `${kind} ${calendarId} ${level}`;
  if (basis === 'level') return common;
  return basis === 'team-level' ? `${common} ${teamId}` : `${common} ${teamId} ${category}`;
}

/** A reference is `id` or `id@customer`: a customer's own holidays do not make another kind of hours (CAL-05). */
export function calendarIdOf(calendarRef: string): string {
  return calendarRef.split('@', 1)[0]!;
}

export interface StandingClock {
  readonly state: ClockState;
  readonly dueAt: Instant | null;
  readonly remainingMs: number | null;
  readonly targetMs: number;
}

/** What an open clock has counted so far, from its stored standing; null when it is over or has ended: nothing to foretell. */
export function countedSoFar({ state, dueAt, remainingMs, targetMs }: StandingClock, calendar: BusinessCalendar, now: Instant): number | null {
  if (state === 'running') return dueAt === null || dueAt <= now ? null : targetMs - calendar.elapsed(now, dueAt);
  return state === 'paused' && remainingMs !== null && remainingMs > 0 ? targetMs - remainingMs : null;
}
