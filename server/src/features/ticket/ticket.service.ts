import type { Em } from '../../platform/db/orm.ts';
import type { TicketKind } from './ticket.rules.ts';

const PREFIX = { incident: 'INC', change: 'CHG', problem: 'PRB', release: 'REL' } as const satisfies Record<TicketKind, string>;

/** D-31: prefix and sequence per kind; gaps allowed, never reused. */
export async function nextNumber(em: Em, kind: TicketKind): Promise<string> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('ticket_number_${kind}') as n`);
  return `${PREFIX[kind]}-${rows[0]!.n.padStart(7, '0')}`;
}
