/**
 * Business time by brute force, to judge the compiled calendars by: walks a window minute by minute, asks `Intl` for the
 * wall clock of each, and counts. Shares no code with the server and does not use Temporal.
 */
export interface OracleCalendar {
  readonly timeZone: string;
  readonly weeklyHours: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly exceptions: readonly { readonly date: string; readonly hours: readonly (readonly [string, string])[] }[];
}

export interface MinuteOracle {
  isOpen(at: number): boolean;
  /** Open milliseconds; both ends on whole minutes inside the window. */
  elapsed(start: number, end: number): number;
  /** Null when the window ends before the duration does. */
  add(start: number, durationMs: number): number | null;
  /** End of the hours of the N-th later date that has any; null when that date is not wholly inside the window. */
  addWorkingDays(start: number, days: number): number | null;
}

/** The wall clock of every minute of a window, in minutes since 1970 as if it were UTC. */
export interface WallWindow {
  readonly timeZone: string;
  readonly from: number;
  readonly walls: readonly number[];
  readonly firstAt: ReadonlyMap<number, number>;
}

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export function readWallClock(timeZone: string, from: number, to: number): WallWindow {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  });
  const walls: number[] = [];
  const firstAt = new Map<number, number>();
  for (let at = from; at < to; at += MINUTE) {
    const [month, day, year, hour, minute] = (format.format(at).match(/\d+/g) ?? []).map(Number);
    const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute) / MINUTE;
    if (!firstAt.has(wall)) firstAt.set(wall, walls.length);
    walls.push(wall);
  }
  return { timeZone, from, walls, firstAt };
}

export function minuteOracle(calendar: OracleCalendar, window: WallWindow): MinuteOracle {
  const open = new Uint8Array(window.walls.length);
  const closings = new Map<number, number>();
  for (const day of new Set(window.walls.map((wall) => Math.floor(wall / DAY_MINUTES)))) {
    for (const [opens, closes] of hoursOf(calendar, day)) {
      const length = (minutesOf(closes) - minutesOf(opens) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
      const first = indexOf(window, day * DAY_MINUTES + minutesOf(opens));
      const end = indexOf(window, day * DAY_MINUTES + minutesOf(opens) + length);
      for (let index = Math.max(0, first); index < Math.min(end, open.length); index += 1) open[index] = 1;
      if (first < end) closings.set(day, Math.max(closings.get(day) ?? 0, end));
    }
  }
  const index = (at: number): number => Math.floor((at - window.from) / MINUTE);
  return {
    isOpen: (at) => open[index(at)] === 1,
    elapsed: (start, end) => open.subarray(index(start), Math.max(index(start), index(end))).reduce((sum, bit) => sum + bit, 0) * MINUTE,
    add: (start, durationMs) => walk(open, index(start), durationMs / MINUTE, (minute) => window.from + minute * MINUTE),
    addWorkingDays: (start, days) => {
      const today = Math.floor((window.walls[index(start)] ?? 0) / DAY_MINUTES);
      const due = [...closings].filter(([day]) => day > today).sort(([a], [b]) => a - b)[days - 1]?.[1];
      return due === undefined || due >= open.length - DAY_MINUTES ? null : window.from + due * MINUTE;
    },
  };
}

function walk(open: Uint8Array, start: number, wanted: number, instant: (minute: number) => number): number | null {
  let left = wanted;
  for (let minute = start; minute < open.length; minute += 1) {
    if (left === 0 && (wanted > 0 || open[minute] === 1)) return instant(minute);
    if (open[minute] === 1) left -= 1;
  }
  return null;
}

function hoursOf(calendar: OracleCalendar, day: number): readonly (readonly [string, string])[] {
  const date = new Date(day * DAY_MINUTES * MINUTE);
  const iso = date.toISOString().slice(0, 10);
  const dated = calendar.exceptions.find((exception) => exception.date === iso);
  return dated?.hours ?? calendar.weeklyHours[WEEKDAYS[date.getUTCDay()] ?? ''] ?? [];
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The first minute that shows this wall time; for one that the clock jumped over, as far past the jump as it lies in it. */
function indexOf({ walls, firstAt }: WallWindow, wall: number): number {
  const shown = firstAt.get(wall);
  if (shown !== undefined) return shown;
  const jump = walls.findIndex((at, index) => at < wall && (walls[index + 1] ?? Infinity) > wall);
  if (jump >= 0) return jump + wall - (walls[jump] ?? 0);
  return wall < (walls[0] ?? 0) ? -1 : walls.length;
}
