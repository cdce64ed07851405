import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import { MINUTE, type Instant } from '../../kernel/instant.ts';
import { assertNever } from '../../kernel/assert.ts';

/** The clocks of a work record (SLA-01) and of a waiting handoff (HND-01). */
export const CLOCK_KINDS = ['response', 'start-of-work', 'on-site', 'resolution', 'progress-report', 'handoff'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];
export type ClockState = 'running' | 'paused' | 'stopped';
export type ClockOutcome = 'none' | 'met' | 'cancelled';

/** A span of business time, or "end of the N-th working day" (D-04). */
export type Target = { readonly minutes: number } | { readonly workingDays: number };

/** One target that could govern the clock, and where it comes from (AGR-05, D-15). */
export interface Candidate {
  readonly source: string;
  readonly target: Target;
  readonly calendarRef: string;
  /** The agreement's own target: it prevails over tier and level table. */
  readonly own: boolean;
}

/** What fires on the way: at a share of the target, or after a span in a calendar of its own (D-32). */
export interface Threshold {
  readonly step: string;
  readonly percent?: number;
  readonly minutes?: number;
  readonly calendarRef?: string;
}

/** What a clock is judged by, frozen into its history together with the policy version that it came from (SLA-13). */
export interface ClockPlan {
  readonly candidates: readonly Candidate[];
  readonly thresholds: readonly Threshold[];
  /** Starts a new interval at every report and at every miss (D-33). */
  readonly recurring: boolean;
  /** e.g. "level-table v3 LV2". */
  readonly policy: string;
}

export type ClockFactBody =
  | { readonly fact: 'started'; readonly plan: ClockPlan }
  /** New plan: `retroactive` judges everything since the start again (D-17), `restart` begins anew here. */
  | { readonly fact: 'replanned'; readonly plan: ClockPlan; readonly mode: 'retroactive' | 'restart' }
  | { readonly fact: 'paused'; readonly reason: string }
  | { readonly fact: 'resumed'; readonly reason: string }
  | { readonly fact: 'met' }
  /** The solution was refused: goes on from where it stood (D-03); a recurring clock starts anew (D-33). */
  | { readonly fact: 'continued' }
  | { readonly fact: 'cancelled' }
  /** A progress report: the next interval starts here. */
  | { readonly fact: 'reported' };

/** One fact of a clock's history. The history is the truth; everything in {@link ClockStanding} is derived from it. */
export type ClockFact = ClockFactBody & {
  /** When it took effect. */
  readonly at: Instant;
  /** When the system got to know it; later than `at` for a late entry. Decides when a breach could be announced (D-18). */
  readonly knownAt: Instant;
  /** Order among facts of the same instant. */
  readonly seq: number;
};

export interface Firing {
  readonly step: string;
  /** 0, or the number of the interval of a recurring clock. */
  readonly occurrence: number;
  /** The instant it is dated at. */
  readonly at: Instant;
  /** The earliest instant at which anybody could have known: `at`, or the later recording that revealed it. */
  readonly revealedAt: Instant;
}

/** A stretch in which the clock ran; the last one is open while it runs. Half-open [from, to). */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly reason: string;
}

export interface JudgedCandidate extends Candidate {
  readonly targetMs: number;
  readonly dueAtStart: Instant;
  readonly chosen: boolean;
}

/** Everything one may ask of a clock at an instant. Spans in milliseconds of its own calendar. */
export interface ClockStanding {
  readonly state: ClockState;
  readonly outcome: ClockOutcome;
  readonly startAt: Instant;
  readonly plan: ClockPlan;
  readonly calendarRef: string;
  readonly candidates: readonly JudgedCandidate[];
  readonly targetMs: number;
  readonly elapsedMs: number;
  readonly remainingMs: number;
  /** Null while paused and not breached: a paused clock has no due instant (SLA-03). */
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly announcedAt: Instant | null;
  readonly metAt: Instant | null;
  readonly misses: number;
  readonly firings: readonly Firing[];
  /** When something fires next; null when nothing will without a new fact. */
  readonly nextAt: Instant | null;
  readonly stretches: readonly Stretch[];
  readonly pauses: readonly Pause[];
}

