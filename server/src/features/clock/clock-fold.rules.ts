import { assertNever } from '../../kernel/assert.ts';
import { MINUTE, type Instant } from '../../kernel/instant.ts';
import {
  BREACH, MISS, type Calendars, type Candidate, type ClockFact, type ClockOutcome, type ClockPlan, type ClockStanding, type ClockState,
  type Firing, type JudgedCandidate, type Pause, type Stretch, type Threshold,
} from './clock.rules.ts';
import { closeStretch, consumedBy, dueHadItGoneOn, instantAfter, openStretch, stretchesBetween } from './clock-stretch.rules.ts';

/**
 * Folds a clock's history up to `until` (inclusive). Pure, and the only place that judges a clock: live commands,
 * timers, the importer, `check clocks` and the calculator all call it, so that recomputing gives the stored result (SLA-13).
 */
export function foldClock(facts: readonly ClockFact[], calendars: Calendars, until: Instant): ClockStanding | null {
  // A clock that an up-grade adds starts with the incident: what was said of it at that very instant comes after its start.
  const ordered = facts.filter((fact) => fact.at <= until).toSorted((a, b) => a.at - b.at || Number(b.fact === 'started') - Number(a.fact === 'started') || a.seq - b.seq);
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
      case 'taken-back':
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
      case 'fired':
        return this.keep(fact);
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
      if (!this.fired.has(this.key(MISS))) this.misses += 1;
      this.fire(MISS, due);
      this.interval += 1;
      this.restartInterval(due);
    }
  }

  standing(until: Instant): ClockStanding {
    const elapsedMs = consumedBy(this.stretches, this.calendars(this.chosen.calendarRef), until);
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
    return due ?? dueHadItGoneOn(this.stretches, this.chosen.targetMs, this.calendars(this.chosen.calendarRef));
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

  private replan(plan: ClockPlan, mode: 'retroactive' | 'restart' | 'reinstate', at: Instant): void {
    const revived = this.outcome === 'cancelled' && mode !== 'retroactive';
    // Only open clocks are judged anew (SLA-05); one met provisionally takes the new plan if it is continued.
    if (this.outcome !== 'none' && !revived) {
      this.waitingPlan = plan;
      return;
    }
    // A visit decided on after "remote is enough" starts the cancelled clock again from that decision (D-34).
    this.outcome = 'none';
    this.plan = plan;
    if (mode === 'reinstate' && revived) this.stretches = stretchesBetween(this.startAt, this.pauses);
    if (mode === 'restart') {
      this.startAt = at;
      this.restartInterval(at);
    }
    this.judge();
  }

  private pause(reason: string, at: Instant): void {
    if (this.openPauses().some((pause) => pause.reason === reason)) return;
    if (this.state() === 'running') this.stretches = closeStretch(this.stretches, at);
    // A stopped clock remembers the pause too: it may be continued while still suspended.
    this.pauses.push({ from: at, to: null, reason });
  }

  private resume(reason: string, at: Instant): void {
    const index = this.pauses.findIndex((pause) => pause.to === null && pause.reason === reason);
    if (index < 0) return;
    this.pauses[index] = { ...this.pauses[index]!, to: at };
    if (this.state() === 'running') this.stretches = openStretch(this.stretches, at);
  }

  private stop(outcome: 'met' | 'cancelled', at: Instant): void {
    if (this.outcome !== 'none') return;
    this.stoppedWhilePaused = this.state() === 'paused';
    if (this.state() === 'running') this.stretches = closeStretch(this.stretches, at);
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
    else if (this.state() === 'running') this.stretches = openStretch(this.stretches, at);
  }

  private restart(at: Instant): void {
    this.interval += 1;
    this.restartInterval(at);
  }

  private restartInterval(at: Instant): void {
    this.stretches = this.state() === 'running' ? [{ from: at, to: null }] : [];
  }

  /** The instant at which the clock has used up a span of a calendar; see {@link instantAfter}. */
  private instantOf(needMs: number, calendarRef: string, strictly: boolean): Instant | null {
    return instantAfter(this.stretches, needMs, this.calendars(calendarRef), strictly);
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

  /** What was announced stays announced, and is not announced again (SLA-14, SLA-05). */
  private keep({ step, occurrence, at, announcedAt }: Extract<ClockFact, { fact: 'fired' }>): void {
    const key = `${step}#${occurrence}`;
    if (this.fired.has(key)) return;
    this.fired.add(key);
    this.firings.push({ step, occurrence, at, revealedAt: announcedAt ?? at });
    if (step === MISS) this.misses += 1;
    if (step !== BREACH || this.breachedAt !== null) return;
    this.breachedAt = at;
    this.announcedAt = announcedAt;
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
