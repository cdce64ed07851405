import { describe, expect, test } from 'vitest';
import { CLOCK_KINDS } from '../../server/src/features/clock/clock.rules.ts';
import { planClock, planHandoffClock } from '../../server/src/features/clock/clock-plan.rules.ts';
import { INCIDENT_STATES } from '../../server/src/features/incident/incident-states.rules.ts';
import { checkPolicyWords } from '../../server/src/features/service-level/policy-versions.rules.ts';
import { LEVELS, parsePolicy, POLICY_KEYS } from '../../server/src/features/service-level/service-level.rules.ts';
import { vocabularyOf } from '../../server/src/features/service-level/vocabulary.rules.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';

const words = vocabularyOf(SEEDED_POLICIES);
const keys = (name: keyof typeof words) => words[name].map(({ key }) => key);

describe('WBD-09 the labels know every word of the code', () => {
  test('INC-02 states and levels', () => {
    expect(keys('states')).toEqual([...INCIDENT_STATES]);
    expect(keys('levels')).toEqual([...LEVELS]);
  });

  test('SLA-01 clock kinds, and every step that a clock can fire', () => {
    expect(keys('clockKinds')).toEqual([...CLOCK_KINDS]);
    const table = SEEDED_POLICIES['level-table'];
    const calendarRefs = { '24x7': 'a', '5x8': 'b' };
    const plan = planClock('resolution', { level: 'LV1', table, tableVersion: 1, tiers: SEEDED_POLICIES['tier-table'], tierVersion: 1, agreement: null, calendarRefs });
    const handoff = planHandoffClock(SEEDED_POLICIES.handoff.ageingMinutes, 'b', 'handoff v1');
    const steps = [...(plan?.thresholds ?? []), ...handoff.thresholds].map(({ step }) => step);
    expect(steps.length).toBeGreaterThan(8);
    expect(steps.filter((step) => !keys('escalationSteps').includes(step))).toEqual([]);
  });

  test('WBD-09 no key has two labels', () => {
    for (const name of Object.keys(words) as (keyof typeof words)[]) expect(new Set(keys(name)).size).toBe(keys(name).length);
  });
});

describe('AGR-05 the seeded policy passes its own checks', () => {
  test.each(POLICY_KEYS)('AGR-05 %s', (key) => {
    expect(parsePolicy(key, SEEDED_POLICIES[key])).toEqual(SEEDED_POLICIES[key]);
    expect(() => checkPolicyWords(key, SEEDED_POLICIES[key], ['24x7', '5x8'])).not.toThrow();
  });

  test('D-41 a closing code is possible from states that there are', () => {
    const states = SEEDED_POLICIES.intake.closureCodes.flatMap(({ from }) => from);
    expect(states.filter((state) => !INCIDENT_STATES.some((known) => known === state))).toEqual([]);
  });

  test('D-49 figures', () => {
    const { handoff, suspension } = SEEDED_POLICIES;
    expect([handoff.ageingUrgentMinutes, handoff.ageingMinutes, handoff.pingPongMoves]).toEqual([[10, 30, 60], [120, 240, 480], 3]);
    expect([suspension.longWorkingDays, suspension.repeatedFromSpell]).toEqual([3, 3]);
  });
});
