import { describe, expect, test } from 'vitest';
import { datesOf, makeCalendarBook } from './calendar-book.rules.ts';

const monday = { timeZone: 'UTC', weeklyHours: { mon: [['09:00', '18:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, exceptions: [{ date: '2026-03-09', hours: [], name: 'Closed' }] } as const;
const histories = [
  { id: 'always', key: '24x7', versions: [{ version: 1, validFrom: null, source: '24x7' as const }] },
  { id: 'week', key: '5x8', versions: [{ version: 1, validFrom: null, source: monday }] },
];
const edit = (revision: number, date: string, hours: readonly (readonly [string, string])[] | null) => ({ customerId: 'c', revision, date, hours, name: null });
const at = (text: string) => Date.parse(`${text}Z`);

describe('CAL-05 the calendars of customers', () => {
  test('CAL-05 a customer works on a date on which the calendar is closed, and the reverse', () => {
    const book = makeCalendarBook(histories, [edit(1, '2026-03-09', [['09:00', '10:00']]), edit(2, '2026-03-16', [])]);
    const open = (ref: string, text: string) => book.resolve(ref).isOpen(at(text));
    expect([open('week', '2026-03-09T09:30'), open('week@c', '2026-03-09T09:30'), open('week@c', '2026-03-09T10:00')]).toEqual([false, true, false]);
    expect([open('week', '2026-03-16T09:30'), open('week@c', '2026-03-16T09:30'), open('week@d', '2026-03-16T09:30')]).toEqual([true, false, true]);
  });

  test('CAL-05 a 7×24 calendar never closes, for nobody', () => {
    const book = makeCalendarBook(histories, [edit(1, '2026-03-16', [])]);
    expect(book.resolve('always@c').isOpen(at('2026-03-16T03:00'))).toBe(true);
  });

  test('CAL-05 the newest edit of a date counts, and null gives the date back', () => {
    const edits = [edit(1, '2026-03-16', []), edit(2, '2026-03-17', [['10:00', '11:00']]), edit(3, '2026-03-16', null)];
    expect(datesOf(edits)).toEqual([{ date: '2026-03-17', hours: [['10:00', '11:00']] }]);
  });

  test('SLA-13 a version names calendar and customer edits together, and resolves to what was known then', () => {
    const book = makeCalendarBook(histories, [edit(1, '2026-03-16', [])]);
    expect([book.versionOf('week'), book.versionOf('week@c'), book.versionOf('week@d')]).toEqual([1, 100_001, 100_000]);
    expect([book.resolve('week@c', 100_000).isOpen(at('2026-03-16T09:30')), book.resolve('week@c', 100_001).isOpen(at('2026-03-16T09:30'))]).toEqual([true, false]);
    expect(book.idByKey).toEqual({ '24x7': 'always', '5x8': 'week' });
    expect([book.refFor('week', 'c'), book.refFor('week', null)]).toEqual(['week@c', 'week']);
  });

  test('CAL-02 an unknown calendar is refused by name', () => {
    expect(() => makeCalendarBook(histories, []).resolve('month')).toThrow('There is no calendar "month".');
  });
});
