/** The screen on the wall: how big it is, and how far away its last reader sits (WBD-10). */
export interface Screen {
  readonly diagonalInches: number;
  readonly seatMetres: number;
}

/** Text heights in hundredths of the screen's height: equal on 1080p and 4K, because only the physical size counts. */
export interface TextSizes {
  readonly row: number;
  readonly secondary: number;
  readonly countdown: number;
}

const MM_PER_INCH = 25.4;
/** A 16:9 panel. */
const HEIGHT_OF_DIAGONAL = 9 / Math.hypot(16, 9);
/** A Latin capital is 0.72 of the font size; a Chinese character fills about 0.92 and so stands a quarter taller. */
const CAPITAL = 0.72;
/** Control-room practice, in minutes of arc: 20 for what is read, 16 the floor, 30 for what must leap to the eye. */
const ARC = { row: 20, secondary: 16, countdown: 30 };
/** Beyond this the layout has no room for its columns; such a wall needs a bigger screen. */
const LARGEST_ROW = 5.2;
const SMALLEST_ROW = 3;

export const USUAL_SCREEN: Screen = { diagonalInches: 65, seatMetres: 4 };

/** Reads `?diagonal=75&seat=5`; what is missing or senseless is as usual: 65 inches, 4 m. */
export function screenOf(search: string): Screen {
  const asked = new URLSearchParams(search);
  const number = (name: string, least: number, most: number, usual: number): number => {
    const value = Number(asked.get(name));
    return value >= least && value <= most ? value : usual;
  };
  return { diagonalInches: number('diagonal', 20, 200, USUAL_SCREEN.diagonalInches), seatMetres: number('seat', 0.5, 30, USUAL_SCREEN.seatMetres) };
}

export function textSizes(screen: Screen): TextSizes {
  const height = screen.diagonalInches * MM_PER_INCH * HEIGHT_OF_DIAGONAL;
  const vh = (minutes: number): number => {
    const capital = screen.seatMetres * 1000 * Math.tan(((minutes / 60) * Math.PI) / 180);
    return (capital / CAPITAL / height) * 100;
  };
  const row = Math.min(LARGEST_ROW, Math.max(SMALLEST_ROW, vh(ARC.row)));
  return { row, secondary: row * (ARC.secondary / ARC.row), countdown: row * (ARC.countdown / ARC.row) };
}

/** Two lines to an incident. Line heights as in board.css. */
export function rowHeight({ row, secondary }: TextSizes): number {
  return row * 1.16 + secondary * 1.22 + 0.62;
}

/** How many whole incidents fit into a list of that height, in vh. */
export function rowsThatFit(listHeight: number, sizes: TextSizes): number {
  return Math.max(1, Math.floor(listHeight / rowHeight(sizes)));
}
