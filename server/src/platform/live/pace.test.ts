import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

function waitAfter(tookMs: number, passedMs: number): number {
  const pace = new Pace();
  pace.began(1000);
  pace.took(tookMs);
  return pace.wait(1000 + passedMs);
}

test('D-29 what nobody has looked at for long is looked at at once', () => {
  expect(new Pace().wait(1000)).toBe(0);
  expect(waitAfter(5, 10_000)).toBe(0);
});

test('D-29 a view is evaluated again after ten times what it cost, within 100 and 250 ms', () => {
  expect([0, 10, 11, 25, 26, 5000].map((took) => waitAfter(took, 0))).toEqual([100, 100, 110, 250, 250, 250]);
  expect([waitAfter(12, 119), waitAfter(12, 120)]).toEqual([1, 0]);
});
