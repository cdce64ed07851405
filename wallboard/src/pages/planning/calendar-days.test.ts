import { expect, test } from 'vitest';
import { addMonths, isDay, packLanes, startOfDay, weekOf, weeksOfMonth } from './calendar-days.ts';

test('WBD-08 weeks begin on Monday and a month shows every week that it touches', () => {
  expect(weekOf('2026-03-01')).toEqual(['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01']);
  const march = weeksOfMonth('2026-03-15');
  expect([march.length, march[0]![0], march.at(-1)!.at(-1)]).toEqual([6, '2026-02-23', '2026-04-05']);
  expect(weeksOfMonth('2027-02-10').length).toBe(4);
});

test('WBD-08 a month later stays within the shorter month', () => {
  expect([addMonths('2026-01-31', 1), addMonths('2026-12-31', 1), addMonths('2026-03-31', -1)]).toEqual(['2026-02-28', '2027-01-31', '2026-02-28']);
});

test('WBD-09 a day begins at the local midnight of the zone, also where the clock was turned', () => {
  expect(new Date(startOfDay('2026-03-02', 'Asia/Shanghai')).toISOString()).toBe('2026-03-01T16:00:00.000Z');
  expect(new Date(startOfDay('2026-03-08', 'America/New_York')).toISOString()).toBe('2026-03-08T05:00:00.000Z');
  expect(new Date(startOfDay('2026-03-09', 'America/New_York')).toISOString()).toBe('2026-03-09T04:00:00.000Z');
});

test('WBD-08 bars that only touch share a row, bars that overlap do not', () => {
  const lanes = packLanes([{ from: 0, to: 10 }, { from: 10, to: 20 }, { from: 5, to: 6 }]);
  expect(lanes).toEqual([[{ from: 0, to: 10 }, { from: 10, to: 20 }], [{ from: 5, to: 6 }]]);
});

test('WBD-08 only a day that exists is taken from the address', () => {
  expect([isDay('2026-02-28'), isDay('2026-02-30'), isDay('today'), isDay(null)]).toEqual([true, false, false, false]);
});
