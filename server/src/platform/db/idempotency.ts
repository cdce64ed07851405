import { createHash } from 'node:crypto';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change } from './database.ts';
import { statement } from './statement.ts';

interface Keyed {
  readonly idempotencyKey?: string | null;
}

/**
 * API-03: the same key with the same body answers with the first record again, with another body it is refused.
 * The key is taken in the command's own transaction: parallel retries wait for the first and then find its record.
 * A command on a record that is there already names it beforehand, as `recordId`.
 */
export async function idempotent(change: Change, operation: string, input: Keyed, work: () => Promise<string>, recordId = ''): Promise<string> {
  const key = input.idempotencyKey;
  if (key === null || key === undefined) return work();
  if (key.length < 8 || key.length > 200) throw new Refusal('OUT_OF_RANGE', `"idempotencyKey" must have 8–200 characters, got ${key.length}.`, 'idempotencyKey');
  const digest = createHash('sha256').update(canonical({ operation, ...input })).digest('hex');
  const { em, actor } = change;
  const taken = await statement(
    em,
    `insert into idempotency_key (actor_id, key, operation, body_digest, record_id, created_at) values (?, ?, ?, ?, ?, clock_timestamp())
     on conflict do nothing returning key`,
    [actor.id, key, operation, digest, recordId],
  );
  if (taken.length === 0) return firstAnswer(change, key, digest);
  const made = await work();
  if (made !== recordId) await em.execute('update idempotency_key set record_id = ? where actor_id = ? and key = ?', [made, actor.id, key]);
  return made;
}

async function firstAnswer(change: Change, key: string, digest: string): Promise<string> {
  const rows = await change.em.execute<{ body_digest: string; record_id: string }[]>(
    'select body_digest, record_id from idempotency_key where actor_id = ? and key = ?', [change.actor.id, key],
  );
  const first = rows[0]!;
  if (first.body_digest === digest) return first.record_id;
  throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'This "idempotencyKey" was used before with another body; use a new key.', 'idempotencyKey');
}

/** JSON with sorted keys, so that the order of fields does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
