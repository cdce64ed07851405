import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minuteOracle, readWallClock } from '../../../../test/support/oracle/minute-oracle.ts';
import { DAY, MINUTE } from '../../kernel/instant.ts';
import type { CalendarDefinition, HoursOfDay } from './calendar.rules.ts';
import { compileCalendar } from './calendar.rules.ts';

/** Zones with the days on which their clocks changed; Apia skipped a whole date, Lord Howe moves by half an hour. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Asia/Shanghai', '1991-04-14'], ['Asia/Shanghai', '1991-09-15'], ['Asia/Shanghai', '2026-02-16'],
  ['America/New_York', '2026-03-08'], ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'], ['Europe/Berlin', '2026-10-25'],
  ['Europe/London', '2026-03-29'], ['Europe/London', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'], ['Australia/Lord_Howe', '2026-10-04'],
  ['America/St_Johns', '2010-03-14'], ['America/St_Johns', '2010-11-07'], ['America/St_Johns', '2026-03-08'],
  ['Asia/Kathmandu', '1986-01-01'], ['Pacific/Apia', '2011-12-30'],
  ['America/Sao_Paulo', '2015-10-18'], ['America/Sao_Paulo', '2016-02-21'],
  ['Africa/Casablanca', '2026-02-15'], ['Africa/Casablanca', '2026-03-22'],
  ['Asia/Tehran', '2022-03-22'], ['Asia/Tehran', '2022-09-22'],
  ['Pacific/Chatham', '2026-04-05'], ['Pacific/Chatham', '2026-09-27'],
  ['America/Havana', '2026-03-08'], ['America/Havana', '2026-11-01'], ['Australia/Sydney', '2026-04-05'],
];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const time = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** Times cluster where clocks change; an end before its start crosses midnight. */
const minuteOfDay = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 250 }), fc.constantFrom(0, 1, 60, 90, 120, 150, 180, 1380));
const interval = fc.tuple(minuteOfDay, fc.oneof(minuteOfDay, fc.constant(1440)))
  .filter(([opens, closes]) => opens !== closes)
  .map(([opens, closes]): readonly [string, string] => [time(opens), time(closes)]);
const hours: fc.Arbitrary<HoursOfDay> = fc.array(interval, { maxLength: 3 });

function calendarAround(timeZone: string, changeDay: number): fc.Arbitrary<CalendarDefinition> {
  const date = fc.integer({ min: -6, max: 6 }).map((days) => new Date(changeDay + days * DAY).toISOString().slice(0, 10));
  return fc.record({
    weeklyHours: fc.tuple(hours, hours, hours, hours, hours, hours, hours)
      .filter((week) => week.some((day) => day.length > 0))
      .map(([mon, tue, wed, thu, fri, sat, sun]) => ({ mon, tue, wed, thu, fri, sat, sun })),
    exceptions: fc.uniqueArray(fc.record({ date, hours }), { selector: (exception) => exception.date, maxLength: 4 }),
  }).map((rest) => ({ timeZone, ...rest }));
}

describe.each(CHANGES)('%s around %s', (timeZone, changed) => {
  const changeDay = Date.parse(`${changed}T00:00:00Z`);
  const window = readWallClock(timeZone, changeDay - 10 * DAY, changeDay + 10 * DAY);
  const instant = fc.integer({ min: -6 * 1440, max: 6 * 1440 }).map((minutes) => changeDay + minutes * MINUTE);
  const calendar = calendarAround(timeZone, changeDay);

  test('CAL-02 D-23 elapsed counts what a walk minute by minute counts', () => {
    fc.assert(fc.property(calendar, instant, instant, (definition, start, end) => {
      expect(compileCalendar(definition).elapsed(start, end)).toBe(minuteOracle(definition, window).elapsed(start, end));
    }), { numRuns: 60 });
  });

  test('CAL-02 D-16 D-23 a deadline is where a walk minute by minute reaches it', () => {
    fc.assert(fc.property(calendar, instant, fc.integer({ min: 0, max: 3000 }), (definition, start, minutes) => {
      const expected = minuteOracle(definition, window).add(start, minutes * MINUTE);
      fc.pre(expected !== null && expected < changeDay + 7 * DAY);
      expect(compileCalendar(definition).addDuration(start, minutes * MINUTE)).toBe(expected);
    }), { numRuns: 60 });
  });

  test('D-04 the N-th working day ends where a walk finds its last open minute', () => {
    fc.assert(fc.property(calendar, instant, fc.integer({ min: 1, max: 3 }), (definition, start, days) => {
      const expected = minuteOracle(definition, window).addWorkingDays(start, days);
      fc.pre(expected !== null && expected < changeDay + 7 * DAY);
      expect(compileCalendar(definition).addWorkingDays(start, days)).toBe(expected);
    }), { numRuns: 60 });
  });

  test('CAL-02 open and closed are told apart as minute by minute', () => {
    fc.assert(fc.property(calendar, instant, (definition, at) => {
      expect(compileCalendar(definition).isOpen(at)).toBe(minuteOracle(definition, window).isOpen(at));
    }), { numRuns: 40 });
  });
});

test('CAL-02 the oracle itself counts a plain week right', () => {
  const week = Object.fromEntries(DAYS.map((day) => [day, day === 'sat' || day === 'sun' ? [] : [['09:00', '12:00'], ['13:00', '18:00']] as const]));
  const definition = { timeZone: 'Asia/Shanghai', weeklyHours: week, exceptions: [] };
  const oracle = minuteOracle(definition, readWallClock('Asia/Shanghai', Date.parse('2026-06-01T00:00:00Z'), Date.parse('2026-06-10T00:00:00Z')));
  expect(oracle.elapsed(Date.parse('2026-06-01T10:00:00+08:00'), Date.parse('2026-06-02T10:00:00+08:00'))).toBe(8 * 60 * MINUTE);
  expect(oracle.add(Date.parse('2026-06-01T17:00:00+08:00'), 60 * MINUTE)).toBe(Date.parse('2026-06-01T18:00:00+08:00'));
  expect(oracle.add(Date.parse('2026-06-01T18:00:00+08:00'), 0)).toBe(Date.parse('2026-06-02T09:00:00+08:00'));
});
