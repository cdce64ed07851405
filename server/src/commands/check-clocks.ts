import type { Writable } from 'node:stream';
import { WRONG_OPEN_INCIDENTS } from '../features/board/open-incidents.queries.ts';
import { checkClocks } from '../features/clock/clock-check.service.ts';
import { withDatabase } from './with-database.ts';

/**
 * `watchfloor check clocks`: whether every stored clock is what its history says (SLA-13), and boards and queues sort by what is stored. The
 * first differences go to `errors`.
 */
export async function checkAllClocks(output: Writable, errors: Writable): Promise<boolean> {
  const { clocks, different, differences, misplaced } = await withDatabase(async (database) => {
    const checked = await checkClocks(database);
    return { ...checked, misplaced: await database.em.execute<{ ticket_id: string }[]>(WRONG_OPEN_INCIDENTS) };
  });
  for (const { ticketId, kind, column, stored, recomputed } of differences) {
    errors.write(`${ticketId} ${kind} ${column}: stored ${JSON.stringify(stored)}, recomputed ${JSON.stringify(recomputed)}\n`);
  }
  for (const row of misplaced) errors.write(`${row.ticket_id} open_incident ${JSON.stringify(row)}\n`);
  output.write(`${JSON.stringify({ clocks, different: different + misplaced.length })}\n`);
  return different + misplaced.length === 0;
}
