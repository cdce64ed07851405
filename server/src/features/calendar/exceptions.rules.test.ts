import { describe, expect, test } from 'vitest';
import { HOUR } from '../../kernel/instant.ts';
import { compileCalendar } from './calendar.rules.ts';
import { previewExceptions, replaceExceptions, withCustomerDates } from './exceptions.rules.ts';
import { OFFICIAL_YEARS, seededCalendars } from './holidays.rules.ts';

const open = [['09:00', '18:00']] as const;

describe('CAL-05 loading a yearly list', () => {
  const current = [
    { date: '2025-10-01', hours: [], name: 'National Day' },
    { date: '2026-01-01', hours: [], name: 'New Year' },
    { date: '2026-01-02', hours: [], name: 'Bridge' },
    { date: '2026-01-04', hours: [] },
  ];
  const incoming = [
    { date: '2026-01-04', hours: open },
    { date: '2026-01-03', hours: [], name: 'New Year' },
    { date: '2026-01-01', hours: [], name: 'New Year' },
  ];

  test('CAL-05 the preview tells what is added, changed and removed, in the list\'s own years', () => {
    expect(previewExceptions(current, incoming)).toEqual({
      added: [{ date: '2026-01-03', hours: [], name: 'New Year' }],
      changed: [{ before: { date: '2026-01-04', hours: [] }, after: { date: '2026-01-04', hours: open } }],
      removed: [{ date: '2026-01-02', hours: [], name: 'Bridge' }],
    });
  });

  test('CAL-05 a change of the name alone is a change', () => {
    expect(previewExceptions([{ date: '2026-01-01', hours: [] }], [{ date: '2026-01-01', hours: [], name: 'New Year' }]).changed).toHaveLength(1);
  });

  test('CAL-05 loading it does what the preview said', () => {
    expect(replaceExceptions(current, incoming).map(({ date }) => date)).toEqual(['2025-10-01', '2026-01-01', '2026-01-03', '2026-01-04']);
    expect(previewExceptions(replaceExceptions(current, incoming), incoming)).toEqual({ added: [], changed: [], removed: [] });
  });
});

describe('CAL-05 a customer\'s own dates', () => {
  const base = seededCalendars()['5x8'];
  const bank = withCustomerDates(base, [{ date: '2026-02-14', hours: [], name: 'bank closed' }, { date: '2026-06-06', hours: open }]);
  const hours = (definition: typeof base, day: string): number => {
    const from = Date.parse(`${day}T00:00:00+08:00`);
    return compileCalendar(definition).elapsed(from, from + 24 * HOUR) / HOUR;
  };

  test('CAL-05 override single dates and leave the others', () => {
    expect([hours(base, '2026-02-14'), hours(bank, '2026-02-14')]).toEqual([8, 0]);
    expect([hours(base, '2026-06-06'), hours(bank, '2026-06-06')]).toEqual([0, 9]);
    expect([hours(base, '2026-02-28'), hours(bank, '2026-02-28')]).toEqual([8, 8]);
  });

  test('CAL-05 none at all leave the calendar itself', () => {
    expect(withCustomerDates(base, [])).toBe(base);
  });
});

describe('CAL-01 the mainland\'s public holidays and make-up workdays', () => {
  const calendar = compileCalendar(seededCalendars()['5x8']);

  test.each([
    [2016, 24, 6],
    [2025, 28, 5],
    [2026, 33, 6],
  ])('CAL-01 %d has %d days off and %d make-up days, which are weekend days', (year, holidays, workdays) => {
    const days = OFFICIAL_YEARS.find((official) => official.year === year)?.days ?? [];
    const makeUps = days.filter(({ kind }) => kind === 'workday');
    expect([days.length - makeUps.length, makeUps.length]).toEqual([holidays, workdays]);
    expect(makeUps.every(({ date }) => [0, 6].includes(new Date(date).getUTCDay()))).toBe(true);
    expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
  });

  /** Working days of each month, counted by hand from the notices. */
  test.each([
    ['2025', [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]],
    ['2026', [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]],
  ])('CAL-01 each month of %s has its working hours', (year, workingDays) => {
    const month = (index: number): number => Date.parse(`${Number(year) + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01T00:00:00+08:00`);
    expect(workingDays.map((_, index) => calendar.elapsed(month(index), month(index + 1)) / (8 * HOUR))).toEqual(workingDays);
  });
});
