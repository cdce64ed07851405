import { expect, test } from 'vitest';
import { readChangeView, withKey } from './change-view.ts';

const read = (search: string) => readChangeView(new URLSearchParams(search));

test('WBD-04 the address says which changes: lists by commas, switches by 1', () => {
  const { filter, unknown } = read('state=DRAFT,ROLLED_BACK&category=MAJOR&q=mail&customer=c1&ended=1&owing=1');
  expect(filter).toMatchObject({ states: ['DRAFT', 'ROLLED_BACK'], categories: ['MAJOR'], text: 'mail', customerId: 'c1', ended: true, owing: true });
  expect(filter.responseLate).toBeUndefined();
  expect(unknown).toEqual([]);
});

test('WBD-04 what means nothing here is reported, not ignored', () => {
  expect(read('state=DRAFT,OPEN&colour=red&from=tomorrow').unknown).toEqual(['colour', 'state=OPEN', 'from=tomorrow']);
});

test('WBD-04 the last day of a range belongs to it', () => {
  const { filter } = read('from=2026-03-07&to=2026-03-07');
  expect(Date.parse(filter.windowTo ?? '') - Date.parse(filter.windowFrom ?? '')).toBe(24 * 3_600_000);
});

test('WBD-04 a view has one address, whatever was clicked first', () => {
  const one = withKey(withKey(new URLSearchParams(), 'state', 'DRAFT'), 'category', 'MAJOR');
  const other = withKey(withKey(new URLSearchParams(), 'category', 'MAJOR'), 'state', 'DRAFT');
  expect(one.toString()).toBe(other.toString());
  expect(withKey(one, 'state', '').toString()).toBe('category=MAJOR');
});
