import type { Writable } from 'node:stream';
import { checkClocks } from '../features/clock/clock-check.service.ts';
import { withDatabase } from './with-database.ts';

/** `watchfloor check clocks`: whether every stored clock is what its history says (SLA-13). The first differences go to `errors`. */
export async function checkAllClocks(output: Writable, errors: Writable): Promise<boolean> {
  const { clocks, different, differences } = await withDatabase((database) => checkClocks(database));
  for (const { ticketId, kind, column, stored, recomputed } of differences) {
    errors.write(`${ticketId} ${kind} ${column}: stored ${JSON.stringify(stored)}, recomputed ${JSON.stringify(recomputed)}\n`);
  }
  output.write(`${JSON.stringify({ clocks, different })}\n`);
  return different === 0;
}
