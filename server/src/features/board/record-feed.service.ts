import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Frame, LiveView, Reading, Step, ViewFamily } from '../../platform/live/live-view.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface RecordsState {
  readonly lastSeq: number;
}

/** What they tell is in the log; a look only says up to where. */
const RECORDS: ViewFamily = {
  evaluateAll: async ({ seq }, views) => views.map(() => ({ lastSeq: seq })),
};

/**
 * The records of one kind, or one of them: only that something changed, and the newest seq of it; the page then asks for what it
 * shows, with its own rights (D-30). Bursts reach a screen as one message.
 */
export class RecordsView implements LiveView<RecordsState> {
  readonly key: string;
  readonly ticketId: string | null;
  readonly family = RECORDS;
  private readonly kind: TicketKind;
  /** Whose records the screens of this authority may know of (LIV-05). */
  private readonly customers: 'all' | readonly string[];

  private constructor(kind: TicketKind, id: string | null, customers: 'all' | readonly string[]) {
    this.kind = kind;
    this.ticketId = id;
    this.customers = customers;
    this.key = `records ${kind} ${id ?? 'all'}`;
  }

  /** @throws Refusal NOT_FOUND also for a record that the actor may not see (ORG-03) */
  static async of(database: Database, actor: Actor, kind: TicketKind, id: string | null): Promise<RecordsView> {
    const permission = READ_PERMISSION[kind];
    requirePermission(actor, permission);
    if (id !== null && !(await mayRead(database, actor, kind, id))) throw new Refusal('NOT_FOUND', `There is no ${kind} "${id.slice(0, 60)}" that you may see.`, 'id');
    return new RecordsView(kind, id, visibleCustomers(actor, permission));
  }

  concerns({ ticketId, subjectKind, customerId }: LoggedEvent): boolean {
    if (this.ticketId !== null) return ticketId === this.ticketId;
    return subjectKind === this.kind && (this.customers === 'all' || (customerId !== null && this.customers.includes(customerId)));
  }

  changesByTime(): boolean {
    return false;
  }

  async evaluate({ seq }: Reading): Promise<RecordsState> {
    return { lastSeq: seq };
  }

  snapshot(_state: RecordsState, frame: Frame): object {
    return { __typename: 'RecordsSnapshot', ...frame };
  }

  delta(_before: RecordsState, _after: RecordsState, step: Step): object | null {
    return step.events.length === 0 ? null : changed(step);
  }

  resume(_state: RecordsState, _touched: ReadonlySet<string>, step: Step): object {
    return changed(step);
  }

  heartbeat(_before: RecordsState, _after: RecordsState, frame: Frame): object {
    return { __typename: 'RecordsHeartbeat', ...frame };
  }
}

function changed({ fromSeq, toSeq, asOf, events }: Step): object {
  return { __typename: 'RecordsChanged', fromSeq, toSeq, asOf, ids: [...new Set(events.map(({ ticketId, subjectId }) => ticketId ?? subjectId))].slice(0, 100) };
}

async function mayRead(database: Database, actor: Actor, kind: TicketKind, id: string): Promise<boolean> {
  if (!UUID.test(id)) return false;
  const rows = await database.em.execute<{ customerId: string }[]>('select customer_id as "customerId" from ticket where id = ? and kind = ?', [id, kind]);
  return rows[0] !== undefined && may(actor, READ_PERMISSION[kind], rows[0]);
}
