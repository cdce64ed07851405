import { mkdirSync } from 'node:fs';
import { EXIT } from '../../exit-codes.ts';
import { readConfig, type Config } from '../../platform/config.ts';
import { lockDirectory } from '../../platform/db/embedded/directory-lock.ts';
import { diskFailure } from '../../platform/db/embedded/failure-of.ts';
import { openOwnDatabase, type OpenDatabase } from '../../platform/db/embedded/open-database.ts';
import { readRunningNote, removeRunningNote, writeRunningNote } from '../../platform/db/embedded/running-note.ts';
import { migrate } from '../../platform/db/migrate.ts';
import { reachDatabase } from '../../platform/db/reach-database.ts';
import { Failure } from '../../platform/failure.ts';
import { explainEnd } from './explain-end.ts';
import { requireFreePort } from './free-port.ts';
import { Progress } from './progress.ts';
import { demoSignInLines, seedDatabase } from './seed-database.ts';
import type { Seed } from './seeding.ts';
import { listenForStop, type Stopping } from './stopping.ts';
import { buildWallboard } from './wallboard-build.ts';

export interface Start {
  readonly environment: NodeJS.ProcessEnv;
  /** Asked when failures can be told; null when there is nothing to start: the answer has been printed. */
  readonly plan: (progress: Progress) => Plan | null;
}

export interface Plan {
  readonly seed: Seed;
  /** Settings of the data folder's own PostgreSQL, beside the usual. */
  readonly databaseSettings?: Readonly<Record<string, string>>;
  /** Refuses what the database cannot carry, before anything is changed in it. */
  readonly examine?: (databaseUrl: string) => Promise<void>;
  serve(place: Place): Promise<Served>;
}

/** Where and what is to be served: migrated, seeded, built. */
export interface Place {
  readonly config: Config;
  /** Found free a moment ago; a number also where the setting says 0. */
  readonly freePort: number;
  readonly databaseUrl: string;
  readonly holds: Seed | null;
  readonly progress: Progress;
  /** To be undone at the end, last first; also when a stop is wanted before everything has started. */
  readonly closing: (undo: () => Promise<void>) => void;
}

export interface Served {
  readonly url: string;
  /** Rejects when it cannot go on by itself. */
  readonly ended: Promise<never>;
}

/** Brings database, schema, seed and wallboard up, serves until it is told to stop; answers the exit code. */
export async function runWatchfloor({ environment, plan: planned }: Start): Promise<number> {
  const progress = new Progress(process.stdout);
  const stopping = listenForStop();
  const open: Opened = { closers: [] };
  let dataDirectory: string | null = null;
  try {
    const plan = planned(progress);
    if (plan === null) return EXIT.OK;
    const config = readConfig(environment);
    ({ dataDirectory } = config);
    await runUntilStopped({ config, plan, progress, stopping, open });
    if (stopping.signal.aborted) progress.line('Stopping …');
    await closeAll(open);
    progress.line('Stopped.');
    return EXIT.OK;
  } catch (error) {
    const { code, sentence } = explainEnd(error, dataDirectory);
    process.stderr.write(`${process.stdout.isTTY ? '\r\x1b[2K' : ''}${sentence}\n`);
    await closeAll(open).catch(() => undefined);
    return EXIT[code];
  }
}

interface Opened {
  /** Undone last first. */
  readonly closers: (() => void | Promise<void>)[];
}

interface Run {
  readonly config: Config;
  readonly plan: Plan;
  readonly progress: Progress;
  readonly stopping: Stopping;
  readonly open: Opened;
}

async function runUntilStopped(run: Run): Promise<void> {
  const started = startEverything(run);
  // Told to stop while it is still starting: what the interrupted step then says is of no interest.
  started.catch(() => undefined);
  await Promise.race([started.then(({ ended }) => ended), run.stopping.wanted, nextFault()]);
}

/** What nobody caught ends the process in order too, instead of with a stack trace in the middle of it. */
function nextFault(): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', reject);
    process.on('unhandledRejection', reject);
  });
}

async function startEverything(run: Run): Promise<{ ended: Promise<never> }> {
  const { config, plan, progress, open } = run;
  claim(config, open);
  const freePort = await requireFreePort(config);
  progress.line(`Watchfloor is starting; its data is in ${config.dataDirectory}`);
  const wallboard = buildWallboard(run.stopping.signal);
  wallboard.catch(() => undefined);
  const database = await openDatabase(run);
  await plan.examine?.(database.url);
  writeRunningNote(config.dataDirectory, { pid: process.pid, url: null, databaseUrl: database.url });
  await progress.step('Schema', () => migrate(database.url), () => 'up to date');
  const holds = await seedDatabase({ databaseUrl: database.url, seed: plan.seed, progress });
  await progress.step('Wallboard', () => wallboard, (built) => (built ? 'built' : 'unchanged'));
  const served = await plan.serve({ config, freePort, databaseUrl: database.url, holds, progress, closing: (undo) => void open.closers.push(undo) });
  writeRunningNote(config.dataDirectory, { pid: process.pid, url: served.url, databaseUrl: database.url });
  progress.line(`\nWatchfloor is running at ${served.url}  (started in ${progress.elapsed()})\n`);
  if (holds === 'demo') for (const line of ['Sign in to the demo as', ...demoSignInLines(), '']) progress.line(line);
  progress.line('Ctrl-C stops it.');
  const ended = Promise.race([endOf(database, run.stopping), served.ended]);
  ended.catch(() => undefined);
  return { ended };
}

/** Makes the data folder ours, or refuses with the address of who has it. */
function claim({ dataDirectory }: Config, open: Opened): void {
  try {
    // Whoever is root lends the folder to the database's own user, who has to pass through it.
    mkdirSync(dataDirectory, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  } catch (error) {
    throw diskFailure(error, dataDirectory) ?? error;
  }
  const lock = lockDirectory(dataDirectory);
  if (!lock) throw alreadyRunning(dataDirectory);
  open.closers.push(() => {
    removeRunningNote(dataDirectory);
    lock.release();
  });
  writeRunningNote(dataDirectory, { pid: process.pid, url: null, databaseUrl: null });
}

function alreadyRunning(dataDirectory: string): Failure {
  const note = readRunningNote(dataDirectory);
  const who = note ? ` (process ${note.pid})` : '';
  const what = note?.url ? `is already running at ${note.url}${who}` : `is already starting${who}`;
  return new Failure('ALREADY_RUNNING', `Watchfloor ${what}, with its data in ${dataDirectory}.`);
}

async function openDatabase({ config, plan, progress, open }: Run): Promise<OpenDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl) {
    await progress.step('PostgreSQL', () => reachDatabase(databaseUrl), () => `of DATABASE_URL at ${new URL(databaseUrl).host}`);
    return { url: databaseUrl, ended: new Promise(() => undefined), stop: async () => undefined };
  }
  const database = await progress.step('PostgreSQL', (tell) => openOwnDatabase(config.dataDirectory, { log: tell, settings: plan.databaseSettings ?? {} }), () => 'ready');
  open.closers.push(() => database.stop());
  return database;
}

/** Rejects when the database ends without having been asked to. */
async function endOf(database: OpenDatabase, stopping: Stopping): Promise<never> {
  await database.ended;
  if (stopping.signal.aborted) return new Promise<never>(() => undefined);
  throw new Failure('DATABASE_ENDED', 'The database ended. What was committed is safe; start again.');
}

async function closeAll({ closers }: Opened): Promise<void> {
  for (let close = closers.pop(); close; close = closers.pop()) await close();
}
