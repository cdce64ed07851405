import { expect, test } from 'vitest';
import { readQueueView, toggled, withKey } from './queue-filter.ts';

const read = (search: string) => readQueueView(new URLSearchParams(search));

test('WBD-04 the address bar holds the filter', () => {
  expect(read('level=LV2,LV1&state=SUSPENDED&team=t1,t2&q=mail&unassigned=1&clock=BREACHED').filter).toEqual({
    levels: ['LV1', 'LV2'], states: ['SUSPENDED'], teamIds: ['t1', 't2'], text: 'mail', unassigned: true, clockStates: ['BREACHED'],
  });
});

test('INC-18 without a word the queue is everything open, in order of priority', () => {
  expect(read('')).toEqual({ filter: {}, sort: 'PRIORITY', unknown: [] });
  expect(read('closed=1&sort=DUE')).toEqual({ filter: { openOnly: false }, sort: 'DUE', unknown: [] });
});

test('WBD-04 unknown keys and words are reported, not ignored', () => {
  expect(read('colour=red&level=LV9,LV1').unknown).toEqual(['colour', 'level=LV9']);
});

test('WBD-04 a view has one address, whatever the order of clicks', () => {
  const one = withKey(withKey(new URLSearchParams(), 'state', ['SUSPENDED']), 'level', ['LV1']);
  const other = withKey(withKey(new URLSearchParams(), 'level', ['LV1']), 'state', ['SUSPENDED']);
  expect(one.toString()).toBe('level=LV1&state=SUSPENDED');
  expect(other.toString()).toBe(one.toString());
  expect(withKey(one, 'level', []).toString()).toBe('state=SUSPENDED');
});

test('WBD-04 a click puts a word in, another takes it out', () => {
  expect(toggled(['LV1'], 'LV2')).toEqual(['LV1', 'LV2']);
  expect(toggled(['LV1', 'LV2'], 'LV1')).toEqual(['LV2']);
});
