import { acknowledge } from '../features/incident/incident-lead.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Database } from '../platform/db/database.ts';

/** Every so many rows somebody looks at the escalations; a few always wait on the board. */
const EVERY_ROWS = 12;
const LEFT_WAITING = 3;

/** What people do beside the tickets of the log: the service manager takes the oldest escalations when too many wait. */
export async function liveDemoRoutine(database: Database, index: number): Promise<void> {
  if (index % EVERY_ROWS !== EVERY_ROWS - 1) return;
  const rows = await database.em.execute<{ id: string; ticketId: string; version: number }[]>(
    `select e.id, e.ticket_id as "ticketId", t.version from escalation e join ticket t on t.id = e.ticket_id
     where e.acknowledged_at is null order by e.fired_at desc, e.id offset ? limit 5`, [LEFT_WAITING],
  );
  const [oldest] = rows.toReversed();
  if (!oldest) return;
  try {
    await acknowledge(database, { ...SYSTEM('demo'), onBehalfOf: '曹颖' }, { id: oldest.ticketId, expectedVersion: oldest.version, escalationId: oldest.id });
  } catch (error) {
    // A visitor was faster.
    if (!(error instanceof Refusal)) throw error;
  }
}
