/**
 * The same desk with 1,000 to 1,000,000 incidents: what boards, queues, tickets, lists, timers and figures cost as it grows. One of a hundred
 * is open, at least 500; two desks have as many open ones as the next smaller history, so that what the past costs is told apart from what
 * the open ones cost. Every desk has a database and a server of its own; each task is measured at all of them in turn.
 */
import type { Aim, Bench, BenchOutcome, BenchRun } from './harness/bench.ts';
import { shown, type Spread } from './harness/compare.ts';
import { withStarted, type Started } from './harness/started.ts';
import type { Cost } from './scale/cost.ts';
import { filledDesks, type DeskSize } from './scale/desks.ts';
import { historySteps, openStep, processorTime, spreadOfCosts, wholeStep, type Measured, type Step } from './scale/growth.ts';
import { tasksOf, type Task } from './scale/tasks.ts';

const QUICK: readonly DeskSize[] = [{ incidents: 1000, open: 500 }, { incidents: 10_000, open: 500 }];
const FULL: readonly DeskSize[] = [...QUICK, { incidents: 100_000, open: 1000 }, { incidents: 100_000, open: 10_000 }, { incidents: 1_000_000, open: 10_000 }];
/** What takes so long is not measured in every round. */
const ENOUGH_MS = 30_000;
/** Medians of the same thing differ by so much on a machine that does other work. */
const TOLERANCE = 1.25;

export const bench: Bench = {
  name: 'scale',
  work: 'boards, queue, lists, tickets, timers and figures at 1,000 to 1,000,000 incidents; growth by processor time of server and database',
  run: (run) => withStarted((started) => measure(run, started)),
};

async function measure(run: BenchRun, started: Started): Promise<BenchOutcome> {
  const filled = await filledDesks(started, run.quick ? QUICK : FULL, run.say);
  const how = { ...(run.quick ? { due: 100, budgetMs: 100 } : { due: 500, budgetMs: 300 }), say: run.say };
  const desks: { size: DeskSize; tasks: readonly Task[] }[] = [];
  for (const desk of filled.desks) desks.push({ size: desk, tasks: await tasksOf(started, desk, filled, how) });
  const all: Measured[] = [];
  for (const [index, { name, growth }] of desks[0]!.tasks.entries()) {
    const rounds = desks.map(({ size, tasks }) => ({ size, task: tasks[index]!, costs: [] as Cost[] }));
    for (let turn = 0; turn < run.rounds; turn += 1) {
      for (const { task, costs } of turn % 2 === 0 ? rounds : rounds.toReversed()) if (elapsedOf(costs) < ENOUGH_MS) costs.push(await task.measure());
    }
    all.push({ name, growth, rounds });
    run.say(`${name}: ${rounds.map(({ costs }) => shown(spreadOfCosts(costs, processorTime).median)).join(' → ')} ms`);
  }
  tables(run, all);
  return { comparisons: [], ...judged(all), versions: { node: process.version } };
}

function elapsedOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { elapsed }) => sum + elapsed, 0);
}

/** For each task how much more its cost grew than it may: at most 1 would be exact. */
function judged(all: readonly Measured[]): { figures: Record<string, number>; aims: Aim[] } {
  const beyond = ({ ratio, allowed }: Step): number => ratio / allowed;
  const figures = Object.fromEntries(all.flatMap((measured) => [
    [`${measured.name}: as the past grows`, Math.max(...historySteps(measured).map(beyond))],
    [`${measured.name}: as the desk grows`, beyond(wholeStep(measured))],
  ]));
  return { figures, aims: Object.keys(figures).map((of) => ({ of, most: TOLERANCE })) };
}

function tables({ say }: BenchRun, all: readonly Measured[]): void {
  const sizes = all[0]!.rounds.map(({ size }) => size);
  const head = sizes.map(({ incidents, open }) => `${short(incidents)}, ${short(open)} open`).join(' | ');
  const spread = ({ median, least, most }: Spread): string => `${shown(median)} (${shown(least)}–${shown(most)})`;
  const table = (title: string, cell: (costs: readonly Cost[]) => string): void => {
    say(`\n| ${title} | ${head} |\n|---|${'---:|'.repeat(sizes.length)}`);
    for (const { name, rounds } of all) say(`| ${name} | ${rounds.map(({ costs }) => cell(costs)).join(' | ')} |`);
  };
  table('PostgreSQL, processor time in ms', (costs) => spread(spreadOfCosts(costs, ({ postgres }) => postgres)));
  table('server, processor time in ms', (costs) => spread(spreadOfCosts(costs, ({ server }) => server)));
  table('elapsed, ms', (costs) => spread(spreadOfCosts(costs, ({ elapsed }) => elapsed)));
  const step = ({ ratio, exponent, allowed }: Step): string => `${ratio.toFixed(2)} (${exponent.toFixed(2)}; ${allowed.toFixed(2)})`;
  // Of open incidents nothing is demanded: they are what a page is about.
  const openOnes = (one: Step | null): string => (one === null ? '–' : `${one.ratio.toFixed(2)} (${one.exponent.toFixed(2)})`);
  const past = historySteps(all[0]!);
  say(`\n| both together: ratio (exponent; allowed) | ${past.map(({ from, to }) => `${short(from.incidents)} → ${short(to.incidents)}, ${short(to.open)} open`).join(' | ')} | open ones × 10 | ${short(sizes[0]!.incidents)} → ${short(sizes.at(-1)!.incidents)} |`);
  say(`|---|${'---:|'.repeat(past.length + 2)}`);
  for (const measured of all) say(`| ${measured.name}, ${measured.growth} | ${historySteps(measured).map(step).join(' | ')} | ${openOnes(openStep(measured))} | ${step(wholeStep(measured))} |`);
}

function short(count: number): string {
  if (count >= 1_000_000) return `${count / 1_000_000} M`;
  return count >= 1000 ? `${count / 1000} k` : String(count);
}
