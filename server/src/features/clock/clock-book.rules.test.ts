import { describe, expect, test } from 'vitest';
import { inShanghai, makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { makeCalendarBook } from '../calendar/calendar-book.rules.ts';
import { seededCalendars } from '../calendar/holidays.rules.ts';
import { addFact, judgeBook, type ClockBook, type JudgeInput, type NewClockFact, type VersionedCalendars } from './clock-book.rules.ts';
import type { Candidate, ClockFactBody, ClockPlan } from './clock.rules.ts';

let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;
const candidate = (minutes: number, calendarRef = '24x7'): Candidate => ({ source: calendarRef, target: { minutes }, calendarRef, own: false });
const plan = (...candidates: Candidate[]): ClockPlan => ({ candidates, thresholds: [{ step: 'warning-50', percent: 50 }], recurring: false, policy: 'test v1' });
const newBook = (): ClockBook => ({ ticketId: 'ticket', facts: [], clocks: [], firings: [] });
const add = (book: ClockBook, at: string, body: ClockFactBody, more: Partial<NewClockFact> & { knownAt?: string } = {}) =>
  addFact(book, { kinds: ['resolution'], at: shanghai(at), body, ...more }, shanghai(more.knownAt ?? at), newId);
const judge = (book: ClockBook, now: string, more: Partial<JudgeInput> = {}) =>
  judgeBook(book, { calendars: makeCalendars(), now: shanghai(now), newId, mark: null, holderAt: () => ({ teamId: 'team', holderId: 'person' }), ...more });
const steps = (judgement: ReturnType<typeof judge>) => judgement.newFirings.map(({ firing }) => `${firing.step} @ ${inShanghai(firing.at)}${firing.late ? ' late' : ''}`);

const running = (): ClockBook => {
  const book = newBook();
  add(book, '2026-03-02 10:00', { fact: 'started', plan: plan(candidate(10)) });
  return book;
};

describe('SLA-02 each threshold fires once', () => {
  test('SLA-02 looked at again and again it fires once', () => {
    const book = running();
    expect(steps(judge(book, '2026-03-02 10:04:59.999'))).toEqual([]);
    expect(steps(judge(book, '2026-03-02 10:05'))).toEqual(['warning-50 @ 2026-03-02 10:05']);
    expect(steps(judge(book, '2026-03-02 10:05'))).toEqual([]);
    expect(steps(judge(book, '2026-03-02 10:10:00.001'))).toEqual(['breach @ 2026-03-02 10:10']);
    expect(steps(judge(book, '2026-03-02 11:00'))).toEqual([]);
    expect(book.firings).toHaveLength(2);
  });

  test('SLA-02 one second after its instant is not late, a millisecond more is', () => {
    expect(steps(judge(running(), '2026-03-02 10:05:01'))).toEqual(['warning-50 @ 2026-03-02 10:05']);
    expect(steps(judge(running(), '2026-03-02 10:05:01.001'))).toEqual(['warning-50 @ 2026-03-02 10:05 late']);
  });

  test('SLA-02 what fell due while every server was down fires in order, marked late', () => {
    const book = running();
    add(book, '2026-03-02 10:00', { fact: 'started', plan: plan(candidate(12)) }, { kinds: ['response'] });
    expect(steps(judge(book, '2026-03-02 12:00'))).toEqual([
      'warning-50 @ 2026-03-02 10:05 late', 'warning-50 @ 2026-03-02 10:06 late', 'breach @ 2026-03-02 10:10 late', 'breach @ 2026-03-02 10:12 late',
    ]);
  });

  test('D-18 what a re-grade reveals is not late: nobody could have known before', () => {
    const book = running();
    add(book, '2026-03-02 10:04', { fact: 'replanned', plan: plan(candidate(4)), mode: 'retroactive' });
    expect(steps(judge(book, '2026-03-02 10:04'))).toEqual(['warning-50 @ 2026-03-02 10:02']);
    expect(steps(judge(book, '2026-03-02 10:04:00.001'))).toEqual(['breach @ 2026-03-02 10:04']);
  });

  test('SLA-02 a clock set back fires nothing twice', () => {
    const book = running();
    judge(book, '2026-03-02 10:11');
    expect(steps(judge(book, '2026-03-02 10:11'))).toEqual([]);
    expect(book.firings.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, null]);
  });

  test('D-25 history is judged at its own instants: nothing is late', () => {
    const book = running();
    const [first] = judge(book, '2026-03-05 10:00', { mark: 'imported' }).newFirings;
    expect([first?.firing.mark, first?.firing.late, inShanghai(first?.firing.firedAt ?? null)]).toEqual(['imported', false, '2026-03-02 10:05']);
  });
});

