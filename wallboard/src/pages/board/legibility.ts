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
/** Beyond this the layout has no room for its columns; such a wall needs a bigger screen, or nearer seats: `fitOf` says which. */
const LARGEST_ROW = 5.2;
const SMALLEST_ROW = 3;

export const USUAL_SCREEN: Screen = { diagonalInches: 65, seatMetres: 4 };

/** Of the address: least, most and usual inches and metres. */
const ALLOWED = { diagonal: [20, 200, USUAL_SCREEN.diagonalInches], seat: [0.5, 30, USUAL_SCREEN.seatMetres] } as const;
type Asked = keyof typeof ALLOWED;

function askedFor(search: string, name: Asked): { readonly given: string | null; readonly used: number; readonly wrong: boolean } {
  const given = new URLSearchParams(search).get(name);
  const [least, most, usual] = ALLOWED[name];
  const right = given !== null && Number(given) >= least && Number(given) <= most;
  return { given, used: right ? Number(given) : usual, wrong: given !== null && !right };
}

/** Reads `?diagonal=75&seat=5`; what is missing is as usual: 65 inches, 4 m. So is what makes no sense, and {@link screenFaults} says it. */
export function screenOf(search: string): Screen {
  return { diagonalInches: askedFor(search, 'diagonal').used, seatMetres: askedFor(search, 'seat').used };
}

/** What is wrong with the screen that an address gives, and what is allowed: a message of the board with its values. */
export interface ScreenFault {
  readonly code: 'screen.diagonal' | 'screen.seat' | 'screen.unreadable';
  readonly values: Readonly<Record<string, string | number>>;
}

/** W1: a board that nobody could read says so, as the set-up page does, and so does one whose address cannot be understood. */
export function screenFaults(search: string): readonly ScreenFault[] {
  const faults = (['diagonal', 'seat'] as const).flatMap((name): ScreenFault[] => {
    const { given, used, wrong } = askedFor(search, name);
    const [least, most] = ALLOWED[name];
    return wrong ? [{ code: `screen.${name}`, values: { given: (given ?? '').slice(0, 12), least, most, used } }] : [];
  });
  const { diagonalInches: diagonal, seatMetres: seat } = screenOf(search);
  if (faults.length > 0 || seat <= diagonal * seatPerInch()) return faults;
  // Rounded so that what is named as allowed is allowed.
  return [{ code: 'screen.unreadable', values: { seat, diagonal, farthest: Math.floor(diagonal * seatPerInch() * 10) / 10, least: Math.ceil(seat / seatPerInch()) } }];
}

/** How many metres away the smallest text of an inch of screen, at its largest, can still be read. */
function seatPerInch(): number {
  return (LARGEST_ROW * ARC.secondary) / ARC.row / vhOfArc({ diagonalInches: 1, seatMetres: 1 }, ARC.secondary);
}

export function textSizes(screen: Screen): TextSizes {
  const row = Math.min(LARGEST_ROW, Math.max(SMALLEST_ROW, vhOfArc(screen, ARC.row)));
  return { row, secondary: row * (ARC.secondary / ARC.row), countdown: row * (ARC.countdown / ARC.row) };
}

/** The font size, in vh, whose capitals subtend so many minutes of arc at the farthest seat. */
function vhOfArc({ diagonalInches, seatMetres }: Screen, minutes: number): number {
  const capital = seatMetres * 1000 * Math.tan(((minutes / 60) * Math.PI) / 180);
  return (capital / CAPITAL / (diagonalInches * MM_PER_INCH * HEIGHT_OF_DIAGONAL)) * 100;
}

/** What fits on a screen, and whether anybody at the farthest seat could read it. */
export interface Fit {
  readonly sizes: TextSizes;
  /** Minutes of arc of each text at the farthest seat. */
  readonly arcs: TextSizes;
  readonly rows: number;
  /** No text falls below 16′. */
  readonly legible: boolean;
  /** What would be right: the farthest seat for this screen (metres), the smallest screen for this seat (inches). */
  readonly farthestSeat: number;
  readonly leastDiagonal: number;
}

/** Height of the list of incidents, in vh, when no band stands above it. */
export const LIST_HEIGHT = 73.7;

/** For the set-up page (WBD-10): what a screen of that size shows from that far away, and what would be right where it shows too little. */
export function fitOf(screen: Screen): Fit {
  const sizes = textSizes(screen);
  const arc = (vh: number): number => (vh / vhOfArc(screen, 1));
  const reach = seatPerInch();
  return {
    sizes, arcs: { row: arc(sizes.row), secondary: arc(sizes.secondary), countdown: arc(sizes.countdown) }, rows: rowsThatFit(LIST_HEIGHT, sizes),
    legible: screen.seatMetres <= screen.diagonalInches * reach, farthestSeat: screen.diagonalInches * reach, leastDiagonal: screen.seatMetres / reach,
  };
}

/** Two lines to an incident. Line heights as in board.css. */
export function rowHeight({ row, secondary }: TextSizes): number {
  return row * 1.16 + secondary * 1.22 + 0.62;
}

/** How many whole incidents fit into a list of that height, in vh. */
export function rowsThatFit(listHeight: number, sizes: TextSizes): number {
  return Math.max(1, Math.floor(listHeight / rowHeight(sizes)));
}