export type Calendars = (calendarRef: string) => BusinessCalendar;

export const BREACH = 'breach';
export const MISS = 'progress-missed';

/**
 * Folds a clock's history up to `until` (inclusive). Pure, and the only place that judges a clock: live commands,
 * timers, the importer, `check clocks` and the calculator all call it, so that recomputing gives the stored result (SLA-13).
 */
export function foldClock(facts: readonly ClockFact[], calendars: Calendars, until: Instant): ClockStanding | null {
  const ordered = facts.filter((fact) => fact.at <= until).toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  const first = ordered.findIndex((fact) => fact.fact === 'started');
  if (first < 0) return null;
  const started = ordered[first]!;
  if (started.fact !== 'started') return null;
  const clock = new FoldingClock(started.plan, started.at, calendars);
  // A handoff asked for while the ticket is suspended starts paused.
  for (const fact of ordered.slice(0, first)) {
    if (fact.fact === 'paused' || fact.fact === 'resumed') clock.apply({ ...fact, at: started.at });
  }
  for (const fact of ordered.slice(first + 1)) {
    clock.advance(fact.at);
    clock.apply(fact);
  }
  clock.advance(until);
  return clock.standing(until);
}

/** The fold's working state; never leaves this file. */
class FoldingClock {
  private plan: ClockPlan;
  private startAt: Instant;
  private readonly calendars: Calendars;
  private candidates: readonly JudgedCandidate[] = [];
  private chosen!: JudgedCandidate;
  private stretches: Stretch[];
  private readonly pauses: Pause[] = [];
  private outcome: ClockOutcome = 'none';
  private metAt: Instant | null = null;
  private waitingPlan: ClockPlan | null = null;
  private stoppedWhilePaused = false;
  private breachedAt: Instant | null = null;
  private announcedAt: Instant | null = null;
  private misses = 0;
  private interval = 0;
  private knownAt: Instant;
  private readonly firings: Firing[] = [];
  private readonly fired = new Set<string>();

  constructor(plan: ClockPlan, at: Instant, calendars: Calendars) {
    this.plan = plan;
    this.startAt = at;
    this.knownAt = at;
    this.calendars = calendars;
    this.stretches = [{ from: at, to: null }];
    this.judge();
  }

  apply(fact: ClockFact): void {
    this.knownAt = Math.max(this.knownAt, fact.knownAt);
    switch (fact.fact) {
      case 'started':
        return;
      case 'replanned':
        return this.replan(fact.plan, fact.mode, fact.at);
      case 'paused':
        return this.pause(fact.reason, fact.at);
      case 'resumed':
        return this.resume(fact.reason, fact.at);
      case 'met':
        return this.stop('met', fact.at);
      case 'cancelled':
        return this.stop('cancelled', fact.at);
      case 'continued':
        return this.continue(fact.at);
      case 'reported':
        if (this.outcome === 'none') this.restart(fact.at);
        return;
      default:
        return assertNever(fact);
    }
  }

  /** Fires what the current plan and pauses make due up to `to`. */
  advance(to: Instant): void {
    // A recurring clock may pass several intervals at once; each turn consumes one of them.
    for (;;) {
      const due = this.instantOf(this.chosen.targetMs, this.chosen.calendarRef, true);
      const limit = this.plan.recurring && due !== null && due < to ? due : to;
      this.fireThresholds(limit);
      if (due === null || due >= to || this.outcome !== 'none') return;
      if (!this.plan.recurring) return this.breach(due);
      this.misses += 1;
      this.fire(MISS, due);
      this.interval += 1;
      this.restartInterval(due);
    }
  }

  standing(until: Instant): ClockStanding {
    const elapsedMs = this.consumed(this.chosen.calendarRef, until);
    const state = this.state();
    return {
      state,
      outcome: this.outcome,
      startAt: this.startAt,
      plan: this.plan,
      calendarRef: this.chosen.calendarRef,
      candidates: this.candidates,
      targetMs: this.chosen.targetMs,
      elapsedMs,
      remainingMs: this.chosen.targetMs - elapsedMs,
      dueAt: this.shownDue(state),
      breachedAt: this.breachedAt,
      announcedAt: this.announcedAt,
      metAt: this.metAt,
      misses: this.misses,
      firings: this.firings.toSorted((a, b) => a.at - b.at),
      nextAt: state === 'running' ? this.nextAt() : null,
      stretches: this.stretches,
      pauses: this.pauses,
    };
  }

