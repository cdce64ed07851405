import { expect, test } from 'vitest';
import { periodOf, periodStart } from './period.ts';

const now = Date.parse('2026-03-02T16:30:15.250Z');
const start = (period: 'today' | '7' | '30', zone: string): string => new Date(periodStart(period, now, zone)).toISOString();

test('WBD-06 today begins at the reader\'s midnight, seven days are seven times 24 hours', () => {
  expect(start('today', 'Asia/Shanghai')).toBe('2026-03-02T16:00:00.000Z');
  expect(start('today', 'UTC')).toBe('2026-03-02T00:00:00.000Z');
  expect(start('7', 'Asia/Shanghai')).toBe('2026-02-23T16:30:15.250Z');
});

test('WBD-06 an address with another word shows today', () => {
  expect([periodOf('7'), periodOf('30'), periodOf('99'), periodOf(null)]).toEqual(['7', '30', 'today', 'today']);
});
