import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freshness } from '../../../wallboard/src/lib/feed/freshness.ts';
import { dishonesty, untoldAge, type Marked } from '../harness/board-honesty.ts';
import { cpuRate, herd } from '../harness/cpu-watch.ts';
import type { BoardClaims } from '../harness/fault-board.ts';
import type { Control } from '../harness/fault-run.ts';
import { DOUBLED, timerControls } from '../harness/timer-controls.ts';
import { backAgain } from './stop-scene.ts';

const found = (planted: string, ...findings: readonly (string | null)[]): Control => ({ planted, findings: findings.filter((finding) => finding !== null) });

/** Boards that lie, a herd that runs, a timer that fires twice. */
export async function stopControls(serverUrl: string): Promise<readonly Control[]> {
  const now = performance.now();
  const marked: Marked = { incidentId: 'one', committedAt: [now - 20_000, now - 15_000, now - 100] };
  // Its clock was set anew by a heartbeat of a server that cannot read its database: it believes that it is up to date.
  const pretender: BoardClaims = { trueUntil: () => performance.now(), freshness: () => freshness(performance.now(), performance.now()), titleOf: () => 'mark 0', serverNow: () => null };
  const silent: BoardClaims = { ...pretender, trueUntil: () => now - 15_000, freshness: () => ({ level: 'fresh', ageSeconds: 15 }) };
  return [
    found('a board that shows old data as fresh', dishonesty(pretender, marked)),
    found('a board that takes a living server for living data', untoldAge(pretender, { stoodStillMs: 5000, now: performance.now() })),
    found('a board that knows its age and does not say it', untoldAge(silent, { stoodStillMs: 15_000, now })),
    found('a board that never comes back', ...(await backAgain([pretender], marked, 100)).findings),
    found('servers that run wild after a stop', await runsWild()),
    ...(await timerControls(serverUrl, DOUBLED)),
  ];
}

/** A real process at full speed beside one that rests. */
async function runsWild(): Promise<string | null> {
  const started = ['setInterval(() => 0, 50)', 'for (;;);'].map((code) => spawn(process.execPath, ['-e', code], { stdio: 'ignore' }));
  const [resting, wild] = started.map(({ pid }) => pid ?? 0);
  await wait(500);
  const rates = [resting!, wild!].map((pid) => cpuRate([pid]));
  await wait(500);
  const [steady, after] = rates.map((rate) => rate());
  for (const child of started) child.kill('SIGKILL');
  return herd(after!, steady!);
}
