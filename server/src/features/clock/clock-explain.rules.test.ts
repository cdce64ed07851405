import { describe, expect, test } from 'vitest';
import { inShanghai, makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { explainClock } from './clock-explain.rules.ts';
import { foldClock } from './clock-fold.rules.ts';
import { compileCalendar } from '../calendar/calendar.rules.ts';
import type { Calendars, ClockFact, ClockFactBody } from './clock.rules.ts';

const book = makeCalendars();
const seeded: Calendars = (ref) => book.resolve(ref);
const explain = (told: readonly (readonly [string, ClockFactBody])[], until: string, calendars: Calendars = seeded) => {
  const facts = told.map(([at, body], index): ClockFact => ({ ...body, at: shanghai(at), knownAt: shanghai(at), seq: index + 1 }));
  const standing = foldClock(facts, calendars, shanghai(until))!;
  const made = explainClock(standing, calendars, shanghai(until));
  return { ...made, standing, lines: made.intervals.map(({ from, to, reason, detail, countedMs }) => [inShanghai(from), inShanghai(to), reason, detail, countedMs / 60_000]) };
};
const started = (minutes: number, calendarRef = '5x8'): ClockFactBody => ({ fact: 'started', plan: { candidates: [{ source: 'test', target: { minutes }, calendarRef, own: false }], thresholds: [], recurring: false, policy: 'test v1' } });

describe('SLA-09 the full arithmetic', () => {
  test('SLA-09 what counted, what did not and why, and the sum', () => {
    const { lines, countedMs, standing } = explain([
      ['2026-03-02 11:00', started(600)], ['2026-03-02 14:00', { fact: 'paused', reason: 'awaiting-user' }], ['2026-03-02 15:00', { fact: 'resumed', reason: 'awaiting-user' }],
    ], '2026-03-03 09:30');
    expect(lines).toEqual([
      ['2026-03-02 11:00', '2026-03-02 12:00', 'counted', null, 60],
      ['2026-03-02 12:00', '2026-03-02 13:00', 'closed-hours', null, 0],
      ['2026-03-02 13:00', '2026-03-02 14:00', 'counted', null, 60],
      ['2026-03-02 14:00', '2026-03-02 15:00', 'suspended', 'awaiting-user', 0],
      ['2026-03-02 15:00', '2026-03-02 18:00', 'counted', null, 180],
      ['2026-03-02 18:00', '2026-03-03 09:00', 'closed-hours', null, 0],
      ['2026-03-03 09:00', '2026-03-03 09:30', 'counted', null, 30],
    ]);
    expect([countedMs, standing.elapsedMs]).toEqual([330 * 60_000, 330 * 60_000]);
  });

  test('SLA-09 an evening, a holiday and a weekend are told apart', () => {
    // Thursday 30 April; 1 to 5 May 2026 is Labour Day, Saturday 9 May is worked.
    const { lines } = explain([['2026-04-30 17:30', started(600)]], '2026-05-06 09:10');
    expect(lines.map(([from, to, reason]) => [from, to, reason])).toEqual([
      ['2026-04-30 17:30', '2026-04-30 18:00', 'counted'],
      ['2026-04-30 18:00', '2026-05-01 00:00', 'closed-hours'],
      ['2026-05-01 00:00', '2026-05-06 00:00', 'holiday'],
      ['2026-05-06 00:00', '2026-05-06 09:00', 'closed-hours'],
      ['2026-05-06 09:00', '2026-05-06 09:10', 'counted'],
    ]);
    expect(lines[2]?.[3]).toMatch(/劳动节/);
  });

  test('SLA-09 the afternoon of a half day is a holiday, the evening after it is not', () => {
    const office = compileCalendar({
      timeZone: 'Asia/Shanghai', exceptions: [{ date: '2026-03-03', hours: [['09:00', '12:00']], name: 'Half day' }],
      weeklyHours: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']], wed: [['09:00', '18:00']], thu: [], fri: [], sat: [], sun: [] },
    });
    const { lines } = explain([['2026-03-03 11:00', started(600)]], '2026-03-04 10:00', () => office);
    expect(lines.map(([from, to, reason, detail]) => [from, to, reason, detail])).toEqual([
      ['2026-03-03 11:00', '2026-03-03 12:00', 'counted', null],
      ['2026-03-03 12:00', '2026-03-03 18:00', 'holiday', 'Half day'],
      ['2026-03-03 18:00', '2026-03-04 00:00', 'closed-hours', 'Half day'],
      ['2026-03-04 00:00', '2026-03-04 09:00', 'closed-hours', null],
      ['2026-03-04 09:00', '2026-03-04 10:00', 'counted', null],
    ]);
  });

  test('SLA-09 a wait for the customer\'s word is "stopped", a clock that stands still now says why', () => {
    const { lines } = explain([
      ['2026-03-02 09:00', started(600)], ['2026-03-02 10:00', { fact: 'met' }], ['2026-03-02 11:00', { fact: 'continued' }], ['2026-03-02 11:30', { fact: 'paused', reason: 'user-busy' }],
    ], '2026-03-02 11:45');
    expect(lines).toEqual([
      ['2026-03-02 09:00', '2026-03-02 10:00', 'counted', null, 60], ['2026-03-02 10:00', '2026-03-02 11:00', 'stopped', null, 0],
      ['2026-03-02 11:00', '2026-03-02 11:30', 'counted', null, 30], ['2026-03-02 11:30', '2026-03-02 11:45', 'suspended', 'user-busy', 0],
    ]);
  });

  test('SLA-09 a history of years is cut after 500 lines, its sum is not', () => {
    const { intervals, truncated, countedMs, standing } = explain([['2024-03-04 09:00', started(60 * 24 * 366)]], '2026-03-02 09:00');
    expect([intervals.length, truncated]).toEqual([500, true]);
    expect(countedMs).toBe(standing.elapsedMs);
  });
});
