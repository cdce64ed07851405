import type { BoardAlarm, BoardCounters, BoardRow, BoardUpdate } from './feed-reducer.ts';

/** Rows and updates for tests: a plain open incident, changed where a test says so. */
export function boardRow(changes: Partial<BoardRow> = {}): BoardRow {
  return {
    id: 'i1', number: 'INC-000001', version: 1, title: 'Core switch unreachable', level: 'LV2', state: 'IN_PROGRESS', started: true,
    customer: 'Huadong Bank', team: 'Network', teamZh: '网络组', holder: '王伟', clock: boardClock(), suspension: null, handoff: null, escalation: null,
    urges: 0, pingPong: false, feedbackArrivedAt: null, late: false, reportedAt: '2026-03-02T00:00:00Z', risk: null, order: 'b', ...changes,
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
    open: 1, breached: 0, dueWithin15: 0, dueWithin60: 0, suspended: 0, awaitingAssignment: 0, handoffsWaiting: 0, alarmsUnacknowledged: 0, newAlarms: 0,
    byLevel: [], byState: [], ...changes,
  };
}

export function boardAlarm(changes: Partial<BoardAlarm> = {}): BoardAlarm {
  return {
    id: 'a1', kind: 'BREACHED', detail: 'resolution', to: [], incidentId: 'i1', number: 'INC-000001', title: 'Core switch unreachable', level: 'LV2', customer: 'Huadong Bank',
    early: false, raisedAt: '2026-03-02T01:00:00Z', acknowledgedBy: null, acknowledgedAt: null, ...changes,
  };
}

type Snapshot = Extract<BoardUpdate, { readonly __typename: 'BoardSnapshot' }>;
type Delta = Extract<BoardUpdate, { readonly __typename: 'BoardDelta' }>;
type Heartbeat = Extract<BoardUpdate, { readonly __typename: 'BoardHeartbeat' }>;

export function boardSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  const serverTime = changes.serverTime ?? '2026-03-02T01:00:00Z';
  return {
    __typename: 'BoardSnapshot', epoch: 'e1', seq: '10', asOf: serverTime, serverTime, version: 'v1',
    board: { id: 'b1', name: 'NOC', nameZh: '值班大屏', timeZone: 'Asia/Shanghai', rowLimit: 100, replaySpeed: null },
    rows: [], counters: boardCounters(), onCall: [], alarms: [], mayAcknowledge: false, today: { from: '2026-03-01T16:00:00Z', items: [], total: 0 }, banners: [], bannerCount: 0,
    ...changes,
  };
}

export function boardDelta(changes: Partial<Delta> = {}): Delta {
  return {
    __typename: 'BoardDelta', fromSeq: '10', toSeq: '11', asOf: '2026-03-02T01:00:03Z', upserts: [], removals: [], happenings: [],
    counters: boardCounters(), newOnCall: null, newAlarms: null, newToday: null, newBanners: null, newBannerCount: null, ...changes,
  };
}

export function boardHeartbeat(changes: Partial<Heartbeat> = {}): Heartbeat {
  const serverTime = changes.serverTime ?? '2026-03-02T01:00:05Z';
  return { __typename: 'BoardHeartbeat', seq: '11', asOf: serverTime, serverTime, version: 'v1', newCounters: null, ...changes };
}
