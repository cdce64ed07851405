import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_TALLY, metricValue, type MetricTarget } from './metric-figure.rules.ts';

const rate = (hits: number, total: number, target: MetricTarget | null = null) => metricValue('rate', { ...EMPTY_TALLY, hits, total }, target);
const above = (percent: number): MetricTarget => ({ kind: 'above', percent });

describe('D-11 ">" is strictly greater', () => {
  test.each([[9, 10, false], [91, 100, true], [900_001, 1_000_000, true], [900_000, 1_000_000, false], [10, 10, true], [0, 10, false]])('D-11 %i of %i, above 90 percent: %s', (hits, total, met) => {
    expect(rate(hits, total, above(90)).met).toBe(met);
  });

  test('D-11 judged on the fraction, not on what was rounded: 90.001 % shows 90 % and meets', () => {
    expect(rate(90_001, 100_000, above(90))).toMatchObject({ value: 90, met: true });
  });
});

describe('MET-03 an undefined rate says so', () => {
  test.each(['rate', 'ratio', 'duration'] as const)('MET-03 %s of nothing is neither nothing nor everything, and meets nothing', (shape) => {
    expect(metricValue(shape, EMPTY_TALLY, above(90))).toMatchObject({ value: null, reason: 'NOTHING_TO_DIVIDE_BY', met: null, median: null });
  });

  test('MET-03 none of three is 0 %, and that is a value', () => {
    expect(rate(0, 3)).toEqual({ numerator: 0, denominator: 3, value: 0, reason: null, median: null, p90: null, target: null, met: null });
  });

  test('MET-03 a count of nothing is 0', () => {
    expect(metricValue('count', EMPTY_TALLY, null)).toMatchObject({ numerator: 0, denominator: null, value: 0, reason: null });
  });
});

describe('MET-06 the band of first-line resolution includes both ends', () => {
  test.each([[29, false], [30, true], [50, true], [51, false]])('MET-06 %i percent of 30–50: %s', (hits, met) => {
    expect(rate(hits, 100, { kind: 'within', fromPercent: 30, toPercent: 50 }).met).toBe(met);
  });
});

describe('MET-03 what is shown', () => {
  test('MET-03 two of three is 66.67 %', () => {
    expect(rate(2, 3).value).toBe(66.67);
  });

  test('MET-03 all but one of a million is not 100 %, one of a million not 0 %', () => {
    expect([rate(999_999, 1_000_000).value, rate(1, 1_000_000).value]).toEqual([99.99, 0.01]);
  });

  test('MET-02 a duration has mean, median and 90th percentile', () => {
    expect(metricValue('duration', { total: 4, hits: 0, amount: 50, whole: 0, median: 7.5, p90: 31.004 }, null)).toMatchObject({ value: 12.5, median: 7.5, p90: 31, denominator: 4 });
  });

  test('MET-03 a share lies within 0–100 and is 100 only when all hit', () => {
    fc.assert(fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (hits, misses) => {
      const { value } = rate(hits, hits + misses);
      if (hits + misses === 0) return value === null;
      return value !== null && value >= 0 && value <= 100 && (value === 100) === (misses === 0) && (value === 0) === (hits === 0);
    }));
  });
});
