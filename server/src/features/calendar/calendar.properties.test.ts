import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../kernel/instant.ts';
import type { BusinessCalendar, CalendarSource } from './calendar.rules.ts';
import { compileCalendar, piecewiseCalendar } from './calendar.rules.ts';
import { seededCalendars } from './holidays.rules.ts';

const nights: CalendarSource = {
  timeZone: 'America/St_Johns',
  weeklyHours: { mon: [['22:00', '06:00']], tue: [], wed: [['00:00', '24:00']], thu: [['07:13', '07:14']], fri: [['20:00', '24:00']], sat: [['00:00', '01:30']], sun: [] },
  exceptions: [{ date: '2026-03-10', hours: [['01:00', '02:00']] }, { date: '2026-11-02', hours: [] }],
};
const seeded = seededCalendars();
const CALENDARS: readonly (readonly [string, BusinessCalendar])[] = [
  ['7×24', compileCalendar('24x7')],
  ['5×8', compileCalendar(seeded['5x8'])],
  ['night shifts', compileCalendar(nights)],
  ['three versions', piecewiseCalendar([
    { version: 1, validFrom: null, source: seeded['5x8'] },
    { version: 2, validFrom: Date.parse('2026-03-05T03:21:00Z'), source: nights },
    { version: 3, validFrom: Date.parse('2026-09-05T13:21:00Z'), source: '24x7' },
  ])],
];
/** Milliseconds over some twenty years around the holidays, the zones' changes and the borders of compiled chunks. */
const instant = fc.oneof(
  fc.integer({ min: Date.parse('2025-12-01T00:00:00Z'), max: Date.parse('2026-12-01T00:00:00Z') }),
  fc.integer({ min: Date.parse('2015-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') }),
  fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }).map((offset) => 51 * 400 * DAY + offset),
);
const span = fc.oneof(fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 0, max: 400 * DAY }), fc.constantFrom(1, MINUTE, DAY));

describe.each(CALENDARS)('CAL-02 %s', (_, calendar) => {
  test('CAL-02 adding and measuring are inverse', () => {
    fc.assert(fc.property(instant, span, (start, duration) => {
      expect(calendar.elapsed(start, calendar.addDuration(start, duration))).toBe(duration);
    }));
  });

  test('CAL-02 D-16 the due instant is the first by which the time has passed', () => {
    fc.assert(fc.property(instant, span.filter((duration) => duration > 0), (start, duration) => {
      const due = calendar.addDuration(start, duration);
      expect(calendar.elapsed(start, due - 1)).toBe(duration - 1);
      expect(calendar.isOpen(due - 1)).toBe(true);
    }));
  });

  test('CAL-02 measured time adds up', () => {
    fc.assert(fc.property(fc.tuple(instant, instant, instant), (instants) => {
      const [a = 0, b = 0, c = 0] = instants.toSorted((x, y) => x - y);
      expect(calendar.elapsed(a, b) + calendar.elapsed(b, c)).toBe(calendar.elapsed(a, c));
    }));
  });

  test('CAL-02 adding in two steps is adding at once', () => {
    fc.assert(fc.property(instant, span, span.filter((duration) => duration > 0), (start, first, second) => {
      expect(calendar.addDuration(calendar.addDuration(start, first), second)).toBe(calendar.addDuration(start, first + second));
    }));
  });

  test('CAL-02 later starts and longer durations are never due earlier', () => {
    fc.assert(fc.property(instant, span, span, span, (start, later, duration, longer) => {
      expect(calendar.addDuration(start + later, duration)).toBeGreaterThanOrEqual(calendar.addDuration(start, duration));
      // No duration at all may land on an opening after the closing at which a short one is due (D-16).
      if (duration > 0) expect(calendar.addDuration(start, duration + longer)).toBeGreaterThanOrEqual(calendar.addDuration(start, duration));
    }));
  });

  test('CAL-02 the open intervals are in order, apart, and sum up to what is measured', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 0, max: 500 * DAY }), (start, length) => {
      const intervals = calendar.openIntervals(start, start + length);
      intervals.forEach(({ from, to }, index) => {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThan(intervals[index - 1]?.to ?? -Infinity);
      });
      expect(intervals.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(calendar.elapsed(start, start + length));
    }), { numRuns: 30 });
  });

  test('CAL-02 the next open instant is open and nothing before it is', () => {
    fc.assert(fc.property(instant, (at) => {
      const next = calendar.nextOpen(at);
      expect(calendar.isOpen(next)).toBe(true);
      expect(calendar.elapsed(at, next)).toBe(0);
      expect(calendar.addDuration(at, 0)).toBe(next);
    }));
  });
});
