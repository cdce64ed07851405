import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { instant } from '../db/columns.ts';

/**
 * The event log: audit trail and feed in one (architecture §5). Written only by the SQL function `append_events`,
 * in commit order and without gaps; a trigger refuses every other change (ORG-05).
 */
export const EventLogEntity = defineEntity({
  name: 'EventLog',
  tableName: 'event_log',
  properties: {
    seq: p.bigint('number').primary().autoincrement(false),
    type: p.text(),
    subjectKind: p.text(),
    subjectId: p.uuid(),
    ticketId: p.uuid().strictNullable(),
    customerId: p.uuid().strictNullable(),
    teamIds: p.json<string[]>(),
    actor: p.json<{ kind: string; id: string; name: string; origin: string; onBehalfOf?: string }>(),
    occurredAt: instant(),
    recordedAt: instant(),
    /** `{ before, after, reason, mark }`; replaced by `{ "redacted": reason }` when personal data is erased. */
    payload: p.json<EventPayload>(),
    redacted: p.boolean().default(false),
    /** sha256 of the payload as first written: keeps the chain whole through a redaction. */
    payloadDigest: p.text(),
    /** sha256 of the previous row's digest, this row's facts and its payload digest. */
    digest: p.text(),
  },
  indexes: [{ properties: ['ticketId', 'seq'] }, { properties: ['subjectId', 'seq'] }],
});
export type EventLogRow = InferEntity<typeof EventLogEntity>;

export interface EventPayload {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
  readonly mark?: string | null;
}

/** One row: where the log ends. `cluster` tells a restored copy from the original: it gets a new epoch. Its row lock is what makes id order commit order. */
export const EventLogHeadEntity = defineEntity({
  name: 'EventLogHead',
  tableName: 'event_log_head',
  properties: { id: p.integer().primary().autoincrement(false), epoch: p.uuid(), seq: p.bigint('number'), digest: p.text(), cluster: p.text().strictNullable() },
});

/** The first answer to an idempotency key (API-03). */
export const IdempotencyKeyEntity = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: {
    actorId: p.text().primary(),
    key: p.text().primary(),
    operation: p.text(),
    bodyDigest: p.text(),
    recordId: p.text(),
    createdAt: instant().index(),
  },
});
