/** One transaction as its writer saw it; times by the writer's own clock, in ms. */
export interface Written {
  /** Names the transaction in every row of it. */
  readonly mark: string;
  readonly rows: number;
  /** Its work was over and its numbers not taken yet: the commit came later than this. */
  readonly readyAt: number;
  /** The commit came earlier than this; null when it was rolled back. */
  readonly acknowledgedAt: number | null;
}

/** One row as a reader of the feed heard it. */
export interface Heard {
  readonly mark: string;
  /** 0 for the first row of its transaction. */
  readonly row: number;
}

/**
 * Compares what a reader heard, in its order, with what was committed: each row once, nothing of what was rolled back, a transaction's
 * rows together and in order, and no transaction before one whose commit was over when its own had not begun.
 */
export function checkFeedOrder(written: Iterable<Written>, heard: readonly Heard[]): string[] {
  const byMark = new Map([...written].map((one) => [one.mark, one]));
  const committed = [...byMark.values()].filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  const findings: string[] = [];
  const times = new Map<string, number>();
  for (const { mark, row } of heard) times.set(`${mark} ${row}`, (times.get(`${mark} ${row}`) ?? 0) + 1);
  for (const [name, count] of times) if (count > 1) findings.push(`row ${name} was heard ${count} times`);
  for (const { mark, rows } of committed) {
    for (let row = 0; row < rows; row += 1) if (!times.has(`${mark} ${row}`)) findings.push(`skipped: row ${mark} ${row} was committed and never heard`);
  }
  return [...findings, ...orderFindings(byMark, heard)];
}

function orderFindings(byMark: ReadonlyMap<string, Written>, heard: readonly Heard[]): string[] {
  const findings: string[] = [];
  // Of all that came before: the one that became ready last.
  let latest: Written | null = null;
  for (const [place, { mark, row }] of heard.entries()) {
    const one = byMark.get(mark);
    if (!one || one.acknowledgedAt === null) {
      findings.push(`row ${mark} ${row} was heard and never committed`);
      continue;
    }
    const before = heard[place - 1];
    if (row > 0 && (before?.mark !== mark || before.row !== row - 1)) findings.push(`row ${mark} ${row} does not follow row ${row - 1} of its transaction`);
    if (latest && one.acknowledgedAt < latest.readyAt) {
      findings.push(`${mark} was acknowledged ${(latest.readyAt - one.acknowledgedAt).toFixed(1)} ms before ${latest.mark} was ready, and came after it`);
    }
    if (!latest || one.readyAt > latest.readyAt) latest = one;
  }
  return findings;
}
