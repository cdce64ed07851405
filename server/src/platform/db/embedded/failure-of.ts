import { Failure } from '../../failure.ts';

const FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;
const NOT_ALLOWED = /EACCES|EPERM|EROFS|permission denied|read-only file system/i;
const NOT_A_FOLDER = /ENOTDIR|EEXIST|not a directory/i;

/** The sentence for what a folder can do to us, or null when the error is about something else. */
export function diskFailure(error: unknown, folder: string): Failure | null {
  const text = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (FULL.test(text)) {
    return new Failure('DISK_FULL', `The disk that holds ${folder} is full. Make room (the demo needs about 1 GB) and start again; nothing was lost.`, options);
  }
  if (NOT_ALLOWED.test(text)) {
    return new Failure('DIRECTORY_UNUSABLE', `${folder} cannot be written. Give this user the folder, or name another one in WATCHFLOOR_DATA_DIR.`, options);
  }
  if (NOT_A_FOLDER.test(text)) {
    return new Failure('DIRECTORY_UNUSABLE', `${folder} is not a folder. Name another one in WATCHFLOOR_DATA_DIR.`, options);
  }
  return null;
}

/** Out of a log, the line that says why: the last fatal one, or the last one there is. */
export function reasonOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|error:/i.test(line));
  const full = lines.find((line) => FULL.test(line));
  return full ?? telling.at(-1) ?? lines.at(-1) ?? 'it said nothing';
}