describe('INC-19 INC-22 SLA-14 taken back', () => {
  test('INC-19 a response typed late withdraws the breach, with its reason; the fact stays to be seen', () => {
    const book = running();
    judge(book, '2026-03-02 10:20');
    expect(inShanghai(book.clocks[0]!.breachedAt)).toBe('2026-03-02 10:10');
    add(book, '2026-03-02 10:03', { fact: 'met' }, { knownAt: '2026-03-02 10:25' });
    const { withdrawn } = judge(book, '2026-03-02 10:25', { reason: 'called at 10:03' });
    expect(withdrawn.map(({ firing }) => [firing.step, inShanghai(firing.withdrawnAt), firing.withdrawnReason]))
      .toEqual([['warning-50', '2026-03-02 10:25', 'called at 10:03'], ['breach', '2026-03-02 10:25', 'called at 10:03']]);
    const [clock] = book.clocks;
    expect([clock!.breachedAt, clock!.breachTeamId, clock!.outcome, inShanghai(clock!.metAt)]).toEqual([null, null, 'met', '2026-03-02 10:03']);
    expect(book.firings).toHaveLength(2);
  });

  test('INC-22 withdrawn and then so after all: it fires again, on the same record', () => {
    const book = running();
    judge(book, '2026-03-02 10:06');
    const pause = add(book, '2026-03-02 10:01', { fact: 'paused', reason: 'x' }, { knownAt: '2026-03-02 10:07' });
    judge(book, '2026-03-02 10:07');
    expect(book.firings[0]!.withdrawnAt).not.toBeNull();
    pause.withdrawnAt = shanghai('2026-03-02 10:08');
    expect(steps(judge(book, '2026-03-02 10:08'))).toEqual(['warning-50 @ 2026-03-02 10:05']);
    expect(book.firings.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null]);
  });

  test('INC-22 a withdrawn fact counts for nothing', () => {
    const book = running();
    const pause = add(book, '2026-03-02 10:01', { fact: 'paused', reason: 'x' });
    judge(book, '2026-03-02 10:02');
    expect(book.clocks[0]!.state).toBe('paused');
    pause.withdrawnAt = shanghai('2026-03-02 10:03');
    judge(book, '2026-03-02 10:03');
    expect([book.clocks[0]!.state, inShanghai(book.clocks[0]!.dueAt)]).toEqual(['running', '2026-03-02 10:10']);
  });

  test('SLA-14 a breach names who held it at the due instant', () => {
    const book = running();
    judge(book, '2026-03-02 10:30', { holderAt: (at) => (at < shanghai('2026-03-02 10:15') ? { teamId: 'first', holderId: 'ann' } : { teamId: 'second', holderId: 'bob' }) });
    expect([book.clocks[0]!.breachTeamId, book.clocks[0]!.breachHolderId]).toEqual(['first', 'ann']);
  });
});

/** 5×8 in several versions: the first as seeded, the second closed in the whole of March. */
const closedInMarch = (): VersionedCalendars => {
  const seeded = seededCalendars()['5x8'];
  const march = Array.from({ length: 31 }, (_, index) => ({ date: `2026-03-${String(index + 1).padStart(2, '0')}`, hours: [], name: 'Flood' }));
  const always = { id: '24x7', key: '24x7', versions: [{ version: 1, validFrom: null, source: '24x7' as const }] };
  return makeCalendarBook([always, { id: '5x8', key: '5x8', versions: [
    { version: 1, validFrom: null, source: seeded }, { version: 2, validFrom: shanghai('2026-03-01 00:00'), source: { ...seeded, exceptions: [...seeded.exceptions, ...march] } },
  ] }], []);
};

