import { toIso } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { consume } from '../../platform/event-log/consume.ts';

export const REPLAN = { name: 'incident-replan', eventTypes: ['policy.edited', 'calendar.edited', 'customer.dateSet'] } as const;

/**
 * CAL-03, SLA-13: after an edit every open incident is looked at soon, in the background and one transaction each, by the
 * timers that are there anyway. A process that dies leaves the timers due, or the cursor where it was. Answers whether
 * there was an edit.
 */
export async function replanAfterEdits(database: Database): Promise<boolean> {
  return consume(database, REPLAN, async (em) => {
    const now = await database.time.read(em);
    await em.execute(
      `insert into timer (ticket_id, purpose, due_at)
       select id, 'clocks', ?::timestamptz from ticket where closed_at is null and kind = 'incident' order by id
       on conflict (ticket_id, purpose) do update set due_at = least(timer.due_at, excluded.due_at)`,
      [toIso(now)],
    );
  });
}
