import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { incident, type IncidentStory } from '../../../../test/support/story.ts';
import { CAST, shanghai } from '../../../../test/support/story-world.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { foldClock } from '../clock/clock-fold.rules.ts';
import { factsOf, judgeBook, standingOf, type ClockBook } from '../clock/clock-book.rules.ts';
import { isOperatingLevel } from '../clock/clock.rules.ts';
import { LEVELS, type Level } from '../service-level/service-level.rules.ts';
import { legsOf } from '../ticket/ticket.rules.ts';
import { openSuspension, waitingHandoff } from './incident-case.rules.ts';
import { INCIDENT_MOVES, INCIDENT_STATES } from './incident-states.rules.ts';

// Hundreds of stories each; on a busy machine that takes longer than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

/** Something that anybody may try at any time; what the rules refuse must change nothing. */
type Attempt = (told: IncidentStory) => unknown;
const byHolder = (told: IncidentStory) => Object.values(CAST).find(({ id }) => id === told.kase.ticket.holderId) ?? CAST.engineer;
const receiver = (told: IncidentStory) => Object.values(CAST).find(({ teamIds }) => teamIds[0] === told.kase.ticket.teamId) ?? CAST.lead;

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  take: (told) => told.take(receiver(told)),
  confirm: (told) => told.confirm('LV2'),
  start: (told) => told.start(byHolder(told)),
  respond: (told) => told.respond(),
  arrive: (told) => told.arrive(),
  visit: (told) => told.onSite(true),
  remote: (told) => told.onSite(false),
  suspend: (told) => told.suspend(byHolder(told)),
  suspendOther: (told) => told.suspend(byHolder(told), { category: 'awaiting-vendor' }),
  suspendUnpaused: (told) => told.suspend(byHolder(told), { category: 'contracted-vendor' }),
  resume: (told) => told.resume(byHolder(told)),
  feedback: (told) => told.feedback(),
  propose: (told) => told.propose(byHolder(told)),
  accept: (told) => told.accept(),
  refuse: (told) => told.refuse(),
  attempt: (told) => told.attempt(),
  close: (told) => told.close(),
  report: (told) => told.log('progress-report'),
  urge: (told) => told.urge(),
  handOverToSeniors: (told) => told.handOver('seniors'),
  handOverToEngineers: (told) => told.handOver('engineers'),
  acceptHandoff: (told) => told.acceptHandoff(receiver(told)),
  rejectHandoff: (told) => told.rejectHandoff(receiver(told)),
  recall: (told) => told.recall(),
  raise: (told) => told.escalate('escalation-1'),
  acknowledge: (told) => told.acknowledge(),
  confirmExecution: (told) => told.confirmExecution(),
  visitDelayed: (told) => told.visitDelayed(),
  redispatch: (told) => told.redispatch(),
  abnormal: (told) => told.abnormal(),
  passAbnormal: (told) => told.passAbnormal(),
  undoSuspension: (told) => told.correct({}, CAST.technicalManager),
  undoResponse: (told) => told.correct({ kind: 'response' }, CAST.technicalManager),
};

/** Nothing here takes back what was: so each threshold must fire once and stay. */
const TAKES_BACK = ['undoSuspension', 'undoResponse'];

interface Step {
  readonly afterMs: number;
  readonly what: string;
  readonly level: Level;
}

const MINUTE = 60_000;
const pause = fc.oneof(fc.constantFrom(0, 1, 10 * MINUTE, 10 * MINUTE + 1, 30 * MINUTE, 480 * MINUTE), fc.integer({ min: 0, max: 20 * 60 * MINUTE }));
const stepsOf = (names: readonly string[]) => fc.array(fc.record({ afterMs: pause, what: fc.constantFrom(...names, 'regrade'), level: fc.constantFrom(...LEVELS) }), { minLength: 1, maxLength: 25 });
const everything = stepsOf(Object.keys(ATTEMPTS));
const forwards = stepsOf(Object.keys(ATTEMPTS).filter((name) => !TAKES_BACK.includes(name)));

