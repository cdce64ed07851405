import { closeSync, existsSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFailure } from '../../platform/db/embedded/failure-of.ts';
import { Failure, type FailureCode } from '../../platform/failure.ts';

export interface End {
  readonly code: FailureCode | 'UNEXPECTED';
  readonly sentence: string;
}

/** One clear sentence and a code for whatever ended a start; only what is our own fault leaves a stack trace, and in a file. */
export function explainEnd(error: unknown, dataDirectory: string | null): End {
  // A database that ended may have ended for want of room.
  if (error instanceof Failure && error.code !== 'DATABASE_ENDED') return { code: error.code, sentence: error.message };
  if (error instanceof Error && error.name === 'NewerSchema') return { code: 'SCHEMA_NEWER', sentence: error.message };
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return { code: 'PORT_IN_USE', sentence: 'The port was taken by another program in the meantime. Choose another: PORT=4001.' };
  }
  const full = fullDisk(error, dataDirectory);
  if (full) return { code: full.code, sentence: full.message };
  if (error instanceof Failure) return { code: error.code, sentence: error.message };
  return { code: 'UNEXPECTED', sentence: `Watchfloor could not go on: ${firstLine(error)}.${keep(error, dataDirectory)}` };
}

/** The database that ran out of disk may just close its connections; its log has the reason. */
function fullDisk(error: unknown, dataDirectory: string | null): Failure | null {
  if (!dataDirectory) return null;
  const failure = diskFailure(error, dataDirectory);
  if (failure?.code === 'DISK_FULL') return failure;
  const said = tailOf(join(dataDirectory, 'postgres', 'postgres.log'));
  return /no space left on device/i.test(said) ? diskFailure(said, dataDirectory) : null;
}

function tailOf(path: string): string {
  const TAIL = 16_384;
  if (!existsSync(path)) return '';
  const from = Math.max(0, statSync(path).size - TAIL);
  const buffer = Buffer.alloc(TAIL);
  const file = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, TAIL, from));
  } finally {
    closeSync(file);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/\.$/, '');
}

function keep(error: unknown, dataDirectory: string | null): string {
  if (!dataDirectory || !existsSync(dataDirectory)) return '';
  const file = join(dataDirectory, 'start-error.log');
  try {
    writeFileSync(file, error instanceof Error ? `${error.stack}\n` : `${String(error)}\n`, { mode: 0o600 });
    return ` Details are in ${file}.`;
  } catch {
    return '';
  }
}
