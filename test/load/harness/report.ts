import type { Aim, Bench, BenchOutcome, BenchRun } from './bench.ts';
import { OURS, shown } from './compare.ts';

export interface JudgedAim extends Aim {
  readonly reached: number;
  readonly met: boolean;
}

/** Each aim with what was reached; an aim of something that was not measured is a mistake. */
export function judge({ comparisons, figures = {}, aims }: BenchOutcome): readonly JudgedAim[] {
  const reached: Record<string, number> = { ...Object.fromEntries(ratiosOf(comparisons)), ...figures };
  return aims.map((aim) => {
    const value = reached[aim.of];
    if (value === undefined) throw new Error(`The aim "${aim.of}" was not measured; measured: ${Object.keys(reached).join(', ')}`);
    return { ...aim, reached: value, met: value >= (aim.least ?? -Infinity) && value <= (aim.most ?? Infinity) };
  });
}

/** For people: one table a comparison, the figures, the aims. */
export function tell(bench: Bench, outcome: BenchOutcome, run: BenchRun): void {
  const { say } = run;
  say(`\n${bench.name}: ${bench.work}`);
  say(Object.entries(outcome.versions).map(([name, version]) => `${name} ${version}`).join(' · '));
  say(`${run.rounds} rounds of ${run.roundMs} ms each, order reversed every second round${run.quick ? '; QUICK: not to be quoted' : ''}`);
  for (const { unit, spread, ratio } of outcome.comparisons) {
    say(`\n| | ${unit} (least–most) | ratio (least–most) |\n|---|---:|---:|`);
    for (const [key, { median, least, most }] of Object.entries(spread)) {
      const beside = ratio[key];
      const shownRatio = key === OURS || !beside ? '' : `${beside.median.toFixed(2)} (${beside.least.toFixed(2)}–${beside.most.toFixed(2)})`;
      say(`| ${key} | ${shown(median)} (${shown(least)}–${shown(most)}) | ${shownRatio} |`);
    }
  }
  say('');
  for (const [name, value] of Object.entries(outcome.figures ?? {})) say(`${name}: ${shown(value)}`);
  for (const { of, least, most, reached, met } of judge(outcome)) {
    say(`${met ? 'reached' : 'MISSED '}  ${of}: ${reached.toFixed(2)}, aim ${least === undefined ? `at most ${most}` : `at least ${least}`}`);
  }
}

/** The last line of `--json`. */
export function jsonLine(bench: Bench, outcome: BenchOutcome, run: BenchRun): string {
  return JSON.stringify({
    name: bench.name,
    ratio: Object.fromEntries(ratiosOf(outcome.comparisons).map(([key, value]) => [key, rounded(value)])),
    ...(run.quick ? { quick: true } : {}),
    figures: Object.fromEntries(Object.entries(outcome.figures ?? {}).map(([key, value]) => [key, rounded(value)])),
    aims: judge(outcome).map(({ reached, ...aim }) => ({ ...aim, reached: rounded(reached) })),
    spread: outcome.comparisons.map(({ unit, better, spread, ratio }) => ({ unit, better, spread, ratio })),
    versions: outcome.versions,
  });
}

function ratiosOf(comparisons: BenchOutcome['comparisons']): [string, number][] {
  return comparisons.flatMap(({ ratio }) => Object.entries(ratio).map(([key, { median }]): [string, number] => [key, median]));
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
