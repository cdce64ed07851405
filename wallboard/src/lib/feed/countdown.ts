import type { BoardRow } from './feed-reducer.ts';

export type BoardClock = NonNullable<BoardRow['clock']>;

/** The shape beside a clock: told apart by form and word as well as colour (WBD-03). */
export type ClockShape = 'breached' | 'due15' | 'due60' | 'running' | 'suspended' | 'outside-hours' | 'none';

/**
 * What a clock shows at an instant.
 * `seconds`: what to write, negative when over; null where no figure is shown. `frozen`: the figure does not move.
 */
export interface Countdown {
  readonly shape: ClockShape;
  readonly seconds: number | null;
  readonly frozen: boolean;
  /** Already breached, whatever it does now: a suspended clock stays breached (SLA-03). */
  readonly breached: boolean;
  /** When it goes on, for a clock outside its hours (SLA-12). */
  readonly resumesAt: string | null;
}

const MINUTES_15 = 15 * 60;
const MINUTES_60 = 60 * 60;

/** `now` is the server's time in epoch ms (LIV-03). */
export function countdown(clock: BoardClock | null, suspended: boolean, now: number): Countdown {
  const breached = clock?.breachedAt != null;
  if (suspended || clock?.state === 'PAUSED') {
    return { shape: 'suspended', seconds: clock?.remainingSeconds ?? null, frozen: true, breached, resumesAt: null };
  }
  if (clock === null || clock.state === 'STOPPED' || clock.dueAt === null) {
    return { shape: 'none', seconds: null, frozen: true, breached, resumesAt: null };
  }
  // Whole seconds still to go, rounded up: 00:01 is shown until the due instant, 00:00 from it on.
  const left = Math.ceil((Date.parse(clock.dueAt) - now) / 1000);
  if (breached) return { shape: 'breached', seconds: Math.min(0, left), frozen: false, breached, resumesAt: null };
  if (clock.outsideHours) {
    return { shape: 'outside-hours', seconds: clock.remainingBusinessSeconds, frozen: true, breached, resumesAt: clock.resumesAt };
  }
  // The wall never judges a breach: past the due instant it waits at 00:00 until the server says so.
  const seconds = Math.max(0, left);
  return { shape: shapeOf(seconds), seconds, frozen: false, breached, resumesAt: null };
}

function shapeOf(seconds: number): ClockShape {
  if (seconds <= MINUTES_15) return 'due15';
  if (seconds <= MINUTES_60) return 'due60';
  return 'running';
}

/** How a language marks days and hours in a figure. */
export interface TimeUnits {
  readonly day: string;
  readonly hour: string;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * "12:34" under an hour, "3:12:34" under a day, "2d 3h" beyond, where minutes mislead more than they tell; "+" in front when over.
 * `units` are the language's marks, e.g. "d " and "h".
 */
export function formatSeconds(seconds: number, units: TimeUnits): string {
  const sign = seconds < 0 ? '+' : '';
  const total = Math.abs(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(total / HOUR);
  const minutes = two(Math.floor((total % HOUR) / 60));
  if (total >= DAY) return `${sign}${Math.floor(total / DAY)}${units.day}${hours % 24}${units.hour}`;
  const rest = two(total % 60);
  return hours === 0 ? `${sign}${minutes}:${rest}` : `${sign}${hours}:${minutes}:${rest}`;
}
