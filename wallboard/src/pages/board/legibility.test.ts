import { expect, test } from 'vitest';
import { rowsThatFit, screenOf, textSizes } from './legibility.ts';

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

test('WBD-01 the usual screen has room for eight incidents', () => {
  expect(rowsThatFit(74.5, textSizes(screenOf('')))).toBe(8);
});
