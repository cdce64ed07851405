import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { reachDatabase } from '../reach-database.ts';
import { lockDirectory } from './directory-lock.ts';
import { launchPostgres, type LaunchedPostgres, type LaunchOptions } from './launch-postgres.ts';
import { readRunningNote } from './running-note.ts';

export interface OpenDatabase {
  readonly url: string;
  /** Resolves when a server of ours has ended, by itself or by `stop`; never for a server of somebody else. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * The database of the settings, ready to be connected to: `DATABASE_URL`, else the one of a running `pnpm start`
 * in the data folder, else the data folder's own PostgreSQL, started for as long as the caller needs it.
 */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    await reachDatabase(config.databaseUrl);
    return somebodyElses(config.databaseUrl);
  }
  const running = urlOfRunning(config.dataDirectory);
  return running ? somebodyElses(running) : openOwnDatabase(config.dataDirectory);
}

/** Starts the data folder's own PostgreSQL. */
export function openOwnDatabase(dataDirectory: string, options: Pick<LaunchOptions, 'log' | 'settings'> = {}): Promise<LaunchedPostgres> {
  return launchPostgres({ dataDirectory: join(dataDirectory, 'postgres'), ...options });
}

function urlOfRunning(dataDirectory: string): string | null {
  if (!existsSync(join(dataDirectory, 'lock'))) return null;
  const lock = lockDirectory(dataDirectory);
  lock?.release();
  return lock ? null : (readRunningNote(dataDirectory)?.databaseUrl ?? null);
}

function somebodyElses(url: string): OpenDatabase {
  return { url, ended: new Promise(() => undefined), stop: async () => undefined };
}
