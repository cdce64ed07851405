import { describe, expect, test } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { INCIDENT_MOVES, INCIDENT_STATES, moveIncident, type IncidentMove, type IncidentState } from './incident-states.rules.ts';

const MOVES: readonly IncidentMove[] = ['assign', 'startWork', 'suspend', 'resume', 'proposeSolution', 'acceptSolution', 'refuseSolution', 'close', 'handOver'];

/** The whole of INC-02, D-02 and D-41, written down a second time: every pair, permitted or not. */
const EXPECTED: Readonly<Record<IncidentState, string>> = {
  'awaiting-assignment': 'assign→in-progress close→closed handOver→awaiting-assignment',
  'in-progress': 'assign→in-progress startWork→in-progress suspend→suspended proposeSolution→awaiting-feedback close→closed handOver→in-progress',
  suspended: 'assign→suspended resume→in-progress handOver→suspended',
  'awaiting-feedback': 'acceptSolution→awaiting-feedback refuseSolution→in-progress close→closed',
  closed: '',
};

const attempt = (from: IncidentState, move: IncidentMove): string | Refusal => {
  try {
    return moveIncident(from, move);
  } catch (refusal) {
    return refusal as Refusal;
  }
};

describe('INC-02 one table of permitted moves', () => {
  for (const from of INCIDENT_STATES) {
    test(`INC-02 from ${from}: every permitted move leads where it should, every other one is refused with those that are`, () => {
      const allowed = MOVES.flatMap((move) => {
        const to = attempt(from, move);
        return to instanceof Refusal ? [] : [`${move}→${to}`];
      });
      expect(allowed.join(' ')).toBe(EXPECTED[from]);
      for (const move of MOVES) {
        const to = attempt(from, move);
        if (!(to instanceof Refusal)) continue;
        expect([to.code, to.field, to.detail['allowed'], to.detail['state']]).toEqual(['MOVE_NOT_ALLOWED', 'state', Object.keys(INCIDENT_MOVES[from]), from]);
      }
    });
  }

  test('D-02 suspended is reached from in progress only, and left to it only', () => {
    const into = INCIDENT_STATES.filter((from) => from !== 'suspended' && Object.values(INCIDENT_MOVES[from]).includes('suspended'));
    const outOf = [...new Set(Object.values(INCIDENT_MOVES.suspended))].filter((state) => state !== 'suspended');
    expect([into, outOf]).toEqual([['in-progress'], ['in-progress']]);
  });

  test('INC-10 a closed incident is never reopened: the refusal points to the recurrence', () => {
    expect(MOVES.map((move) => attempt('closed', move)).every((to) => to instanceof Refusal && to.message.includes('record a recurrence'))).toBe(true);
  });
});
