import { expect, test } from 'vitest';
import { COLUMNS, readQueueView, searchOf, toggled, withKey } from './queue-filter.ts';

const A = '01890a5d-ac96-774b-bcce-b302099a8057';
const B = '01890a5d-ac96-774b-bcce-b302099a8058';
const read = (search: string) => readQueueView(new URLSearchParams(search));

test('WBD-04 the address bar holds the filter', () => {
  expect(read(`level=LV2,LV1&state=SUSPENDED&team=${A},${B}&q=mail&unassigned=1&clock=BREACHED`).filter).toEqual({
    levels: ['LV1', 'LV2'], states: ['SUSPENDED'], teamIds: [A, B], text: 'mail', unassigned: true, clockStates: ['BREACHED'],
  });
});

test('INC-18 without a word the queue is everything open, in order of priority', () => {
  expect(read('')).toEqual({ filter: {}, sort: 'PRIORITY', group: null, columns: [], unknown: [] });
  expect(read('closed=1&sort=DUE')).toEqual({ filter: { openOnly: false }, sort: 'DUE', group: null, columns: [], unknown: [] });
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

test('WBD-04 every condition has its place in the address, and the address of a view is the view', () => {
  const written = `category=hotline&ci=${A}&clock=BREACHED,PAUSED,DUE_90&closed=1&cols=level,number,clock&customer=${B}&dep=1&group=TEAM&handoff=1&holder=me,nobody&level=LV1&older=2d&q=mail&reason=awaiting-user&sort=AGE&state=SUSPENDED&team=${A}&younger=1w`;
  const view = read(written);
  expect(view.unknown).toEqual([]);
  expect(view).toMatchObject({
    filter: { ciId: A, ciDependents: true, dueWithinMinutes: 90, clockStates: ['BREACHED', 'PAUSED'], holderIds: ['me', 'nobody'], olderThanMinutes: 2880, youngerThanMinutes: 10_080, openOnly: false, handoffWaiting: true },
    sort: 'AGE', group: 'TEAM', columns: ['level', 'number', 'clock'],
  });
  expect(decodeURIComponent(searchOf(view).toString())).toBe(written);
  expect(searchOf(read('')).toString()).toBe('');
});

test('WBD-04 bad values are named: ids, spans, switches, columns', () => {
  expect(read('team=net&older=soon&closed=yes&cols=number,colour&clock=DUE_x&holder=you&group=WEEK').unknown).toEqual(['clock=DUE_x', 'team=net', 'holder=you', 'older=soon', 'closed=yes', 'group=WEEK', 'cols=colour']);
});

test('WBD-04 of a choice of columns the number is always one: a row is opened by it', () => {
  expect(read('cols=clock').columns).toEqual(['number', 'clock']);
  expect(read(`cols=${[...COLUMNS].reverse().join(',')}`).columns).toEqual(COLUMNS);
});

test('WBD-04 without its CI "what depends on it" says nothing', () => {
  expect(withKey(new URLSearchParams(`ci=${A}&dep=1`), 'ci', []).toString()).toBe('');
  expect(read('dep=1').filter).toEqual({});
});