describe('CAL-03 SLA-13 calendars in versions', () => {
  const office = (): ClockBook => {
    const book = newBook();
    add(book, '2026-03-02 10:00', { fact: 'started', plan: plan(candidate(60, '5x8')) });
    return book;
  };

  test('CAL-03 an open clock follows the edit', () => {
    const book = office();
    judge(book, '2026-03-02 10:10');
    expect([inShanghai(book.clocks[0]!.dueAt), book.clocks[0]!.calendarVersion]).toEqual(['2026-03-02 11:00', 1]);
    judge(book, '2026-03-02 10:20', { calendars: closedInMarch(), keepFirings: true });
    expect([inShanghai(book.clocks[0]!.dueAt), book.clocks[0]!.calendarVersion]).toEqual(['2026-04-01 10:00', 2]);
  });

  test('SLA-13 a stopped clock is never judged by a later version', () => {
    const book = office();
    add(book, '2026-03-02 10:40', { fact: 'met' });
    judge(book, '2026-03-02 10:40');
    const before = { ...book.clocks[0]! };
    judge(book, '2026-03-02 10:50', { calendars: closedInMarch() });
    expect(book.clocks[0]).toEqual(before);
    expect([before.calendarVersion, before.remainingMs]).toEqual([1, 20 * 60_000]);
  });

  test('SLA-13 nor are its other candidates, whose calendars count versions of their own', () => {
    // The 7×24 candidate governs at version 1; the 5×8 one was judged by version 2, in which March is closed.
    const book = newBook();
    add(book, '2026-03-02 10:00', { fact: 'started', plan: plan(candidate(30, '5x8'), candidate(60)) });
    add(book, '2026-03-02 10:40', { fact: 'met' });
    judge(book, '2026-03-02 10:40', { calendars: closedInMarch() });
    const before = structuredClone(book.clocks[0]!);
    expect(before.candidates.map(({ chosen, calendarVersion }) => [chosen, calendarVersion])).toEqual([[false, 2], [true, 1]]);
    judge(book, '2026-03-02 10:50', { calendars: closedInMarch() });
    expect([book.clocks[0], book.firings.map(({ step }) => step)]).toEqual([before, ['warning-50']]);
  });

  test('SLA-13 if the solution is refused the clock runs on, by the newest version', () => {
    const book = office();
    add(book, '2026-03-02 10:40', { fact: 'met' });
    judge(book, '2026-03-02 10:40');
    add(book, '2026-03-02 10:50', { fact: 'continued' });
    judge(book, '2026-03-02 10:50', { calendars: closedInMarch() });
    expect([book.clocks[0]!.state, book.clocks[0]!.calendarVersion, inShanghai(book.clocks[0]!.dueAt)]).toEqual(['running', 2, '2026-04-01 10:00']);
  });

  test('SLA-14 an edit erases neither a breach nor a warning, and does not announce them again', () => {
    const book = office();
    judge(book, '2026-03-02 11:30');
    expect(book.firings.map(({ step }) => step)).toEqual(['warning-50', 'breach']);
    expect(steps(judge(book, '2026-03-02 12:00', { calendars: closedInMarch(), keepFirings: true }))).toEqual([]);
    const [clock] = book.clocks;
    expect([inShanghai(clock!.breachedAt), inShanghai(clock!.announcedAt), inShanghai(clock!.dueAt)]).toEqual(['2026-03-02 11:00', '2026-03-02 11:00', '2026-04-01 10:00']);
    expect(steps(judge(book, '2026-04-02 12:00', { calendars: closedInMarch(), keepFirings: true }))).toEqual([]);
    expect(book.firings.every(({ withdrawnAt }) => withdrawnAt === null)).toBe(true);
  });

  test('SLA-13 what an edit kept is in the history: recomputing gives the stored clock', () => {
    const book = office();
    judge(book, '2026-03-02 11:30');
    judge(book, '2026-03-02 12:00', { calendars: closedInMarch(), keepFirings: true });
    const stored = structuredClone(book.clocks[0]!);
    const again: ClockBook = { ...newBook(), facts: book.facts };
    judge(again, '2026-03-02 12:00', { calendars: closedInMarch() });
    expect({ ...again.clocks[0], id: stored.id }).toEqual(stored);
  });
});

describe('HND-01 clocks of several handoffs', () => {
  test('HND-01 each handoff has a clock of its own; what concerns the ticket concerns them all', () => {
    const book = newBook();
    add(book, '2026-03-02 10:00', { fact: 'started', plan: plan(candidate(60)) }, { kinds: ['handoff'], subjectId: 'h1' });
    add(book, '2026-03-02 10:10', { fact: 'met' }, { kinds: ['handoff'], subjectId: 'h1' });
    add(book, '2026-03-02 10:20', { fact: 'started', plan: plan(candidate(60)) }, { kinds: ['handoff'], subjectId: 'h2' });
    add(book, '2026-03-02 10:30', { fact: 'paused', reason: 'x' }, { kinds: ['resolution', 'handoff'] });
    judge(book, '2026-03-02 12:00');
    expect(book.clocks.map(({ subjectId, state, outcome }) => [subjectId, state, outcome])).toEqual([['h1', 'stopped', 'met'], ['h2', 'paused', 'none']]);
  });
});
