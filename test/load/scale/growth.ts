import { spreadOf, type Spread } from '../harness/compare.ts';
import type { Cost } from './cost.ts';
import type { DeskSize } from './desks.ts';
import type { Growth } from './tasks.ts';

/** What was measured of one task: for each desk its rounds. */
export interface Measured {
  readonly name: string;
  readonly growth: Growth;
  readonly rounds: readonly { readonly size: DeskSize; readonly costs: readonly Cost[] }[];
}

/** From one desk to a larger one. */
export interface Step {
  readonly from: DeskSize;
  readonly to: DeskSize;
  /** The larger one's processor time ÷ the smaller one's. */
  readonly ratio: number;
  /** What the ratio may be. */
  readonly allowed: number;
  /** The power of n that the cost grew with: 0 is flat, 1 in proportion. */
  readonly exponent: number;
}

/** Processor time of database and server together: waiting is not counted, and neither is what else the machine did. */
export const processorTime = ({ postgres, server }: Cost): number => postgres + server;

export function spreadOfCosts(costs: readonly Cost[], of: (cost: Cost) => number): Spread {
  return spreadOf(costs.map(of));
}

/** Steps between desks that have the same number of open incidents: what the history alone costs. */
export function historySteps(measured: Measured): readonly Step[] {
  const { rounds } = measured;
  return rounds.flatMap((from) => rounds.filter((to) => to.size.open === from.size.open && to.size.incidents > from.size.incidents).map((to) => stepOf(measured, from, to)));
}

/** From the smallest desk to the largest, with the open ones that each has. */
export function wholeStep(measured: Measured): Step {
  return stepOf(measured, measured.rounds[0]!, measured.rounds.at(-1)!);
}

/** The same history with more open incidents; null where none was measured. */
export function openStep(measured: Measured): Step | null {
  const { rounds } = measured;
  for (const from of rounds) {
    const to = rounds.find(({ size }) => size.incidents === from.size.incidents && size.open > from.size.open);
    if (to) return stepOf(measured, from, to);
  }
  return null;
}

function stepOf({ growth }: Measured, from: Measured['rounds'][number], to: Measured['rounds'][number]): Step {
  const ratio = spreadOfCosts(to.costs, processorTime).median / spreadOfCosts(from.costs, processorTime).median;
  const times = to.size.incidents / from.size.incidents;
  return {
    from: from.size, to: to.size, ratio, allowed: growth === 'flat' ? 1 : Math.log(to.size.incidents) / Math.log(from.size.incidents),
    exponent: Math.log(ratio) / Math.log(times === 1 ? to.size.open / from.size.open : times),
  };
}
