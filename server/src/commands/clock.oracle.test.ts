import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkClock } from '../../../test/support/oracle/clock-oracle.ts';
import { minuteOracle, readWallClock } from '../../../test/support/oracle/minute-oracle.ts';
import { DAY, MINUTE, toIso } from '../kernel/instant.ts';
import { answerCase } from './clock.ts';

const from = Date.parse('2026-03-06T00:00:00Z');
const windowEnd = from + 12 * DAY;
const NEW_YORK = readWallClock('America/New_York', from - 3 * DAY, windowEnd);
const office = { mon: [['09:00', '12:00'], ['13:00', '18:00']], tue: [['09:00', '18:00']], wed: [['09:00', '18:00']], thu: [['09:00', '18:00']], fri: [['09:00', '18:00']], sat: [], sun: [] } as const;
const nights = { mon: [['22:00', '06:00']], tue: [['22:00', '06:00']], wed: [], thu: [['12:00', '12:20']], fri: [['00:00', '24:00']], sat: [['20:00', '08:00']], sun: [['01:00', '04:00']] } as const;
const always = Object.fromEntries(Object.keys(office).map((day) => [day, [['00:00', '24:00']] as const]));
const CALENDARS = [
  { timeZone: 'America/New_York', weeklyHours: office, exceptions: [{ date: '2026-03-09', hours: [] }] },
  { timeZone: 'America/New_York', weeklyHours: nights, exceptions: [] },
  { timeZone: 'America/New_York', weeklyHours: always, exceptions: [] },
] as const;
const LEVELS = { LV1: 60, LV2: 120, LV3: 480, LV4: 1200 } as const;

/** Half-hours make equal instants, opening and closing times, and pauses at the due instant frequent. */
const minutes = fc.oneof(fc.integer({ min: 0, max: 6 * 48 }).map((halves) => halves * 30), fc.integer({ min: 0, max: 6 * 1440 }));
const event = fc.tuple(minutes, fc.constantFrom('pause', 'pause:x', 'pause:y', 'resume', 'resume:x', 'resume:y', 'stop', 'regrade:LV1', 'regrade:LV2', 'regrade:LV3', 'regrade:LV4'));
const question = fc.record({
  calendar: fc.constantFrom(...CALENDARS),
  start: minutes,
  initialLevel: fc.constantFrom('LV1', 'LV2', 'LV3', 'LV4'),
  events: fc.array(event, { maxLength: 8 }),
  regrade: fc.constantFrom('retroactive', 'restart'),
  asOf: minutes,
});

test('SLA-03 D-08 D-17 D-18 a clock reads what a walk through its history minute by minute reads', () => {
  fc.assert(fc.property(question, ({ calendar, start, initialLevel, events, regrade, asOf }) => {
    const at = (minute: number): number => from + minute * MINUTE;
    const answer = answerCase({
      id: 1, op: 'clock', calendar, start: toIso(at(start)), initialLevel, regrade, asOf: toIso(at(asOf)), warnAt: [50, 75, 90],
      targets: Object.fromEntries(Object.entries(LEVELS).map(([level, target]) => [level, target * 60])),
      events: events.map(([minute, text]) => [toIso(at(minute)), text]),
    });
    const levels = new Map<string, number>(Object.entries(LEVELS));
    const sorted = events.toSorted(([a], [b]) => a - b);
    const target = levels.get(sorted.filter(([minute]) => minute <= asOf).slice(0, stopIndex(sorted)).findLast(([, text]) => text.startsWith('regrade'))?.[1].slice(8) ?? initialLevel) ?? 0;
    const walked = walkClock(minuteOracle(calendar, NEW_YORK), {
      start: at(start), targetMinutes: levels.get(initialLevel) ?? 0, mode: regrade as 'retroactive' | 'restart', asOf: at(asOf), windowEnd,
      events: sorted.map(([minute, text]) => ({
        at: at(minute), kind: text.split(':')[0] as 'pause' | 'resume' | 'stop' | 'regrade', reason: text.split(':')[1] ?? '', target: levels.get(text.split(':')[1] ?? '') ?? 0,
      })),
    });
    fc.pre(walked.dueAt !== null || walked.state !== 'RUNNING');
    const iso = (instant: number | null): string | null => (instant === null ? null : toIso(instant));
    expect(answer).toEqual({
      id: 1,
      state: walked.state,
      elapsedSeconds: walked.elapsedMinutes * 60,
      remainingSeconds: (target - walked.elapsedMinutes) * 60,
      breached: walked.breachedAt !== null,
      breachedAt: iso(walked.breachedAt),
      dueAt: iso(walked.dueAt),
      warnings: Object.fromEntries([50, 75, 90].map((percent) => [percent, iso(walked.reachedAt((target * percent) / 100))])),
    });
  }), { numRuns: 600 });
}, 60_000);

function stopIndex(sorted: readonly (readonly [number, string])[]): number {
  const index = sorted.findIndex(([, text]) => text === 'stop');
  return index < 0 ? sorted.length : index;
}
