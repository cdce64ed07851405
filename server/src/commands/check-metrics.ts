import type { Writable } from 'node:stream';
import { checkSums } from '../features/metrics/metric-sums.service.ts';
import { withDatabase } from './with-database.ts';

/** `watchfloor check metrics`: whether the stored sums are what the changes amount to (MET-03). The first differences go to `errors`. */
export async function checkMetricSums(output: Writable, errors: Writable): Promise<boolean> {
  const { changes, differences } = await withDatabase((database) => checkSums(database));
  for (const difference of differences) errors.write(`${JSON.stringify(difference)}\n`);
  output.write(`${JSON.stringify({ changes, different: differences.length })}\n`);
  return differences.length === 0;
}
