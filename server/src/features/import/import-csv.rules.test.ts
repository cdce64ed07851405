import { expect, test } from 'vitest';
import { readFileTime } from './import-csv.rules.ts';

const at = (text: string, zone = 'Asia/Shanghai'): string | null => {
  const instant = readFileTime(text, zone);
  return instant === null ? null : new Date(instant).toISOString();
};

test('API-06 a time without offset is local time of the given zone', () => {
  expect(at('2016-02-29T01:16:00')).toBe('2016-02-28T17:16:00.000Z');
  expect(at('2016-02-29 01:16', 'Europe/Berlin')).toBe('2016-02-29T00:16:00.000Z');
});

test('API-06 a time with an offset needs no zone', () => {
  expect(at('2016-02-29T01:16:00Z')).toBe('2016-02-29T01:16:00.000Z');
  expect(at('2016-02-29T01:16:00+05:30')).toBe('2016-02-28T19:46:00.000Z');
});

test('API-06 the day-first form of spreadsheets is read too', () => {
  expect(at('29/2/2016 01:16')).toBe('2016-02-28T17:16:00.000Z');
});

test('API-06 an hour that the zone skips becomes the one after it (D-23)', () => {
  expect(at('2016-03-27T02:30:00', 'Europe/Berlin')).toBe('2016-03-27T01:30:00.000Z');
});

test('API-06 a date that no calendar has is no time', () => {
  expect(at('2016-02-29T23:59:59')).not.toBeNull();
  for (const impossible of ['2015-02-29T01:16:00', '2016-02-30T01:16:00', '2016-13-01T00:00:00', '2016-00-10T00:00:00', '2016-04-31T00:00:00', '2016-01-01T24:00:00', '2016-01-01T12:60:00', '31/4/2016 10:00', 'yesterday', '', '?']) {
    expect([impossible, at(impossible)]).toEqual([impossible, null]);
  }
});
