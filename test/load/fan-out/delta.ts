/** What a thousand boards hear: two rows have changed, some 1 kB as text. Instants are epoch ms, as the server's views give them. */
export function boardDelta(seq: number): object {
  const at = Date.UTC(2026, 2, 2, 1, 0, 0);
  const row = (id: string) => ({
    id, number: 'INC-0012345', version: 1, title: 'Core switch unreachable', level: 'LV2', state: 'in-progress', started: true, customer: 'Huadong Bank', team: 'Network',
    teamZh: '网络组', holder: '王伟', suspension: null, handoff: null, escalation: null, urges: 0, pingPong: false, feedbackArrivedAt: null, late: false, reportedAt: at, risk: null,
    order: 'b', clock: { kind: 'resolution', state: 'running', dueAt: at, remainingSeconds: null, breachedAt: null, outsideHours: false, resumesAt: null, targetSeconds: 86_400 },
  });
  return {
    __typename: 'BoardDelta', fromSeq: seq - 1, toSeq: seq, asOf: at, upserts: [row('i1')], removals: [], happenings: [],
    counters: {
      open: 12, breached: 1, dueWithin15: 0, dueWithin60: 1, suspended: 2, awaitingAssignment: 1, handoffsWaiting: 0, alarmsUnacknowledged: 1, newAlarms: 0, escalationsUnacknowledged: 0,
      byLevel: [{ level: 'LV2', count: 12 }], byState: [{ state: 'in-progress', count: 12 }],
    },
    onCall: null, alarms: null, today: null, banners: null, bannerCount: null,
  };
}
