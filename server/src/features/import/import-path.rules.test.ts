import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INCIDENT_STATES, moveIncident, type IncidentMove, type IncidentState } from '../incident/incident-states.rules.ts';
import { checkReachable, nextStep, UNKNOWN_PERSON, type HistoryStep, type StandingIncident, type WantedIncident } from './import-path.rules.ts';

const standing: StandingIncident = {
  state: 'awaiting-assignment', monitoring: false, level: 'LV3', levelConfirmed: true, team: 'a', holder: null, started: false, responded: false,
  visitOpen: false, suspension: null, accepted: false, handoffWaits: false,
};
const want = (state: IncidentState, more: Partial<WantedIncident> = {}): WantedIncident => ({ state, suspension: state === 'suspended' ? 'awaiting-user' : null, level: 'LV3', team: 'a', holder: 'p', ...more });

const MOVES: Readonly<Partial<Record<HistoryStep['step'], IncidentMove>>> = {
  assignIncident: 'assign', requestHandoff: 'handOver', startWork: 'startWork', suspendIncident: 'suspend', resumeIncident: 'resume',
  proposeSolution: 'proposeSolution', refuseSolution: 'refuseSolution', acceptSolution: 'acceptSolution', closeIncident: 'close',
};

/** What each command does, told a second time and by the table of permitted moves. */
function after(now: StandingIncident, step: HistoryStep): StandingIncident {
  const move = MOVES[step.step];
  const state = move ? moveIncident(now.state, move) : now.state;
  switch (step.step) {
    case 'confirmLevel': return { ...now, level: step.level, levelConfirmed: true };
    case 'regradeIncident': return { ...now, level: step.level };
    case 'assignIncident': return { ...now, state: step.holder === null ? now.state : state, team: step.team, holder: step.holder, started: step.holder === now.holder && now.started };
    case 'requestHandoff': return { ...now, team: step.team, holder: null, handoffWaits: true };
    case 'acceptHandoff': return { ...now, holder: step.holder, handoffWaits: false, started: false };
    case 'recordResponse': return { ...now, responded: true };
    case 'decideOnSite': return { ...now, visitOpen: false };
    case 'startWork': return { ...now, started: true };
    case 'suspendIncident': return { ...now, state, suspension: step.suspension };
    case 'resumeIncident': return { ...now, state, suspension: null };
    case 'proposeSolution': return { ...now, state, accepted: false };
    case 'refuseSolution': return { ...now, state, started: true };
    case 'acceptSolution': return { ...now, accepted: true };
    case 'closeIncident': return { ...now, state };
  }
}

function path(from: StandingIncident, to: WantedIncident): { steps: string[]; end: StandingIncident } {
  const steps: string[] = [];
  let now = from;
  for (let step = nextStep(now, to); step; step = nextStep(now, to)) {
    if (steps.length > 20) throw new Error(`a circle: ${steps.join(', ')}`);
    steps.push(step.step);
    now = after(now, step);
  }
  return { steps, end: now };
}

test('D-24 New → Active: given to the person, who answers and starts', () => {
  expect(path(standing, want('in-progress')).steps).toEqual(['assignIncident', 'recordResponse', 'startWork']);
});

test('D-24 New → Awaiting passes through work', () => {
  expect(path(standing, want('suspended')).steps).toEqual(['assignIncident', 'recordResponse', 'startWork', 'suspendIncident']);
});

test('D-24 Awaiting → Resolved resumes first', () => {
  const suspended = { ...standing, state: 'suspended', holder: 'p', started: true, responded: true, suspension: 'awaiting-user' } as const;
  expect(path(suspended, want('awaiting-feedback')).steps).toEqual(['resumeIncident', 'proposeSolution']);
});

test('D-24 another reason to wait is a spell of its own', () => {
  const suspended = { ...standing, state: 'suspended', holder: 'p', started: true, responded: true, suspension: 'awaiting-user' } as const;
  expect(path(suspended, want('suspended', { suspension: 'awaiting-vendor' })).steps).toEqual(['resumeIncident', 'suspendIncident']);
  expect(path(suspended, want('suspended')).steps).toEqual([]);
});

test('D-24 closed before it was resolved: solution and its acceptance are inferred', () => {
  const working = { ...standing, state: 'in-progress', holder: 'p', started: true, responded: true } as const;
  expect(path(working, want('closed')).steps).toEqual(['proposeSolution', 'acceptSolution', 'closeIncident']);
});

test('D-24 a change of group is a handoff accepted at once; an unknown group is none', () => {
  expect(path(standing, want('awaiting-assignment', { team: 'b' })).steps).toEqual(['requestHandoff', 'acceptHandoff']);
  expect(path(standing, want('awaiting-assignment', { team: null })).steps).toEqual([]);
});

test('D-24 work by nobody in particular is work by an unknown person', () => {
  expect(nextStep(standing, want('in-progress', { holder: null }))).toEqual({ step: 'assignIncident', team: 'a', holder: UNKNOWN_PERSON });
});

test('D-24 Closed → Active is refused', () => {
  expect(() => checkReachable({ ...standing, state: 'closed' }, want('in-progress'))).toThrow('never reopened');
  expect(() => checkReachable({ ...standing, state: 'closed' }, want('closed'))).not.toThrow();
});

test('D-24 nothing leads back to New', () => {
  expect(() => checkReachable({ ...standing, state: 'in-progress' }, want('awaiting-assignment'))).toThrow('No permitted move');
});

test('D-24 from wherever it stands, permitted moves alone lead to every reachable row', () => {
  const states = fc.constantFrom(...INCIDENT_STATES);
  const from = fc.record({
    state: states, monitoring: fc.boolean(), level: fc.constantFrom('LV1' as const, 'LV3' as const), levelConfirmed: fc.boolean(), team: fc.constantFrom('a', 'b', null),
    holder: fc.constantFrom('p', 'q', null), started: fc.boolean(), responded: fc.boolean(), visitOpen: fc.boolean(), accepted: fc.boolean(), handoffWaits: fc.boolean(),
    suspension: fc.constantFrom('awaiting-user', 'awaiting-vendor'),
  }).map((now) => ({ ...now, suspension: now.state === 'suspended' ? now.suspension : null, handoffWaits: now.handoffWaits && now.team !== null && now.state !== 'awaiting-feedback' && now.state !== 'closed' }));
  const to = fc.record({
    state: states, level: fc.constantFrom('LV1' as const, 'LV2' as const, null), team: fc.constantFrom('a', 'b', 'c', null), holder: fc.constantFrom('p', 'q', null), suspension: fc.constantFrom('awaiting-user', 'other'),
  });
  fc.assert(fc.property(from, to, (now, wanted) => {
    const unreachable = (now.state === 'closed' && wanted.state !== 'closed') || (wanted.state === 'awaiting-assignment' && now.state !== 'awaiting-assignment');
    if (unreachable) {
      expect(() => checkReachable(now, wanted)).toThrow();
      return;
    }
    const { end } = path(now, wanted);
    expect(end.state).toBe(wanted.state);
    if (now.state === 'closed') return;
    if (wanted.team !== null) expect(end.team).toBe(wanted.team);
    if (wanted.level !== null) expect(end.level).toBe(wanted.level);
    if (wanted.state === 'suspended') expect(end.suspension).toBe(wanted.suspension);
  }));
});
