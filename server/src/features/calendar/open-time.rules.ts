import type { Instant, Interval } from '../../kernel/instant.ts';
import { DAY, toIso } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** Arithmetic over any sequence of open stretches, whatever calendar they come from. */
export interface OpenTime {
  addDuration(start: Instant, durationMs: number): Instant;
  elapsed(start: Instant, end: Instant): number;
  isOpen(at: Instant): boolean;
  nextOpen(at: Instant): Instant;
  openIntervals(from: Instant, to: Instant): readonly Interval[];
}

/** The open stretches within [from, to), clipped to it; in any order, they may overlap. */
export type OpenSource = (from: Instant, to: Instant) => readonly Interval[];

/** One stretch of the time line: sorted open intervals and, for each, the open time of the chunk before it. */
interface Chunk {
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly before: Float64Array;
  readonly total: number;
}

/** A little more than a year, so that a chunk's number is one division; the length has no other meaning. */
const CHUNK = 400 * DAY;
/** A deadline or a range past this is a mistake, and looking for it must end (CAL-02). */
const HORIZON_YEARS = 200;
const HORIZON = Math.ceil(HORIZON_YEARS * 365.2425) * DAY;
const HORIZON_CHUNKS = Math.ceil(HORIZON / CHUNK);
/** Outside these the time zone's rules are guesses and dates have no four-digit year. */
const EARLIEST = Date.UTC(1800, 0, 1);
const LATEST = Date.UTC(2800, 0, 1);
/** About 10 kB each with two stretches a day. */
const MOST_CHUNKS = 1000;

/** Compiles chunks when first needed and keeps them; adding and measuring are binary searches in at most a few of them. */
export function openTime(source: OpenSource): OpenTime {
  const chunks = new Map<number, Chunk>();
  const chunkAt = (index: number): Chunk => {
    const known = chunks.get(index);
    if (known !== undefined) return known;
    if (chunks.size >= MOST_CHUNKS) chunks.clear();
    const made = compile(source(index * CHUNK, (index + 1) * CHUNK));
    chunks.set(index, made);
    return made;
  };
  return {
    addDuration: (start, durationMs) => (durationMs === 0 ? nextOpen(chunkAt, start) : add(chunkAt, start, durationMs)),
    elapsed: (start, end) => elapsed(chunkAt, start, end),
    isOpen: (at) => isOpen(chunkAt(Math.floor(checked(at) / CHUNK)), at),
    nextOpen: (at) => nextOpen(chunkAt, at),
    openIntervals: (from, to) => openIntervals(chunkAt, from, to),
  };
}

type ChunkAt = (index: number) => Chunk;

function add(chunkAt: ChunkAt, start: Instant, durationMs: number): Instant {
  if (!(durationMs > 0)) throw new Refusal('OUT_OF_RANGE', `A duration must be 0 or more, got ${durationMs / 1000} s.`, 'duration');
  const first = Math.floor(checked(start) / CHUNK);
  if (durationMs > HORIZON) throw tooFar(start);
  let wanted = durationMs + openBefore(chunkAt(first), start);
  for (let index = first; index <= first + HORIZON_CHUNKS; index += 1) {
    const chunk = chunkAt(index);
    if (wanted <= chunk.total) return within(start, instantOf(chunk, wanted));
    wanted -= chunk.total;
  }
  throw unreachable(chunkAt(first + HORIZON_CHUNKS), start);
}

function elapsed(chunkAt: ChunkAt, start: Instant, end: Instant): number {
  const first = Math.floor(checked(start) / CHUNK);
  const last = Math.floor(checked(end) / CHUNK);
  if (end <= start) return 0;
  if (end - start > HORIZON) {
    throw new Refusal('OUT_OF_RANGE', `A range must be at most ${HORIZON_YEARS} years, got ${toIso(start)} to ${toIso(end)}.`, 'end');
  }
  let sum = openBefore(chunkAt(last), end) - openBefore(chunkAt(first), start);
  for (let index = first; index < last; index += 1) sum += chunkAt(index).total;
  return sum;
}

