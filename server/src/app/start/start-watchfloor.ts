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
import { startDemoReplay } from '../../seed/demo-replay.ts';
import { startServer } from '../server.ts';
import { explainEnd } from './explain-end.ts';
import { requireFreePort } from './free-port.ts';
import { Progress } from './progress.ts';
import { demoSignInLines, seedDatabase } from './seed-database.ts';
import type { Seed } from './seeding.ts';
import { listenForStop, type Stopping } from './stopping.ts';
import { buildWallboard, WALLBOARD_DIRECTORY } from './wallboard-build.ts';

const HELP = `pnpm start            starts Watchfloor; an empty database gets the demo
pnpm start --empty    for real use: an empty database gets the policy and one administrator
Settings: PORT, HOST, DATABASE_URL, WATCHFLOOR_DATA_DIR (README.md)`;

/** Runs Watchfloor until it is told to stop; answers the exit code. */
export async function startWatchfloor(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const progress = new Progress(process.stdout);
  const stopping = listenForStop();
  const open: Opened = { closers: [] };
  let dataDirectory: string | null = null;
  try {
    if (args.includes('--help')) {
      progress.line(HELP);
      return EXIT.OK;
    }
    const seed = seedFrom(args);
    const config = readConfig(environment);
    ({ dataDirectory } = config);
    await runUntilStopped({ config, seed, progress, stopping, open });
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
  readonly seed: Seed;
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
  const { config, progress, open } = run;
  claim(config, open);
  await requireFreePort(config);
  progress.line(`Watchfloor is starting; its data is in ${config.dataDirectory}`);
  const wallboard = buildWallboard(run.stopping.signal);
  wallboard.catch(() => undefined);
  const database = await openDatabase(run);
  writeRunningNote(config.dataDirectory, { pid: process.pid, url: null, databaseUrl: database.url });
  await progress.step('Schema', () => migrate(database.url), () => 'up to date');
  const holds = await seedDatabase({ databaseUrl: database.url, seed: run.seed, progress });
  await progress.step('Wallboard', () => wallboard, (built) => (built ? 'built' : 'unchanged'));
  const server = await startServer({
    databaseUrl: database.url, port: config.port, host: config.host, wallboardDirectory: WALLBOARD_DIRECTORY,
  });
  open.closers.push(() => server.close());
  writeRunningNote(config.dataDirectory, { pid: process.pid, url: server.url, databaseUrl: database.url });
  progress.line(`\nWatchfloor is running at ${server.url}  (started in ${progress.elapsed()})\n`);
  if (holds === 'demo') {
    const replay = startDemoReplay({ database: server.database, databaseUrl: database.url, onTrouble: (sentence) => progress.line(sentence) });
    open.closers.push(() => replay.close());
  }
  if (holds === 'demo') for (const line of ['Sign in to the demo as', ...demoSignInLines(), '']) progress.line(line);
  progress.line('Ctrl-C stops it.');
  return { ended: endOf(database, run.stopping) };
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

async function openDatabase({ config, progress, open }: Run): Promise<OpenDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl) {
    await progress.step('PostgreSQL', () => reachDatabase(databaseUrl), () => `of DATABASE_URL at ${new URL(databaseUrl).host}`);
    return { url: databaseUrl, ended: new Promise(() => undefined), stop: async () => undefined };
  }
  const database = await progress.step('PostgreSQL', (tell) => openOwnDatabase(config.dataDirectory, tell), () => 'ready');
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

function seedFrom(args: readonly string[]): Seed {
  const unknown = args.find((arg) => arg !== '--empty');
  if (unknown !== undefined) throw new Failure('SETTING_INVALID', `Unknown option ${JSON.stringify(unknown)}.\n${HELP}`);
  return args.includes('--empty') ? 'empty' : 'demo';
}
