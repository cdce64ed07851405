import type { MinuteOracle } from './minute-oracle.ts';

/**
 * An SLA clock by brute force: walks from its start minute by minute, applies what happened at each, and remembers in which
 * minutes it ran. Due and warning instants are looked up in that record; nothing is calculated with spans.
 */
export interface OracleClock {
  readonly start: number;
  readonly targetMinutes: number;
  /** Whole minutes, in order; `regrade` names the new target in minutes. */
  readonly events: readonly { readonly at: number; readonly kind: 'pause' | 'resume' | 'stop' | 'regrade'; readonly reason: string; readonly target: number }[];
  readonly mode: 'retroactive' | 'restart';
  readonly asOf: number;
  readonly windowEnd: number;
}

export interface OracleReading {
  readonly state: string;
  readonly elapsedMinutes: number;
  readonly breachedAt: number | null;
  readonly dueAt: number | null;
  readonly reachedAt: (minutes: number) => number | null;
}

const MINUTE = 60_000;

export function walkClock(open: MinuteOracle, clock: OracleClock): OracleReading {
  const ran = new Set<number>();
  const reasons = new Set<string>();
  let target = clock.targetMinutes;
  let legStart = clock.start;
  let breachedAt: number | null = null;
  let stopped = false;
  const judge = (now: number): void => {
    const due = dueIn(open, { ran, legStart, target, end: now });
    if (breachedAt === null && due !== null && due < now) breachedAt = due;
  };
  const events = clock.events.filter(({ at }) => at <= clock.asOf);
  let at = Math.min(clock.start, ...events.map((event) => event.at));
  let end = Math.max(clock.start, clock.asOf);
  for (; at <= end && !stopped; at += MINUTE) {
    for (const event of events.filter((one) => one.at === at)) {
      if (stopped) break;
      if (event.kind === 'pause') reasons.add(event.reason);
      if (event.kind === 'resume') reasons.delete(event.reason);
      if (event.kind === 'stop') [stopped, end] = [true, Math.max(at, clock.start)];
      if (event.kind === 'regrade') {
        judge(at);
        target = event.target;
        if (clock.mode === 'restart') legStart = Math.max(at, clock.start);
        judge(at);
      }
    }
    if (at >= clock.start && at < end && reasons.size === 0) ran.add(at);
  }
  judge(end);
  const paused = reasons.size > 0;
  const counted = countedTicks(open, ran, legStart);
  if (!paused) for (let later = end; later < clock.windowEnd; later += MINUTE) ran.add(later);
  const due = dueIn(open, { ran, legStart, target, end: clock.windowEnd });
  return {
    state: stopped ? 'STOPPED' : paused ? 'PAUSED' : 'RUNNING',
    elapsedMinutes: counted.length,
    breachedAt,
    dueAt: paused && (stopped || breachedAt === null) ? null : due,
    reachedAt: (minutes) => countedTicks(open, ran, legStart)[minutes - 1] ?? null,
  };
}

/** The ends of the minutes that counted. */
function countedTicks(open: MinuteOracle, ran: ReadonlySet<number>, legStart: number): readonly number[] {
  return [...ran].filter((minute) => minute >= legStart && open.isOpen(minute)).map((minute) => minute + MINUTE);
}

/** The first instant at which the target is used up and the clock still runs (a pause at that very instant holds it, D-08). */
function dueIn(open: MinuteOracle, { ran, legStart, target, end }: { ran: ReadonlySet<number>; legStart: number; target: number; end: number }): number | null {
  const reached = target === 0 ? legStart : countedTicks(open, ran, legStart)[target - 1];
  if (reached === undefined) return null;
  for (let at = reached; at < end; at += MINUTE) {
    if (ran.has(at) && (open.isOpen(at) || (at === reached && target > 0))) return at;
  }
  return null;
}
