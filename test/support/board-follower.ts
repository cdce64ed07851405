import { LiveClient, type Message } from './live-client.ts';

const ROW = `id number version title level state started customer team teamZh holder clock { kind state dueAt remainingSeconds breachedAt outsideHours resumesAt targetSeconds }
  suspension { category since flagged } handoff { id fromTeam toTeam since ageingStep } escalation { id step firedAt to early late } urges pingPong feedbackArrivedAt late reportedAt order`;
const COUNTERS = 'open breached suspended awaitingAssignment handoffsWaiting escalationsUnacknowledged byLevel { level count } byState { state count }';

export const BOARD_FEED = `subscription Feed($id: ID!, $after: FeedCursor) { board(id: $id, after: $after) {
  __typename
  ... on BoardSnapshot { epoch seq asOf serverTime version rows { ${ROW} } counters { ${COUNTERS} } }
  ... on BoardDelta { fromSeq toSeq asOf upserts { ${ROW} } removals happenings { seq kind at incidentId number level text } counters { ${COUNTERS} } }
  ... on BoardHeartbeat { seq asOf serverTime version changed: counters { ${COUNTERS} } }
} }`;

const BOARD_QUERY = `query Board($id: ID!) { board(id: $id) { epoch seq rows { ${ROW} } counters { ${COUNTERS} } } }`;

/** What the database says now, in the same canonical text as a follower's state. */
export async function freshBoard(url: string, token: string, id: string): Promise<{ canonical: string; seq: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: BOARD_QUERY, variables: { id } }),
  });
  const { data, errors } = (await response.json()) as { data?: { board: Pick<Update, 'rows' | 'counters' | 'seq'> }; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return { canonical: JSON.stringify({ rows: data.board.rows, counters: data.board.counters }), seq: Number(data.board.seq) };
}

interface Row {
  readonly id: string;
  readonly order: string;
  readonly title: string;
}

/** Those that are named, and others. */
export interface Counters {
  readonly open: number;
}

export interface Update {
  readonly __typename: 'BoardSnapshot' | 'BoardDelta' | 'BoardHeartbeat';
  readonly epoch: string;
  readonly seq: string;
  readonly fromSeq: string;
  readonly toSeq: string;
  readonly rows: Row[];
  readonly upserts: Row[];
  readonly removals: string[];
  readonly happenings: { readonly seq: string; readonly kind: string; readonly number: string | null }[];
  readonly counters: Counters;
  readonly changed: Counters | null;
  readonly serverTime: string;
  readonly asOf: string;
}

/** What a correct screen does with a board's stream, no more: applies, checks the chain, keeps the cursor over breaks. */
export class BoardFollower {
  readonly url: string;
  readonly token: string;
  readonly boardId: string;
  client: LiveClient | null = null;
  epoch = '';
  seq = '';
  rows = new Map<string, Row>();
  counters: object = {};
  readonly happenings: string[] = [];
  readonly kinds: string[] = [];
  snapshots = 0;

  constructor(url: string, token: string, boardId: string) {
    this.url = url;
    this.token = token;
    this.boardId = boardId;
  }

  /** Subscribes from where it is, or anew; on another process when told so. */
  async connect(url = this.url): Promise<void> {
    this.client = await LiveClient.connect(url, this.token);
    this.client.subscribe(BOARD_FEED, { id: this.boardId, after: this.epoch ? { epoch: this.epoch, seq: this.seq } : null });
  }

  disconnect(): void {
    this.client?.close();
    this.client = null;
  }

  /** Applies the next message; throws on a gap, a repeat or an error. */
  async step(patienceMs?: number): Promise<Update> {
    const message = await this.client!.message(({ type }) => type !== 'pong', patienceMs);
    const update = updateOf(message);
    this.apply(update);
    return update;
  }

  /** Applies messages until the state satisfies. */
  async until(done: (follower: BoardFollower) => boolean): Promise<void> {
    while (!done(this)) await this.step();
  }

  /** Rows in their order, as canonical text. */
  canonical(): string {
    const rows = [...this.rows.values()].sort((a, b) => (a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1));
    return JSON.stringify({ rows, counters: this.counters });
  }

  private apply(update: Update): void {
    this.kinds.push(update.__typename);
    if (update.__typename === 'BoardSnapshot') {
      this.snapshots += 1;
      this.epoch = update.epoch;
      this.seq = update.seq;
      this.rows = new Map(update.rows.map((row) => [row.id, row]));
      this.counters = update.counters;
      return;
    }
    if (update.__typename === 'BoardHeartbeat') {
      if (Number(update.seq) < Number(this.seq)) throw new Error(`heartbeat goes back from ${this.seq} to ${update.seq}`);
      this.seq = update.seq;
      this.counters = update.changed ?? this.counters;
      return;
    }
    if (update.fromSeq !== this.seq) throw new Error(`gap: at ${this.seq}, delta from ${update.fromSeq} to ${update.toSeq}`);
    this.seq = update.toSeq;
    for (const id of update.removals) this.rows.delete(id);
    for (const row of update.upserts) this.rows.set(row.id, row);
    this.counters = update.counters;
    this.happenings.push(...update.happenings.map(({ seq }) => seq));
  }
}

export function updateOf(message: Message | undefined): Update {
  const data = message?.payload?.data as { board: Update } | undefined;
  if (!data) throw new Error(`expected an update, got ${JSON.stringify(message)}`);
  return data.board;
}