function nextOpen(chunkAt: ChunkAt, at: Instant): Instant {
  const first = Math.floor(checked(at) / CHUNK);
  for (let index = first; index <= first + HORIZON_CHUNKS; index += 1) {
    const { opens, closes } = chunkAt(index);
    const found = lastAtOrBefore(opens, at);
    if (found >= 0 && at < (closes[found] ?? 0)) return at;
    const next = opens[found + 1];
    if (next !== undefined) return within(at, next);
  }
  throw unreachable(chunkAt(first + HORIZON_CHUNKS), at);
}

function openIntervals(chunkAt: ChunkAt, from: Instant, to: Instant): readonly Interval[] {
  const found: Interval[] = [];
  const last = Math.ceil(checked(to) / CHUNK);
  for (let index = Math.floor(checked(from) / CHUNK); index < last; index += 1) {
    const { opens, closes } = chunkAt(index);
    for (let i = Math.max(0, lastAtOrBefore(opens, from)); i < opens.length; i += 1) {
      const stretch = { from: Math.max(from, opens[i] ?? 0), to: Math.min(to, closes[i] ?? 0) };
      if (stretch.from >= to) break;
      if (stretch.from < stretch.to) found.push(stretch);
    }
  }
  // A stretch over a chunk's border comes in two parts.
  return merged(found);
}

/** Sorts and joins what overlaps or touches. */
export function merged(intervals: readonly Interval[]): readonly Interval[] {
  const joined: { from: Instant; to: Instant }[] = [];
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

function compile(intervals: readonly Interval[]): Chunk {
  const sorted = merged(intervals);
  const opens = new Float64Array(sorted.length);
  const closes = new Float64Array(sorted.length);
  const before = new Float64Array(sorted.length);
  let total = 0;
  sorted.forEach(({ from, to }, index) => {
    opens[index] = from;
    closes[index] = to;
    before[index] = total;
    total += to - from;
  });
  return { opens, closes, before, total };
}

function openBefore({ opens, closes, before }: Chunk, at: Instant): number {
  const index = lastAtOrBefore(opens, at);
  if (index < 0) return 0;
  return (before[index] ?? 0) + Math.min(at, closes[index] ?? 0) - (opens[index] ?? 0);
}

/** The earliest instant with that much open time of the chunk behind it: a closing time belongs to the day it closes (D-16). */
function instantOf({ opens, before }: Chunk, wanted: number): Instant {
  let index = lastAtOrBefore(before, wanted);
  if (before[index] === wanted) index -= 1;
  return (opens[index] ?? 0) + wanted - (before[index] ?? 0);
}

function isOpen({ opens, closes }: Chunk, at: Instant): boolean {
  const index = lastAtOrBefore(opens, at);
  return index >= 0 && at < (closes[index] ?? 0);
}

/** Index of the last value ≤ `limit`, -1 when all are greater. */
function lastAtOrBefore(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function checked(at: Instant): Instant {
  if (at >= EARLIEST && at < LATEST) return at;
  throw new Refusal('OUT_OF_RANGE', 'An instant must lie in the years 1800 to 2799.', 'start');
}

function within(start: Instant, found: Instant): Instant {
  if (found - start > HORIZON) throw tooFar(start);
  return found;
}

function tooFar(start: Instant): Refusal {
  return new Refusal('OUT_OF_RANGE', `The instant lies more than ${HORIZON_YEARS} years after ${toIso(start)}; give a shorter duration.`, 'duration');
}

function unreachable(lastChunk: Chunk, start: Instant): Refusal {
  if (lastChunk.total > 0) return tooFar(start);
  return new Refusal('CALENDAR_NEVER_OPENS', `The calendar does not open often enough after ${toIso(start)}: its weekly hours are empty and its dated ones are used up.`, 'calendar');
}
