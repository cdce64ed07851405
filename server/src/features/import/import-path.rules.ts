import { Refusal } from '../../kernel/refusal.ts';
import type { IncidentState } from '../incident/incident-states.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';

/** What the path looks at: the incident as it stands. Teams and persons by the key that the mapping gives them. */
export interface StandingIncident {
  readonly state: IncidentState;
  readonly monitoring: boolean;
  readonly level: Level;
  readonly levelConfirmed: boolean;
  readonly team: string | null;
  readonly holder: string | null;
  readonly started: boolean;
  readonly responded: boolean;
  /** A visit is neither called for nor ruled out yet, and its clock runs. */
  readonly visitOpen: boolean;
  readonly suspension: string | null;
  readonly accepted: boolean;
  readonly handoffWaits: boolean;
}

/** What a row of the file says; null: it does not know. */
export interface WantedIncident {
  readonly state: IncidentState;
  readonly suspension: string | null;
  readonly level: Level | null;
  readonly team: string | null;
  readonly holder: string | null;
}

/** One permitted command. The importer carries it out by its rule, the replay by its mutation. */
export type HistoryStep =
  | { readonly step: 'confirmLevel' | 'regradeIncident'; readonly level: Level }
  | { readonly step: 'assignIncident'; readonly team: string | null; readonly holder: string | null }
  | { readonly step: 'requestHandoff'; readonly team: string }
  | { readonly step: 'acceptHandoff'; readonly holder: string | null }
  | { readonly step: 'suspendIncident'; readonly suspension: string }
  | { readonly step: 'resumeIncident' }
  | { readonly step: 'recordResponse' | 'startWork' | 'decideOnSite' }
  | { readonly step: 'proposeSolution' | 'refuseSolution' | 'acceptSolution' | 'closeIncident' };

/** Whoever works on it while the file does not say who. */
export const UNKNOWN_PERSON = 'unknown';

/** Refuses a row that no path of permitted commands reaches (D-24); the rest of the incident's history stands. */
export function checkReachable(now: StandingIncident, want: WantedIncident): void {
  if (now.state === 'closed' && want.state !== 'closed') {
    throw new Refusal('MOVE_NOT_ALLOWED', `A closed incident is never reopened (INC-10): the row wants it ${want.state}.`, 'incident_state', { code: 'CLOSED_NOT_REOPENED' });
  }
  if (want.state === 'awaiting-assignment' && now.state !== 'awaiting-assignment') {
    throw new Refusal('MOVE_NOT_ALLOWED', `No permitted move leads from ${now.state} back to awaiting-assignment.`, 'incident_state', { code: 'MOVE_NOT_ALLOWED' });
  }
}

/**
 * The next command on the way from what is to what a row says, null once it is so (D-24). Asked again after each command,
 * so that import and replay share one table and a replay that was cut off goes on where it stood.
 */
export function nextStep(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  if (now.state === 'closed') return null;
  return levelStep(now, want) ?? teamStep(now, want) ?? workStep(now, want) ?? stateStep(now, want);
}

function levelStep(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  if (!now.levelConfirmed) return { step: 'confirmLevel', level: want.level ?? now.level };
  return want.level !== null && want.level !== now.level ? { step: 'regradeIncident', level: want.level } : null;
}

/** A change of group is a handoff accepted at once; the first group that gets known is an assignment. */
function teamStep(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  // 解决中 means that a person has it (D-20), also when the source does not say who.
  if (now.handoffWaits) return { step: 'acceptHandoff', holder: now.state === 'awaiting-assignment' ? null : want.holder ?? UNKNOWN_PERSON };
  if (want.team === null || want.team === now.team) return null;
  // Another team gets it only while somebody works on it: a proposed solution is taken back first.
  if (now.state === 'awaiting-feedback') return { step: 'refuseSolution' };
  if (now.team === null) return { step: 'assignIncident', team: want.team, holder: now.state === 'awaiting-assignment' ? null : now.holder };
  return { step: 'requestHandoff', team: want.team };
}

/** The first row in which a person works on it is taken as response and start; the file knows no visits. */
function workStep(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  if (want.state === 'awaiting-assignment' || now.state === 'awaiting-feedback') return null;
  if (now.state === 'awaiting-assignment') return { step: 'assignIncident', team: now.team, holder: want.holder ?? UNKNOWN_PERSON };
  if (want.holder !== null && want.holder !== now.holder && want.state !== 'closed') return { step: 'assignIncident', team: now.team, holder: want.holder };
  if (!now.responded) return { step: 'recordResponse' };
  if (now.visitOpen) return { step: 'decideOnSite' };
  return now.state === 'in-progress' && !now.started ? { step: 'startWork' } : null;
}

function stateStep(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  switch (now.state) {
    case 'awaiting-assignment':
      return null;
    case 'in-progress':
      return fromWork(now, want);
    case 'suspended':
      return want.state === 'suspended' && want.suspension === now.suspension ? null : { step: 'resumeIncident' };
    case 'awaiting-feedback':
      if (want.state === 'awaiting-feedback') return null;
      if (want.state !== 'closed') return { step: 'refuseSolution' };
      return { step: now.accepted ? 'closeIncident' : 'acceptSolution' };
    case 'closed':
      return null;
  }
}

function fromWork(now: StandingIncident, want: WantedIncident): HistoryStep | null {
  if (want.state === 'suspended') return { step: 'suspendIncident', suspension: want.suspension ?? 'other' };
  if (want.state === 'closed' && now.monitoring) return { step: 'closeIncident' };
  return want.state === 'awaiting-feedback' || want.state === 'closed' ? { step: 'proposeSolution' } : null;
}
