import { performance } from 'node:perf_hooks';
import { record } from '../../../server/src/features/incident/incident-record.service.ts';
import { DAY } from '../../../server/src/kernel/instant.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { steadily } from '../../support/steadily.ts';
import { titleFor, type Marked } from '../harness/board-honesty.ts';
import { DESK, type FaultDesk } from '../harness/fault-desk.ts';

/** As many as a board shows. */
const INCIDENTS = 12;
const CHANGES_TOGETHER = 20;
const PER_SECOND = 200;

/** A desk at which much happens that is long to tell. */
export class LoudDesk {
  /** The first of the incidents; each number is in one transaction with those of the others. */
  readonly marked: Marked;
  changes = 0;
  private readonly database: Database;
  private readonly ids: readonly string[];
  private readonly committedAt: number[] = [performance.now()];
  private readonly filling: string;

  private constructor(database: Database, ids: readonly string[], letters: number) {
    this.database = database;
    this.ids = ids;
    this.filling = 'x'.repeat(letters);
    this.marked = { incidentId: ids[0]!, committedAt: this.committedAt };
  }

  /** Each title is so many letters long. */
  static async open(database: Database, desk: FaultDesk, letters: number): Promise<LoudDesk> {
    const ids: string[] = [];
    const reportedAt = (await database.now()) - DAY;
    while (ids.length < INCIDENTS) {
      ids.push(await record(database, DESK, {
        customerId: desk.customerId, title: titleFor(0), description: 'It burns.', channel: 'phone', category: 'hotline', technicalClass: 'network', level: 'LV1', teamId: desk.teamId, reportedAt,
      }));
    }
    return new LoudDesk(database, ids, letters);
  }

  /** 200 changes a second for so long. */
  async beLoud(seconds: number): Promise<void> {
    let turn = Promise.resolve();
    const { failed } = await steadily(PER_SECOND / CHANGES_TOGETHER, seconds, () => (turn = turn.then(() => this.renameAll())));
    if (failed > 0) throw new Error(`${failed} changes failed.`);
  }

  private async renameAll(): Promise<void> {
    const title = `${this.filling} ${titleFor(this.committedAt.length)}`;
    await this.database.change(DESK, async ({ em, emit, now }) => {
      const rows = await em.execute<{ id: string; customer_id: string; team_id: string }[]>(`update ticket set title = ? where id in (${this.ids.map(() => '?').join()}) returning id, customer_id, team_id`, [title, ...this.ids]);
      const occurredAt = await now();
      emit(...Array.from({ length: CHANGES_TOGETHER }, (_, index) => {
        const { id, customer_id: customerId, team_id: teamId } = rows[index % rows.length]!;
        return { type: 'incident.logged', subjectKind: 'incident', subjectId: id, ticketId: id, customerId, teamIds: [teamId], occurredAt, after: { number: this.committedAt.length } };
      }));
    });
    this.committedAt.push(performance.now());
    this.changes += CHANGES_TOGETHER;
  }
}
