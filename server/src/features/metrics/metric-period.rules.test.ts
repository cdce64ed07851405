import { describe, expect, test } from 'vitest';
import { periodAt, periodsUpTo, readPeriod } from './metric-period.rules.ts';

const SHANGHAI = 'Asia/Shanghai';

describe('D-12 a quarter is the calendar quarter of the organisation', () => {
  test('D-12 23:59:59.999 of the last day in Shanghai is the old quarter, midnight the new one', () => {
    expect(periodAt(Date.parse('2026-09-30T23:59:59.999+08:00'), 'quarter', SHANGHAI).key).toBe('2026-Q3');
    expect(periodAt(Date.parse('2026-10-01T00:00:00.000+08:00'), 'quarter', SHANGHAI).key).toBe('2026-Q4');
    expect(periodAt(Date.parse('2026-12-31T23:59:59.999+08:00'), 'month', SHANGHAI).key).toBe('2026-12');
    expect(periodAt(Date.parse('2026-12-31T16:00:00.000Z'), 'month', SHANGHAI).key).toBe('2027-01');
  });

  test('D-12 the same instant is of another quarter in another zone', () => {
    const at = Date.parse('2026-09-30T16:30:00Z');
    expect([periodAt(at, 'quarter', SHANGHAI).key, periodAt(at, 'quarter', 'UTC').key]).toEqual(['2026-Q4', '2026-Q3']);
  });

  test('D-12 begins and ends at local midnight, summer time or not', () => {
    expect(readPeriod('2026-Q4', SHANGHAI)).toEqual({
      key: '2026-Q4', from: Date.parse('2026-09-30T16:00:00Z'), to: Date.parse('2026-12-31T16:00:00Z'), fromDate: '2026-10-01', toDate: '2027-01-01',
    });
    const { from, to } = readPeriod('2026-Q1', 'Europe/Berlin');
    expect([new Date(from).toISOString(), new Date(to).toISOString()]).toEqual(['2025-12-31T23:00:00.000Z', '2026-03-31T22:00:00.000Z']);
  });
});

describe('MET-01 this quarter and earlier ones', () => {
  test('MET-01 six quarters, oldest first, over the turn of a year', () => {
    expect(periodsUpTo(readPeriod('2026-Q2', SHANGHAI), 6, SHANGHAI).map(({ key }) => key)).toEqual(['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']);
  });

  test('CHG-14 months the same way', () => {
    expect(periodsUpTo(readPeriod('2026-02', SHANGHAI), 3, SHANGHAI).map(({ key }) => key)).toEqual(['2025-12', '2026-01', '2026-02']);
  });

  test.each(['', '2026', '2026-Q5', '2026-Q0', '2026-13', '2026-00', '26-Q1', '2026-Q1 ', '1800-Q1', '9999-12'])('API-02 "%s" is no period, and is told so', (key) => {
    expect(() => readPeriod(key, SHANGHAI)).toThrow('"period" must be a quarter such as "2026-Q4" or a month such as "2026-11"');
  });
});
