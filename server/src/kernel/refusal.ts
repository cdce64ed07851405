/**
 * An expected "no": what was wrong, what would be right, and the input field it is about.
 * Thrown anywhere below a resolver or a command; turned in one place into `userErrors[]`, a CLI sentence or an import reject.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | null;
  /** Facts that a client may show or act on, e.g. the allowed moves or the current version. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, field: string | null = null, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
    this.detail = detail;
  }
}

/** Every code a client may meet. Frozen once released: add, never rename (API-02). */
export type RefusalCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'WRONG_CREDENTIALS'
  | 'STALE_VERSION'
  | 'MOVE_NOT_ALLOWED'
  | 'MISSING_FIELD'
  | 'OUT_OF_RANGE'
  | 'TOO_LARGE'
  | 'APPROVAL_NEEDED'
  | 'ALREADY_DONE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'CALENDAR_INVALID'
  | 'CALENDAR_NEVER_OPENS'
  | 'NO_AGREEMENT'
  | 'NOT_UNIQUE'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'CURSOR_TOO_OLD'
  | 'UNAUTHORISED'
  | 'RELATION_FORBIDDEN'
  | 'IMPORT_ROW_INVALID'
  | 'CHECKSUM_DIFFERS'
  | 'FREEZE';
