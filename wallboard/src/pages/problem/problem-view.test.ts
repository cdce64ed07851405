import { describe, expect, test } from 'vitest';
import { filterOf, toggled } from './problem-view.ts';

describe('PRB-01 the list\'s filter is its address', () => {
  test('PRB-01 known words filter, unknown ones are left out', () => {
    expect(filterOf(new URLSearchParams('stage=LOGGED,NONSENSE,RESOLVED&severity=L9&q=%20disk%20&unassigned=1'))).toEqual({
      stages: ['LOGGED', 'RESOLVED'], text: 'disk', unassigned: true, key: false, knownError: false, closed: false,
    });
    expect(filterOf(new URLSearchParams('customer=c1&known=1&closed=1&key=0'))).toEqual({ customerId: 'c1', unassigned: false, key: false, knownError: true, closed: true });
  });

  test('PRB-01 a word is set, set beside another, and taken away again', () => {
    const one = toggled(new URLSearchParams(), 'stage', 'LOGGED');
    const two = toggled(one, 'stage', 'RESOLVED');
    expect([one.get('stage'), two.get('stage'), toggled(two, 'stage', 'LOGGED').get('stage'), toggled(one, 'stage', 'LOGGED').get('stage')]).toEqual(['LOGGED', 'LOGGED,RESOLVED', 'RESOLVED', null]);
  });
});
