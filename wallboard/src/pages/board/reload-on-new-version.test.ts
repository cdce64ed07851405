import { expect, test } from 'vitest';
import { assetsIn, isOutdated, stemOf } from './reload-on-new-version.ts';

test('WBD-02 a page is outdated when the server tells another version or no longer understands it', () => {
  expect(isOutdated('v1', 'v1', '')).toBe(false);
  expect(isOutdated('v1', 'v2', '')).toBe(true);
  expect(isOutdated(null, null, '1006')).toBe(false);
  expect(isOutdated(null, null, 'GRAPHQL_VALIDATION_FAILED Cannot query field "x".')).toBe(true);
});

test('W7 what a new page will load is known by the names of what the old one loaded', () => {
  const page = '<script type="module" src="/assets/index-AbCd_123.js"></script><link rel="stylesheet" href="/assets/index-x-y_zABC.css">';
  expect(assetsIn(page)).toEqual(['/assets/index-AbCd_123.js', '/assets/index-x-y_zABC.css']);
  expect(assetsIn('["assets/mount-board-12345678.js","assets/mount-board-12345678.js"]')).toEqual(['/assets/mount-board-12345678.js']);
  expect(stemOf('/assets/mount-board-12345678.js')).toBe(stemOf('/assets/mount-board-a-_DEFGH.js'));
  expect(stemOf('/assets/mount-board-12345678.js')).not.toBe(stemOf('/assets/mount-desk-12345678.js'));
});
