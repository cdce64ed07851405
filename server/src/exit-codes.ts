import type { FailureCode } from './platform/failure.ts';

/** What `pnpm start` and `pnpm watchfloor` end with. Scripts rely on these: add, never change. */
export const EXIT = {
  OK: 0,
  /** A fault of ours; the details are in `start-error.log` of the data folder. */
  UNEXPECTED: 1,
  SETTING_INVALID: 2,
  ALREADY_RUNNING: 3,
  PORT_IN_USE: 4,
  DATABASE_UNREACHABLE: 5,
  DATABASE_REFUSED: 6,
  SCHEMA_NEWER: 7,
  DISK_FULL: 8,
  DIRECTORY_UNUSABLE: 9,
  DATABASE_NOT_STARTED: 10,
  DATABASE_ENDED: 11,
  WALLBOARD_NOT_BUILT: 12,
  PLATFORM_UNSUPPORTED: 13,
  PROCESSES_KEEP_ENDING: 14,
} as const satisfies Record<FailureCode | 'OK' | 'UNEXPECTED', number>;

/** The table of README.md, one row a code. */
export const EXIT_MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  OK: 'stopped by Ctrl-C or SIGTERM',
  UNEXPECTED: 'a fault of Watchfloor itself; details in `start-error.log` of the data folder',
  SETTING_INVALID: 'an option or an environment variable has an impossible value; the sentence names it',
  ALREADY_RUNNING: 'Watchfloor runs in this data folder already; its address is printed',
  PORT_IN_USE: 'another program listens on `PORT`',
  DATABASE_UNREACHABLE: 'nothing answers at `DATABASE_URL`',
  DATABASE_REFUSED: '`DATABASE_URL` was refused: password, user, database name, rights or a PostgreSQL older than 15',
  SCHEMA_NEWER: 'the database was made by a newer Watchfloor; nothing was changed',
  DISK_FULL: 'the disk is full; nothing committed is lost',
  DIRECTORY_UNUSABLE: 'the data folder cannot be made, entered or written',
  DATABASE_NOT_STARTED: 'the PostgreSQL of the data folder does not start; the sentence has its reason',
  DATABASE_ENDED: 'the database went away while Watchfloor was running',
  WALLBOARD_NOT_BUILT: 'the wallboard could not be built; the sentence has the first error',
  PLATFORM_UNSUPPORTED: 'no PostgreSQL or Node 26 is installed for this machine; install again, or set `DATABASE_URL`',
  PROCESSES_KEEP_ENDING: 'a server process of `watchfloor serve` ended again and again soon after its start; the sentence says how',
};
