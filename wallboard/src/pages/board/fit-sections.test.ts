import { expect, test } from 'vitest';
import { fitSections } from './fit-sections.ts';

const need = (entries: number, linesEach = 1) => ({ entries, linesEach });

test('WBD-01 everything is shown when it fits', () => {
  expect(fitSections(17, [need(2, 2), need(1, 2), need(4)])).toEqual([2, 1, 4]);
});

test('WBD-01 a long list does not starve a short one', () => {
  expect(fitSections(17, [need(500, 2), need(2, 2), need(2)])).toEqual([3, 2, 2]);
});

test('WBD-01 the line that says how many more is counted', () => {
  expect(fitSections(4, [need(3)])).toEqual([3]);
  expect(fitSections(3, [need(3)])).toEqual([1]);
});

test('WBD-01 no room at all shows only headings and counts', () => {
  expect(fitSections(0, [need(9), need(9)])).toEqual([0, 0]);
});

test('WBD-01 more than is at hand takes a line also when all of that is shown', () => {
  expect(fitSections(5, [{ ...need(4), beyond: true }])).toEqual([3]);
  expect(fitSections(6, [{ ...need(4), beyond: true }])).toEqual([4]);
});
