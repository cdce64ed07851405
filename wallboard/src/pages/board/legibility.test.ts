import { expect, test } from 'vitest';
import { farthestSeat, leastDiagonal } from '../../../../server/src/features/screen/screen-legibility.rules.ts';
import { fitOf, rowsThatFit, screenFaults, screenOf, textSizes } from './legibility.ts';

test('WBD-10 row text subtends 20 minutes of arc at the farthest seat', () => {
  expect(textSizes({ diagonalInches: 65, seatMetres: 5 }).row).toBeCloseTo(4.99, 2);
  expect(textSizes({ diagonalInches: 65, seatMetres: 4 })).toEqual({
    row: expect.closeTo(3.99, 2), secondary: expect.closeTo(3.19, 2), countdown: expect.closeTo(5.99, 2),
  });
  expect(textSizes({ diagonalInches: 86, seatMetres: 4 }).row).toBeCloseTo(3.02, 2);
});

test('WBD-10 the address may give diagonal and seat, nonsense is as usual', () => {
  expect(screenOf('?diagonal=75&seat=5.5')).toEqual({ diagonalInches: 75, seatMetres: 5.5 });
  expect(screenOf('?diagonal=-1&seat=abc')).toEqual({ diagonalInches: 65, seatMetres: 4 });
  expect(screenOf('')).toEqual({ diagonalInches: 65, seatMetres: 4 });
});

test('W1 WBD-10 what the address says wrongly is named with what is allowed; both sides of each edge', () => {
  expect(screenFaults('?diagonal=abc&seat=')).toEqual([
    { code: 'screen.diagonal', values: { given: 'abc', least: 20, most: 200, used: 65 } }, { code: 'screen.seat', values: { given: '', least: 0.5, most: 30, used: 4 } },
  ]);
  for (const wrong of ['?diagonal=19.9', '?diagonal=200.1', '?diagonal=Infinity', '?seat=0.4', '?seat=30.1', '?seat=NaN']) expect(screenFaults(wrong)).toHaveLength(1);
  for (const right of ['', '?seat=0.5', '?diagonal=200&seat=16', '?diagonal=65&seat=5.2']) expect(screenFaults(right)).toEqual([]);
});

test('W1 WBD-10 what nobody could read is named with the seat and the screen that would be right', () => {
  expect(screenFaults('?diagonal=65&seat=8')).toEqual([{ code: 'screen.unreadable', values: { seat: 8, diagonal: 65, farthest: 5.2, least: 100 } }]);
  expect(screenFaults('?diagonal=20')).toEqual([{ code: 'screen.unreadable', values: { seat: 4, diagonal: 20, farthest: 1.6, least: 50 } }]);
});

test('WBD-01 the usual screen has room for eight incidents', () => {
  expect(rowsThatFit(74.5, textSizes(screenOf('')))).toBe(8);
});

/** W1: which screens a room of that depth can have. Rows from the list's height; "too small" below 16 minutes of arc. */
const TABLE: readonly (readonly [number, number, number | 'too small'])[] = [
  [55, 5, 'too small'], [55, 6, 'too small'], [55, 8, 'too small'],
  [65, 5, 6], [65, 6, 'too small'], [65, 8, 'too small'],
  [75, 5, 7], [75, 6, 6], [75, 8, 'too small'],
  [86, 5, 8], [86, 6, 7], [86, 8, 'too small'],
];

test.each(TABLE)('W1 WBD-10 %i inches seen from %i m: %s', (diagonalInches, seatMetres, rows) => {
  const fit = fitOf({ diagonalInches, seatMetres });
  expect(fit.legible ? fit.rows : 'too small').toBe(rows);
  expect(fit.arcs.secondary >= 16 - 1e-9).toBe(fit.legible);
  expect(fit.arcs.row).toBeCloseTo(fit.arcs.secondary * 1.25, 6);
});

test('W1 WBD-10 both sides of the edge: 65 inches can be read from 5.20 m and not from 5.22 m, where 66 inches could', () => {
  const at = (seatMetres: number, diagonalInches = 65) => fitOf({ diagonalInches, seatMetres });
  expect([at(5.2).legible, at(5.22).legible, at(5.22, 66).legible]).toEqual([true, false, true]);
  expect(at(5.2).arcs.secondary).toBeCloseTo(16, 1);
  expect([at(8).farthestSeat, at(8).leastDiagonal]).toEqual([expect.closeTo(5.21, 2), expect.closeTo(99.84, 1)]);
  expect(at(8).arcs.secondary).toBeCloseTo(10.42, 1);
});

test('W1 WBD-10 the server refuses exactly what the page calls too small', () => {
  for (let diagonal = 20; diagonal <= 200; diagonal += 1) {
    expect(fitOf({ diagonalInches: diagonal, seatMetres: 1 }).farthestSeat).toBeCloseTo(farthestSeat(diagonal), 9);
    expect(fitOf({ diagonalInches: diagonal, seatMetres: 5 }).leastDiagonal).toBeCloseTo(leastDiagonal(5), 9);
  }
});
