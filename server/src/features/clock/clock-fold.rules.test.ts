import { describe, expect, test } from 'vitest';
import { inShanghai, makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { foldClock } from './clock-fold.rules.ts';
import type { Candidate, ClockFact, ClockFactBody, ClockPlan, ClockStanding, Threshold } from './clock.rules.ts';

const book = makeCalendars();
const candidate = (minutes: number, calendarRef = '24x7', more: Partial<Candidate> = {}): Candidate => ({ source: `${minutes} min ${calendarRef}`, target: { minutes }, calendarRef, own: false, ...more });
const plan = (candidates: Candidate | readonly Candidate[], thresholds: readonly Threshold[] = [], recurring = false): ClockPlan => ({ candidates: [candidates].flat(), thresholds, recurring, policy: 'test v1' });

/** A history told by local times: `['2026-03-02 10:00', body]`, third the time at which it was entered. */
type Told = readonly [string, ClockFactBody, string?];
const fold = (told: readonly Told[], until: string): ClockStanding => {
  const facts = told.map(([at, body, known], index): ClockFact => ({ ...body, at: shanghai(at), knownAt: shanghai(known ?? at), seq: index + 1 }));
  const standing = foldClock(facts, (ref) => book.resolve(ref), shanghai(until));
  if (!standing) throw new Error('the history has not begun');
  return standing;
};
const started = (of: ClockPlan): ClockFactBody => ({ fact: 'started', plan: of });
const replanned = (of: ClockPlan, mode: 'retroactive' | 'restart' | 'reinstate' = 'retroactive'): ClockFactBody => ({ fact: 'replanned', plan: of, mode });
const paused: ClockFactBody = { fact: 'paused', reason: 'awaiting-user' };
const resumed: ClockFactBody = { fact: 'resumed', reason: 'awaiting-user' };
const met: ClockFactBody = { fact: 'met' };
const cancelled: ClockFactBody = { fact: 'cancelled' };
const continued: ClockFactBody = { fact: 'continued' };
const reported: ClockFactBody = { fact: 'reported' };
const fired = (standing: ClockStanding): string[] => standing.firings.map(({ step, occurrence, at }) => `${step}#${occurrence} @ ${inShanghai(at)}`);
const minutes = (ms: number): number => ms / 60_000;

describe('SLA-02 thresholds fire at their instant, and a breach after it', () => {
  const history: Told[] = [['2026-03-02 10:00', started(plan(candidate(10), [{ step: 'warning-50', percent: 50 }, { step: 'warning-90', percent: 90 }]))]];

  test('SLA-02 a warning fires at its instant, not a millisecond before', () => {
    expect(fired(fold(history, '2026-03-02 10:04:59.999'))).toEqual([]);
    expect(fired(fold(history, '2026-03-02 10:05'))).toEqual(['warning-50#0 @ 2026-03-02 10:05']);
  });

  test('D-08 a breach takes effect at the first instant after the due instant and is dated at it', () => {
    const onTime = fold(history, '2026-03-02 10:10');
    expect([onTime.breachedAt, onTime.remainingMs, onTime.state]).toEqual([null, 0, 'running']);
    const after = fold(history, '2026-03-02 10:10:00.001');
    expect([inShanghai(after.breachedAt), inShanghai(after.announcedAt)]).toEqual(['2026-03-02 10:10', '2026-03-02 10:10']);
    expect(fired(after)).toEqual(['warning-50#0 @ 2026-03-02 10:05', 'warning-90#0 @ 2026-03-02 10:09', 'breach#0 @ 2026-03-02 10:10']);
  });

  test('SLA-02 the next look is at the next warning, then just after the due instant, then never', () => {
    const next = (until: string): string | null => inShanghai(fold(history, until).nextAt);
    expect([next('2026-03-02 10:00'), next('2026-03-02 10:05'), next('2026-03-02 10:09'), next('2026-03-02 10:10:00.001')])
      .toEqual(['2026-03-02 10:05', '2026-03-02 10:09', '2026-03-02 10:10:00.001', null]);
  });

  test('D-08 met exactly at the due instant is in time, a millisecond later is late', () => {
    expect(fold([...history, ['2026-03-02 10:10', met]], '2026-03-02 12:00').breachedAt).toBeNull();
    const late = fold([...history, ['2026-03-02 10:10:00.001', met]], '2026-03-02 12:00');
    expect([inShanghai(late.breachedAt), late.outcome, inShanghai(late.metAt)]).toEqual(['2026-03-02 10:10', 'met', '2026-03-02 10:10:00.001']);
  });

  test('INC-07 suspended at the due instant it stands at zero, and breaches just after it goes on', () => {
    const stands = fold([...history, ['2026-03-02 10:10', paused]], '2026-03-03 10:00');
    expect([stands.state, stands.remainingMs, stands.dueAt, stands.breachedAt, stands.nextAt]).toEqual(['paused', 0, null, null, null]);
    const resumedLater: Told[] = [...history, ['2026-03-02 10:10', paused], ['2026-03-02 11:00', resumed]];
    expect(fold(resumedLater, '2026-03-02 11:00').breachedAt).toBeNull();
    expect(inShanghai(fold(resumedLater, '2026-03-02 11:00:00.001').breachedAt)).toBe('2026-03-02 11:00');
  });

  test('INC-07 suspended a millisecond after the due instant it stays breached, with its due instant to see (SLA-03)', () => {
    const standing = fold([...history, ['2026-03-02 10:10:00.001', paused]], '2026-03-02 11:00');
    expect([standing.state, inShanghai(standing.breachedAt), inShanghai(standing.dueAt)]).toEqual(['paused', '2026-03-02 10:10', '2026-03-02 10:10']);
  });
});

describe('D-32 escalations count in the level table\'s calendar, whatever target governs', () => {
  const steps: Threshold[] = [{ step: 'escalation-1', minutes: 480, calendarRef: '24x7' }, { step: 'escalation-2', minutes: 720, calendarRef: '24x7' }];
  // Monday 17:00; one hour of 5×8 is left that day, so a 2 h target is due on Tuesday 10:00.
  const history: Told[] = [['2026-03-02 17:00', started(plan(candidate(120, '5x8'), steps))]];

  test('D-32 escalation 1 fires 8 h after the start by the wall clock, before the 5×8 target is due', () => {
    expect(fired(fold(history, '2026-03-03 01:00'))).toEqual([]);
    expect(fired(fold(history, '2026-03-03 01:00:00.001'))).toEqual(['escalation-1#0 @ 2026-03-03 01:00']);
    expect(inShanghai(fold(history, '2026-03-03 01:00:00.001').dueAt)).toBe('2026-03-03 10:00');
  });

  test('D-32 a pause moves both, each in its own calendar', () => {
    // 18:00–20:00 is no business time, but two hours of 7×24.
    const standing = fold([...history, ['2026-03-02 18:00', paused], ['2026-03-02 20:00', resumed]], '2026-03-03 11:00');
    expect(fired(standing)).toEqual(['escalation-1#0 @ 2026-03-03 03:00', 'escalation-2#0 @ 2026-03-03 07:00', 'breach#0 @ 2026-03-03 10:00']);
  });
});

describe('D-15 which target governs', () => {
  const tier = candidate(120, '5x8');
  const table = candidate(480);

  test('D-15 the one that is due earlier at the start: by night the table, by day the tier', () => {
    // Monday 20:00: 2 h of 5×8 end on Tuesday 11:00, 8 h of 7×24 at 04:00.
    const night = fold([['2026-03-02 20:00', started(plan([tier, table]))]], '2026-03-02 20:00');
    expect([night.candidates.map(({ chosen }) => chosen), inShanghai(night.dueAt)]).toEqual([[false, true], '2026-03-03 04:00']);
    const day = fold([['2026-03-02 09:00', started(plan([tier, table]))]], '2026-03-02 09:00');
    expect([day.candidates.map(({ chosen }) => chosen), inShanghai(day.dueAt)]).toEqual([[true, false], '2026-03-02 11:00']);
  });

  test('D-15 the agreement\'s own target prevails, later as it may be', () => {
    const own = fold([['2026-03-02 09:00', started(plan([candidate(960, '24x7', { own: true }), tier, table]))]], '2026-03-02 09:00');
    expect([own.candidates.map(({ chosen }) => chosen), inShanghai(own.dueAt)]).toEqual([[true, false, false], '2026-03-03 01:00']);
  });

  test('D-15 the choice is frozen in between: a pause that would turn it does not', () => {
    const standing = fold([['2026-03-02 09:00', started(plan([tier, table]))], ['2026-03-02 09:30', paused], ['2026-03-02 17:30', resumed]], '2026-03-02 17:30');
    // 90 min of 5×8 are left: half an hour on Monday, one hour on Tuesday.
    expect([standing.candidates.map(({ chosen }) => chosen), inShanghai(standing.dueAt)]).toEqual([[true, false], '2026-03-03 10:00']);
  });

  test('D-04 next working day: end of business hours of the working day after the local date of the start', () => {
    const nextDay = plan({ source: 'LV4', target: { workingDays: 1 }, calendarRef: '5x8', own: false });
    const due = (at: string): string | null => inShanghai(fold([[at, started(nextDay)]], at).dueAt);
    expect([due('2026-03-02 00:00'), due('2026-03-02 23:59'), due('2026-03-06 10:00'), due('2026-03-07 10:00')])
      .toEqual(['2026-03-03 18:00', '2026-03-03 18:00', '2026-03-09 18:00', '2026-03-09 18:00']);
    // Saturday 14 February is worked; the holiday runs from Sunday 15 to Monday 23.
    expect([due('2026-02-13 10:00'), due('2026-02-14 10:00')]).toEqual(['2026-02-14 18:00', '2026-02-24 18:00']);
  });
});

describe('SLA-05 re-grading', () => {
  const lv3 = plan(candidate(240, '5x8'), [{ step: 'warning-50', percent: 50 }, { step: 'warning-75', percent: 75 }]);
  const lv1 = plan(candidate(10), [{ step: 'warning-50', percent: 50 }, { step: 'warning-75', percent: 75 }]);

  test('D-18 an up-grade that makes it late already: breached at the new due instant, announced at the re-grade', () => {
    const standing = fold([['2026-03-02 10:00', started(lv3)], ['2026-03-02 10:30', replanned(lv1)]], '2026-03-02 10:30');
    expect([inShanghai(standing.breachedAt), inShanghai(standing.announcedAt)]).toEqual(['2026-03-02 10:10', '2026-03-02 10:30']);
    expect(fired(standing)).toEqual(['warning-50#0 @ 2026-03-02 10:05', 'warning-75#0 @ 2026-03-02 10:07:30', 'breach#0 @ 2026-03-02 10:10']);
    expect(standing.firings.map(({ revealedAt }) => inShanghai(revealedAt))).toEqual(['2026-03-02 10:30', '2026-03-02 10:30', '2026-03-02 10:30']);
  });

  test('D-18 a down-grade never erases the breach; the due instant becomes the new one', () => {
    const standing = fold([['2026-03-02 10:00', started(lv1)], ['2026-03-02 10:30', replanned(lv3)]], '2026-03-02 11:00');
    expect([inShanghai(standing.breachedAt), inShanghai(standing.announcedAt), inShanghai(standing.dueAt), standing.state])
      .toEqual(['2026-03-02 10:10', '2026-03-02 10:10', '2026-03-02 15:00', 'running']);
  });

  test('SLA-05 a threshold already announced is not announced again, a newly passed one is', () => {
    const standing = fold([['2026-03-02 10:00', started(lv1)], ['2026-03-02 10:06', replanned(lv3)]], '2026-03-02 14:30');
    // 50 % of LV1 fired at 10:05; of LV3 only 75 % (3 h: 10–12 and 13–14) is new.
    expect(fired(standing)).toEqual(['warning-50#0 @ 2026-03-02 10:05', 'warning-75#0 @ 2026-03-02 14:00']);
  });

  test('D-17 pauses before the re-grade are kept', () => {
    const standing = fold([['2026-03-02 10:00', started(lv3)], ['2026-03-02 10:05', paused], ['2026-03-02 10:25', resumed], ['2026-03-02 10:28', replanned(lv1)]], '2026-03-02 10:28');
    expect([minutes(standing.elapsedMs), inShanghai(standing.dueAt), standing.breachedAt]).toEqual([8, '2026-03-02 10:30', null]);
  });

  test('SLA-05 a clock that was met keeps its plan; if the solution is refused the new one applies (D-03)', () => {
    const history: Told[] = [['2026-03-02 10:00', started(lv3)], ['2026-03-02 10:05', met], ['2026-03-02 10:10', replanned(lv1)]];
    expect([fold(history, '2026-03-02 11:00').outcome, inShanghai(fold(history, '2026-03-02 11:00').dueAt)]).toEqual(['met', '2026-03-02 15:00']);
    const goesOn = fold([...history, ['2026-03-02 11:00', continued]], '2026-03-02 11:01');
    expect([goesOn.outcome, minutes(goesOn.elapsedMs), inShanghai(goesOn.dueAt), inShanghai(goesOn.metAt)]).toEqual(['none', 6, '2026-03-02 11:05', null]);
  });

  test('SLA-05 a clock that a lower level had cancelled comes back, counted from the start, its pauses kept', () => {
    const history: Told[] = [
      ['2026-03-02 10:00', started(plan(candidate(120)))], ['2026-03-02 10:10', cancelled], ['2026-03-02 10:20', paused], ['2026-03-02 10:50', resumed],
      ['2026-03-02 11:00', replanned(plan(candidate(240)), 'reinstate')],
    ];
    const standing = fold(history, '2026-03-02 11:00');
    expect([standing.state, minutes(standing.elapsedMs), inShanghai(standing.dueAt), standing.breachedAt]).toEqual(['running', 30, '2026-03-02 14:30', null]);
    const suspended = fold([...history.slice(0, 3), ['2026-03-02 11:00', replanned(plan(candidate(240)), 'reinstate')]], '2026-03-02 11:00');
    expect([suspended.state, minutes(suspended.remainingMs)]).toEqual(['paused', 220]);
  });
});

describe('D-03 D-33 met provisionally, refused, gone on', () => {
  test('D-03 the time in between does not count', () => {
    const standing = fold([['2026-03-02 10:00', started(plan(candidate(60)))], ['2026-03-02 10:20', met], ['2026-03-02 15:00', continued]], '2026-03-02 15:10');
    expect([minutes(standing.elapsedMs), inShanghai(standing.dueAt), standing.metAt]).toEqual([30, '2026-03-02 15:40', null]);
  });

  test('D-03 by policy it counts: continued from the very instant at which it was met', () => {
    const standing = fold([['2026-03-02 10:00', started(plan(candidate(60)))], ['2026-03-02 10:20', met], ['2026-03-02 10:20', continued, '2026-03-02 15:00']], '2026-03-02 15:00');
    expect([minutes(standing.elapsedMs), inShanghai(standing.breachedAt), inShanghai(standing.announcedAt)]).toEqual([300, '2026-03-02 11:00', '2026-03-02 15:00']);
  });

  test('D-16 an instant of no length between met and continued does not move a deadline on a closing time', () => {
    const standing = fold([['2026-03-02 17:00', started(plan(candidate(60, '5x8')))], ['2026-03-02 17:30', met], ['2026-03-02 17:30', continued]], '2026-03-02 17:30');
    expect(inShanghai(standing.dueAt)).toBe('2026-03-02 18:00');
  });

  test('D-03 refused while suspended it stands until the resume', () => {
    const standing = fold([['2026-03-02 10:00', started(plan(candidate(60)))], ['2026-03-02 10:20', met], ['2026-03-02 10:30', paused], ['2026-03-02 10:40', continued], ['2026-03-02 11:00', resumed]], '2026-03-02 11:10');
    expect([standing.state, minutes(standing.elapsedMs)]).toEqual(['running', 30]);
  });
});

describe('D-33 the progress-report clock', () => {
  const hourly = plan(candidate(60), [{ step: 'warning-75', percent: 75 }], true);

  test('D-33 each missed interval is one miss, and the next begins at its end', () => {
    const standing = fold([['2026-03-02 10:00', started(hourly)]], '2026-03-02 12:00:00.001');
    expect(fired(standing)).toEqual(['warning-75#0 @ 2026-03-02 10:45', 'progress-missed#0 @ 2026-03-02 11:00', 'warning-75#1 @ 2026-03-02 11:45', 'progress-missed#1 @ 2026-03-02 12:00']);
    expect([standing.misses, inShanghai(standing.dueAt), standing.breachedAt]).toEqual([2, '2026-03-02 13:00', null]);
  });

  test('D-33 a report at the due instant is in time, and an early one moves the next', () => {
    expect(fold([['2026-03-02 10:00', started(hourly)], ['2026-03-02 11:00', reported]], '2026-03-02 11:30').misses).toBe(0);
    expect(fold([['2026-03-02 10:00', started(hourly)], ['2026-03-02 11:00:00.001', reported]], '2026-03-02 11:30').misses).toBe(1);
    expect(inShanghai(fold([['2026-03-02 10:00', started(hourly)], ['2026-03-02 10:20', reported]], '2026-03-02 10:30').dueAt)).toBe('2026-03-02 11:20');
  });

  test('D-33 it pauses with the record, ends with the solution, and starts anew on refusal', () => {
    const history: Told[] = [['2026-03-02 10:00', started(hourly)], ['2026-03-02 10:30', paused], ['2026-03-02 12:30', resumed]];
    expect([fold(history, '2026-03-02 12:59').misses, inShanghai(fold(history, '2026-03-02 12:59').dueAt)]).toEqual([0, '2026-03-02 13:00']);
    const solved: Told[] = [...history, ['2026-03-02 12:50', met]];
    expect([fold(solved, '2026-03-02 20:00').misses, fold(solved, '2026-03-02 20:00').nextAt]).toEqual([0, null]);
    expect(inShanghai(fold([...solved, ['2026-03-02 15:00', continued]], '2026-03-02 15:00').dueAt)).toBe('2026-03-02 16:00');
  });

  test('D-33 a report while suspended gives the whole interval after the resume', () => {
    const standing = fold([['2026-03-02 10:00', started(hourly)], ['2026-03-02 10:30', paused], ['2026-03-02 10:40', reported], ['2026-03-02 11:00', resumed]], '2026-03-02 11:00');
    expect(inShanghai(standing.dueAt)).toBe('2026-03-02 12:00');
  });
});

describe('D-34 the on-site clock', () => {
  test('D-34 cancelled by "remote is enough", and run again from the decision for a visit', () => {
    const visit = plan(candidate(120));
    const history: Told[] = [['2026-03-02 10:00', started(visit)], ['2026-03-02 10:30', cancelled]];
    expect([fold(history, '2026-03-02 20:00').outcome, fold(history, '2026-03-02 20:00').breachedAt]).toEqual(['cancelled', null]);
    const again = fold([...history, ['2026-03-02 14:00', replanned(visit, 'restart')]], '2026-03-02 14:30');
    expect([again.outcome, inShanghai(again.startAt), inShanghai(again.dueAt), minutes(again.elapsedMs)]).toEqual(['none', '2026-03-02 14:00', '2026-03-02 16:00', 30]);
  });

  test('D-34 decided while suspended it begins to run with the resume', () => {
    const visit = plan(candidate(120));
    const standing = fold([['2026-03-02 10:00', started(visit)], ['2026-03-02 10:30', cancelled], ['2026-03-02 11:00', paused], ['2026-03-02 14:00', replanned(visit, 'restart')], ['2026-03-02 15:00', resumed]], '2026-03-02 15:00');
    expect([standing.state, inShanghai(standing.dueAt)]).toEqual(['running', '2026-03-02 17:00']);
  });
});

describe('HND-02 the clock of a handoff that is asked for while the ticket is suspended', () => {
  const ageing = plan(candidate(60), [{ step: 'handoff-ageing-1', minutes: 10 }]);
  const history: Told[] = [['2026-03-02 10:00', paused], ['2026-03-02 11:00', started(ageing)]];

  test('INC-07 it starts paused, and ages from the resume', () => {
    const suspended = fold(history, '2026-03-02 20:00');
    expect([suspended.state, minutes(suspended.remainingMs), suspended.firings]).toEqual(['paused', 60, []]);
    expect(fired(fold([...history, ['2026-03-02 20:00', resumed]], '2026-03-02 20:30'))).toEqual(['handoff-ageing-1#0 @ 2026-03-02 20:10']);
  });

  test('INC-07 a suspension that was over before does not touch it', () => {
    const standing = fold([['2026-03-02 09:00', paused], ['2026-03-02 10:00', resumed], ['2026-03-02 11:00', started(ageing)]], '2026-03-02 11:05');
    expect([standing.state, minutes(standing.elapsedMs), inShanghai(standing.dueAt)]).toEqual(['running', 5, '2026-03-02 12:00']);
  });
});

describe('SLA-14 what fired is a fact', () => {
  test('SLA-14 a kept firing is not fired again, and a kept breach is the breach', () => {
    const kept: Told[] = [
      ['2026-03-02 10:00', started(plan(candidate(600), [{ step: 'warning-50', percent: 50 }]))],
      ['2026-03-02 10:05', { fact: 'fired', step: 'warning-50', occurrence: 0, announcedAt: shanghai('2026-03-02 10:05') }],
      ['2026-03-02 10:10', { fact: 'fired', step: 'breach', occurrence: 0, announcedAt: shanghai('2026-03-02 10:11') }],
    ];
    const standing = fold(kept, '2026-03-03 10:00');
    expect(fired(standing)).toEqual(['warning-50#0 @ 2026-03-02 10:05', 'breach#0 @ 2026-03-02 10:10']);
    expect([inShanghai(standing.breachedAt), inShanghai(standing.announcedAt), inShanghai(standing.dueAt)]).toEqual(['2026-03-02 10:10', '2026-03-02 10:11', '2026-03-02 20:00']);
  });

  test('D-33 a kept miss counts once, though its interval is missed again', () => {
    const standing = fold([
      ['2026-03-02 10:00', started(plan(candidate(60), [], true))],
      ['2026-03-02 10:30', { fact: 'fired', step: 'progress-missed', occurrence: 0, announcedAt: null }],
    ], '2026-03-02 11:30');
    expect([standing.misses, fired(standing)]).toEqual([1, ['progress-missed#0 @ 2026-03-02 10:30']]);
  });
});

describe('SLA-03 pauses', () => {
  test('D-21 pauses of two reasons overlap as a union; each ends by its own resume', () => {
    const vendor: ClockFactBody = { fact: 'paused', reason: 'awaiting-vendor' };
    const standing = fold([['2026-03-02 10:00', started(plan(candidate(60)))], ['2026-03-02 10:10', paused], ['2026-03-02 10:20', vendor], ['2026-03-02 10:30', resumed]], '2026-03-02 11:00');
    expect([standing.state, minutes(standing.remainingMs), standing.dueAt]).toEqual(['paused', 50, null]);
  });

  test('SLA-05 pauses that overlap count once when a clock is reinstated', () => {
    const vendor = (fact: 'paused' | 'resumed'): ClockFactBody => ({ fact, reason: 'awaiting-vendor' });
    const standing = fold([
      ['2026-03-02 10:00', started(plan(candidate(120)))], ['2026-03-02 10:10', cancelled], ['2026-03-02 10:20', paused], ['2026-03-02 10:30', vendor('paused')],
      ['2026-03-02 10:40', vendor('resumed')], ['2026-03-02 11:00', resumed], ['2026-03-02 11:10', replanned(plan(candidate(240)), 'reinstate')],
    ], '2026-03-02 11:10');
    expect([minutes(standing.elapsedMs), standing.stretches.length]).toEqual([30, 2]);
  });

  test('INC-22 facts of one instant keep the order in which they were entered', () => {
    const standing = fold([['2026-03-02 10:00', started(plan(candidate(60)))], ['2026-03-02 10:10', paused], ['2026-03-02 10:10', resumed]], '2026-03-02 10:20');
    expect([standing.state, minutes(standing.elapsedMs), standing.stretches.length]).toEqual(['running', 20, 1]);
  });

  test('SLA-03 a history that has not begun has no standing', () => {
    const facts: ClockFact[] = [{ ...started(plan(candidate(60))), at: 1000, knownAt: 1000, seq: 1 }];
    expect([foldClock(facts, (ref) => book.resolve(ref), 999), foldClock([], (ref) => book.resolve(ref), 999)]).toEqual([null, null]);
    expect(foldClock(facts, (ref) => book.resolve(ref), 1000)?.state).toBe('running');
  });
});
