import type { Instant } from '../../kernel/instant.ts';

/** An event as the screens' side reads it back from the log. */
export interface LoggedEvent {
  readonly seq: number;
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly ticketId: string | null;
  readonly customerId: string | null;
  readonly teamIds: readonly string[];
  readonly occurredAt: Instant;
  readonly after: unknown;
  readonly before: unknown;
  readonly reason: string | null;
  /** `imported`, `inferred`: history of the past, for which no screen rings. */
  readonly mark: string | null;
}

/** Where the log ends, and which log it is. */
export interface LogHead {
  readonly epoch: string;
  readonly seq: number;
}