  /** A paused clock has no due instant, a stopped one keeps the one it had when it ran last (SLA-03). */
  private shownDue(state: ClockState): Instant | null {
    const due = this.instantOf(this.chosen.targetMs, this.chosen.calendarRef, true);
    if (state === 'running') return due;
    if (state === 'paused' || this.stoppedWhilePaused) return this.breachedAt === null ? null : due;
    return due ?? this.dueHadItGoneOn();
  }

  private dueHadItGoneOn(): Instant | null {
    const last = this.stretches.at(-1);
    if (!last) return null;
    const before = this.stretches.slice(0, -1);
    const calendar = this.calendars(this.chosen.calendarRef);
    const spent = before.reduce((sum, { from, to }) => sum + calendar.elapsed(from, to ?? from), 0);
    return calendar.addDuration(last.from, Math.max(0, this.chosen.targetMs - spent));
  }

  private state(): ClockState {
    if (this.outcome !== 'none') return 'stopped';
    return this.openPauses().length > 0 ? 'paused' : 'running';
  }

  private openPauses(): Pause[] {
    return this.pauses.filter((pause) => pause.to === null);
  }

  private judge(): void {
    const judged = this.plan.candidates.map((candidate) => this.judgeCandidate(candidate));
    const own = judged.filter((candidate) => candidate.own);
    const field = own.length > 0 ? own : judged;
    const chosen = field.reduce((best, next) => (next.dueAtStart < best.dueAtStart ? next : best));
    this.candidates = judged.map((candidate) => ({ ...candidate, chosen: candidate === chosen }));
    this.chosen = { ...chosen, chosen: true };
  }

  private judgeCandidate(candidate: Candidate): JudgedCandidate {
    const calendar = this.calendars(candidate.calendarRef);
    if ('minutes' in candidate.target) {
      // A target of whole seconds is not always a whole number of milliseconds after it was divided into minutes.
      const targetMs = Math.round(candidate.target.minutes * MINUTE);
      return { ...candidate, targetMs, dueAtStart: calendar.addDuration(this.startAt, targetMs), chosen: false };
    }
    const dueAtStart = calendar.addWorkingDays(this.startAt, candidate.target.workingDays);
    return { ...candidate, targetMs: calendar.elapsed(this.startAt, dueAtStart), dueAtStart, chosen: false };
  }

  private replan(plan: ClockPlan, mode: 'retroactive' | 'restart', at: Instant): void {
    // Only open clocks are judged anew (SLA-05); one met provisionally takes the new plan if it is continued.
    if (this.outcome !== 'none' && !(mode === 'restart' && this.outcome === 'cancelled')) {
      this.waitingPlan = plan;
      return;
    }
    // A visit decided on after "remote is enough" starts the cancelled clock again from that decision (D-34).
    this.outcome = 'none';
    this.plan = plan;
    if (mode === 'restart') {
      this.startAt = at;
      this.restartInterval(at);
    }
    this.judge();
  }

  private pause(reason: string, at: Instant): void {
    if (this.openPauses().some((pause) => pause.reason === reason)) return;
    if (this.state() === 'running') this.closeStretch(at);
    // A stopped clock remembers the pause too: it may be continued while still suspended.
    this.pauses.push({ from: at, to: null, reason });
  }

  private resume(reason: string, at: Instant): void {
    const index = this.pauses.findIndex((pause) => pause.to === null && pause.reason === reason);
    if (index < 0) return;
    this.pauses[index] = { ...this.pauses[index]!, to: at };
    if (this.state() === 'running') this.openStretch(at);
  }

  private stop(outcome: 'met' | 'cancelled', at: Instant): void {
    if (this.outcome !== 'none') return;
    this.stoppedWhilePaused = this.state() === 'paused';
    if (this.state() === 'running') this.closeStretch(at);
    this.outcome = outcome;
    this.metAt = outcome === 'met' ? at : null;
  }

