/** What a drawing's body looks like; the server has checked it (PRB-02). */
export const VERDICTS = ['open', 'ruled-out', 'contributing', 'root'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface SubCause {
  readonly text: string;
  readonly evidence: string;
  readonly verdict: Verdict;
}

export interface Cause extends SubCause {
  readonly causes: readonly SubCause[];
}

export interface Fishbone {
  readonly effect: string;
  readonly categories: readonly { readonly name: string; readonly causes: readonly Cause[] }[];
}

export interface FiveWhys {
  readonly effect: string;
  readonly whys: readonly { readonly because: string; readonly evidence: string }[];
}

export interface Pareto {
  readonly by: string;
  readonly conclusion: string;
  readonly total: number;
  readonly bars: readonly ParetoBar[];
}

export interface ParetoBar {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly cumulativePercent: number;
}

/** The customary six bones of a service: people, method, machine, material, environment, measurement. */
export const BONES = ['people', 'method', 'machine', 'material', 'environment', 'measurement'] as const;

function has<Key extends string>(body: unknown, ...keys: readonly Key[]): body is Record<Key, unknown> {
  return typeof body === 'object' && body !== null && keys.every((key) => key in body);
}

export function isFishbone(body: unknown): body is Fishbone {
  return has(body, 'effect', 'categories') && Array.isArray(body.categories);
}

export function isFiveWhys(body: unknown): body is FiveWhys {
  return has(body, 'effect', 'whys') && Array.isArray(body.whys);
}

export function isPareto(body: unknown): body is Pareto {
  return has(body, 'by', 'bars') && Array.isArray(body.bars);
}

/** One line of the drawing with where it starts and ends; text sits at its beginning. */
export interface BoneLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface PlacedCause extends BoneLine {
  readonly key: string;
  readonly text: string;
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly depth: 1 | 2;
}

export interface PlacedBone extends BoneLine {
  readonly name: string;
  readonly above: boolean;
  readonly causes: readonly PlacedCause[];
}

export interface PlacedFishbone {
  readonly width: number;
  readonly height: number;
  readonly spineY: number;
  readonly headX: number;
  readonly bones: readonly PlacedBone[];
}

const ROW = 24;
const TOP = 46;
const SLOPE = 0.42;
const TEXT_WIDTH = 218;

/** Rows that a bone needs: one a cause and one a sub-cause. */
const rowsOf = (causes: readonly Cause[]): number => causes.reduce((sum, one) => sum + 1 + one.causes.length, 0);

/**
 * Where everything of a fishbone stands: bones alternate above and below the spine, two by two from the head on; each is as long as
 * its causes need, so that no text lies on another.
 */
export function placeFishbone({ categories }: Fishbone): PlacedFishbone {
  const longest = Math.max(2, ...categories.map(({ causes }) => rowsOf(causes)));
  const reach = longest * ROW + ROW;
  const spineY = TOP + reach;
  const step = TEXT_WIDTH + reach * SLOPE + 26;
  const columns = Math.max(1, Math.ceil(categories.length / 2));
  const headX = 30 + columns * step;
  const bones = categories.map(({ name, causes }, index): PlacedBone => {
    const above = index % 2 === 0;
    const x2 = headX - 24 - Math.floor(index / 2) * step;
    const direction = above ? -1 : 1;
    const x1 = x2 - reach * SLOPE;
    const y1 = spineY + direction * reach;
    let row = 0;
    const placed = causes.flatMap((cause, at) => [{ ...cause, depth: 1 as const, key: `${at}` }, ...cause.causes.map((sub, subAt) => ({ ...sub, depth: 2 as const, key: `${at}.${subAt}` }))]).map((one): PlacedCause => {
      row += 1;
      // From the outer end inwards, so that the bone is read from its name on.
      const y = y1 - direction * (row * ROW);
      const onBone = x2 - (Math.abs(y - spineY) * SLOPE);
      const indent = one.depth === 2 ? 22 : 0;
      return { key: one.key, text: one.text, verdict: one.verdict, evidence: one.evidence, depth: one.depth, x1: onBone - TEXT_WIDTH + 12 + indent, y1: y, x2: one.depth === 1 ? onBone : onBone - 18, y2: y };
    });
    return { name, above, x1, y1, x2, y2: spineY, causes: placed };
  });
  return { width: headX + 250, height: spineY + reach + TOP, spineY, headX, bones };
}

/** What a line of the head takes: a Chinese character is as wide as two letters. */
const HEAD_WIDTH = 28;
const HEAD_LINES = 2;
const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (/[\u1100-\uffdc]/.test(character) ? 2 : 1), 0);

/** The text in at most two lines, words whole where they fit; what does not fit is cut, and stands in the title. */
export function headLines(text: string): string[] {
  const lines = [''];
  for (const piece of text.match(/[\u1100-\uffdc]|[^\s\u1100-\uffdc]{1,20}|\s+/g) ?? []) {
    const line = lines.at(-1) ?? '';
    if (widthOf(line + piece) <= HEAD_WIDTH) lines[lines.length - 1] = line + piece;
    else if (lines.length < HEAD_LINES) lines.push(piece.trimStart());
    else return [...lines.slice(0, -1), `${line.slice(0, -1)}…`];
  }
  return lines.map((line) => line.trim());
}
