import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { processCount } from './process-count.ts';

test('without a wish there is a process for each core', () => {
  expect(processCount(undefined)).toBe(Math.min(availableParallelism(), 64));
});

test('1 and 64 are the first and the last that may be asked for', () => {
  expect(processCount('1')).toBe(1);
  expect(processCount('64')).toBe(64);
});

test.each(['0', '65', '-1', '2.5', 'two', '', '1e1'])('--processes %s is refused by name', (text) => {
  expect(() => processCount(text)).toThrow(`--processes must be a whole number from 1 to 64, got ${JSON.stringify(text)}.`);
});
