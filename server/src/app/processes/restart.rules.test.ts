import { expect, test } from 'vitest';
import { afterEnd } from './restart.rules.ts';

test('a process that had worked for ten seconds is started again at once', () => {
  expect(afterEnd(3, 10_000)).toEqual({ quickEnds: 0, waitMs: 0, giveUp: false });
});

test('one that ended a millisecond before that waits, like one that was never ready', () => {
  expect(afterEnd(0, 9_999)).toEqual({ quickEnds: 1, waitMs: 200, giveUp: false });
  expect(afterEnd(0, null)).toEqual({ quickEnds: 1, waitMs: 200, giveUp: false });
});

test('each end without work in between doubles the wait', () => {
  expect([1, 2, 3, 4].map((ends) => afterEnd(ends, null).waitMs)).toEqual([400, 800, 1600, 3200]);
});

test('the sixth end in a row is the last', () => {
  expect(afterEnd(4, null)).toMatchObject({ quickEnds: 5, giveUp: false });
  expect(afterEnd(5, null)).toMatchObject({ quickEnds: 6, giveUp: true });
});

test('no wait is longer than ten seconds', () => {
  expect(afterEnd(20, null).waitMs).toBe(10_000);
});
