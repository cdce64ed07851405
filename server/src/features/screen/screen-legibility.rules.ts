import { Refusal } from '../../kernel/refusal.ts';

/**
 * The smallest text of a board at its largest, in hundredths of the screen's height, and the angle that it must not fall below at the
 * farthest seat (ISO 9241, NUREG-0700). The drawing itself is wallboard/src/pages/board/legibility.ts; a test holds the two together.
 */
const SMALLEST_TEXT_VH = 4.16;
const LEAST_ARC_MINUTES = 16;
const MM_PER_INCH = 25.4;
/** Height of a 16:9 panel by its diagonal. */
const HEIGHT_OF_DIAGONAL = 9 / Math.hypot(16, 9);
/** A capital is 0.72 of the size of its font. */
const CAPITAL = 0.72;

const LEAST_ARC = Math.tan(((LEAST_ARC_MINUTES / 60) * Math.PI) / 180);

/** How far away a board on a screen of that diagonal (inches) can still be read, in metres. */
export function farthestSeat(diagonalInches: number): number {
  return (diagonalInches * MM_PER_INCH * HEIGHT_OF_DIAGONAL * (SMALLEST_TEXT_VH / 100) * CAPITAL) / LEAST_ARC / 1000;
}

/** The least diagonal (inches) whose board can be read from that far away (metres). */
export function leastDiagonal(seatMetres: number): number {
  return seatMetres / farthestSeat(1);
}

/** @throws Refusal OUT_OF_RANGE with the seat or the screen that would be right, where the smallest text would fall below 16′ (WBD-10) */
export function requireLegible({ diagonalInches, seatMetres }: { readonly diagonalInches: number; readonly seatMetres: number }): void {
  const farthest = farthestSeat(diagonalInches);
  if (seatMetres <= farthest) return;
  const arc = (LEAST_ARC_MINUTES * farthest) / seatMetres;
  const [nearer, bigger] = [Math.floor(farthest * 10) / 10, Math.ceil(leastDiagonal(seatMetres))];
  throw new Refusal(
    'OUT_OF_RANGE',
    `From ${seatMetres} m the smallest text on ${diagonalInches}″ would be ${arc.toFixed(1)}′ of arc; ${LEAST_ARC_MINUTES}′ is the least. Nobody may sit farther than ${nearer} m, or the screen needs ${bigger}″.`,
    'seatMetres',
    { arcMinutes: Math.round(arc * 10) / 10, farthestSeatMetres: nearer, leastDiagonalInches: bigger },
  );
}
