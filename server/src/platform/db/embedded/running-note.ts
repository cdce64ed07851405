import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the running process of a data folder tells the others. Only worth reading while the folder is locked. */
export interface RunningNote {
  readonly pid: number;
  /** Null while it is starting. */
  readonly url: string | null;
  /** Null until the database answers. */
  readonly databaseUrl: string | null;
}

export function writeRunningNote(dataDirectory: string, note: RunningNote): void {
  // Readable by its owner alone: the address of the database holds its password.
  writeFileSync(fileIn(dataDirectory), JSON.stringify(note), { mode: 0o600 });
}

export function readRunningNote(dataDirectory: string): RunningNote | null {
  try {
    const note: unknown = JSON.parse(readFileSync(fileIn(dataDirectory), 'utf8'));
    return note as RunningNote;
  } catch {
    return null;
  }
}

export function removeRunningNote(dataDirectory: string): void {
  rmSync(fileIn(dataDirectory), { force: true });
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'running.json');
}
