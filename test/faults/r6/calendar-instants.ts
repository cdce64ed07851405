import { HOUR, MINUTE, type Instant } from '../../../server/src/kernel/instant.ts';
import { minuteOracle, readWallClock, type OracleCalendar } from '../../support/oracle/minute-oracle.ts';
import type { ExpectedTimer, TimerTargets } from '../harness/timer-plan.ts';

/** An instant at which calendars err, a zone, and the hours in which somebody works across it. */
export interface CalendarInstant {
  readonly name: string;
  readonly timeZone: string;
  readonly hours: keyof typeof HOURS;
  /** The incident is recorded shortly before. */
  readonly startAt: Instant;
  readonly targets: TimerTargets;
}

const HOURS = {
  'around the clock': [['00:00', '24:00']],
  'at night': [['22:00', '06:00']],
  'in the office': [['09:00', '17:00']],
} as const satisfies Record<string, readonly (readonly [string, string])[]>;

/** Whole minutes at 50, 75 and 90 %; the first are over before the instant, the last a working day later. */
const HOURS_LONG: TimerTargets = { response: 120, 'start-of-work': 240, 'on-site': 480, resolution: 960 };
/** Longer than 2³¹ ms, 35,791 minutes: a timer that `setTimeout` would fire at once. */
const WEEKS_LONG: TimerTargets = { response: 36_000, 'start-of-work': 36_020, 'on-site': 36_040, resolution: 36_060 };
const BEFORE_MS = 90 * MINUTE;

const SUMMER_TIMES = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'],
  // Half an hour only.
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-04-04T15:00:00Z'],
] as const;

const TURNS = [
  ['29 February', 'Asia/Shanghai', '2028-02-28T16:00:00Z'], ['the end of 29 February', 'Asia/Shanghai', '2028-02-29T16:00:00Z'], ['a year without 29 February', 'Asia/Shanghai', '2027-02-28T16:00:00Z'],
  ['the end of a year', 'Asia/Shanghai', '2026-12-31T16:00:00Z'], ['the end of a year in Berlin', 'Europe/Berlin', '2027-12-31T23:00:00Z'], ['the end of a leap year', 'America/New_York', '2029-01-01T05:00:00Z'],
  ['2³¹ seconds since 1970', 'UTC', '2038-01-19T03:14:00Z'],
] as const;

const instant = (name: string, timeZone: string, at: string, hours: CalendarInstant['hours'], targets = HOURS_LONG): CalendarInstant =>
  ({ name: `${name}, ${timeZone}, ${hours}`, timeZone, hours, startAt: Date.parse(at) - BEFORE_MS, targets });

/** 36: into and out of summer time in three zones by three kinds of hours, turns of months and years by two, and timers of weeks. */
export const CALENDAR_INSTANTS: readonly CalendarInstant[] = [
  ...SUMMER_TIMES.flatMap(([zone, forward, back]) => (['at night', 'around the clock', 'in the office'] as const)
    .flatMap((hours) => [instant('into summer time', zone, forward, hours), instant('out of summer time', zone, back, hours)])),
  ...TURNS.flatMap(([name, zone, at]) => (['at night', 'around the clock'] as const).map((hours) => instant(name, zone, at, hours))),
  ...(['around the clock', 'in the office'] as const).flatMap((hours) => ['Europe/Berlin', 'Asia/Shanghai'].map((zone) => instant('more than 24.8 days', zone, '2026-03-09T09:00:00Z', hours, WEEKS_LONG))),
];

export function calendarOf({ timeZone, hours }: Pick<CalendarInstant, 'timeZone' | 'hours'>): OracleCalendar {
  const weeklyHours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, HOURS[hours]]));
  return { timeZone, weeklyHours, exceptions: [] };
}

/** By brute force, minute by minute with `Intl`'s wall clock: the calendars of the program are not asked. */
export function expectedInCalendar(ticketId: string, scenario: CalendarInstant): ExpectedTimer[] {
  const { startAt, targets, timeZone, hours } = scenario;
  const most = Math.max(...Object.values(targets)) * MINUTE;
  const length = most * (hours === 'around the clock' ? 1.1 : 3.2) + 48 * HOUR;
  const from = startAt - 48 * HOUR;
  const oracle = minuteOracle(calendarOf(scenario), readWallClock(timeZone, from, startAt + length));
  return Object.entries(targets).flatMap(([kind, minutes]) => [[50, 'warning-50'], [75, 'warning-75'], [90, 'warning-90'], [100, 'breach']].map(([percent, step]) => {
    const at = oracle.add(startAt, (minutes * MINUTE * Number(percent)) / 100);
    if (at === null) throw new Error(`The window of the oracle is too short for ${kind} in ${scenario.name}.`);
    return { ticketId, kind, step: String(step), at };
  }));
}
