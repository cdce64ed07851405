import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../failure.ts';
import { reasonOf } from './failure-of.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresIdentity } from './postgres-identity.ts';
import { postgresEnvironment } from './supervise.ts';

export interface ClusterOptions {
  readonly folder: string;
  readonly binaries: PostgresBinaries;
  readonly identity: PostgresIdentity;
  readonly user: string;
  readonly password: string;
  readonly log: ((line: string) => void) | undefined;
}

/** The password goes through the shell's own pipe: initdb runs as another user and could not open a file of ours. */
const WITH_PASSWORD = 'printf "%s\\n" "$WATCHFLOOR_DATABASE_PASSWORD" | "$@" --pwfile=/dev/stdin';

/**
 * Makes the folder of the database, once, and answers its path. It is made under another name and renamed when complete,
 * so a start that is killed halfway leaves nothing that looks like a database.
 */
export async function createCluster(options: ClusterOptions): Promise<string> {
  const cluster = join(options.folder, 'cluster');
  const version = join(cluster, 'PG_VERSION');
  if (existsSync(version)) {
    requireMajor(readFileSync(version, 'utf8').trim(), options);
    return cluster;
  }
  options.log?.('making the database');
  const unfinished = join(options.folder, 'cluster.new');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (options.identity.owner) chownSync(unfinished, options.identity.owner.uid, options.identity.owner.gid);
  try {
    await initdb(unfinished, options);
    rmSync(cluster, { recursive: true, force: true });
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  return cluster;
}

function requireMajor(found: string, { folder, binaries }: ClusterOptions): void {
  if (found === binaries.major) return;
  throw new Failure(
    'DATABASE_NOT_STARTED',
    `The database in ${folder} was made by PostgreSQL ${found}; this installation has ${binaries.major}. `
      + 'Dump it with the old version and load it into a new folder.',
  );
}

/** Locale: the built-in C.UTF-8 sorts by code point on every machine, so no update of a system library can reorder an index. */
async function initdb(target: string, { binaries, identity, user, password }: ClusterOptions): Promise<void> {
  const command = [
    binaries.initdb, `--pgdata=${target}`, `--username=${user}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
  ];
  const [program = '/bin/sh', ...words] = [...identity.prefix, '/bin/sh', '-c', WITH_PASSWORD, 'initdb', ...command];
  const child = spawn(program, words, {
    ...identity.ids, cwd: '/', env: { ...postgresEnvironment(), WATCHFLOOR_DATABASE_PASSWORD: password }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Failure('DATABASE_NOT_STARTED', `The database could not be made in ${target}: ${reasonOf(said)}`);
}
