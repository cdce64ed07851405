/**
 * A reason why the server, or a command, cannot go on that is nobody's bug: a full disk, a port in use.
 * It ends the process with one sentence and a documented code (`exit-codes.ts`), never with a stack trace.
 */
export class Failure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'Failure';
    this.code = code;
  }
}

export type FailureCode =
  | 'ALREADY_RUNNING'
  | 'SETTING_INVALID'
  | 'PORT_IN_USE'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_REFUSED'
  | 'SCHEMA_NEWER'
  | 'DISK_FULL'
  | 'DIRECTORY_UNUSABLE'
  | 'DATABASE_NOT_STARTED'
  | 'DATABASE_ENDED'
  | 'PLATFORM_UNSUPPORTED'
  | 'WALLBOARD_NOT_BUILT'
  | 'PROCESSES_KEEP_ENDING';
