import { browserTimers } from '../../../wallboard/src/lib/feed/browser-timers.ts';
import { readFeed } from '../../../wallboard/src/lib/feed/feed-reader.ts';
import { graphqlAttempt } from '../../../wallboard/src/lib/feed/graphql-ws-attempt.ts';
import type { Update } from '../../support/board-follower.ts';
import { numberIn, type Marked } from '../harness/board-honesty.ts';
import { openFaultBoard, type BoardListener, type FaultBoard } from '../harness/fault-board.ts';
import type { FaultDesk } from '../harness/fault-desk.ts';

const RECORDS_FEED = `subscription Records($kind: TicketKind!, $after: FeedCursor) { records(kind: $kind, after: $after) { __typename
  ... on RecordsSnapshot { epoch seq asOf serverTime } ... on RecordsChanged { fromSeq toSeq asOf ids } ... on RecordsHeartbeat { seq asOf serverTime } } }`;

interface RecordsUpdate {
  readonly __typename: 'RecordsSnapshot' | 'RecordsChanged' | 'RecordsHeartbeat';
  readonly epoch: string;
  readonly seq: string;
  readonly fromSeq: string;
  readonly toSeq: string;
  readonly asOf: string;
  readonly serverTime: string;
  readonly ids: readonly string[];
}

/** What a board showed when it was at a place of the log: numbers of the marks, -1 for one that it did not show, and open incidents. */
export interface ShownState {
  readonly seq: number;
  readonly marks: readonly number[];
  readonly open: number | null;
}

/** What a stream of records said of what is after `from`, up to `to`. */
export interface ToldRecords {
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

/** From one snapshot to the next of one board: which calls for attention it heard of, in the order in which it did. */
export interface HeardSpan {
  readonly from: number;
  to: number;
  readonly urged: number[];
}

/** Everything that was heard, the same only once: boards of one server hear the same. */
export class FeedJournal {
  readonly shown = new Map<string, ShownState>();
  readonly told = new Map<string, ToldRecords>();
  readonly spans: HeardSpan[] = [];
  readonly findings: string[] = [];
  /** Feeds that were connected and are not any more. */
  disconnections = 0;
  snapshots = 0;
  /** First messages that went on from a cursor. */
  resumed = 0;

  show(state: ShownState): void {
    this.shown.set(`${state.seq} ${state.marks.join()} ${state.open}`, state);
  }

  tell(said: ToldRecords): void {
    this.told.set(`${said.from} ${said.to} ${said.ids.join()}`, said);
  }

  /** Of one feed. */
  listener(): { connection(state: 'connected' | 'waiting', detail: string): void; step(isSnapshot: boolean): void } {
    let connected = false;
    let first = true;
    return {
      connection: (state, detail) => {
        if (state === 'waiting' && connected) this.disconnections += 1;
        connected = state === 'connected';
        first = connected;
        // It would be mended by a snapshot, but no server may send it.
        if (detail === 'gap') this.findings.push('a server left out a part of what a feed was to get: the next one did not fit');
      },
      step: (isSnapshot) => {
        if (isSnapshot) this.snapshots += 1;
        else if (first) this.resumed += 1;
        first = false;
      },
    };
  }
}

/** A board that writes down what it shows after each message. */
export function journaledBoard(url: string, desk: FaultDesk, { journal, marks }: { readonly journal: FeedJournal; readonly marks: readonly Marked[] }): FaultBoard {
  const { connection, step } = journal.listener();
  let span: HeardSpan | null = null;
  const update = (board: FaultBoard, message: Update): void => {
    const seq = board.seq() ?? 0;
    step(message.__typename === 'BoardSnapshot');
    if (message.__typename === 'BoardSnapshot' || !span) journal.spans.push((span = { from: seq, to: seq, urged: [] }));
    else span.to = seq;
    if (message.__typename === 'BoardDelta') span.urged.push(...message.happenings.filter(({ kind }) => kind === 'URGED').map((urged) => Number(urged.seq)));
    journal.show({ seq, marks: marks.map(({ incidentId }) => numberIn(board.titleOf(incidentId))), open: board.open() });
  };
  const listener: BoardListener = { connection, update };
  return openFaultBoard(url, { token: desk.screenToken, boardId: desk.boardId }, listener);
}

export interface RecordsFeed {
  readonly seq: () => number | null;
  readonly connected: () => boolean;
  readonly stop: () => void;
}

/** A page that follows all incidents, and writes down which it was told of. */
export function journaledRecords(url: string, desk: FaultDesk, journal: FeedJournal): RecordsFeed {
  const { connection, step } = journal.listener();
  let at: number | null = null;
  let connected = false;
  const reader = readFeed<RecordsUpdate>({
    open: graphqlAttempt<{ readonly records: RecordsUpdate }, RecordsUpdate>({
      url: `${url.replace('http', 'ws')}/graphql`, token: desk.token, query: RECORDS_FEED, variables: { kind: 'INCIDENT' }, updateOf: ({ records }) => records,
    }),
    timers: browserTimers,
    markOf: ({ __typename, epoch, seq, fromSeq, toSeq, asOf, serverTime }) => {
      switch (__typename) {
        case 'RecordsSnapshot': return { kind: 'snapshot', epoch, seq, asOf, serverTime, version: '' };
        case 'RecordsChanged': return { kind: 'delta', fromSeq, toSeq, asOf };
        case 'RecordsHeartbeat': return { kind: 'heartbeat', seq, asOf, serverTime, version: '' };
      }
    },
    onUpdate(update, mark) {
      step(mark.kind === 'snapshot');
      const to = Number(mark.kind === 'delta' ? mark.toSeq : mark.seq);
      // A heartbeat says as well that nothing else was changed up to there.
      if (mark.kind !== 'snapshot' && at !== null && (mark.kind === 'delta' || to > at)) journal.tell({ from: at, to, ids: [...(update.ids ?? [])].toSorted() });
      at = to;
    },
    onConnection(state, detail) {
      connected = state === 'connected';
      connection(state, detail);
    },
  });
  return { seq: () => at, connected: () => connected, stop: reader.stop };
}