const attempt = (told: IncidentStory, { what, level }: Step): boolean => {
  try {
    if (what === 'regrade') told.regrade(level, CAST.technicalManager);
    else ATTEMPTS[what]!(told);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
};

const tell = (level: Level, steps: readonly Step[], after: (told: IncidentStory, done: boolean) => void = () => undefined, looks: readonly number[] = []): IncidentStory => {
  const told = incident({ level });
  for (const step of steps) {
    const next = told.now + step.afterMs;
    for (const at of looks.filter((look) => look > told.now && look < next)) {
      told.now = at;
      told.look();
    }
    told.now = next;
    after(told, attempt(told, step));
  }
  return told;
};

/** What is kept of a clock, less the id that it happened to get. */
const stored = (told: IncidentStory) => told.kase.book.clocks.map(({ id, ...clock }) => clock);

describe('INC-02 any sequence of commands', () => {
  test('INC-02 never reaches an illegal state, and what belongs together stays together', () => {
    fc.assert(fc.property(fc.constantFrom(...LEVELS), everything, (level, steps) => {
      let before = 'in-progress';
      tell(level, steps, (told) => {
        const { kase, state } = told;
        const reachable = [before, ...Object.values(INCIDENT_MOVES[INCIDENT_STATES.find((known) => known === before)!])];
        expect(reachable).toContain(state);
        expect(openSuspension(kase) !== null).toBe(state === 'suspended');
        expect(kase.ticket.closedAt !== null).toBe(state === 'closed');
        expect(kase.handoffs.filter((handoff) => handoff.state === 'waiting').length).toBeLessThanOrEqual(1);
        if (state === 'closed' || state === 'awaiting-feedback') expect(waitingHandoff(kase)).toBeNull();
        if (state === 'in-progress' && !waitingHandoff(kase)) expect(kase.ticket.holderId).not.toBeNull();
        if (state === 'closed') expect(kase.book.clocks.every((clock) => clock.state === 'stopped' && clock.nextAt === null)).toBe(true);
        before = state;
      });
    }), { numRuns: 150 });
  });

  test('SLA-04 HND-06 spans are contiguous, and legs add up to the total', () => {
    fc.assert(fc.property(everything, (steps) => {
      const told = tell('LV2', steps);
      const { spans, ticket } = told.kase;
      spans.forEach((span, index) => expect(span.toAt).toBe(spans[index + 1]?.fromAt ?? ticket.closedAt));
      const end = ticket.closedAt ?? Math.max(told.now, ticket.lastEventAt);
      expect(legsOf(spans, end).reduce((sum, leg) => sum + leg.waitingMs + leg.workedMs, 0)).toBe(end - ticket.openedAt);
    }), { numRuns: 100 });
  });

  test('API-03 a refused command changes nothing but what fell due meanwhile', () => {
    fc.assert(fc.property(everything, (steps) => {
      const told = incident();
      for (const step of steps) {
        told.now += step.afterMs;
        told.look();
        const { kase: { terms, ...kase } } = told;
        const before = structuredClone(kase);
        if (attempt(told, step)) continue;
        const { kase: { terms: _, ...after } } = told;
        expect(after).toEqual(before);
      }
    }), { numRuns: 60 });
  });

  test('D-19 every event is dated, and none of a command before the last one of its record', () => {
    fc.assert(fc.property(everything, fc.array(fc.integer({ min: -600_000, max: 600_000 }), { minLength: 25, maxLength: 25 }), (steps, drifts) => {
      const told = incident();
      steps.forEach((step, index) => {
        // The database's clock is turned to and fro.
        told.now += step.afterMs + drifts[index]!;
        const last = told.kase.ticket.lastEventAt;
        const known = told.events.length;
        attempt(told, step);
        const own = told.events.slice(known).filter(({ type, actor }) => actor === undefined && type !== 'incident.resumed');
        for (const event of own) expect(event.occurredAt).toBeGreaterThanOrEqual(last);
        expect(told.kase.ticket.lastEventAt).toBeGreaterThanOrEqual(last);
      });
    }), { numRuns: 60 });
  });
});

describe('SLA-13 recomputing', () => {
  test('SLA-13 recomputing every clock from its history gives what is stored, at once and at any later instant before the next threshold', () => {
    fc.assert(fc.property(fc.constantFrom(...LEVELS), everything, fc.double({ min: 0, max: 1, noNaN: true }), (level, steps, share) => {
      const told = tell(level, steps);
      const now = Math.max(told.now, told.kase.ticket.lastEventAt);
      told.now = now;
      told.look();
      const nexts = told.kase.book.clocks.flatMap(({ nextAt }) => nextAt ?? []);
      const horizon = nexts.length === 0 ? now + 30 * 24 * 60 * MINUTE : Math.min(...nexts) - 1;
      const later = Math.floor(now + (horizon - now) * share);
      const again: ClockBook = { ...told.kase.book, clocks: [], firings: [] };
      judgeBook(again, { calendars: told.calendars, now: later, newId: () => 'again', mark: null, holderAt: () => ({ teamId: null, holderId: null }) });
      const plain = (book: ClockBook) => book.clocks.map(({ id, breachTeamId, breachHolderId, ...clock }) => clock)
        .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.subjectId.localeCompare(b.subjectId));
      expect(plain(again)).toEqual(plain(told.kase.book));
    }), { numRuns: 150 });
  });

  test('SLA-13 a clock read at every fact of its history and then at the end is the clock read at the end', () => {
    fc.assert(fc.property(forwards, (steps) => {
      const told = tell('LV1', steps);
      for (const clock of told.kase.book.clocks) {
        const facts = factsOf(told.kase.book, clock.kind, clock.subjectId);
        for (const { at } of facts) foldClock(facts, (ref) => told.calendars.resolve(ref), at);
        expect(foldClock(facts, (ref) => told.calendars.resolve(ref), told.now)).toEqual(standingOf(told.kase.book, clock.kind, clock.subjectId, told.calendars, told.now));
      }
    }), { numRuns: 30 });
  });
});

