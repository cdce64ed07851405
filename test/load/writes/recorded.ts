import type { Client } from 'pg';

export type Row = Record<string, unknown>;

/** The rows that one command of ours left in the database: what the peers write again for other incidents. */
export interface Recorded {
  readonly added: Readonly<Record<string, readonly Row[]>>;
  /** Whole rows after the command, of those that changed. */
  readonly altered: Readonly<Record<string, readonly Row[]>>;
  readonly events: readonly Row[];
}

export const TABLES = ['ticket', 'incident', 'ticket_span', 'suspension', 'work_log_entry', 'clock_fact', 'clock', 'clock_firing', 'escalation', 'alarm', 'timer'] as const;

/** What a command on this incident adds and alters, told by comparing all its rows. */
export async function record(client: Client, ticketId: string, command: () => Promise<unknown>): Promise<Recorded> {
  const before = await rowsOf(client, ticketId);
  const { rows: head } = await client.query<{ seq: string }>('select seq from event_log_head');
  await command();
  const after = await rowsOf(client, ticketId);
  const { rows: events } = await client.query<{ event: Row }>(
    `select jsonb_build_object('type', type, 'subjectKind', subject_kind, 'subjectId', subject_id, 'ticketId', ticket_id, 'customerId', customer_id, 'teamIds', team_ids,
       'occurredAt', occurred_at, 'payload', payload) as event from event_log where seq > $1 order by seq`, [head[0]!.seq],
  );
  const keyOf = (row: Row): string => String(row['id'] ?? row['ticket_id']);
  const added: Record<string, Row[]> = {};
  const altered: Record<string, Row[]> = {};
  for (const table of TABLES) {
    const known = new Map(before[table]!.map((row) => [keyOf(row), JSON.stringify(row)]));
    added[table] = after[table]!.filter((row) => !known.has(keyOf(row)));
    altered[table] = after[table]!.filter((row) => known.has(keyOf(row)) && known.get(keyOf(row)) !== JSON.stringify(row));
  }
  return { added, altered, events: events.map(({ event }) => event) };
}

async function rowsOf(client: Client, ticketId: string): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of TABLES) {
    const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t where ${table === 'ticket' ? 'id' : 'ticket_id'} = $1`, [ticketId]);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}
