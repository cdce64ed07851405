import { expect, test } from 'vitest';
import { isOutdated } from './reload-on-new-version.ts';

test('WBD-02 a page is outdated when the server tells another version or no longer understands it', () => {
  expect(isOutdated('v1', 'v1', '')).toBe(false);
  expect(isOutdated('v1', 'v2', '')).toBe(true);
  expect(isOutdated(null, null, '1006')).toBe(false);
  expect(isOutdated(null, null, 'GRAPHQL_VALIDATION_FAILED Cannot query field "x".')).toBe(true);
});
