import { MINUTE, SECOND, type Instant } from '../../kernel/instant.ts';
import type { NewId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { TicketSpan } from './ticket.entity.ts';

/** Work records that share number, holder, version, work log, files and links. */
export const TICKET_KINDS = ['incident', 'change', 'problem', 'release'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

/**
 * What a link says, read from → to. Incident to incident: recurrence-of, duplicate-of, child-of. `problem-of` problem → incident that it
 * looks into (D-42: at most one open problem an incident). `change-for` change → incident or problem that asked for it (CHG-01).
 * `carries` release → change (REL-01). `caused-by` incident or problem → change that a person says caused it (CHG-13).
 */
export const LINK_KINDS = ['recurrence-of', 'duplicate-of', 'child-of', 'related', 'problem-of', 'change-for', 'carries', 'caused-by'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** What a span records; it ends when one of these changes. */
export interface SpanFacts {
  readonly state: string;
  readonly teamId: string | null;
  readonly holderId: string | null;
  readonly accepted: boolean;
}

/**
 * Ends the running span and begins the next, if anything changed; spans stay without gap (HND-06).
 * Returns the new span, or null when nothing changed. `ended`: the record is closed, no span follows.
 */
export function turnSpan(spans: TicketSpan[], facts: SpanFacts & { ticketId: string; ended: boolean }, at: Instant, newId: NewId): TicketSpan | null {
  const { ended, ticketId, ...next } = facts;
  const last = spans.at(-1);
  if (last && !ended && last.state === next.state && last.teamId === next.teamId && last.holderId === next.holderId && last.accepted === next.accepted) {
    return null;
  }
  const from = Math.max(at, last?.fromAt ?? at);
  if (last && last.toAt === null) last.toAt = from;
  if (ended) return null;
  const span: TicketSpan = { id: newId(), ticketId, seq: (last?.seq ?? 0) + 1, fromAt: from, toAt: null, ...next };
  spans.push(span);
  return span;
}

/** Who held the record at an instant; before its first span, whoever held that one. Nobody is a possible answer. */
export function heldAt(spans: readonly TicketSpan[], at: Instant): { teamId: string | null; holderId: string | null } {
  const span = spans.findLast(({ fromAt }) => fromAt <= at) ?? spans[0];
  return { teamId: span?.teamId ?? null, holderId: span?.holderId ?? null };
}

export interface EntryTime {
  readonly now: Instant;
  /** When it happened, if the caller says so; else now. */
  readonly occurredAt: Instant | null;
  readonly lateReason: string | null;
  /** The record's start, and its last event of that kind. */
  readonly notBefore: Instant;
  readonly limitMinutes: number;
  /** Beyond the limit a lead approves, by entering it (INC-19). */
  readonly byLead: boolean;
}

/**
 * INC-19: the instant that counts for an entry made now. "Called 10:03, typed 10:25" is allowed with a reason,
 * up to the policy's limit, never before the record's start or its last event of that kind, never in the future.
 */
export function entryInstant(entry: EntryTime): Instant {
  const { now, occurredAt } = entry;
  if (occurredAt === null || occurredAt === now) return now;
  if (occurredAt > now) throw new Refusal('OUT_OF_RANGE', '"occurredAt" must not be in the future.', 'occurredAt');
  if (occurredAt < entry.notBefore) {
    throw new Refusal('OUT_OF_RANGE', `"occurredAt" must not be before ${new Date(entry.notBefore).toISOString()}, the record's start or its last event of that kind.`, 'occurredAt');
  }
  if (!entry.lateReason?.trim()) throw new Refusal('MISSING_FIELD', 'A late entry needs "lateReason".', 'lateReason');
  if (now - occurredAt > entry.limitMinutes * MINUTE && !entry.byLead) {
    throw new Refusal('APPROVAL_NEEDED', `"occurredAt" lies more than ${entry.limitMinutes} min back: a team lead must enter it.`, 'occurredAt');
  }
  return occurredAt;
}

/** One stay in a team: waiting for acceptance, then worked (HND-06). Spans in milliseconds of wall time. */
export interface Leg {
  readonly teamId: string | null;
  readonly from: Instant;
  readonly acceptedAt: Instant | null;
  readonly to: Instant | null;
  readonly waitingMs: number;
  readonly workedMs: number;
}

/** The legs of a ticket: consecutive spans of one team. They add up to its total by construction (HND-06). */
export function legsOf(spans: readonly TicketSpan[], now: Instant): Leg[] {
  const legs: Leg[] = [];
  for (const span of spans.toSorted((a, b) => a.seq - b.seq)) {
    const last = legs.at(-1);
    const length = (span.toAt ?? now) - span.fromAt;
    const waitingMs = span.accepted ? 0 : length;
    const workedMs = span.accepted ? length : 0;
    if (last && last.teamId === span.teamId && !(last.acceptedAt !== null && !span.accepted)) {
      legs[legs.length - 1] = {
        ...last, to: span.toAt, waitingMs: last.waitingMs + waitingMs, workedMs: last.workedMs + workedMs,
        acceptedAt: last.acceptedAt ?? (span.accepted ? span.fromAt : null),
      };
    } else {
      legs.push({ teamId: span.teamId, from: span.fromAt, to: span.toAt, waitingMs, workedMs, acceptedAt: span.accepted ? span.fromAt : null });
    }
  }
  return legs;
}

/**
 * The legs in whole seconds of a calendar. Rounded along the whole stay, so that they add up to what the ticket took, to the
 * second (HND-06). `elapsed`: milliseconds of the calendar between two instants.
 */
export function legTimes(legs: readonly Leg[], now: Instant, elapsed: (from: Instant, to: Instant) => number): { waitingSeconds: number; workedSeconds: number }[] {
  const start = legs[0]?.from ?? now;
  const until = (at: Instant): number => Math.round(elapsed(start, at) / SECOND);
  return legs.map(({ from, acceptedAt, to }) => {
    const end = until(to ?? now);
    const accepted = acceptedAt === null ? end : until(acceptedAt);
    return { waitingSeconds: accepted - until(from), workedSeconds: end - accepted };
  });
}

/** Limits of free text, in characters; a 10 MB description is refused before it reaches the database. */
export const TEXT_LIMITS = { title: 300, text: 20_000, short: 200 } as const;
