import { describe, expect, test } from 'vitest';
import { readAddress, withBar, withFilter } from './metric-address.ts';

const of = (text: string) => readAddress(new URLSearchParams(text));

describe('MET-01 the address bar holds whose figures, and which bar is open', () => {
  test('MET-01 nothing said: the quarter that runs, everybody, no bar', () => {
    expect(of('')).toEqual({ period: null, customerId: null, teamId: null, bar: null });
  });

  test('MET-01 a bar written is the bar read', () => {
    for (const bar of [
      { figure: 'change-success', period: '2026-Q3', split: 'PART', part: 'major', side: 'HIT', view: 'records' },
      { figure: 'change-count', period: '2026-11', split: 'TEAM', part: null, side: 'ALL', view: 'team' },
      { figure: 'incident-count', period: '2026-Q1', split: 'CUSTOMER', part: undefined, side: 'MISSED', view: 'customer' },
    ] as const) {
      const address = withBar(new URLSearchParams('period=2026-Q4&customer=c'), bar);
      expect(readAddress(address)).toEqual({ period: '2026-Q4', customerId: 'c', teamId: null, bar });
    }
  });

  test('MET-01 closing the bar leaves the filters; another period leaves the bar open, of that period', () => {
    const open = withBar(new URLSearchParams('team=t'), { figure: 'x', period: '2026-Q3', split: 'PART', part: 'major', side: 'HIT', view: 'team' });
    expect(withBar(open, null).toString()).toBe('team=t');
    expect(readAddress(withFilter(open, 'period', '2026-Q1')).bar).toMatchObject({ figure: 'x', period: '2026-Q1', part: 'major' });
  });

  test('API-02 words that nobody knows are not followed', () => {
    expect(of('figure=x&side=up&split=world&view=moon').bar).toMatchObject({ side: 'ALL', split: 'PART', view: 'records' });
  });
});
