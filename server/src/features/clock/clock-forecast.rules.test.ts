import { describe, expect, test } from 'vitest';
import { makeCalendars, shanghai } from '../../../../test/support/story-world.ts';
import { HOUR } from '../../kernel/instant.ts';
import { calendarIdOf, countedSoFar, forecastMiss, isExpectedMiss, makeForecastHistory, type EndedClocks, type ForecastGroup } from './clock-forecast.rules.ts';

const GROUP: ForecastGroup = { kind: 'resolution', calendarId: '24x7', level: 'LV2', category: 'hotline', teamId: 'network' };
const hours = (...each: number[]): number[] => each.map((hour) => hour * HOUR);
/** So many clocks of an hour, and so many of nine. */
const ended = (short: number, long: number, other: Partial<ForecastGroup> = {}): EndedClocks =>
  ({ ...GROUP, ...other, durations: [...hours(...Array<number>(short).fill(1)), ...hours(...Array<number>(long).fill(9))] });
const ask = (clocks: EndedClocks[], elapsedHours = 0, more: Partial<ForecastGroup> = {}) =>
  forecastMiss(makeForecastHistory(clocks), { ...GROUP, ...more }, { elapsedMs: elapsedHours * HOUR, allowanceMs: 8 * HOUR, minimumSamples: 20 });

describe('SLA-11 how likely a clock is missed', () => {
  test('SLA-11 the share of like clocks that lasted longer than allowed', () => {
    expect(ask([ended(15, 5)])).toEqual({ probability: 0.25, samples: 20, basis: 'team-level-category' });
  });

  test('SLA-11 only those count that lasted longer than this one has so far', () => {
    expect(ask([ended(15, 30)], 1)).toEqual({ probability: 1, samples: 30, basis: 'team-level-category' });
    expect(ask([ended(15, 30)], 0.999)).toMatchObject({ probability: 30 / 45, samples: 45 });
  });

  test('SLA-11 exactly as long as allowed is met, a moment longer is missed', () => {
    const clocks: EndedClocks = { ...GROUP, durations: [...Array<number>(10).fill(8 * HOUR), ...Array<number>(10).fill(8 * HOUR + 1)] };
    expect(ask([clocks]).probability).toBe(0.5);
  });

  test('SLA-11 twenty are enough, nineteen are too few', () => {
    expect(ask([ended(10, 10)])).toMatchObject({ samples: 20, basis: 'team-level-category' });
    expect(ask([ended(10, 9)])).toEqual({ probability: null, samples: 19, basis: null });
  });

  test('SLA-11 too few of the category: the team at that level; too few of the team: everybody at that level', () => {
    expect(ask([ended(0, 19), ended(1, 0, { category: 'urgent' })])).toEqual({ probability: 0.95, samples: 20, basis: 'team-level' });
    expect(ask([ended(0, 18), ended(1, 0, { category: 'urgent' }), ended(1, 0, { teamId: 'server' })])).toEqual({ probability: 0.9, samples: 20, basis: 'level' });
  });

  test('SLA-11 another level, kind or calendar is never like it', () => {
    const strangers = [ended(0, 50, { level: 'LV1' }), ended(0, 50, { kind: 'response' }), ended(0, 50, { calendarId: '5x8' })];
    expect(ask(strangers)).toEqual({ probability: null, samples: 0, basis: null });
  });

  test('SLA-11 without a team only the level can tell', () => {
    expect(ask([ended(10, 10)], 0, { teamId: null })).toEqual({ probability: 0.5, samples: 20, basis: 'level' });
    expect(ask([ended(10, 10, { teamId: null })], 0, { teamId: null })).toEqual({ probability: 0.5, samples: 20, basis: 'level' });
  });

  test('SLA-11 older than all that ever ended: too little history, even where one would be enough', () => {
    const history = makeForecastHistory([ended(0, 50)]);
    expect(forecastMiss(history, GROUP, { elapsedMs: 9 * HOUR, allowanceMs: 10 * HOUR, minimumSamples: 1 })).toEqual({ probability: null, samples: 0, basis: null });
    expect(forecastMiss(history, GROUP, { elapsedMs: 9 * HOUR - 1, allowanceMs: 10 * HOUR, minimumSamples: 1 })).toEqual({ probability: 0, samples: 50, basis: 'team-level-category' });
  });

  test('SLA-17 above the policy\'s probability, not at it; never where policy says never', () => {
    expect([0.8, 0.801, null].map((probability) => isExpectedMiss({ probability }, 80))).toEqual([false, true, false]);
    expect(isExpectedMiss({ probability: 1 }, null)).toBe(false);
  });

  test('SLA-11 no history at all', () => {
    expect(ask([])).toEqual({ probability: null, samples: 0, basis: null });
  });
});

describe('SLA-11 what a clock has counted so far', () => {
  const calendar = makeCalendars().resolve('5x8');
  const now = shanghai('2026-03-02 17:00');
  const running = (dueAt: string) => countedSoFar({ state: 'running', dueAt: shanghai(dueAt), remainingMs: null, targetMs: 8 * HOUR }, calendar, now);

  test('SLA-11 in its own calendar: the night does not count', () => {
    expect(running('2026-03-03 10:00')).toBe(6 * HOUR);
  });

  test('SLA-11 due and over, or ended: nothing to foretell', () => {
    expect([running('2026-03-02 17:00'), running('2026-03-02 17:00:00.001')]).toEqual([null, 8 * HOUR - 1]);
    expect(countedSoFar({ state: 'stopped', dueAt: shanghai('2026-03-03 10:00'), remainingMs: HOUR, targetMs: 8 * HOUR }, calendar, now)).toBeNull();
  });

  test('SLA-11 a paused clock stands where it stood', () => {
    const paused = (remainingMs: number) => countedSoFar({ state: 'paused', dueAt: null, remainingMs, targetMs: 8 * HOUR }, calendar, now);
    expect([paused(HOUR), paused(1), paused(0)]).toEqual([7 * HOUR, 8 * HOUR - 1, null]);
  });

  test('CAL-05 a customer\'s own dates do not make other hours', () => {
    expect([calendarIdOf('5x8'), calendarIdOf('5x8@acme')]).toEqual(['5x8', '5x8']);
  });
});
