import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { PROJECT_DIRECTORY } from '../server/src/platform/config.ts';

/** `pnpm test`: every suite in turn, a line for each, and "N passed, N failed" as the last line. */
const SUITES = ['unit', 'database', 'screen', 'browser'] as const;
type Suite = (typeof SUITES)[number];
/** The faults are done to the database and its servers, so they run with its suite, on each PostgreSQL that it runs on. */
const PROJECTS: Readonly<Record<Suite, readonly string[]>> = { unit: ['unit'], database: ['database', 'faults'], screen: ['screen'], browser: ['browser'] };

const USAGE = `pnpm test [--only ${SUITES.join('|')}] [part of a path …]`;

interface Outcome {
  readonly suite: Suite;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Tests that passed only when tried once more (browser): each is worth a look. */
  readonly second: readonly string[];
  /** Why nothing of the suite ran. */
  readonly notRun?: string;
}

/** A Ctrl-C reaches vitest too, which stops its servers; we wait for that and run nothing more. */
let interrupted = false;
process.on('SIGINT', () => (interrupted = true));

async function main(args: readonly string[]): Promise<number> {
  const { suites, paths } = read(args);
  const outcomes: Outcome[] = [];
  for (const suite of suites) {
    outcomes.push(await run(suite, paths));
    if (interrupted) return 130;
  }
  console.log(`\n${'─'.repeat(60)}`);
  for (const outcome of outcomes) console.log(lineOf(outcome));
  for (const { second } of outcomes) for (const name of second) console.log(`passed at the second try: ${name}`);
  const sum = (of: 'passed' | 'failed' | 'skipped') => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  return sum('failed') === 0 ? 0 : 1;
}

function read(args: readonly string[]): { suites: readonly Suite[]; paths: readonly string[] } {
  const only: Suite[] = [];
  const paths: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--only' || arg.startsWith('--only=')) only.push(suiteNamed(arg === '--only' ? args[++index] : arg.slice('--only='.length)));
    else if (arg !== '--' && arg.startsWith('-')) throw new Error(`Unknown option ${arg}. ${USAGE}`);
    else if (arg !== '--') paths.push(arg);
  }
  return { suites: only.length > 0 ? SUITES.filter((suite) => only.includes(suite)) : SUITES, paths };
}

function suiteNamed(name: string | undefined): Suite {
  const suite = SUITES.find((known) => known === name);
  if (!suite) throw new Error(`There is no suite ${JSON.stringify(name ?? '')}. ${USAGE}`);
  return suite;
}

async function run(suite: Suite, paths: readonly string[]): Promise<Outcome> {
  console.log(`\n${suite}\n${'─'.repeat(60)}`);
  const lacking = suite === 'browser' ? lackingChromium() : null;
  if (lacking) {
    console.log(lacking);
    return { suite, passed: 0, failed: 1, skipped: 0, seconds: 0, second: [], notRun: 'no Chromium' };
  }
  const from = performance.now();
  const report = join(PROJECT_DIRECTORY, 'test', '.output', `${suite}.json`);
  mkdirSync(join(report, '..'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await vitest(['run', ...PROJECTS[suite].flatMap((project) => ['--project', project]), ...reporters, ...(paths.length > 0 ? ['--passWithNoTests'] : []), ...paths]);
  return { suite, ...countIn(report, code), seconds: (performance.now() - from) / 1000 };
}

/** Where Chromium should be and is not, and how to get it; null when it is there. */
function lackingChromium(): string | null {
  const path = process.env['CHROMIUM_PATH'] || '/usr/bin/chromium';
  if (existsSync(path)) return null;
  return `The browser tests DID NOT RUN: there is no Chromium at ${path}.
Get it with "apt-get install chromium fonts-noto-cjk" (Debian, Ubuntu), or set CHROMIUM_PATH to a Chromium or Chrome that you have.`;
}

function vitest(args: readonly string[]): Promise<number> {
  const program = join(PROJECT_DIRECTORY, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: PROJECT_DIRECTORY, stdio: 'inherit', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const passOn = () => {
    interrupted = true;
    child.kill('SIGTERM');
  };
  process.once('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => {
      process.off('SIGTERM', passOn);
      resolve(code ?? 1);
    });
  });
}

/** What vitest's JSON report tells; a test that passed after a failure keeps the message of it. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly testResults?: readonly { readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] }[] }[];
}

/** A run that failed without a failed test (a file that cannot be read, an error nobody awaited) counts as one failure. */
function countIn(report: string, code: number): Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'second'> {
  const counts: Report = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failed = counts.numFailedTests ?? 0;
  return {
    passed: counts.numPassedTests ?? 0,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
    second: (counts.testResults ?? []).flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0).map(({ fullName }) => fullName),
  };
}

function lineOf({ suite, passed, failed, skipped, seconds, notRun }: Outcome): string {
  const counts = notRun ? `NOT RUN (${notRun}), counted as 1 failed` : `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${suite.padEnd(9)} ${counts}  (${seconds.toFixed(0)} s)`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
