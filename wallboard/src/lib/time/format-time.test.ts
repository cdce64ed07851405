import { expect, test } from 'vitest';
import { dayOf, fullTime, nearTime, shiftTime, timeOfDay } from './format-time.ts';

const shanghai = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;
const english = { locale: 'en', timeZone: 'Asia/Shanghai' } as const;
const at = (iso: string): number => Date.parse(iso);

test('WBD-09 an instant is shown in the given zone, which is named', () => {
  expect(fullTime(at('2026-03-02T06:03:22Z'), shanghai)).toBe('2026-03-02 14:03:22 GMT+8');
  expect(fullTime(at('2026-07-02T06:03:22Z'), { locale: 'en', timeZone: 'Europe/Berlin' })).toBe('2026-07-02 08:03:22 GMT+2');
});

test('WBD-09 midnight is 00:00, never 24:00', () => {
  expect(timeOfDay(at('2026-03-02T16:00:00Z'), shanghai)).toBe('00:00');
  expect(timeOfDay(at('2026-03-02T16:00:00Z'), english)).toBe('00:00');
});

test('SLA-12 the next opening names the day when it is not today', () => {
  const friday = at('2026-03-06T10:00:00Z');
  expect(nearTime(at('2026-03-06T15:59:00Z'), friday, english)).toBe('23:59');
  expect(nearTime(at('2026-03-09T01:00:00Z'), friday, english)).toBe('Mon 09:00');
  expect(nearTime(at('2026-03-09T01:00:00Z'), friday, shanghai)).toBe('周一 09:00');
  expect(nearTime(at('2026-03-16T01:00:00Z'), friday, english)).toBe('3/16 09:00');
});

test('ORG-02 the end of a shift names its day only when it is a day away', () => {
  const now = at('2026-03-06T10:00:00Z');
  expect(shiftTime(at('2026-03-06T17:14:00Z'), now, english)).toBe('01:14');
  expect(shiftTime(at('2026-03-07T10:00:00Z'), now, english)).toBe('Sat 18:00');
});

test('WBD-09 the day is written as the language does', () => {
  expect(dayOf(at('2026-03-02T06:03:22Z'), shanghai)).toBe('3月2日周一');
  expect(dayOf(at('2026-03-02T06:03:22Z'), english)).toBe('Mon, Mar 2');
});