describe('SLA-02 exactly once', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 5 * 24 * 60 * MINUTE }), { maxLength: 40 })
    .map((offsets) => offsets.map((offset) => shanghai('2026-03-02 10:00') + offset).toSorted((a, b) => a - b));

  test('SLA-02 whenever and however often the timers look, the same thresholds fire, each once', () => {
    fc.assert(fc.property(fc.constantFrom(...LEVELS), forwards, looks, (level, steps, at) => {
      const seldom = tell(level, steps).look();
      const often = tell(level, steps, undefined, at).look();
      expect(often.firings()).toEqual(seldom.firings());
      expect(stored(often).map(({ kind, state, outcome, dueAt, breachedAt, misses }) => [kind, state, outcome, dueAt, breachedAt, misses]))
        .toEqual(stored(seldom).map(({ kind, state, outcome, dueAt, breachedAt, misses }) => [kind, state, outcome, dueAt, breachedAt, misses]));
      const keys = often.kase.book.firings.map(({ clockId, step, occurrence }) => `${clockId} ${step} ${occurrence}`);
      expect(new Set(keys).size).toBe(keys.length);
      // One escalation a step, however often it was looked at.
      for (const step of ['escalation-1', 'escalation-2']) expect(often.kase.escalations.filter((row) => row.step === step).length).toBeLessThanOrEqual(1);
    }), { numRuns: 150 });
  });

  test('SLA-02 the events of the thresholds are as many as the thresholds', () => {
    fc.assert(fc.property(forwards, looks, (steps, at) => {
      const told = tell('LV1', steps, undefined, at).look();
      const announced = told.events.filter(({ type }) => type === 'clock.warned' || type === 'clock.breached' || type === 'clock.missed').length;
      const fired = told.kase.book.firings.filter(({ step, clockId }) => {
        const { kind } = told.kase.book.clocks.find(({ id }) => id === clockId)!;
        return !isOperatingLevel(kind) && (step.startsWith('warning-') || step === 'breach' || step === 'progress-missed');
      });
      expect(announced).toBe(fired.length);
    }), { numRuns: 60 });
  });

  test('SLA-02 from one look to the next what fires is dated in order, after the start and not in the future', () => {
    fc.assert(fc.property(fc.constantFrom(...LEVELS), looks, (level, at) => {
      const told = incident({ level });
      let last = told.kase.incident.reportedAt;
      for (const instant of at) {
        told.now = instant;
        const known = told.kase.book.firings.length;
        told.look();
        const fresh = told.kase.book.firings.slice(known).map((firing) => firing.at).toSorted((a, b) => a - b);
        if (fresh.length > 0) expect([fresh[0]! >= last, fresh.at(-1)! <= instant]).toEqual([true, true]);
        last = fresh.at(-1) ?? last;
      }
    }), { numRuns: 80 });
  });

  test('SLA-02 looking exactly when a clock asks for it misses nothing: each firing is made at its own instant, or a millisecond after', () => {
    fc.assert(fc.property(fc.constantFrom(...LEVELS), (level) => {
      const told = incident({ level });
      for (let turn = 0; turn < 150; turn += 1) {
        const next = told.kase.book.clocks.flatMap(({ nextAt }) => nextAt ?? []);
        if (next.length === 0) break;
        told.now = Math.min(...next);
        told.look();
      }
      expect(told.kase.book.firings.filter(({ at, firedAt, late }) => late || firedAt - at > 1)).toEqual([]);
      expect(told.kase.escalations).toHaveLength(2);
    }), { numRuns: 4 });
  });
});

describe('SLA-03 pauses', () => {
  test('SLA-03 pause and resume commute with replay: told in whatever order, the same clock', () => {
    const spell = fc.tuple(fc.integer({ min: 0, max: 20 * 60 * MINUTE }), fc.integer({ min: 0, max: 5 * 60 * MINUTE }));
    fc.assert(fc.property(fc.constantFrom(...LEVELS), fc.array(spell, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 10 }), (level, spells, seed) => {
      const start = shanghai('2026-03-02 10:00');
      let cursor = start;
      const told = incident({ level });
      for (const [wait, length] of spells) {
        told.now = cursor + wait;
        told.suspend();
        told.now += length;
        told.resume();
        cursor = told.now;
      }
      told.look();
      const { book } = told.kase;
      const shuffled = { ...book, facts: book.facts.map((fact, index) => ({ fact, key: (index * 7919 + seed * 104_729) % 997 })).toSorted((a, b) => a.key - b.key).map(({ fact }) => fact) };
      for (const clock of book.clocks) {
        expect(standingOf(shuffled, clock.kind, clock.subjectId, told.calendars, cursor)).toEqual(standingOf(book, clock.kind, clock.subjectId, told.calendars, cursor));
      }
      const paused = told.kase.suspensions.reduce((sum, { fromAt, toAt }) => sum + toAt! - fromAt, 0);
      const resolution = standingOf(book, 'resolution', 'incident', told.calendars, cursor)!;
      // 7×24: what was not paused counted.
      if (level === 'LV1' || level === 'LV2') expect(resolution.elapsedMs).toBe(cursor - start - paused);
    }), { numRuns: 80 });
  });
});
