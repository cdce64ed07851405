import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { lack, type Lack } from '../ticket/ticket-action.rules.ts';

/** Over and written down as far as the record that asked for it must wait: what is left is the change's own review. */
const CARRIED_OUT = ['review', 'closed', 'refused', 'cancelled', 'terminated'];

/** CHG-06, INC-14: why the emergency changes of an incident or problem keep it from closing; empty when they do not. */
export async function changeBlockers(em: Em, ticketId: string): Promise<Lack[]> {
  return (await changeBlockersOf(em, [ticketId])).get(ticketId) ?? [];
}

/** The same of several records; those without are left out. */
export async function changeBlockersOf(em: Em, ticketIds: readonly string[]): Promise<ReadonlyMap<string, Lack[]>> {
  if (ticketIds.length === 0) return new Map();
  const rows = await em.execute<EmergencyChange[]>(
    `select l.to_id as "ticketId", t.number, c.state, (select count(*)::int from change_debt d where d.ticket_id = c.ticket_id and d.paid_at is null) as unpaid
     from ticket_link l join change c on c.ticket_id = l.from_id join ticket t on t.id = c.ticket_id
     where l.to_id = any(?::uuid[]) and l.kind = 'change-for' and c.category = 'emergency' order by t.number limit ?`, [textArray(ticketIds), 100 * ticketIds.length],
  );
  const found = rows.flatMap((row) => lacksOf(row).map((one) => ({ ticketId: row.ticketId, one })));
  return new Map([...Map.groupBy(found, ({ ticketId }) => ticketId)].map(([ticketId, of]) => [ticketId, of.map(({ one }) => one)]));
}

interface EmergencyChange {
  readonly ticketId: string;
  readonly number: string;
  readonly state: string;
  readonly unpaid: number;
}

function lacksOf({ number, state, unpaid }: EmergencyChange): Lack[] {
  if (unpaid > 0) return [lack('MISSING_FIELD', `${number} still owes ${unpaid} ${unpaid === 1 ? 'step' : 'steps'} of its debt list: pay them first.`, 'changeId')];
  if (!CARRIED_OUT.includes(state)) return [lack('MISSING_FIELD', `${number} is ${state}: the emergency change must be carried out and recorded first.`, 'changeId')];
  return [];
}