  private continue(at: Instant): void {
    if (this.outcome === 'none') return;
    this.outcome = 'none';
    this.metAt = null;
    if (this.waitingPlan) {
      this.plan = this.waitingPlan;
      this.waitingPlan = null;
      this.judge();
    }
    if (this.plan.recurring) this.restart(at);
    else if (this.state() === 'running') this.openStretch(at);
  }

  private restart(at: Instant): void {
    this.interval += 1;
    this.restartInterval(at);
  }

  private restartInterval(at: Instant): void {
    this.stretches = this.state() === 'running' ? [{ from: at, to: null }] : [];
  }

  /** A standstill of no length never happened: a deadline on a closing time must not move to the next opening by it (D-16). */
  private openStretch(at: Instant): void {
    const last = this.stretches.at(-1);
    if (last?.to === at) this.stretches.splice(-1, 1, { from: last.from, to: null });
    else this.stretches.push({ from: at, to: null });
  }

  private closeStretch(at: Instant): void {
    const last = this.stretches.pop();
    if (last) this.stretches.push({ from: last.from, to: at });
  }

  /**
   * When the clock reaches (`strictly`: passes) `needMs` of the calendar, walking its stretches; null when it stands before that.
   * Strictly: standing still exactly at the due instant is not late, the need then moves to the next stretch (D-08).
   */
  private instantOf(needMs: number, calendarRef: string, strictly: boolean): Instant | null {
    const calendar = this.calendars(calendarRef);
    let left = needMs;
    for (const stretch of this.stretches) {
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

  private consumed(calendarRef: string, until: Instant): number {
    const calendar = this.calendars(calendarRef);
    return this.stretches.reduce((sum, { from, to }) => sum + calendar.elapsed(from, Math.min(to ?? until, until)), 0);
  }

  private thresholdInstant(threshold: Threshold): Instant | null {
    if (threshold.percent !== undefined) {
      return this.instantOf(Math.round((this.chosen.targetMs * threshold.percent) / 100), this.chosen.calendarRef, false);
    }
    // A span of its own counts like a breach: acting exactly on the hour is still in time.
    return this.instantOf((threshold.minutes ?? 0) * MINUTE, threshold.calendarRef ?? this.chosen.calendarRef, true);
  }

  private fireThresholds(to: Instant): void {
    if (this.outcome !== 'none') return;
    const reached = this.plan.thresholds
      .filter((threshold) => !this.fired.has(this.key(threshold.step)))
      .map((threshold) => ({ threshold, at: this.thresholdInstant(threshold) }))
      .filter(({ threshold, at }) => at !== null && (threshold.percent !== undefined ? at <= to : at < to))
      .toSorted((a, b) => a.at! - b.at!);
    for (const { threshold, at } of reached) this.fire(threshold.step, at!);
  }

  private breach(due: Instant): void {
    if (this.breachedAt !== null) return;
    this.breachedAt = due;
    this.announcedAt = Math.max(due, this.knownAt);
    this.fire(BREACH, due);
  }

  private fire(step: string, at: Instant): void {
    if (this.fired.has(this.key(step))) return;
    this.fired.add(this.key(step));
    this.firings.push({ step, occurrence: this.interval, at, revealedAt: Math.max(at, this.knownAt) });
  }

  private key(step: string): string {
    return `${step}#${this.interval}`;
  }

  private nextAt(): Instant | null {
    const coming = this.plan.thresholds
      .filter((threshold) => !this.fired.has(this.key(threshold.step)))
      .map((threshold) => {
        const at = this.thresholdInstant(threshold);
        return at === null ? null : at + (threshold.percent !== undefined ? 0 : 1);
      });
    const due = this.instantOf(this.chosen.targetMs, this.chosen.calendarRef, true);
    const dueNext = due === null || this.fired.has(this.key(this.plan.recurring ? MISS : BREACH)) ? null : due + 1;
    const all = [...coming, dueNext].filter((at) => at !== null);
    return all.length === 0 ? null : Math.min(...all);
  }
}
