import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_DIRECTORY } from '../../platform/config.ts';
import { lockDirectory } from '../../platform/db/embedded/directory-lock.ts';
import { Failure } from '../../platform/failure.ts';

export const WALLBOARD_DIRECTORY = join(PROJECT_DIRECTORY, 'wallboard', 'dist');

const MARK = join(WALLBOARD_DIRECTORY, '.sources');
/** Two starts with data folders of their own share this checkout: one builds, the other waits and finds it built. */
const TURNS = join(PROJECT_DIRECTORY, 'node_modules', '.cache', 'watchfloor-wallboard');
const SOURCES = ['wallboard/**/*', 'schema/**/*', 'pnpm-lock.yaml'];
const NOT_SOURCES = ['**/node_modules', 'wallboard/dist', 'wallboard/src/graphql/generated'];

/** Builds the wallboard when its sources are not those of the last build; answers whether it had to. */
export async function buildWallboard(stop: AbortSignal): Promise<boolean> {
  const built = existsSync(join(WALLBOARD_DIRECTORY, 'index.html'));
  // A production image carries the result alone.
  if (built && !existsSync(join(PROJECT_DIRECTORY, 'wallboard', 'src'))) return false;
  const digest = digestOfSources();
  if (built && isMarked(digest)) return false;
  mkdirSync(TURNS, { recursive: true });
  let turn = lockDirectory(TURNS);
  for (; !turn; turn = lockDirectory(TURNS)) await wait(100, undefined, { signal: stop });
  try {
    if (!isMarked(digest)) await build(digest, stop);
    return true;
  } finally {
    turn.release();
  }
}

function isMarked(digest: string): boolean {
  return existsSync(MARK) && readFileSync(MARK, 'utf8') === digest;
}

async function build(digest: string, stop: AbortSignal): Promise<void> {
  await run(['--import', 'tsx', 'wallboard/generate.ts'], stop);
  await run(['node_modules/vite/bin/vite.js', 'build', 'wallboard', '--logLevel', 'warn'], stop);
  mkdirSync(WALLBOARD_DIRECTORY, { recursive: true });
  writeFileSync(MARK, digest);
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  const entries = globSync(SOURCES, { cwd: PROJECT_DIRECTORY, exclude: NOT_SOURCES, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).toSorted();
  for (const path of paths) hash.update(path.slice(PROJECT_DIRECTORY.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

async function run(args: readonly string[], signal: AbortSignal): Promise<void> {
  // Whoever builds, a test run too: React for development is twice as large and slow.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, args, { cwd: PROJECT_DIRECTORY, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Failure('WALLBOARD_NOT_BUILT', `The wallboard could not be built: ${firstError(said)}`);
}

function firstError(said: string): string {
  // oxlint-disable-next-line no-control-regex
  const lines = said.replace(/\x1b\[[\d;]*m/g, '').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.endsWith(':'));
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? 'it said nothing';
}
