import { redactEvent } from '../../../server/src/features/audit/audit.service.ts';
import type { AuditHead } from '../../../server/src/features/audit/audit.queries.ts';
import { checkAudit } from '../../../server/src/features/audit/audit.service.ts';
import { SYSTEM } from '../../../server/src/kernel/actor.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { newId } from '../../../server/src/platform/time/new-id.ts';
import { Draw } from '../../support/process-model-draw.ts';
import type { LogShape } from './tampering.ts';

export interface WrittenLog extends LogShape {
  readonly heads: readonly AuditHead[];
}

const EACH = 10;
/** A head is kept after so many transactions, as a clock would. */
const KEEP_AFTER = 5;
const REDACT_AFTER = 9;

/** An honest log of about so many entries, some of them redacted, with the heads that were kept while it grew. */
export async function writeLog(database: Database, entries: number, seed: number): Promise<WrittenLog> {
  const draw = new Draw(seed);
  const redacted: number[] = [];
  const heads: AuditHead[] = [];
  for (let turn = 1; turn <= entries / EACH; turn += 1) {
    await database.change(SYSTEM(`clerk ${turn}`), async ({ emit, now }) => {
      const occurredAt = await now();
      for (let place = 0; place < EACH; place += 1) {
        const subjectId = newId();
        emit({
          type: draw.pick(['incident.logged', 'incident.suspended', 'person.changed']), subjectKind: 'incident', subjectId, ticketId: subjectId, customerId: newId(), teamIds: [newId()],
          occurredAt, before: { title: `was ${turn}` }, after: { title: `is ${turn}`, place }, reason: place % 3 === 0 ? 'Because' : null,
        });
      }
    });
    if (turn % REDACT_AFTER === 0) redacted.push(await redactOne(database, draw, redacted));
    if (turn % KEEP_AFTER === 0) heads.push((await checkAudit(database)).head);
  }
  const { head } = await checkAudit(database);
  return { last: head.seq, kept: heads.at(-1)!.seq, redacted, heads };
}

async function redactOne(database: Database, draw: Draw, redacted: readonly number[]): Promise<number> {
  const [row] = await database.em.execute<{ seq: number }[]>(
    `select seq::float8 as seq from event_log where type <> 'event.redacted' and not seq = any(?::bigint[]) order by seq offset ? limit 1`, [`{${redacted.join(',')}}`, draw.whole(0, 20)],
  );
  await redactEvent(database, SYSTEM('clerk'), { seq: row!.seq, reason: 'Asked for by the person' });
  return row!.seq;
}
