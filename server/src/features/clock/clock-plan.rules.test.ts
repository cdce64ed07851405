import { describe, expect, test } from 'vitest';
import { SEEDED_POLICIES } from '../../seed/policy-documents.ts';
import { LEVELS, type Level } from '../service-level/service-level.rules.ts';
import { INCIDENT_CLOCKS, planClock, planHandoffClock, type AgreementTerms, type PlanInput } from './clock-plan.rules.ts';

const agreement: AgreementTerms = { name: 'SA-1', lineName: 'site', tier: null, calendarRef: 'factory', targets: {} };
const input = (level: Level, more: Partial<PlanInput> = {}): PlanInput => ({
  level, table: SEEDED_POLICIES['level-table'], tableVersion: 3, tiers: SEEDED_POLICIES['tier-table'], tierVersion: 2, agreement,
  calendarRefs: { '24x7': 'always', '5x8': 'office' }, ...more,
});
const targets = (kind: (typeof INCIDENT_CLOCKS)[number], given: PlanInput) =>
  planClock(kind, given)?.candidates.map(({ source, target, calendarRef, own }) => [source, 'minutes' in target ? target.minutes : `${target.workingDays} working day`, calendarRef, own]);

describe('AGR-05 the level table gives the targets', () => {
  test('AGR-05 D-07 D-53 every level, every clock', () => {
    const table = LEVELS.map((level) => INCIDENT_CLOCKS.map((kind) => targets(kind, input(level))?.[0]?.[1] ?? null));
    expect(table).toEqual([
      [10, 10, 120, 480, 60],
      [30, 60, 240, 1440, 120],
      [240, 120, null, 4320, 480],
      ['1 working day', 240, null, 8640, 960],
    ]);
  });

  test('D-34 LV3 and LV4 have no clock on site', () => {
    expect(LEVELS.map((level) => planClock('on-site', input(level)) !== null)).toEqual([true, true, false, false]);
  });

  test('D-01 LV1 and LV2 run around the clock, LV3 and LV4 in the agreement\'s own hours', () => {
    expect(LEVELS.map((level) => targets('resolution', input(level))?.[0]?.[2])).toEqual(['always', 'always', 'factory', 'factory']);
    expect(LEVELS.map((level) => targets('resolution', input(level, { agreement: null }))?.[0]?.[2])).toEqual(['always', 'always', 'office', 'office']);
  });
});

describe('D-15 D-32 candidates', () => {
  test('D-15 tier and level table are both candidates for response and resolution, and for nothing else', () => {
    const vip = input('LV1', { agreement: { ...agreement, tier: 'vip' } });
    expect(targets('response', vip)).toEqual([['tier VIP', 60, 'factory', false], ['level table LV1', 10, 'always', false]]);
    expect(targets('resolution', vip)).toEqual([['tier VIP', 120, 'factory', false], ['level table LV1', 480, 'always', false]]);
    expect(targets('start-of-work', vip)).toEqual([['level table LV1', 10, 'always', false]]);
  });

  test('AGR-05 an own target names agreement and line; that of the level goes before that of all levels', () => {
    const own = (level: Level) => input(level, { agreement: { ...agreement, targets: { any: { resolution: { minutes: 600 } }, LV2: { resolution: { minutes: 300 } } } } });
    expect(targets('resolution', own('LV1'))).toEqual([['agreement SA-1 line "site"', 600, 'factory', true], ['level table LV1', 480, 'always', false]]);
    expect(targets('resolution', own('LV2'))?.[0]).toEqual(['agreement SA-1 line "site"', 300, 'factory', true]);
    expect(targets('response', own('LV2'))).toHaveLength(1);
  });

  test('AGR-08 without a line the agreement alone is named', () => {
    const whole = input('LV1', { agreement: { ...agreement, lineName: null, targets: { LV1: { onSite: { minutes: 45 } } } } });
    expect(targets('on-site', whole)?.[0]).toEqual(['agreement SA-1', 45, 'factory', true]);
    expect(targets('on-site', input('LV4', { agreement: { ...agreement, targets: { LV4: { onSite: { minutes: 45 } } } } }))).toHaveLength(1);
  });
});

describe('SLA-01 SLA-02 what fires on the way', () => {
  const steps = (kind: (typeof INCIDENT_CLOCKS)[number], level: Level, more: Partial<PlanInput> = {}) =>
    planClock(kind, input(level, more))?.thresholds.map(({ step, percent, minutes, calendarRef }) => [step, percent ?? minutes, calendarRef ?? null]);

  test('SLA-02 every clock warns at 50, 75 and 90 %', () => {
    expect(steps('response', 'LV1')).toEqual([['warning-50', 50, null], ['warning-75', 75, null], ['warning-90', 90, null]]);
  });

  test('SLA-18 D-32 the resolution clock carries the functional limits and the escalations of the table', () => {
    expect(steps('resolution', 'LV1')?.slice(3)).toEqual([['functional-1', 30, 'always'], ['functional-2', 240, 'always'], ['escalation-1', 480, 'always'], ['escalation-2', 720, 'always']]);
    expect(steps('resolution', 'LV4')?.slice(3)).toEqual([['functional-1', 480, 'factory'], ['functional-2', 2880, 'factory'], ['escalation-1', 8640, 'factory'], ['escalation-2', 9600, 'factory']]);
  });

  test('SLA-16 the project manager is warned once before each report, whatever the policy warns at', () => {
    const warnAt = (percents: number[]) => steps('progress-report', 'LV1', { table: { ...SEEDED_POLICIES['level-table'], warnAt: percents } });
    expect([warnAt([50, 75, 90]), warnAt([80]), warnAt([]), warnAt([90, 50])]).toEqual([[['warning-75', 75, null]], [['warning-80', 80, null]], [], [['warning-50', 50, null]]]);
  });

  test('SLA-16 only the progress-report clock begins anew', () => {
    expect(INCIDENT_CLOCKS.map((kind) => planClock(kind, input('LV1'))?.recurring)).toEqual([false, false, false, false, true]);
  });

  test('SLA-13 a plan names the versions that it came from', () => {
    expect(planClock('resolution', input('LV2'))?.policy).toBe('level-table v3 LV2');
    expect(planClock('resolution', input('LV2', { agreement: { ...agreement, tier: 'vip' } }))?.policy).toBe('level-table v3 LV2, tier-table v2');
  });

  test('HND-02 D-49 an unaccepted handoff reminds at each step; its last step is its target', () => {
    expect(planHandoffClock([10, 30, 60], 'always', 'handoff v1 LV1')).toEqual({
      candidates: [{ source: 'handoff v1 LV1', target: { minutes: 60 }, calendarRef: 'always', own: false }],
      thresholds: [
        { step: 'handoff-ageing-1', minutes: 10, calendarRef: 'always' }, { step: 'handoff-ageing-2', minutes: 30, calendarRef: 'always' },
        { step: 'handoff-ageing-3', minutes: 60, calendarRef: 'always' },
      ],
      recurring: false, policy: 'handoff v1 LV1',
    });
  });
});
