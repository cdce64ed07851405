import { expect, test } from 'vitest';
import { mayReload } from './reload-guard.ts';

test('WBD-02 it reloads itself at most once in ten minutes', () => {
  expect(mayReload(1_000_000, null)).toBe(true);
  expect(mayReload(1_599_999, '1000000')).toBe(false);
  expect(mayReload(1_600_000, '1000000')).toBe(true);
});
