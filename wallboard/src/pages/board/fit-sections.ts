/** How many entries of each section a column of limited height shows; the rest is counted, never hidden silently (WBD-01). */
export interface SectionNeed {
  readonly entries: number;
  /** Text lines that one entry takes. */
  readonly linesEach: number;
  /** There are more than those that are at hand: a line says so in any case. */
  readonly beyond?: boolean;
}

/**
 * Shares the lines of a column: every section gets its heading, which says also that there is none; then entries are given out one at a
 * time, round by round, so that a long list cannot starve a short one. A section that shows less than it has needs one more line to say so.
 */
export function fitSections(lines: number, sections: readonly SectionNeed[]): readonly number[] {
  const shown = sections.map(() => 0);
  const cost = (): number =>
    sections.reduce((sum, { entries, linesEach, beyond = false }, index) => {
      const count = shown[index] ?? 0;
      return sum + 1 + count * linesEach + (beyond || count < entries ? 1 : 0);
    }, 0);
  let grew = true;
  while (grew) {
    grew = false;
    sections.forEach(({ entries }, index) => {
      const before = shown[index] ?? 0;
      if (before >= entries) return;
      shown[index] = before + 1;
      if (cost() > lines) shown[index] = before;
      else grew = true;
    });
  }
  return shown;
}
