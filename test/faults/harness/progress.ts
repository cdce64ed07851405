import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_DIRECTORY } from '../../../server/src/platform/config.ts';
import type { PartOutcome } from './fault-run.ts';

export interface Progress {
  readonly done: number;
  readonly seconds: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

export const NOTHING_YET: Progress = { done: 0, seconds: 0, figures: {}, findings: [] };

const fileOf = (id: string) => join(PROJECT_DIRECTORY, 'test', '.output', 'faults', `${id}.json`);

/** How far a run has come, from an earlier command; a run that found something is begun anew once it is mended. */
export function readProgress(id: string): Progress {
  try {
    return JSON.parse(readFileSync(fileOf(id), 'utf8')) as Progress;
  } catch {
    return NOTHING_YET;
  }
}

export function keepProgress(id: string, progress: Progress): void {
  mkdirSync(dirname(fileOf(id)), { recursive: true });
  writeFileSync(fileOf(id), `${JSON.stringify(progress, null, 2)}\n`);
}

export function forgetProgress(id: string): void {
  rmSync(fileOf(id), { force: true });
}

/** Sums, and the greatest of what is a worst value. */
export function joined(before: Progress, outcome: PartOutcome, seconds: number): Progress {
  const figures = { ...before.figures };
  for (const [name, value] of Object.entries(outcome.figures)) {
    const known = figures[name];
    figures[name] = known === undefined ? value : /^(worst|p99)/.test(name) ? Math.max(known, value) : known + value;
  }
  return { done: outcome.done, seconds: before.seconds + seconds, figures, findings: [...before.findings, ...outcome.findings] };
}
