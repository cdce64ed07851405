import { zoneMidnight } from '../../lib/time/zone-midnight.ts';
import type { Ticket } from './actions/action-form-types.ts';

export type Clock = Ticket['clocks'][number];

/** One axis of real time for all clocks of a record: from the first start to what is known or due last. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  /** The instant that the clocks were judged at. */
  readonly now: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Room at the right, so that a mark at the end can be seen. */
const MARGIN = 0.02;

const at = (text: string): number => Date.parse(text);

/** Null where there is no clock to draw. */
export function axisOf(clocks: readonly Clock[], asOf: number): Axis | null {
  if (clocks.length === 0) return null;
  const from = Math.min(...clocks.map(({ startAt }) => at(startAt)));
  const open = clocks.some(({ outcome }) => outcome === 'NONE');
  const ends = clocks.flatMap((clock) => [clock.dueAt, clock.metAt, clock.explanation.intervals.at(-1)?.to ?? null].flatMap((text) => (text === null ? [] : [at(text)])));
  const last = Math.max(from + 10 * MINUTE, ...ends, ...(open ? [asOf] : []));
  return { from, to: last + (last - from) * MARGIN, now: asOf };
}

/** Where an instant stands on the axis, in percent of its length; beyond its ends at the end. */
export function placeOf(axis: Axis, instant: number): number {
  return Math.min(100, Math.max(0, ((instant - axis.from) / (axis.to - axis.from)) * 100));
}

const STEPS = [5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY];
const MOST_TICKS = 9;

/** Instants to write under the axis: round ones of that zone, at most nine; and whether they are whole days. */
export function ticksOf({ from, to }: Axis, timeZone: string): { readonly ticks: readonly number[]; readonly days: boolean } {
  const step = STEPS.find((size) => (to - from) / size <= MOST_TICKS) ?? STEPS.at(-1)!;
  const ticks: number[] = [];
  for (let tick = zoneMidnight(from, timeZone); tick <= to; tick += step) if (tick >= from) ticks.push(tick);
  return { ticks, days: step >= DAY };
}
