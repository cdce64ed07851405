import { expect, test } from 'vitest';
import { freshness } from './freshness.ts';

test('WBD-02 nothing has arrived yet', () => {
  expect(freshness(null, 99_000)).toEqual({ level: 'connecting' });
});

test('WBD-02 ten seconds old is fresh, a millisecond more is not', () => {
  expect(freshness(1000, 11_000)).toEqual({ level: 'fresh', ageSeconds: 10 });
  expect(freshness(1000, 11_001)).toEqual({ level: 'late', ageSeconds: 10 });
});

test('WBD-02 thirty seconds old is late, a millisecond more is stale', () => {
  expect(freshness(1000, 31_000)).toEqual({ level: 'late', ageSeconds: 30 });
  expect(freshness(1000, 31_001)).toEqual({ level: 'stale', ageSeconds: 30 });
});

test('WBD-02 it clears at the first message after recovery', () => {
  expect(freshness(1000, 3_601_000)).toEqual({ level: 'stale', ageSeconds: 3600 });
  expect(freshness(3_601_000, 3_601_000)).toEqual({ level: 'fresh', ageSeconds: 0 });
});
