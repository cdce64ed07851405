import type { BusinessCalendar } from '../features/calendar/calendar.rules.ts';
import type { ClockFact, ClockFactBody, ClockPlan, ClockStanding } from '../features/clock/clock.rules.ts';
import { foldClock } from '../features/clock/clock-fold.rules.ts';
import { assert } from '../kernel/assert.ts';
import type { Instant } from '../kernel/instant.ts';
import { MINUTE } from '../kernel/instant.ts';

/** What happened to a clock. A pause and its resume belong together by their reason; `''` when none is given. */
export type ClockHappening =
  | { readonly at: Instant; readonly kind: 'pause' | 'resume'; readonly reason: string }
  | { readonly at: Instant; readonly kind: 'stop' }
  | { readonly at: Instant; readonly kind: 'regrade'; readonly targetMs: number };

export interface ClockQuestion {
  readonly calendar: BusinessCalendar;
  readonly start: Instant;
  readonly targetMs: number;
  /** In order of time, equal instants in the order in which they happened; none after `asOf`. */
  readonly happenings: readonly ClockHappening[];
  /** `retroactive` counts the new target from the start, `restart` from the re-grade (D-17). */
  readonly regrade: 'retroactive' | 'restart';
  readonly asOf: Instant;
  /** Percentages of the target. */
  readonly warnAt: readonly number[];
}

export interface ClockReading {
  readonly state: 'RUNNING' | 'PAUSED' | 'STOPPED';
  readonly elapsedMs: number;
  /** Negative when over. */
  readonly remainingMs: number;
  readonly breachedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly warnings: ReadonlyMap<number, Instant | null>;
}

const STATES = { running: 'RUNNING', paused: 'PAUSED', stopped: 'STOPPED' } as const;

/** Lets the engine that judges the incidents' clocks judge this one, and reads it at `asOf`. */
export function readClock(question: ClockQuestion): ClockReading {
  const { calendar, start, asOf, warnAt } = question;
  const clock = foldClock(factsOf(question), () => calendar, Math.max(asOf, start));
  assert(clock !== null, 'a clock whose first fact is its start stands somewhere');
  const stoodStill = clock.pauses.some(({ to }) => to === null);
  return {
    state: STATES[clock.state],
    elapsedMs: clock.elapsedMs,
    remainingMs: clock.remainingMs,
    breachedAt: clock.breachedAt,
    // Stopped while paused: it was never going to be due, whatever it had missed before.
    dueAt: clock.state === 'stopped' && stoodStill ? null : clock.dueAt,
    warnings: new Map(warnAt.map((percent) => [percent, reachedAt(calendar, clock, Math.round((clock.targetMs * percent) / 100))])),
  };
}

function factsOf({ start, targetMs, happenings, regrade }: ClockQuestion): readonly ClockFact[] {
  const stop = happenings.findIndex(({ kind }) => kind === 'stop');
  const counting = stop < 0 ? happenings : happenings.slice(0, stop + 1);
  const bodies = counting.map((happening) => ({ ...bodyOf(happening, regrade), at: happening.at }));
  // What happened before the start finds a clock that has not counted yet.
  return [{ fact: 'started' as const, plan: planOf(targetMs), at: start }, ...bodies]
    .map((body, seq) => ({ ...body, at: Math.max(body.at, start), knownAt: Math.max(body.at, start), seq }));
}

function bodyOf(happening: ClockHappening, mode: 'retroactive' | 'restart'): ClockFactBody {
  if (happening.kind === 'stop') return { fact: 'met' };
  if (happening.kind === 'regrade') return { fact: 'replanned', plan: planOf(happening.targetMs), mode };
  return { fact: happening.kind === 'pause' ? 'paused' : 'resumed', reason: happening.reason };
}

function planOf(targetMs: number): ClockPlan {
  const candidate = { source: 'the case', target: { minutes: targetMs / MINUTE }, calendarRef: 'the case', own: true };
  return { candidates: [candidate], thresholds: [], recurring: false, policy: 'the case' };
}

/** The earliest instant with that much counted time: in the past, or ahead of a clock that runs or ran until it was stopped. */
function reachedAt(calendar: BusinessCalendar, { stretches, state, pauses }: ClockStanding, countedMs: number): Instant | null {
  let wanted = countedMs;
  for (const { from, to } of stretches) {
    const open = to === null ? Infinity : calendar.elapsed(from, to);
    if (wanted <= open) return calendar.addDuration(from, wanted);
    wanted -= open;
  }
  const last = stretches.at(-1);
  const ranToItsStop = state === 'stopped' && !pauses.some(({ to }) => to === null);
  return ranToItsStop && last?.to != null ? calendar.addDuration(last.to, wanted) : null;
}
