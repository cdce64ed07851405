import { onServer } from './on-server.ts';

/** Changes of one quarter with long titles, plainly, for a file that is longer than a network takes by itself; the triggers keep what they count for. */
export async function longRegister(databaseUrl: string, { customerId }: { readonly customerId: string }, rows: number): Promise<void> {
  await onServer(databaseUrl, async (client) => {
    await client.query(
      `insert into ticket (id, kind, number, title, customer_id, opened_at, last_event_at, version)
       select md5('t' || n)::uuid, 'change', 'CHG-' || lpad(n::text, 7, '0'), repeat('Exchange of an access switch. ', 25) || n, $1, '2026-01-05T00:00:00Z'::timestamptz + n * interval '1 second', '2026-01-05T00:00:00Z', 1 from generate_series(1, $2::int) n`,
      [customerId, rows],
    );
    await client.query(
      `insert into change (ticket_id, state, category, type, risk, priority, source, subject, description, business_systems, departments, requester_name, software, recorded_afterwards, submitted_at, response_due_at, approval_round, outage_minutes)
       select id, 'submitted', 'general', 'system', 'low', 'normal', 'own', 'Switch', 'Switch', '[]', '[]', 'bench', false, false, opened_at, opened_at + interval '3 days', 0, 0 from ticket where kind = 'change'`,
    );
    await client.query('analyze');
  });
}
