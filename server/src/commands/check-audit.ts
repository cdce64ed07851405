import type { Writable } from 'node:stream';
import { checkAudit } from '../features/audit/audit.service.ts';
import { withDatabase } from './with-database.ts';

/** `watchfloor check audit`: whether the trail is as it was written (ORG-05). */
export async function checkAuditTrail(output: Writable): Promise<boolean> {
  const { events, findings } = await withDatabase((database) => checkAudit(database));
  output.write(`${JSON.stringify({ events, findings })}\n`);
  return findings.length === 0;
}
