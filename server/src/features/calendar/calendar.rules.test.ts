import { describe, expect, test } from 'vitest';
import { DAY, HOUR, toIso } from '../../kernel/instant.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { CalendarDefinition, CalendarException, DayName, HoursOfDay } from './calendar.rules.ts';
import { compileCalendar, piecewiseCalendar } from './calendar.rules.ts';
import { seededCalendars } from './holidays.rules.ts';

const at = (text: string): number => Date.parse(text);
const NINE_TO_SIX: HoursOfDay = [['09:00', '18:00']];
const WORKDAYS: readonly DayName[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

function week(hours: HoursOfDay, days: readonly DayName[] = WORKDAYS): CalendarDefinition['weeklyHours'] {
  const on = (day: DayName): HoursOfDay => (days.includes(day) ? hours : []);
  return { mon: on('mon'), tue: on('tue'), wed: on('wed'), thu: on('thu'), fri: on('fri'), sat: on('sat'), sun: on('sun') };
}

function define(timeZone: string, weeklyHours = week(NINE_TO_SIX), exceptions: readonly CalendarException[] = []): CalendarDefinition {
  return { timeZone, weeklyHours, exceptions };
}

function refusalOf(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('Must hold: it refuses');
}

describe('CAL-01 a calendar of hours, holidays and make-up days', () => {
  const office = compileCalendar(seededCalendars()['5x8']);

  test('CAL-01 the lunch break does not count', () => {
    expect(office.elapsed(at('2026-06-01T11:00:00+08:00'), at('2026-06-01T14:00:00+08:00'))).toBe(2 * HOUR);
    expect(toIso(office.addDuration(at('2026-06-01T11:00:00+08:00'), 2 * HOUR))).toBe('2026-06-01T06:00:00Z');
  });

  test('CAL-01 touching and overlapping hours count once', () => {
    const calendar = compileCalendar(define('UTC', week([['09:00', '12:00'], ['12:00', '15:00'], ['11:00', '14:00']])));
    expect(calendar.elapsed(at('2026-06-01T00:00:00Z'), at('2026-06-02T00:00:00Z'))).toBe(6 * HOUR);
    expect(calendar.openIntervals(at('2026-06-01T00:00:00Z'), at('2026-06-02T00:00:00Z'))).toHaveLength(1);
  });

  test('CAL-01 hours over midnight belong to the day on which they start', () => {
    const nights = compileCalendar(define('UTC', week([['22:00', '06:00']], ['fri'])));
    expect(nights.isOpen(at('2026-06-06T05:59:59.999Z'))).toBe(true);
    expect(nights.isOpen(at('2026-06-06T06:00:00Z'))).toBe(false);
    expect(nights.isOpen(at('2026-06-05T05:00:00Z'))).toBe(false);
    expect(toIso(nights.addWorkingDays(at('2026-06-01T00:00:00Z'), 1))).toBe('2026-06-06T06:00:00Z');
  });

  test('CAL-01 24:00 is the end of the local day', () => {
    const late = compileCalendar(define('Europe/Berlin', week([['20:00', '24:00']], ['mon'])));
    expect(late.elapsed(at('2026-06-01T00:00:00Z'), at('2026-06-03T00:00:00Z'))).toBe(4 * HOUR);
    expect(late.isOpen(at('2026-06-01T21:59:59Z'))).toBe(true);
    expect(late.isOpen(at('2026-06-01T22:00:00Z'))).toBe(false);
  });

  test('CAL-01 the 7×24 calendar never closes and its working days are those of UTC', () => {
    const always = compileCalendar('24x7');
    expect(always.elapsed(at('2024-02-28T00:00:00Z'), at('2024-03-01T00:00:00Z'))).toBe(2 * DAY);
    expect(toIso(always.addDuration(at('2026-01-31T23:00:00Z'), 2 * HOUR))).toBe('2026-02-01T01:00:00Z');
    expect(toIso(always.addWorkingDays(at('2026-01-31T23:00:00Z'), 1))).toBe('2026-02-02T00:00:00Z');
  });
});

describe('CAL-02 exactness and refusals', () => {
  test('CAL-02 an hour lost or won to daylight saving is not counted as open time', () => {
    const nights = compileCalendar(define('America/New_York', week([['00:00', '06:00']], ['sun'])));
    expect(nights.elapsed(at('2026-03-08T00:00:00-05:00'), at('2026-03-08T12:00:00-04:00'))).toBe(5 * HOUR);
    expect(nights.elapsed(at('2026-11-01T00:00:00-04:00'), at('2026-11-01T12:00:00-05:00'))).toBe(7 * HOUR);
  });

  test('CAL-02 nights and early mornings are whole wherever the compiled stretches of time meet', () => {
    // Stretches are 400 days long, counted from 1970; one begins at 2025-11-08T00:00Z.
    const nights = compileCalendar(define('Europe/Berlin', week([['22:00', '06:00']])));
    expect(nights.elapsed(at('2025-11-07T12:00:00+01:00'), at('2025-11-08T12:00:00+01:00'))).toBe(8 * HOUR);
    expect(nights.openIntervals(at('2025-11-07T12:00:00+01:00'), at('2025-11-08T12:00:00+01:00')))
      .toEqual([{ from: at('2025-11-07T22:00:00+01:00'), to: at('2025-11-08T06:00:00+01:00') }]);
    const early = compileCalendar(define('Europe/Berlin', week([['00:00', '02:00']], ['sat'])));
    expect(early.elapsed(at('2025-11-07T12:00:00+01:00'), at('2025-11-08T12:00:00+01:00'))).toBe(2 * HOUR);
    expect(toIso(early.nextOpen(at('2025-11-07T12:00:00+01:00')))).toBe('2025-11-07T23:00:00Z');
  });

  test('CAL-02 a leap day is a day like others', () => {
    const calendar = compileCalendar(define('Asia/Shanghai'));
    expect(toIso(calendar.addDuration(at('2024-02-28T17:00:00+08:00'), 2 * HOUR))).toBe('2024-02-29T02:00:00Z');
    expect(toIso(calendar.addWorkingDays(at('2024-02-28T17:00:00+08:00'), 1))).toBe('2024-02-29T10:00:00Z');
  });

  test('CAL-02 forty years of Mondays are counted exactly', () => {
    const mondays = compileCalendar(define('UTC', week([['00:00', '24:00']], ['mon'])));
    const start = at('2026-01-05T00:00:00Z');
    expect(toIso(mondays.addDuration(start, 2087 * DAY))).toBe('2065-12-29T00:00:00Z');
    expect(mondays.elapsed(start, start + 2087 * 7 * DAY)).toBe(2087 * DAY);
  });

  test.each([
    ['no hours at all', define('UTC', week([])), 'CALENDAR_NEVER_OPENS', 'calendar'],
    ['hours that end where they start', define('UTC', week([['09:00', '09:00']])), 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    ['25:00', define('UTC', week([['09:00', '25:00']])), 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    ['a start at 24:00', define('UTC', week([['24:00', '06:00']])), 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    ['24:01', define('UTC', week([['09:00', '24:01']])), 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    ['09:60', define('UTC', week([['09:60', '18:00']])), 'CALENDAR_INVALID', 'calendar.weeklyHours.mon[0]'],
    ['an unknown zone', define('Mars/Olympus'), 'CALENDAR_INVALID', 'calendar.timeZone'],
    ['a date for a zone', define('2026-01-01T00:00Z'), 'CALENDAR_INVALID', 'calendar.timeZone'],
    ['30 February', define('UTC', week(NINE_TO_SIX), [{ date: '2026-02-30', hours: [] }]), 'CALENDAR_INVALID', 'calendar.exceptions[0].date'],
    ['a date twice', define('UTC', week(NINE_TO_SIX), [{ date: '2026-02-03', hours: [] }, { date: '2026-02-03', hours: [] }]), 'CALENDAR_INVALID', 'calendar.exceptions[1].date'],
    ['a wrong hour of a date', define('UTC', week(NINE_TO_SIX), [{ date: '2026-02-03', hours: [['9', '10:00']] }]), 'CALENDAR_INVALID', 'calendar.exceptions[0].hours[0]'],
  ])('CAL-02 %s is refused and the field named', (_, definition, code, field) => {
    expect(refusalOf(() => compileCalendar(definition))).toMatchObject({ code, field });
  });

  test('CAL-02 a calendar whose only dates are past is refused when it would have to open again', () => {
    const once = compileCalendar(define('UTC', week([]), [{ date: '2026-02-03', hours: NINE_TO_SIX }]));
    expect(toIso(once.addDuration(at('2026-02-01T00:00:00Z'), 9 * HOUR))).toBe('2026-02-03T18:00:00Z');
    expect(refusalOf(() => once.addDuration(at('2026-02-01T00:00:00Z'), 9 * HOUR + 1)).code).toBe('CALENDAR_NEVER_OPENS');
    expect(refusalOf(() => once.nextOpen(at('2026-02-03T18:00:00Z'))).code).toBe('CALENDAR_NEVER_OPENS');
    expect(refusalOf(() => once.addWorkingDays(at('2026-02-03T00:00:00Z'), 1)).code).toBe('CALENDAR_NEVER_OPENS');
    expect(once.elapsed(at('2026-02-03T18:00:00Z'), at('2066-02-03T18:00:00Z'))).toBe(0);
  });

  test('CAL-02 a deadline more than 200 years away is refused, not sought for ever', () => {
    const minute = compileCalendar(define('UTC', week([['00:00', '00:01']], ['sun'])));
    expect(refusalOf(() => minute.addDuration(at('2026-02-01T00:00:00Z'), 40 * 250 * 8 * HOUR)).code).toBe('OUT_OF_RANGE');
    expect(refusalOf(() => compileCalendar('24x7').addDuration(at('2026-02-01T00:00:00Z'), 201 * 366 * DAY)).code).toBe('OUT_OF_RANGE');
    expect(refusalOf(() => compileCalendar('24x7').addDuration(at('2026-02-01T00:00:00Z'), -1)).code).toBe('OUT_OF_RANGE');
    expect(refusalOf(() => compileCalendar('24x7').addDuration(at('2026-02-01T00:00:00Z'), NaN)).code).toBe('OUT_OF_RANGE');
  });

  test('CAL-02 a reversed range counts 0', () => {
    expect(compileCalendar('24x7').elapsed(at('2026-02-01T00:00:01Z'), at('2026-02-01T00:00:00Z'))).toBe(0);
  });
});

describe('CAL-05 dated hours replace the weekly hours of that date', () => {
  const calendar = compileCalendar(define('Asia/Shanghai', week([['09:00', '12:00'], ['13:00', '18:00']]), [
    { date: '2026-02-14', hours: NINE_TO_SIX, name: 'make-up' },
    { date: '2026-02-16', hours: [], name: 'holiday' },
    { date: '2026-02-18', hours: [['09:00', '12:00']], name: 'half day' },
  ]));

  test('CAL-05 a make-up Saturday is worked and a holiday Monday is not', () => {
    expect(toIso(calendar.addDuration(at('2026-02-13T18:00:00+08:00'), 9 * HOUR))).toBe('2026-02-14T10:00:00Z');
    expect(toIso(calendar.addDuration(at('2026-02-14T18:00:00+08:00'), 0))).toBe('2026-02-17T01:00:00Z');
    expect(toIso(calendar.addWorkingDays(at('2026-02-14T18:00:00+08:00'), 2))).toBe('2026-02-18T04:00:00Z');
  });

  test('SLA-09 a closed instant tells whether the hours or a dated exception closed it', () => {
    const why = (text: string): readonly [string, string | null] => [calendar.closedReason(at(text)), calendar.exceptionName(at(text))];
    expect(why('2026-02-16T10:00:00+08:00')).toEqual(['holiday', 'holiday']);
    expect(why('2026-02-16T20:00:00+08:00')).toEqual(['holiday', 'holiday']);
    expect(why('2026-02-18T15:00:00+08:00')).toEqual(['holiday', 'half day']);
    expect(why('2026-02-18T20:00:00+08:00')).toEqual(['hours', 'half day']);
    expect(why('2026-02-14T20:00:00+08:00')).toEqual(['hours', 'make-up']);
    expect(why('2026-02-15T10:00:00+08:00')).toEqual(['hours', null]);
  });

  test('SLA-09 a night shift that a holiday took away is closed by it after midnight too', () => {
    const nights = compileCalendar(define('UTC', week([['22:00', '06:00']]), [{ date: '2026-06-01', hours: [], name: 'off' }]));
    expect(nights.closedReason(at('2026-06-02T03:00:00Z'))).toBe('holiday');
    expect(nights.exceptionName(at('2026-06-02T03:00:00Z'))).toBe('off');
    expect(nights.closedReason(at('2026-06-02T12:00:00Z'))).toBe('hours');
  });
});

describe('D-04 working days', () => {
  const office = compileCalendar(seededCalendars()['5x8']);
  test.each([
    ['a Monday', '2026-06-01T10:00:00+08:00', 1, '2026-06-02T10:00:00Z'],
    ['a Monday before opening', '2026-06-01T00:00:00+08:00', 1, '2026-06-02T10:00:00Z'],
    ['a Friday night', '2026-06-05T23:59:59+08:00', 1, '2026-06-08T10:00:00Z'],
    ['a Saturday', '2026-06-06T10:00:00+08:00', 1, '2026-06-08T10:00:00Z'],
    ['the local Monday although UTC still has Sunday', '2026-05-31T17:00:00Z', 1, '2026-06-02T10:00:00Z'],
    ['the make-up Saturday before Spring Festival', '2026-02-13T10:00:00+08:00', 1, '2026-02-14T10:00:00Z'],
    ['the eve of Spring Festival', '2026-02-14T10:00:00+08:00', 1, '2026-02-24T10:00:00Z'],
    ['the eve of Spring Festival, three days', '2026-02-14T10:00:00+08:00', 3, '2026-02-26T10:00:00Z'],
    ['the Friday before the second make-up Saturday', '2026-02-27T10:00:00+08:00', 1, '2026-02-28T10:00:00Z'],
  ])('D-04 from %s', (_, start, days, due) => {
    expect(toIso(office.addWorkingDays(at(start), days))).toBe(due);
  });

  test.each([0, -1, 1.5, 50_001, NaN])('D-04 %d working days are refused', (days) => {
    expect(refusalOf(() => office.addWorkingDays(0, days))).toMatchObject({ code: 'OUT_OF_RANGE', field: 'workingDays' });
  });
});

describe('D-16 a deadline on a closing time', () => {
  const calendar = compileCalendar(define('UTC'));
  test('D-16 is due at the closing instant, a millisecond more at the next opening', () => {
    expect(toIso(calendar.addDuration(at('2026-06-05T17:00:00Z'), HOUR))).toBe('2026-06-05T18:00:00Z');
    expect(toIso(calendar.addDuration(at('2026-06-05T17:00:00Z'), HOUR + 1))).toBe('2026-06-08T09:00:00.001Z');
    expect(toIso(calendar.addDuration(at('2026-06-05T17:00:00Z'), HOUR - 1))).toBe('2026-06-05T17:59:59.999Z');
  });

  test('D-16 no duration at all is the first open instant at or after', () => {
    expect(toIso(calendar.addDuration(at('2026-06-05T17:59:59.999Z'), 0))).toBe('2026-06-05T17:59:59.999Z');
    expect(toIso(calendar.addDuration(at('2026-06-05T18:00:00Z'), 0))).toBe('2026-06-08T09:00:00Z');
    expect(toIso(calendar.addDuration(at('2026-06-05T09:00:00Z'), 0))).toBe('2026-06-05T09:00:00Z');
  });
});

describe('D-22 versions of a calendar', () => {
  const edit = at('2026-06-02T12:00:00Z');
  const long = define('UTC', week([['09:00', '21:00']]));
  const edited = piecewiseCalendar([
    { version: 2, validFrom: edit, source: long },
    { version: 1, validFrom: null, source: define('UTC') },
  ]);

  test('D-22 each version counts from its own instant', () => {
    expect(edited.elapsed(at('2026-06-01T00:00:00Z'), at('2026-06-03T00:00:00Z'))).toBe(9 * HOUR + 12 * HOUR);
    expect(edited.isOpen(at('2026-06-01T19:00:00Z'))).toBe(false);
    expect(edited.isOpen(at('2026-06-02T19:00:00Z'))).toBe(true);
    expect(toIso(edited.addDuration(at('2026-06-02T09:00:00Z'), 12 * HOUR))).toBe('2026-06-02T21:00:00Z');
  });

  test('D-22 D-04 a working day is judged whole by the version in force when it begins', () => {
    expect(toIso(edited.addWorkingDays(at('2026-06-01T00:00:00Z'), 1))).toBe('2026-06-02T18:00:00Z');
    expect(toIso(edited.addWorkingDays(at('2026-06-01T00:00:00Z'), 2))).toBe('2026-06-03T21:00:00Z');
  });

  test('D-22 the first version also speaks for the time before it, and the later of two from one instant wins', () => {
    const calendar = piecewiseCalendar([
      { version: 1, validFrom: edit, source: '24x7' },
      { version: 2, validFrom: edit, source: define('UTC') },
    ]);
    expect(calendar.elapsed(at('2026-06-01T00:00:00Z'), at('2026-06-02T00:00:00Z'))).toBe(9 * HOUR);
  });

  test('D-22 the first of several versions speaks for all time before it', () => {
    const calendar = piecewiseCalendar([
      { version: 1, validFrom: at('2026-05-01T00:00:00Z'), source: define('UTC') },
      { version: 2, validFrom: edit, source: '24x7' },
    ]);
    expect(calendar.elapsed(at('2026-04-01T00:00:00Z'), at('2026-04-02T00:00:00Z'))).toBe(9 * HOUR);
    expect(calendar.elapsed(at('2026-06-02T00:00:00Z'), at('2026-06-03T00:00:00Z'))).toBe(15 * HOUR);
    expect(calendar.closedReason(at('2026-04-01T08:00:00Z'))).toBe('hours');
  });

  test('D-22 a calendar without a version is refused', () => {
    expect(refusalOf(() => piecewiseCalendar([])).code).toBe('CALENDAR_INVALID');
  });
});

describe('D-23 local times that do not exist or exist twice', () => {
  test('D-23 a missing opening time moves past the gap by its length', () => {
    const early = compileCalendar(define('America/New_York', week([['02:30', '05:00']], ['sun'])));
    expect(toIso(early.nextOpen(at('2026-03-08T00:00:00-05:00')))).toBe('2026-03-08T07:30:00Z');
  });

  test('D-23 hours that lie in the gap by their start and end before it moved do not exist', () => {
    const gone = compileCalendar(define('America/New_York', week([['02:30', '03:15']], ['sun'])));
    expect(toIso(gone.nextOpen(at('2026-03-08T00:00:00-05:00')))).toBe('2026-03-15T06:30:00Z');
  });

  test('D-23 D-04 a date whose only hours fell into the gap is no working day', () => {
    const gone = compileCalendar(define('America/New_York', week([['02:30', '03:15']], ['sun'])));
    expect(toIso(gone.addWorkingDays(at('2026-03-07T12:00:00-05:00'), 1))).toBe('2026-03-15T07:15:00Z');
  });

  test('D-23 D-04 the instant at which midnight is put back belongs to the evening that it repeats', () => {
    const calendar = compileCalendar(define('America/Sao_Paulo', week(NINE_TO_SIX, ['sat', 'sun', 'mon'])));
    expect(toIso(calendar.addWorkingDays(at('2016-02-21T00:00:00-02:00'), 1))).toBe('2016-02-21T21:00:00Z');
    expect(toIso(calendar.addWorkingDays(at('2016-02-21T00:00:00-03:00'), 1))).toBe('2016-02-22T21:00:00Z');
  });

  test('D-23 of an opening time that comes twice the first counts', () => {
    const early = compileCalendar(define('America/New_York', week([['01:30', '03:00']], ['sun'])));
    expect(toIso(early.nextOpen(at('2026-11-01T00:00:00-04:00')))).toBe('2026-11-01T05:30:00Z');
    expect(early.elapsed(at('2026-11-01T00:00:00-04:00'), at('2026-11-01T12:00:00-05:00'))).toBe(2.5 * HOUR);
  });

  test('D-23 a night shift survives the holiday of the next day, and ends with that of its own', () => {
    const holiday = (date: string): CalendarDefinition => define('Asia/Shanghai', week([['22:00', '06:00']]), [{ date, hours: [] }]);
    const tuesdayNight = [at('2026-06-02T22:00:00+08:00'), at('2026-06-03T22:00:00+08:00')] as const;
    expect(compileCalendar(holiday('2026-06-03')).elapsed(...tuesdayNight)).toBe(8 * HOUR);
    expect(compileCalendar(holiday('2026-06-02')).elapsed(...tuesdayNight)).toBe(0);
  });

  test('D-23 a date that a zone skipped has no hours and is no working day', () => {
    const apia = compileCalendar(define('Pacific/Apia', week(NINE_TO_SIX, ['thu', 'fri', 'mon'])));
    const thursdayEvening = at('2011-12-29T18:00:00-10:00');
    expect(toIso(apia.nextOpen(thursdayEvening))).toBe('2012-01-01T19:00:00Z');
    expect(toIso(apia.addWorkingDays(thursdayEvening, 1))).toBe('2012-01-02T04:00:00Z');
  });
});
