import { may, type Actor } from '../../kernel/actor.ts';
import type { Em } from '../../platform/db/orm.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';

export interface RecordName {
  id: string;
  recordKind: TicketKind;
  number: string;
  title: string;
  open: boolean;
}

/** The work record of that number, or of the number it had in the system it came from; null when the actor may not see it (INC-21, ORG-03). */
export async function recordByNumber(em: Em, actor: Actor, number: string): Promise<RecordName | null> {
  const rows = await em.execute<(RecordName & { customerId: string; teamId: string | null })[]>(
    `select id, kind as "recordKind", number, title, closed_at is null as open, customer_id as "customerId", team_id as "teamId"
     from ticket where number = ? or external_number = ? order by number = ? desc, id limit 5`, [number, number, number],
  );
  return rows.find(({ recordKind, ...scope }) => may(actor, READ_PERMISSION[recordKind], scope)) ?? null;
}
