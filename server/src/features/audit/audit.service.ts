import { IsolationLevel } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { auditEvents, findTampering, newestEvents, type AuditCheck, type AuditEvent, type AuditHead } from './audit.queries.ts';

export interface TrailRequest {
  readonly subjectId?: string | null;
  readonly ticketId?: string | null;
  readonly first?: number | null;
  /** Seq of the last entry of the page before. */
  readonly after?: number | null;
}

export interface TrailPage {
  readonly events: readonly AuditEvent[];
  readonly hasNextPage: boolean;
}

/** A page of the audit trail, oldest first (ORG-05). Needs `audit.read`; limited to one's customer where one has one. */
export async function auditTrail(database: Database, actor: Actor, request: TrailRequest): Promise<TrailPage> {
  requirePermission(actor, 'audit.read');
  const { first } = pageRequest(request.first, null);
  const filter = { subjectId: request.subjectId ?? null, ticketId: request.ticketId ?? null, customerId: customerLimit(actor) };
  const events = await auditEvents(database.em, { ...filter, afterSeq: request.after ?? 0, limit: first + 1 });
  return { events: events.slice(0, first), hasNextPage: events.length > first };
}

export interface NewestRequest {
  readonly type?: string | null;
  readonly actorName?: string | null;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
  readonly first?: number | null;
  /** Seq of the last entry of the page before. */
  readonly before?: number | null;
}

/** A page of the trail, newest first. Needs `audit.read`; limited to one's customer where one has one. */
export async function newestEntries(database: Database, actor: Actor, { first, before, ...filter }: NewestRequest): Promise<TrailPage> {
  requirePermission(actor, 'audit.read');
  const size = pageRequest(first, null).first;
  const events = await newestEvents(database.em, { ...filter, customerId: customerLimit(actor), afterSeq: before ?? 0, limit: size + 1 });
  return { events: events.slice(0, size), hasNextPage: events.length > size };
}

/** One grant for everything lifts the limit; else the customer of the grants, which must be one. */
function customerLimit(actor: Actor): string | null {
  if (actor.kind === 'system') return null;
  if (actor.customerId !== null) return actor.customerId;
  const limits = actor.grants.filter(({ permissions }) => permissions.has('audit.read')).map(({ customerId }) => customerId);
  return limits.includes(null) ? null : (limits[0] ?? null);
}

/** `watchfloor check audit`: is the trail as it was written, and does it still lead through the heads that were kept elsewhere? */
export async function checkAudit(database: Database, heads: readonly AuditHead[] = []): Promise<AuditCheck> {
  return database.em.transactional((em) => findTampering(em, heads), { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
}

/**
 * Erases the personal data in one event; its digest stays, so the chain stays whole (ORG-05). The erasure is an event itself.
 * Needs `audit.redact`.
 */
export async function redactEvent(database: Database, actor: Actor, input: { readonly seq: number; readonly reason: string }): Promise<AuditEvent> {
  requirePermission(actor, 'audit.redact');
  const reason = requiredText(input.reason, 'reason', 500);
  return database.change(actor, async ({ em, emit, now }) => {
    const [event] = await auditEvents(em, { afterSeq: input.seq - 1, limit: 1 });
    if (event?.seq !== input.seq) throw new Refusal('NOT_FOUND', `There is no event ${input.seq}.`, 'seq');
    if (event.type === 'event.redacted') throw new Refusal('MOVE_NOT_ALLOWED', 'The entry of a redaction cannot be redacted: it holds no personal data.', 'seq');
    if (event.redacted) throw new Refusal('ALREADY_DONE', `Event ${input.seq} is redacted already.`, 'seq');
    await em.execute('select redact_event(?, ?)', [input.seq, reason]);
    emit({ type: 'event.redacted', subjectKind: event.subjectKind, subjectId: event.subjectId, customerId: event.customerId, occurredAt: await now(), after: { seq: input.seq }, reason });
    const [redacted] = await auditEvents(em, { afterSeq: input.seq - 1, limit: 1 });
    return redacted ?? event;
  });
}
