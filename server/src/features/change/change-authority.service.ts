import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { CiAuthorisation } from '../cmdb/cmdb.rules.ts';

/** States in which a change is being carried out, or what it did is being written down (CHG-12). */
const ALTERS = ['implementing', 'rolled-back', 'verified', 'review'];

/**
 * CHG-12, CMDB-06: what allows the CMDB to alter the CIs that a change names. The caller has locked the change.
 * @throws Refusal MOVE_NOT_ALLOWED before it started and after its end, NOT_FOUND
 */
export async function authorise(em: Em, changeId: string): Promise<CiAuthorisation> {
  const rows = await em.execute<{ number: string; state: string; ciIds: string[] }[]>(
    `select t.number, c.state, coalesce((select jsonb_agg(l.ci_id order by l.ci_id) from ticket_ci l where l.ticket_id = t.id), '[]') as "ciIds"
     from change c join ticket t on t.id = c.ticket_id where c.ticket_id = ?`, [changeId],
  );
  const row = rows[0];
  if (!row) throw new Refusal('NOT_FOUND', `There is no change ${changeId}.`, 'changeId');
  if (!ALTERS.includes(row.state)) throw new Refusal('MOVE_NOT_ALLOWED', `${row.number} is ${row.state}: CIs are altered through a change while it is carried out or reviewed.`, 'changeId', { state: row.state });
  return { kind: 'change', ticketId: changeId, number: row.number, ciIds: row.ciIds };
}
