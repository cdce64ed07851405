import { expect, test } from 'vitest';
import { announceIn, withCount } from './title-count.ts';

test('WBD-13 the title says how many are unread, once, and nothing when there are none', () => {
  expect(withCount('Watchfloor', 3)).toBe('(3) Watchfloor');
  expect(withCount('(3) Watchfloor', 12)).toBe('(12) Watchfloor');
  expect(withCount('(12) Watchfloor', 0)).toBe('Watchfloor');
});

test('WBD-13 a screen reader hears of notices at most every 15 seconds', () => {
  expect([announceIn(null, 5), announceIn(0, 14_999), announceIn(0, 15_000)]).toEqual([0, 1, 0]);
});
