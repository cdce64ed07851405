import { expect, test } from 'vitest';
import { freshness, trueAt } from './freshness.ts';

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

const at = Date.parse('2026-03-02T01:00:00Z');

test('WBD-02 a message of a server that lost its database is as old as the data, not as its arrival', () => {
  expect(trueAt('2026-03-02T01:00:00Z', at + 400, { monotonic: 50_000, known: null })).toBe(49_600);
  expect(trueAt('2026-03-02T01:00:00Z', at + 25_000, { monotonic: 75_000, known: 49_600 })).toBe(50_000);
});

test('WBD-02 data is never newer than now, never older than known, and counts from its arrival while the time is unknown', () => {
  expect(trueAt('2026-03-02T01:00:00Z', at - 3000, { monotonic: 50_000, known: null })).toBe(50_000);
  expect(trueAt('2026-03-02T01:00:00Z', at + 9000, { monotonic: 50_000, known: 45_000 })).toBe(45_000);
  expect(trueAt('2026-03-02T01:00:00Z', null, { monotonic: 50_000, known: null })).toBe(50_000);
});
