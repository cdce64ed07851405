import type { Actor } from './actor.ts';
import type { Instant } from './instant.ts';

/**
 * A fact that happened to a record: audit trail, feed of the screens and input of every consumer at once.
 * Types are past tense, noun first: `incident.suspended`.
 */
export interface DomainEvent {
  readonly type: string;
  /** Kind and id of the record it happened to. */
  readonly subjectKind: string;
  readonly subjectId: string;
  /** When it happened in the world; `recordedAt` is set when it is appended (D-19). */
  readonly occurredAt: Instant;
  /** Set on events of work records: whose boards must hear of it. */
  readonly ticketId?: string;
  readonly customerId?: string | null;
  readonly teamIds?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
  /** `imported`: another system's history; `inferred`: deduced from it (D-24); never armed, mailed or sounded (D-25). */
  /** Who did it, when it was not the command's own actor: the timer, say. */
  readonly actor?: Actor;
  readonly mark?: 'imported' | 'inferred' | null;
}
