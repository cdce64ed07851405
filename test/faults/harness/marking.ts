import { setTimeout as wait } from 'node:timers/promises';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { DAY, MINUTE } from '../../../server/src/kernel/instant.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { titleFor, type Marked } from './board-honesty.ts';
import { DESK, type FaultDesk } from './fault-desk.ts';

const MARK_EVERY_MS = 250;
/** Of the marks, one in so many is a happening as well. */
const HAPPENS_EVERY = 5;

export interface Marking {
  readonly marks: readonly Marked[];
  /** Answers when the last mark is committed; none follows until `goOn`. */
  rest(): Promise<void>;
  goOn(): void;
  stop(): Promise<void>;
}

/** Incidents that are overdue since yesterday, so that they stand on top of every board, renamed in turn four times a second. */
export async function keepMarking(database: Database, desk: FaultDesk, incidents = 1): Promise<Marking> {
  const marks: { readonly incidentId: string; readonly committedAt: number[] }[] = [];
  while (marks.length < incidents) marks.push({ incidentId: await overdue(database, desk), committedAt: [performance.now()] });
  let over = false;
  let running: Promise<void> = Promise.resolve();
  let turn = 0;
  const goOn = (): void => {
    over = false;
    running = (async () => {
      while (!over) {
        const { incidentId, committedAt } = marks[turn % incidents]!;
        turn += 1;
        await rename(database, incidentId, { title: titleFor(committedAt.length), happens: turn % HAPPENS_EVERY === 0 });
        committedAt.push(performance.now());
        await wait(MARK_EVERY_MS);
      }
    })();
  };
  const rest = async (): Promise<void> => {
    over = true;
    await running;
  };
  goOn();
  return { marks, rest, goOn, stop: rest };
}

async function overdue(database: Database, desk: FaultDesk): Promise<string> {
  return record(database, DESK, {
    customerId: desk.customerId, title: titleFor(0), description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV1', teamId: desk.teamId,
    reportedAt: (await database.now()) - DAY + 10 * MINUTE,
  });
}

/** Plainly, as nothing of the rules is asked here: the row and what a board follows. */
async function rename(database: Database, incidentId: string, { title, happens }: { readonly title: string; readonly happens: boolean }): Promise<void> {
  await database.change(DESK, async ({ em, emit, now }) => {
    const rows = await em.execute<{ customer_id: string; team_id: string }[]>('update ticket set title = ? where id = ? returning customer_id, team_id', [title, incidentId]);
    const { customer_id: customerId, team_id: teamId } = rows[0]!;
    const event = { subjectKind: 'incident', subjectId: incidentId, ticketId: incidentId, customerId, teamIds: [teamId], occurredAt: await now() };
    emit({ ...event, type: 'incident.logged', after: { title } });
    if (happens) emit({ ...event, type: 'incident.urged', after: {} });
  });
}
