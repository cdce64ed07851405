import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import type { Control, FaultRun } from './harness/fault-run.ts';
import { forgetProgress, joined, keepProgress, NOTHING_YET, readProgress, type Progress } from './harness/progress.ts';
import { FAULT_RUNS } from './runs.ts';

const USAGE = 'pnpm test:faults [R1 …] [--minutes=N] [--quick] [--restart] [--seed=N]';

/**
 * `pnpm test:faults`: every fault at its full volume, then planted defects for the same checkers. A run that was cut off,
 * or whose minutes are over, goes on where it stood at the next call.
 */
async function main(args: readonly string[]): Promise<number> {
  const { runs, minutes, quick, restart, seed } = read(args);
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-faults-'));
  const given = process.env['TEST_DATABASE_URL'];
  const postgres = given ? null : await launchPostgres({ dataDirectory: folder });
  const interrupted = { now: false };
  process.on('SIGINT', () => (interrupted.now = true));
  process.on('SIGTERM', () => (interrupted.now = true));
  const serverUrl = given ?? postgres!.url;
  let good = true;
  try {
    for (const fault of runs) {
      if (interrupted.now) break;
      const started = performance.now();
      const over = () => interrupted.now || performance.now() - started > (minutes ?? fault.budgetMinutes) * 60_000;
      good = (await one(fault, { serverUrl, over, quick, restart, seed })) && good;
    }
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return good && !interrupted.now ? 0 : 1;
}

interface How {
  readonly serverUrl: string;
  readonly over: () => boolean;
  readonly quick: boolean;
  readonly restart: boolean;
  readonly seed: number;
}

/** Runs one fault as far as its time allows and its controls; true when it is complete and all held. */
async function one(fault: FaultRun, { serverUrl, over, quick, restart, seed }: How): Promise<boolean> {
  if (restart) forgetProgress(fault.id);
  const upTo = quick ? fault.quick : fault.full;
  // A quick run is one of its own; a full one with findings is begun anew, as what was found is mended by now.
  const kept = quick ? NOTHING_YET : readProgress(fault.id);
  const before: Progress = kept.findings.length > 0 ? NOTHING_YET : kept;
  console.log(`\n${fault.id} ${fault.title}: ${upTo} ${fault.unit}${before.done > 0 ? `, going on after ${before.done}` : ''}, seed ${seed}`);
  let progress = before;
  if (before.done < upTo) {
    const from = performance.now();
    const outcome = await fault.run(serverUrl, { from: before.done, upTo, seed, over, say: (line) => console.log(`  ${line}`) });
    progress = joined(before, outcome, (performance.now() - from) / 1000);
    if (!quick) keepProgress(fault.id, progress);
  }
  const controls = await fault.controls(serverUrl);
  tell(fault, progress, upTo, controls);
  return progress.done >= upTo && progress.findings.length === 0 && controls.every(({ findings }) => findings.length > 0);
}

function tell(fault: FaultRun, { done, seconds, figures, findings }: Progress, upTo: number, controls: readonly Control[]): void {
  const counted = Object.entries(figures).map(([name, value]) => `${name} ${Number(value.toFixed(1)).toLocaleString('en')}`).join(', ');
  console.log(`${fault.id} ${done < upTo ? 'NOT COMPLETE' : 'complete'}: ${done} of ${upTo} ${fault.unit} in ${seconds.toFixed(0)} s; ${counted}`);
  console.log(`${fault.id} findings: ${findings.length === 0 ? '0' : `${findings.length}\n  - ${findings.slice(0, 20).join('\n  - ')}`}`);
  for (const control of controls) {
    console.log(`${fault.id} control ${control.findings.length > 0 ? 'caught' : 'NOT CAUGHT'}: ${control.planted}${control.findings.length > 0 ? ` → ${control.findings[0]}` : ''}`);
  }
}

function read(args: readonly string[]): { runs: readonly FaultRun[]; minutes: number | null; quick: boolean; restart: boolean; seed: number } {
  const options = new Map(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=', 2) as [string, string | undefined]));
  for (const name of options.keys()) if (!['minutes', 'quick', 'restart', 'seed'].includes(name)) throw new Error(`There is no option --${name}. ${USAGE}`);
  const names = args.filter((arg) => !arg.startsWith('--'));
  const runs = names.length === 0 ? FAULT_RUNS : names.map((name) => {
    const known = FAULT_RUNS.find(({ id }) => id.toLowerCase() === name.toLowerCase());
    if (!known) throw new Error(`There is no fault run "${name}". There are: ${FAULT_RUNS.map(({ id }) => id).join(', ')}. ${USAGE}`);
    return known;
  });
  const minutes = options.has('minutes') ? Number(options.get('minutes')) : null;
  if (minutes !== null && !(minutes > 0)) throw new Error(`--minutes must be more than 0. ${USAGE}`);
  const seed = options.has('seed') ? Number(options.get('seed')) : 1;
  if (!Number.isInteger(seed)) throw new Error(`--seed must be a whole number. ${USAGE}`);
  return { runs, minutes, quick: options.has('quick'), restart: options.has('restart'), seed };
}

try {
  const code = await main(process.argv.slice(2));
  // Not left to itself: after thousands of broken connections Node 26 was seen to spin in its own cleaning up.
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 2;
}
