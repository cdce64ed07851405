import type { BoardCounters, BoardRow, BoardUpdate } from './feed-reducer.ts';

/** Rows and updates for tests: a plain open incident, changed where a test says so. */
export function boardRow(changes: Partial<BoardRow> = {}): BoardRow {
  return {
    id: 'i1', number: 'INC-000001', version: 1, title: 'Core switch unreachable', level: 'LV2', state: 'IN_PROGRESS', started: true,
    customer: 'Huadong Bank', team: 'Network', teamZh: '网络组', holder: '王伟', clock: boardClock(), suspension: null, handoff: null, escalation: null,
    urges: 0, pingPong: false, feedbackArrivedAt: null, late: false, reportedAt: '2026-03-02T00:00:00Z', order: 'b', ...changes,
  };
}

export function boardClock(changes: Partial<NonNullable<BoardRow['clock']>> = {}): NonNullable<BoardRow['clock']> {
  return {
    kind: 'RESOLUTION', state: 'RUNNING', dueAt: '2026-03-02T04:00:00Z', remainingSeconds: null, breachedAt: null, outsideHours: false,
    resumesAt: null, remainingBusinessSeconds: null, targetSeconds: 86_400, ...changes,
  };
}

export function boardCounters(changes: Partial<BoardCounters> = {}): BoardCounters {
  return {
    open: 1, breached: 0, dueWithin15: 0, dueWithin60: 0, suspended: 0, awaitingAssignment: 0, handoffsWaiting: 0, escalationsUnacknowledged: 0,
    byLevel: [], byState: [], ...changes,
  };
}

type Snapshot = Extract<BoardUpdate, { readonly __typename: 'BoardSnapshot' }>;
type Delta = Extract<BoardUpdate, { readonly __typename: 'BoardDelta' }>;
type Heartbeat = Extract<BoardUpdate, { readonly __typename: 'BoardHeartbeat' }>;

export function boardSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    __typename: 'BoardSnapshot', epoch: 'e1', seq: '10', asOf: '2026-03-02T01:00:00Z', serverTime: '2026-03-02T01:00:00Z', version: 'v1',
    board: { id: 'b1', name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 100, replaySpeed: null },
    rows: [], counters: boardCounters(), onCall: [], ...changes,
  };
}

export function boardDelta(changes: Partial<Delta> = {}): Delta {
  return {
    __typename: 'BoardDelta', fromSeq: '10', toSeq: '11', asOf: '2026-03-02T01:00:03Z', upserts: [], removals: [], happenings: [],
    counters: boardCounters(), newOnCall: null, ...changes,
  };
}

export function boardHeartbeat(changes: Partial<Heartbeat> = {}): Heartbeat {
  return { __typename: 'BoardHeartbeat', seq: '11', asOf: '2026-03-02T01:00:05Z', serverTime: '2026-03-02T01:00:05Z', version: 'v1', newCounters: null, ...changes };
}
