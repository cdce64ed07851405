import { expect, test } from 'vitest';
import { hoursText, readHours } from './hours-text.ts';

test('CAL-01 hours are typed as spans, in either punctuation; nothing is closed', () => {
  expect(['09:00-12:00, 13:00-18:00', '9:00–18:00', '22:00-06:00；07:00-08:00', ''].map(readHours)).toEqual([[['09:00', '12:00'], ['13:00', '18:00']], [['09:00', '18:00']], [['22:00', '06:00'], ['07:00', '08:00']], []]);
  expect(['nine to five', '09:00', '09:00-'].map(readHours)).toEqual([undefined, undefined, undefined]);
  expect(hoursText([['09:00', '12:00'], ['13:00', '18:00']])).toBe('09:00-12:00, 13:00-18:00');
});
