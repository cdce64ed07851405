import type { Ticket } from './actions/action-form-types.ts';

/** An open incident with nothing special about it, changed where a test says so. */
export function ticketOf(changes: Partial<Ticket> = {}): Ticket {
  return {
    __typename: 'Incident', id: 'i1', number: 'INC-000001', version: 7, title: 'Core switch unreachable', description: 'Both uplinks down.',
    state: 'IN_PROGRESS', started: true, level: 'LV2', levelConfirmed: true, proposedLevel: 'LV2', impact: 1, urgency: 2, difficulty: 'NORMAL',
    category: 'hotline', technicalClass: 'network', channel: 'phone', source: null, customer: { id: 'k1', name: 'Huadong Bank', timeZone: 'Asia/Shanghai' },
    caller: null, callerPhone: null, site: null, service: null, department: null, symptom: null, cis: [], agreement: null,
    team: { id: 't1', name: 'Network', nameZh: '网络组', line: 1 }, holder: null, firstContactEngineer: null, firstContactServiceManager: null,
    occurredAt: null, reportedAt: '2026-03-02T00:00:00Z', closedAt: null, externalNumber: null, solution: null, causeClass: null, closureCode: null,
    feedbackArrivedAt: null, urgeCount: 0, lastUrgedAt: null, pingPong: false, pendingTotalSeconds: 0, clocks: [], deskDuties: [], suspensions: [], handoffs: [],
    legs: [], escalations: [], regrades: [], attachments: [], satisfaction: null, workLog: [], links: [], causingReleases: [], major: false, majorAt: null, bridge: null, changeMade: false, ciHistory: [], faultReport: null, conversion: [], availableActions: [], ...changes,
  };
}

export function allowed(...actions: readonly string[]): Ticket['availableActions'] {
  return actions.map((action) => ({ action, allowed: true, lacks: [] }));
}

/** A resolution clock half used up, with closed hours and a suspension behind it. */
export function clockOf(changes: Partial<Ticket['clocks'][number]> = {}): Ticket['clocks'][number] {
  return {
    id: 'c1', kind: 'RESOLUTION', state: 'RUNNING', outcome: 'NONE', startAt: '2026-03-02T00:30:00Z', dueAt: '2026-03-02T08:00:00Z', remainingSeconds: 7200,
    elapsedSeconds: 7200, targetSeconds: 14_400, percent: 50, breachedAt: null, announcedAt: null, metAt: null, outsideHours: false, resumesAt: null,
    timeZone: 'Asia/Shanghai', calendarVersion: 1, policy: 'level table v1', firings: [], coming: [], candidates: [], breachHeldBy: null, misses: 0, forecast: null,
    explanation: {
      countedSeconds: 7200, truncated: false, intervals: [
        { from: '2026-03-02T00:30:00Z', to: '2026-03-02T01:00:00Z', reason: 'closed-hours', detail: null, seconds: 0 },
        { from: '2026-03-02T01:00:00Z', to: '2026-03-02T02:00:00Z', reason: 'counted', detail: null, seconds: 3600 },
        { from: '2026-03-02T02:00:00Z', to: '2026-03-02T03:00:00Z', reason: 'suspended', detail: 'user-busy', seconds: 0 },
        { from: '2026-03-02T03:00:00Z', to: '2026-03-02T04:00:00Z', reason: 'counted', detail: null, seconds: 3600 },
      ],
    },
    ...changes,
  };
}
