import type { Comparison } from './compare.ts';

/** How a benchmark is to run, from the command line. */
export interface BenchRun {
  /** Few and short rounds: shows that the benchmark works, not what is true. */
  readonly quick: boolean;
  /** Rounds that count, after the warm-up; each contender runs once in each. */
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  /** A line for people; with `--json` it goes to standard error. */
  readonly say: (line: string) => void;
}

/** What must be reached beside a peer; a ratio of more than 1 is always in our favour. */
export interface Aim {
  /** A key of `ratio`, or a name of `figures`. */
  readonly of: string;
  readonly least?: number;
  readonly most?: number;
}

export interface BenchOutcome {
  /** Ours beside each peer. */
  readonly comparisons: readonly Comparison[];
  /** Figures that have no peer, by name with the unit in it: `p99LateMs`, `statementsAt100Rows`. */
  readonly figures?: Readonly<Record<string, number>>;
  readonly aims: readonly Aim[];
  /** Name and version of whatever took part. */
  readonly versions: Readonly<Record<string, string>>;
}

/** One file `NAME.bench.ts` exports one of these as `bench`; `pnpm bench NAME` runs it. */
export interface Bench {
  readonly name: string;
  /** What is done, in a sentence. */
  readonly work: string;
  run(run: BenchRun): Promise<BenchOutcome>;
}
