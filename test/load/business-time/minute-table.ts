import { minuteOracle, readWallClock, type OracleCalendar } from '../../support/oracle/minute-oracle.ts';

const MINUTE = 60_000;

/** Every minute of a long time, open or not, as the minute oracle says; counted, so that a million questions can be judged. */
export interface MinuteTable {
  elapsedMinutes(from: number, to: number): number;
  /** The end of the so many-th open minute from an instant on. */
  add(from: number, minutes: number): number;
}

/** Walks year by year, whole minutes; `from` and `to` are years of the calendar's zone. */
export function minuteTable(calendar: OracleCalendar, from: number, to: number): MinuteTable {
  const begin = Date.UTC(from, 0, 1);
  const length = (Date.UTC(to, 0, 1) - begin) / MINUTE;
  const before = new Uint32Array(length + 1);
  const open = new Uint32Array(length);
  let count = 0;
  for (let year = from; year < to; year += 1) {
    const start = Date.UTC(year, 0, 1);
    const end = Date.UTC(year + 1, 0, 1);
    // A day more on both sides: hours over midnight begin the day before.
    const oracle = minuteOracle(calendar, readWallClock(calendar.timeZone, start - 1440 * MINUTE, end + 1440 * MINUTE));
    for (let at = start; at < end; at += MINUTE) {
      const index = (at - begin) / MINUTE;
      before[index] = count;
      if (oracle.isOpen(at)) open[count++] = index;
    }
  }
  before[length] = count;
  const index = (at: number): number => (at - begin) / MINUTE;
  return {
    elapsedMinutes: (start, end) => before[index(end)]! - before[index(start)]!,
    add: (start, minutes) => begin + (open[before[index(start)]! + minutes - 1]! + 1) * MINUTE,
  };
}
