import { Refusal } from '../../kernel/refusal.ts';

/** 待分配 · 解决中 · 挂起 · 待反馈 · 已关闭 (INC-02, D-02). */
export const INCIDENT_STATES = ['awaiting-assignment', 'in-progress', 'suspended', 'awaiting-feedback', 'closed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

export type IncidentMove =
  | 'assign' | 'startWork' | 'suspend' | 'resume' | 'proposeSolution' | 'acceptSolution' | 'refuseSolution' | 'close' | 'handOver';

/** The one table of permitted moves: anything that is not here is refused with the moves that are (INC-02). */
export const INCIDENT_MOVES: Readonly<Record<IncidentState, Readonly<Partial<Record<IncidentMove, IncidentState>>>>> = {
  'awaiting-assignment': { assign: 'in-progress', handOver: 'awaiting-assignment', close: 'closed' },
  'in-progress': {
    assign: 'in-progress', startWork: 'in-progress', suspend: 'suspended', proposeSolution: 'awaiting-feedback',
    handOver: 'in-progress', close: 'closed',
  },
  suspended: { resume: 'in-progress', handOver: 'suspended', assign: 'suspended' },
  'awaiting-feedback': { acceptSolution: 'awaiting-feedback', refuseSolution: 'in-progress', close: 'closed' },
  closed: {},
};

/** The state after the move, or a refusal that names the allowed moves. */
export function moveIncident(from: IncidentState, move: IncidentMove): IncidentState {
  const to = INCIDENT_MOVES[from][move];
  if (to) return to;
  const allowed = Object.keys(INCIDENT_MOVES[from]);
  const hint = allowed.length === 0 ? 'A closed incident is never reopened: record a recurrence.' : `Allowed from here: ${allowed.join(', ')}.`;
  throw new Refusal('MOVE_NOT_ALLOWED', `"${move}" is not possible while the incident is ${from}. ${hint}`, 'state', { state: from, allowed });
}
