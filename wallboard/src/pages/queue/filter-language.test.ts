import { expect, test } from 'vitest';
import { chipsOf, readLine, suggestionsFor, tokensOf, withoutChip, type Term } from './filter-language.ts';
import { readQueueView } from './queue-filter.ts';
import { minutesOf, shortSpan } from './spans.ts';

const NET = '01890a5d-ac96-774b-bcce-b302099a8057';
const NEWS = '01890a5d-ac96-774b-bcce-b302099a8058';
const option = (value: string, ...names: string[]) => ({ value, label: names[0] ?? value, names });
const TERMS: readonly Term[] = [
  { key: 'team', kind: 'list', label: 'Team', names: ['team', '团队'], options: [option(NET, 'Network', 'network', '网络组'), option(NEWS, 'New sites', 'new', '新建组')] },
  { key: 'state', kind: 'list', label: 'State', names: ['state', '状态'], options: [option('SUSPENDED', 'Suspended', 'pending', '挂起'), option('IN_PROGRESS', 'In progress', '解决中')] },
  { key: 'level', kind: 'list', label: 'Level', names: ['level', '等级'], options: [option('LV1', 'LV1', '1'), option('LV2', 'LV2', '2')] },
  { key: 'clock', kind: 'clock', label: 'Clock', names: ['clock', '时限', 'breach'], options: [option('BREACHED', 'Breached', '超时'), option('DUE_60', '60 min', '<60m')] },
  { key: 'older', kind: 'age', label: 'Age', names: ['age', '时长'], options: [] },
  { key: 'closed', kind: 'flag', label: 'Closed too', names: ['closed'], options: [option('1', 'yes', '是')] },
];
const read = (line: string, before = '') => {
  const { search, faults, rest } = readLine(line, TERMS, new URLSearchParams(before));
  return { address: decodeURIComponent(search.toString().replaceAll('+', ' ')), faults, rest };
};

test('WBD-04 a typed line is the address that clicks would make', () => {
  expect(read('team:net state:pending breach:<60m mail server')).toEqual({ address: `clock=DUE_60&q=mail server&state=SUSPENDED&team=${NET}`, faults: [], rest: '' });
  expect(readQueueView(readLine('team:net state:pending breach:<60m mail', TERMS, new URLSearchParams()).search)).toMatchObject({
    filter: { teamIds: [NET], states: ['SUSPENDED'], clockStates: ['DUE_60'], text: 'mail' }, unknown: [],
  });
});

test('WBD-04 keys and values are understood in both languages, with the colon of either', () => {
  expect(read('团队：网络组 状态:挂起 时限:超时').address).toBe(`clock=BREACHED&state=SUSPENDED&team=${NET}`);
  expect(read('时长:>2天').address).toBe('older=2d');
});

test('WBD-04 several values are alternatives, and join what the address holds', () => {
  expect(read('level:1,2').address).toBe('level=LV1,LV2');
  expect(read('level:LV2', 'level=LV1&sort=DUE').address).toBe('level=LV1,LV2&sort=DUE');
  expect(read('level:LV1', 'level=LV1').address).toBe('level=LV1');
});

test('WBD-04 quotation marks keep words together, and make text of what looks like a condition', () => {
  expect(tokensOf('team:"New sites" "a:b c" x')).toEqual(['team:"New sites"', '"a:b c"', 'x']);
  expect(read('team:"New sites" "host: db1"').address).toBe(`q=host: db1&team=${NEWS}`);
});

test('WBD-04 what means nothing is named with what would be right, and stays to be mended; the rest takes effect', () => {
  expect(read('colour:red level:1')).toEqual({ address: 'level=LV1', faults: [{ token: 'colour:red', why: 'key', right: ['team', 'state', 'level', 'clock', 'age', 'closed'] }], rest: 'colour:red' });
  expect(read('level:LV9').faults).toEqual([{ token: 'level:LV9', why: 'value', right: ['LV1', 'LV2'] }]);
  expect(read('team:ne').faults).toEqual([{ token: 'team:ne', why: 'ambiguous', right: ['Network', 'New sites'] }]);
  expect(read('age:old').faults).toMatchObject([{ why: 'value', right: ['>2d', '<4h'] }]);
  expect(read('clock:>60m').faults).toMatchObject([{ why: 'value' }]);
});

test('WBD-04 spans: both edges, any unit, the shortest spelling', () => {
  expect(['1', '90m', '2h', '3d', '1w', '2小时', '5256000'].map(minutesOf)).toEqual([1, 90, 120, 4320, 10_080, 120, 5_256_000]);
  expect(['0', '5256001', 'soon', '', '-5m', '1.5h'].map(minutesOf)).toEqual([null, null, null, null, null, null]);
  expect([60, 90, 1440, 10_080, 2880].map(shortSpan)).toEqual(['1h', '90m', '1d', '1w', '2d']);
  expect(read('age:<4h age:>90m clock:<90m').address).toBe('clock=DUE_90&older=90m&younger=4h');
});

test('WBD-04 the bar completes keys, then values, without losing what stands before', () => {
  expect(suggestionsFor('', TERMS).map(({ line }) => line)).toContain('team:');
  expect(suggestionsFor('mail st', TERMS)).toMatchObject([{ line: 'mail state:', label: 'State' }]);
  expect(suggestionsFor('状', TERMS)).toMatchObject([{ line: 'state:' }]);
  expect(suggestionsFor('level:1 team:new', TERMS)).toMatchObject([{ line: 'level:1 team:"New sites" ', label: 'New sites' }]);
  expect(suggestionsFor('state:挂', TERMS)).toMatchObject([{ label: 'Suspended' }]);
  expect(suggestionsFor('age:', TERMS).map(({ line }) => line)).toContain('age:>1d ');
  expect(suggestionsFor('colour:', TERMS)).toEqual([]);
});

test('WBD-04 what a completion writes is understood', () => {
  for (const start of ['team:', 'state:', 'clock:', 'level:1,', 'age:', 'closed:']) {
    for (const { line } of suggestionsFor(start, TERMS)) expect([line, read(line).faults]).toEqual([line, []]);
  }
});

test('WBD-04 each condition in force is a chip that can be taken away', () => {
  const search = new URLSearchParams(`team=${NET}&level=LV1,LV2&clock=DUE_90&older=2d&q=mail&sort=DUE`);
  const chips = chipsOf(search, TERMS, 'Words');
  expect(chips.map(({ keyLabel, label }) => `${keyLabel} ${label}`)).toEqual(['Team Network', 'Level LV1', 'Level LV2', 'Clock < 90m', 'Age > 2d', 'Words “mail”']);
  expect(withoutChip(search, chips[1]!).get('level')).toBe('LV2');
  expect(chips.reduce((next, chip) => withoutChip(next, chip), search).toString()).toBe('sort=DUE');
});
