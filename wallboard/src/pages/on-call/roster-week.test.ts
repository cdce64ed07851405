import { expect, test } from 'vitest';
import { daysOf, doubleShifts, gapsOf, twoLeaders, weekStart, type WeekShift } from './roster-week.ts';

const H = 3_600_000;
const shift = (id: string, personId: string, from: number, to: number, leader = false): WeekShift => ({ id, personId, person: personId, startsAt: from * H, endsAt: to * H, leader });
const WEEK = { from: 0, to: 168 * H };

test('ORG-02 a gap begins where the last shift ends and ends where the next begins; shifts that touch leave none', () => {
  expect(gapsOf([shift('a', 'li', 0, 12), shift('b', 'wang', 12, 24)], WEEK)).toEqual([]);
  expect(gapsOf([shift('a', 'li', 0, 12), shift('b', 'wang', 13, 24)], WEEK)).toEqual([{ from: 12 * H, to: 13 * H }]);
  expect(gapsOf([shift('a', 'li', 0, 30), shift('b', 'wang', 2, 4), shift('c', 'zhao', 30, 40)], WEEK)).toEqual([]);
  expect(gapsOf([], WEEK)).toEqual([]);
});

test('ORG-02 two leaders at one moment are marked, leaders that follow each other are not', () => {
  expect([...twoLeaders([shift('a', 'li', 0, 12, true), shift('b', 'wang', 12, 24, true)])]).toEqual([]);
  expect([...twoLeaders([shift('a', 'li', 0, 13, true), shift('b', 'wang', 12, 24, true), shift('c', 'zhao', 0, 24)])]).toEqual(['a', 'b']);
});

test('ORG-02 a shift without rest after one\'s own is a double shift', () => {
  expect([...doubleShifts([shift('a', 'li', 0, 12), shift('b', 'li', 12, 24), shift('c', 'li', 25, 30)])]).toEqual(['b']);
});

test('ORG-02 a week begins on Monday at midnight and has seven days', () => {
  const sunday = new Date(2026, 10, 22, 23, 59).getTime();
  expect(new Date(weekStart(sunday)).toDateString()).toBe('Mon Nov 16 2026');
  expect(weekStart(weekStart(sunday))).toBe(weekStart(sunday));
  expect(daysOf(weekStart(sunday)).map(({ from }) => new Date(from).getDate())).toEqual([16, 17, 18, 19, 20, 21, 22]);
});
