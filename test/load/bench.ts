import type { Bench, BenchRun } from './harness/bench.ts';
import { jsonLine, judge, tell } from './harness/report.ts';

const FOLDER = new URL('.', import.meta.url);
const USAGE = 'pnpm bench NAME [--json] [--quick]   (aims missed: exit 1, wrong use: exit 2)';

/** `pnpm bench NAME`: one benchmark beside its peers; README.md of this folder lists them. */
async function main(args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith('--'));
  const names = args.filter((arg) => !arg.startsWith('--'));
  const unknown = flags.find((flag) => flag !== '--json' && flag !== '--quick');
  if (unknown !== undefined) throw new Error(`There is no option ${unknown}. ${USAGE}`);
  if (names.length !== 1) throw new Error(`Name one benchmark: ${(await all()).join(', ')}. ${USAGE}`);
  const bench = await named(names[0]!);
  const quick = flags.includes('--quick');
  const json = flags.includes('--json');
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const run: BenchRun = quick
    ? { quick, rounds: 2, roundMs: 1000, warmUpMs: 500, say }
    : { quick, rounds: 5, roundMs: 10_000, warmUpMs: 3000, say };
  const outcome = await bench.run(run);
  tell(bench, outcome, run);
  if (json) process.stdout.write(`${jsonLine(bench, outcome, run)}\n`);
  // A quick run shows that everything works; its figures are of no use for judging.
  return quick || judge(outcome).every(({ met }) => met) ? 0 : 1;
}

async function named(name: string): Promise<Bench> {
  const known = await all();
  if (!known.includes(name)) throw new Error(`There is no benchmark "${name}". There are: ${known.join(', ')}. ${USAGE}`);
  return load(name);
}

async function load(name: string): Promise<Bench> {
  const { bench } = (await import(new URL(`${name}.bench.ts`, FOLDER).href)) as { bench?: Bench };
  if (!bench) throw new Error(`${name}.bench.ts is run by itself, see README.md.`);
  return bench;
}

/** Those that stand beside peers; the others of the folder are commands of their own. */
async function all(): Promise<readonly string[]> {
  const { BENCHES } = await import('./benches.ts');
  return BENCHES;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 2;
}
// A peer may keep a timer or a socket; what we started ourselves has been ended by each benchmark.
setTimeout(() => process.exit(), 3000).unref();
