import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../kernel/refusal.ts';
import { readIcs } from './ics.rules.ts';

const READING = { timeZone: 'Asia/Shanghai', workdayHours: [['09:00', '12:00'], ['13:00', '18:00']], from: '2026-01-01', to: '2026-12-31' } as const;

function ics(...events: readonly (readonly string[])[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
}

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('Must hold: it refuses');
}

describe('CAL-04 dated exceptions out of iCalendar', () => {
  test('CAL-04 an all-day event closes its dates; its end is the first day after', () => {
    expect(readIcs(ics(['DTSTART;VALUE=DATE:20260404', 'DTEND;VALUE=DATE:20260407', 'SUMMARY:清明节']), READING)).toEqual([
      { date: '2026-04-04', hours: [], name: '清明节' },
      { date: '2026-04-05', hours: [], name: '清明节' },
      { date: '2026-04-06', hours: [], name: '清明节' },
    ]);
  });

  test('CAL-04 without an end it closes its one date', () => {
    expect(readIcs(ics(['DTSTART;VALUE=DATE:20260101', 'SUMMARY:元旦']), READING)).toEqual([{ date: '2026-01-01', hours: [], name: '元旦' }]);
  });

  test.each(['春节 补班', '春节（班）', 'Spring Festival make-up workday', '调休上班'])('CAL-04 "%s" marks a make-up day with a workday\'s hours', (summary) => {
    expect(readIcs(ics(['DTSTART;VALUE=DATE:20260214', `SUMMARY:${summary}`]), READING)).toEqual([
      { date: '2026-02-14', hours: [['09:00', '12:00'], ['13:00', '18:00']], name: summary },
    ]);
  });

  test('CAL-04 the mark may stand in the categories', () => {
    expect(readIcs(ics(['DTSTART;VALUE=DATE:20260214', 'SUMMARY:Saturday', 'CATEGORIES:WORKDAY']), READING)[0]?.hours).toHaveLength(2);
  });

  test('CAL-04 timed workdays are the hours of their date, on the calendar\'s wall clock', () => {
    const text = ics(
      ['DTSTART;TZID=Asia/Shanghai:20260214T090000', 'DTEND;TZID=Asia/Shanghai:20260214T120000', 'SUMMARY:Make-up workday'],
      ['DTSTART:20260214T050000Z', 'DTEND:20260214T090000Z', 'SUMMARY:Make-up workday'],
      ['DTSTART:20260228T220000', 'DURATION:PT8H', 'SUMMARY:Night workday'],
    );
    expect(readIcs(text, READING)).toEqual([
      { date: '2026-02-14', hours: [['09:00', '12:00'], ['13:00', '17:00']], name: 'Make-up workday' },
      { date: '2026-02-28', hours: [['22:00', '06:00']], name: 'Night workday' },
    ]);
  });

  test('CAL-04 a timed event that is no workday, a cancelled one and one out of range say nothing', () => {
    expect(readIcs(ics(
      ['DTSTART:20260303T090000', 'DTEND:20260303T100000', 'SUMMARY:Meeting'],
      ['DTSTART;VALUE=DATE:20260304', 'SUMMARY:Holiday', 'STATUS:CANCELLED'],
      ['DTSTART;VALUE=DATE:20270304', 'SUMMARY:Holiday'],
      ['SUMMARY:No date at all'],
    ), READING)).toEqual([]);
  });

  test('CAL-04 a yearly event is unrolled within the dates wanted', () => {
    const text = ics(['DTSTART;VALUE=DATE:20101225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas']);
    expect(readIcs(text, { ...READING, to: '2028-12-24' }).map(({ date }) => date)).toEqual(['2026-12-25', '2027-12-25']);
  });

  test('CAL-04 a workday beats a holiday of the same date', () => {
    expect(readIcs(ics(['DTSTART;VALUE=DATE:20260214', 'SUMMARY:Holiday'], ['DTSTART;VALUE=DATE:20260214', 'SUMMARY:补班']), READING))
      .toEqual([{ date: '2026-02-14', hours: READING.workdayHours, name: '补班' }]);
  });

  test.each([
    ['no calendar', 'hello', 'INVALID_INPUT'],
    ['nothing', '', 'INVALID_INPUT'],
    ['another component', 'BEGIN:VEVENT\r\nEND:VEVENT', 'INVALID_INPUT'],
    ['an impossible date', ics(['DTSTART;VALUE=DATE:2026', 'SUMMARY:x']), 'INVALID_INPUT'],
    ['an unknown zone', ics(['DTSTART;TZID=Nowhere:20260214T090000', 'DTEND;TZID=Nowhere:20260214T120000', 'SUMMARY:workday']), 'INVALID_INPUT'],
    ['an endless repetition', ics(['DTSTART:20200101T000000Z', 'RRULE:FREQ=SECONDLY', 'SUMMARY:x']), 'TOO_LARGE'],
    ['a huge file', 'x'.repeat(5_000_001), 'TOO_LARGE'],
  ])('CAL-04 %s is refused', (_, text, code) => {
    expect(refusalOf(() => readIcs(text, READING))).toMatchObject({ code, field: 'ics' });
  });
});
