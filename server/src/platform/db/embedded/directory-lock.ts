import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../failure.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes a directory for this process, or returns null when another process has it.
 * The lock is the operating system's own (SQLite's exclusive lock on an empty file), so it ends with its process however
 * that dies: there is no stale lock to judge, and neither a zombie nor a reused process id can be mistaken for the holder.
 */
export function lockDirectory(directory: string): DirectoryLock | null {
  const file = open(directory);
  try {
    file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => file.close() };
}

function open(directory: string): DatabaseSync {
  try {
    return new DatabaseSync(join(directory, 'lock'));
  } catch (cause) {
    throw new Failure('DIRECTORY_UNUSABLE', `${directory} cannot be written. Give this user the folder, or name another one in WATCHFLOOR_DATA_DIR.`, { cause });
  }
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
