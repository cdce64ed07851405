import { expect, test } from 'vitest';
import { isOutdated, mayReload } from './reload-on-new-version.ts';

test('WBD-02 a page is outdated when the server tells another version or no longer understands it', () => {
  expect(isOutdated('v1', 'v1', '')).toBe(false);
  expect(isOutdated('v1', 'v2', '')).toBe(true);
  expect(isOutdated(null, null, '1006')).toBe(false);
  expect(isOutdated(null, null, 'GRAPHQL_VALIDATION_FAILED Cannot query field "x".')).toBe(true);
});

test('WBD-02 it reloads itself at most once in ten minutes', () => {
  expect(mayReload(1_000_000, null)).toBe(true);
  expect(mayReload(1_599_999, '1000000')).toBe(false);
  expect(mayReload(1_600_000, '1000000')).toBe(true);
});
