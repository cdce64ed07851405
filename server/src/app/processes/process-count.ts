import { availableParallelism } from 'node:os';
import { Failure } from '../../platform/failure.ts';

const MOST = 64;

/**
 * How many server processes: as asked, else one for each core. A server process works on one core; PostgreSQL shares
 * them, but it and the servers are seldom busy at the same instant (decisions/0032 has the figures).
 */
export function processCount(text: string | undefined): number {
  if (text === undefined) return Math.min(availableParallelism(), MOST);
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= 1 && count <= MOST)) throw new Failure('SETTING_INVALID', `--processes must be a whole number from 1 to ${MOST}, got ${JSON.stringify(text)}.`);
  return count;
}
