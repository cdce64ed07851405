import type { BenchRun } from './bench.ts';

/** Somebody who does the work: ours, or a peer under the key that the issue of the benchmark gave it. */
export interface Contender {
  readonly key: string;
  /** Works for about so long and says what came of it, in the unit of the comparison. */
  round(milliseconds: number): Promise<number>;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Comparison {
  /** What is counted: `requests/s`, `µs of server CPU per delivery`. */
  readonly unit: string;
  readonly better: 'more' | 'less';
  /** The rounds of each contender in the order they ran; ours under `ours`. */
  readonly rounds: Readonly<Record<string, readonly number[]>>;
  readonly spread: Readonly<Record<string, Spread>>;
  /** Ours ÷ peer where more is better, peer ÷ ours where less is: medians of the ratios of each round. */
  readonly ratio: Readonly<Record<string, Spread>>;
}

export const OURS = 'ours';

/**
 * Lets all contenders work in turn, the order reversed every second round (ABBA), so that a machine that grows slower
 * or quicker favours nobody. A ratio is taken within a round, between neighbours in time, before the median.
 */
export async function compare(run: BenchRun, how: { unit: string; better: 'more' | 'less' }, contenders: readonly Contender[]): Promise<Comparison> {
  if (!contenders.some(({ key }) => key === OURS)) throw new Error(`One contender must be called "${OURS}".`);
  for (const { key, round } of contenders) {
    run.say(`warming up ${key}`);
    await round(run.warmUpMs);
  }
  const rounds: Record<string, number[]> = Object.fromEntries(contenders.map(({ key }) => [key, []]));
  for (let turn = 0; turn < run.rounds; turn++) {
    for (const { key, round } of turn % 2 === 0 ? contenders : contenders.toReversed()) {
      const value = await round(run.roundMs);
      if (!Number.isFinite(value) || value <= 0) throw new Error(`${key} did no work in round ${turn + 1}: ${value} ${how.unit}`);
      rounds[key]!.push(value);
      run.say(`round ${turn + 1} of ${run.rounds}: ${key} ${shown(value)} ${how.unit}`);
    }
  }
  return { ...how, rounds, ...judged(rounds, how.better) };
}

/** Medians and ratios of rounds that have run. */
export function judged(rounds: Readonly<Record<string, readonly number[]>>, better: 'more' | 'less'): Pick<Comparison, 'spread' | 'ratio'> {
  const ours = rounds[OURS] ?? [];
  const peers = Object.entries(rounds).filter(([key]) => key !== OURS);
  return {
    spread: Object.fromEntries(Object.entries(rounds).map(([key, values]) => [key, spreadOf(values)])),
    ratio: Object.fromEntries(peers.map(([key, values]) => [key, spreadOf(values.map((value, turn) => (better === 'more' ? ours[turn]! / value : value / ours[turn]!)))])),
  };
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

/** The smallest of the values that at least that share of them does not exceed; for an even number the mean of the two in the middle. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('A quantile needs values.');
  const sorted = values.toSorted((a, b) => a - b);
  if (share === 0.5 && sorted.length % 2 === 0) return (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

/** Three figures that mean something. */
export function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
