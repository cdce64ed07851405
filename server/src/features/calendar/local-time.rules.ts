import type { Instant } from '../../kernel/instant.ts';
import { DAY } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** A local wall-clock time as if its zone were UTC: days and hours are plain division. */
export type LocalTime = number;

/** Converts between instants and the wall clock of one zone; Temporal is asked once per window, the rest is integers. */
export interface ZoneClock {
  /** The zone's name as the IANA list spells it. */
  readonly timeZone: string;
  toLocal(at: Instant): LocalTime;
  /** As Temporal's "compatible": the earlier of two, and past a gap by its length (D-23). */
  fromLocal(local: LocalTime): Instant;
  /** False for the one date that a zone skipped by crossing the date line, e.g. 2011-12-30 in Apia. */
  hasDay(day: number): boolean;
}

/** Offsets of a window of time: `offsets[i]` holds from `starts[i]` until the next start. */
interface OffsetWindow {
  readonly starts: readonly Instant[];
  readonly offsets: readonly number[];
}

const WINDOW = 400 * DAY;
/** Wider than any offset or skipped day, so that a local time near a border is resolved within one window. */
const MARGIN = 4 * DAY;
const MOST_WINDOWS = 2000;
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+\-/]*$|^[+-]\d\d:\d\d$/;

const clocks = new Map<string, ZoneClock>();

/** The wall clock of an IANA zone; refuses a name that the zone list does not hold. */
export function zoneClock(timeZone: string, field = 'calendar.timeZone'): ZoneClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = readZone(canonicalName(timeZone, field));
  clocks.set(timeZone, clock);
  return clock;
}

function canonicalName(timeZone: string, field: string): string {
  try {
    // Temporal would also take a whole date-time for a zone; a definition may not.
    if (ZONE_NAME.test(timeZone)) return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Refusal('CALENDAR_INVALID', `"${timeZone}" is not a time zone; give an IANA name such as Asia/Shanghai.`, field);
}

function readZone(timeZone: string): ZoneClock {
  const windows = new Map<number, OffsetWindow>();
  const windowOf = (time: number): OffsetWindow => {
    const index = Math.floor(time / WINDOW);
    const known = windows.get(index);
    if (known !== undefined) return known;
    if (windows.size >= MOST_WINDOWS) windows.clear();
    const made = readOffsets(timeZone, index * WINDOW - MARGIN, (index + 1) * WINDOW + MARGIN);
    windows.set(index, made);
    return made;
  };
  const fromLocal = (local: LocalTime): Instant => resolve(windowOf(local), local);
  return {
    timeZone,
    toLocal: (at) => at + offsetAt(windowOf(at), at),
    fromLocal,
    hasDay: (day) => fromLocal(day * DAY) < fromLocal((day + 1) * DAY),
  };
}

function readOffsets(timeZone: string, from: Instant, to: Instant): OffsetWindow {
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const starts = [-Infinity];
  const offsets = [at.offsetNanoseconds / 1_000_000];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to) return { starts, offsets };
    starts.push(next.epochMilliseconds);
    offsets.push(next.offsetNanoseconds / 1_000_000);
    at = next;
  }
}

function offsetAt({ starts, offsets }: OffsetWindow, at: Instant): number {
  let index = starts.length - 1;
  while (index > 0 && (starts[index] ?? 0) > at) index -= 1;
  return offsets[index] ?? 0;
}

function resolve({ starts, offsets }: OffsetWindow, local: LocalTime): Instant {
  for (let index = 0; index < starts.length; index += 1) {
    const at = local - (offsets[index] ?? 0);
    const end = starts[index + 1] ?? Infinity;
    if (at < end) {
      // Before this stretch's own start and not before the end of the last one: the wall clock jumped over it.
      return at < (starts[index] ?? 0) ? local - (offsets[index - 1] ?? 0) : at;
    }
  }
  return local - (offsets.at(-1) ?? 0);
}
