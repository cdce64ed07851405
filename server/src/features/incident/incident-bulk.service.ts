import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { refusalOfDatabase } from '../../platform/db/refusal-of.ts';
import { followRecord } from '../ticket/ticket-follow.service.ts';
import type { IncidentCommand } from './incident-case.service.ts';
import { assign, take } from './incident-work.service.ts';

/** One record of a bulk command, as the asker saw it. */
export interface BulkItem {
  readonly id: string;
  readonly expectedVersion: number;
}

export interface BulkCommand {
  readonly items: readonly BulkItem[];
  readonly idempotencyKey?: string | null;
}

export interface BulkAssign extends BulkCommand {
  readonly teamId?: string | null;
  readonly holderId?: string | null;
  readonly reason?: string | null;
}

/** How one record fared: carried out whole, or refused and untouched. */
export interface BulkOutcome {
  readonly id: string;
  readonly refusal: Refusal | null;
}

export const MOST_BULK_ITEMS = 100;
/** With the id of a record behind it a key must still be one of 8–200 characters. */
const LONGEST_BULK_KEY = 150;

/** WBD-04: assigns each as `assignIncident` does, in a transaction of its own. */
export async function assignMany(database: Database, actor: Actor, { items, idempotencyKey, teamId, holderId, reason }: BulkAssign): Promise<BulkOutcome[]> {
  requireWorker(actor);
  return eachAlone(actor, { items, idempotencyKey }, (command) => assign(database, actor, { ...command, teamId, holderId, reason }));
}

/** Takes each oneself, as `takeIncident` does. */
export async function takeMany(database: Database, actor: Actor, command: BulkCommand): Promise<BulkOutcome[]> {
  requireWorker(actor);
  return eachAlone(actor, command, (one) => take(database, actor, one));
}

/** Follows each (INC-21); following knows no versions, because it changes nothing of the record. */
export async function followMany(database: Database, actor: Actor, command: BulkCommand): Promise<BulkOutcome[]> {
  return eachAlone(actor, command, ({ id }) => followRecord(database, actor, id));
}

/** Whoever neither assigns nor works on any incident is refused at once; on which ones, each incident says. */
function requireWorker(actor: Actor): void {
  if (!may(actor, 'incident.assign')) requirePermission(actor, 'incident.work');
}

/**
 * One after the other, so that a bulk command holds one row lock at a time; what one record refuses does not touch the next.
 * Each has a key of its own: sent again, what was done is answered and what was refused is tried.
 */
async function eachAlone(actor: Actor, { items, idempotencyKey = null }: BulkCommand, work: (command: IncidentCommand) => Promise<string>): Promise<BulkOutcome[]> {
  requirePermission(actor, 'incident.read');
  checkItems(items, idempotencyKey);
  const outcomes: BulkOutcome[] = [];
  for (const { id, expectedVersion } of items) {
    const key = idempotencyKey === null ? null : `${idempotencyKey} ${id}`;
    outcomes.push({ id, refusal: await refusalOf(() => work({ id, expectedVersion, idempotencyKey: key })) });
  }
  return outcomes;
}

function checkItems(items: readonly BulkItem[], key: string | null): void {
  if (items.length === 0) throw new Refusal('MISSING_FIELD', '"items" must name at least one incident.', 'items');
  if (items.length > MOST_BULK_ITEMS) throw new Refusal('TOO_LARGE', `"items" may name at most ${MOST_BULK_ITEMS} incidents, got ${items.length}: send the rest in another request.`, 'items');
  const ids = new Set(items.map(({ id }) => id));
  if (ids.size < items.length) throw new Refusal('INVALID_INPUT', `"items" names ${items.length - ids.size} incidents twice; name each once.`, 'items');
  if (key !== null && (key.length < 8 || key.length > LONGEST_BULK_KEY)) {
    throw new Refusal('OUT_OF_RANGE', `"idempotencyKey" must have 8–${LONGEST_BULK_KEY} characters, got ${key.length}.`, 'idempotencyKey');
  }
}

async function refusalOf(work: () => Promise<string>): Promise<Refusal | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    const error = refusalOfDatabase(thrown) ?? thrown;
    if (error instanceof Refusal) return error;
    throw error;
  }
}
