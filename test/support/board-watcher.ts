import { LiveClient } from './live-client.ts';

const BOARD = /* GraphQL */ `
  subscription Watch($id: ID!, $after: FeedCursor) {
    board(id: $id, after: $after) {
      __typename
      ... on BoardSnapshot { epoch seq rows { ...row } counters { ...counters } }
      ... on BoardDelta { fromSeq toSeq upserts { ...row } removals counters { ...counters } happenings { seq kind incidentId text } }
      ... on BoardHeartbeat { seq changed: counters { ...counters } }
    }
  }
`;

/** What of a row does not depend on the instant at which it was read. */
export const ROW_FIELDS = /* GraphQL */ `
  fragment row on BoardRow {
    id number version title level state started customer team holder order urges pingPong feedbackArrivedAt
    clock { kind state dueAt remainingSeconds breachedAt targetSeconds }
    suspension { category since expectedEndAt } handoff { id fromTeam toTeam since ageingStep } escalation { id step firedAt }
  }
  fragment counters on BoardCounters { open breached suspended awaitingAssignment handoffsWaiting escalationsUnacknowledged byLevel { level count } byState { state count } }
`;

interface Row { readonly id: string; readonly order: string }
interface Update {
  readonly __typename: string; readonly epoch?: string; readonly seq?: string; readonly fromSeq?: string; readonly toSeq?: string;
  readonly rows?: Row[]; readonly upserts?: Row[]; readonly removals?: string[]; readonly counters?: unknown; readonly changed?: unknown; readonly happenings?: { seq: string; kind: string; incidentId: string | null }[];
}

/** A board of our own making, as plain as can be: it applies what it hears and comes back with its cursor when cut off. */
export class BoardWatcher {
  readonly happenings: string[] = [];
  seq = '0';
  counters: unknown = null;
  reconnections = 0;
  snapshots = 0;
  private epoch: string | null = null;
  private rows = new Map<string, Row>();
  private client: LiveClient | null = null;
  private ended = false;

  private readonly boardId: string;
  private readonly token: string;
  /** Where to go next; asked anew after every cut. */
  private readonly address: () => string;

  constructor(boardId: string, token: string, address: () => string) {
    this.boardId = boardId;
    this.token = token;
    this.address = address;
  }

  /** Rows in order. */
  get shown(): Row[] {
    return [...this.rows.values()].toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
  }

  /** Watches until `end()`; a lost connection is followed by another, for ever. */
  async watch(): Promise<void> {
    while (!this.ended) {
      try {
        this.client = await LiveClient.connect(this.address(), this.token);
        this.client.subscribe(BOARD + ROW_FIELDS, { id: this.boardId, after: this.epoch === null ? null : { epoch: this.epoch, seq: this.seq } });
        await this.listen(this.client);
      } catch {
        await new Promise((resolve) => setImmediate(resolve));
      }
      this.reconnections += 1;
    }
  }

  end(): void {
    this.ended = true;
    this.client?.close();
  }

  private async listen(client: LiveClient): Promise<void> {
    for (;;) {
      const message = await client.message(() => true, 60_000);
      if (!message) return;
      const update = (message.payload as { data?: { board?: Update } } | undefined)?.data?.board;
      if (message.type === 'next' && update) this.apply(update);
      else if (message.type === 'error' || message.type === 'complete') throw new Error(JSON.stringify(message));
    }
  }

  private apply(update: Update): void {
    if (update.__typename === 'BoardSnapshot') {
      this.snapshots += 1;
      this.epoch = update.epoch!;
      this.seq = update.seq!;
      this.rows = new Map(update.rows!.map((row) => [row.id, row]));
    } else if (update.__typename === 'BoardDelta') {
      if (update.fromSeq !== this.seq) throw new Error(`gap: I am at ${this.seq}, the delta starts at ${update.fromSeq}`);
      this.seq = update.toSeq!;
      for (const id of update.removals!) this.rows.delete(id);
      for (const row of update.upserts!) this.rows.set(row.id, row);
      for (const { seq, kind, incidentId } of update.happenings!) this.happenings.push(`${seq} ${kind} ${incidentId}`);
    } else {
      this.seq = update.seq!;
    }
    this.counters = update.counters ?? update.changed ?? this.counters;
  }
}
