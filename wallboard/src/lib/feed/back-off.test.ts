import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('LIV-02 the wait doubles from half a second and is capped at 15 s', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((n) => backOffMs(n, 0))).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('LIV-02 jitter takes away at most half', () => {
  expect(backOffMs(5, 0.5)).toBe(11_250);
  expect(backOffMs(5, 0.999_999)).toBe(7500);
});

test('WBD-02 after weeks of failures the wait is still finite', () => {
  expect(backOffMs(1_000_000, 0)).toBe(15_000);
});
