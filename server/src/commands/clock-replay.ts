import type { BusinessCalendar } from '../features/calendar/calendar.rules.ts';
import type { Instant, Interval } from '../kernel/instant.ts';

/** What happened to a clock. A pause and its resume belong together by their reason; `''` when none is given. */
export type ClockHappening =
  | { readonly at: Instant; readonly kind: 'pause' | 'resume'; readonly reason: string }
  | { readonly at: Instant; readonly kind: 'stop' }
  | { readonly at: Instant; readonly kind: 'regrade'; readonly targetMs: number };

export interface ClockQuestion {
  readonly calendar: BusinessCalendar;
  readonly start: Instant;
  readonly targetMs: number;
  /** In order of time, equal instants in the order in which they happened; none after `asOf`. */
  readonly happenings: readonly ClockHappening[];
  /** `retroactive` counts the new target from the start, `restart` from the re-grade (D-17). */
  readonly regrade: 'retroactive' | 'restart';
  readonly asOf: Instant;
  /** Percentages of the target. */
  readonly warnAt: readonly number[];
}

export interface ClockReading {
  readonly state: 'RUNNING' | 'PAUSED' | 'STOPPED';
  readonly elapsedMs: number;
  /** Negative when over. */
  readonly remainingMs: number;
  readonly breachedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly warnings: ReadonlyMap<number, Instant | null>;
}

/** The clock as far as its history has been replayed. */
interface Replay {
  readonly calendar: BusinessCalendar;
  targetMs: number;
  /** Stretches in which it ran and which have ended; after a restart only those since. */
  ran: readonly Interval[];
  runningSince: Instant | null;
  readonly reasons: Set<string>;
  breachedAt: Instant | null;
}

/** Replays the history of one clock up to `asOf` and reads it there. Pure: the same question has the same answer. */
export function readClock(question: ClockQuestion): ClockReading {
  const { calendar, start, targetMs } = question;
  const replay: Replay = { calendar, targetMs, ran: [], runningSince: start, reasons: new Set(), breachedAt: null };
  let stoppedAt: Instant | null = null;
  for (const happening of question.happenings) {
    // What happened before the start finds a clock that has not counted yet.
    const at = Math.max(happening.at, start);
    if (happening.kind === 'stop') {
      stoppedAt = at;
      break;
    }
    happen(replay, { ...happening, at }, question.regrade);
  }
  const end = stoppedAt ?? Math.max(question.asOf, start);
  noteBreach(replay, end);
  return read(replay, { end, stopped: stoppedAt !== null, warnAt: question.warnAt });
}

function happen(replay: Replay, happening: Exclude<ClockHappening, { kind: 'stop' }>, mode: 'retroactive' | 'restart'): void {
  if (happening.kind === 'regrade') regrade(replay, happening, mode);
  else if (happening.kind === 'pause') pause(replay, happening.at, happening.reason);
  else resume(replay, happening.at, happening.reason);
}

function pause(replay: Replay, at: Instant, reason: string): void {
  replay.reasons.add(reason);
  if (replay.runningSince === null) return;
  if (replay.runningSince < at) replay.ran = [...replay.ran, { from: replay.runningSince, to: at }];
  replay.runningSince = null;
}

function resume(replay: Replay, at: Instant, reason: string): void {
  replay.reasons.delete(reason);
  if (replay.reasons.size > 0 || replay.runningSince !== null) return;
  const last = replay.ran.at(-1);
  // A pause of no length never happened: a deadline on a closing time must not move to the next opening by it.
  if (last?.to === at) replay.ran = replay.ran.slice(0, -1);
  replay.runningSince = last?.to === at ? last.from : at;
}

function regrade(replay: Replay, { at, targetMs }: { readonly at: Instant; readonly targetMs: number }, mode: 'retroactive' | 'restart'): void {
  // A breach under the old target stands (SLA-14), and the new one may already lie in the past (D-18).
  noteBreach(replay, at);
  replay.targetMs = targetMs;
  if (mode === 'restart') {
    replay.ran = [];
    replay.runningSince = replay.runningSince === null ? null : at;
  }
  noteBreach(replay, at);
}

/** Late is an instant after the due one, whether or not the calendar is open then; the breach is dated at it (D-08). */
function noteBreach(replay: Replay, now: Instant): void {
  if (replay.breachedAt !== null) return;
  const due = dueAt(replay);
  if (due !== null && (due.past || due.at < now)) replay.breachedAt = due.at;
}

interface Due {
  readonly at: Instant;
  /** Passed while the clock ran: a pause at the due instant itself leaves nothing remaining, but no breach (D-08). */
  readonly past: boolean;
}

function dueAt({ calendar, ran, runningSince, targetMs }: Replay): Due | null {
  let wanted = targetMs;
  for (const { from, to } of ran) {
    const open = calendar.elapsed(from, to);
    const at = wanted <= open ? calendar.addDuration(from, wanted) : to;
    if (at < to) return { at, past: true };
    wanted -= open;
  }
  return runningSince === null ? null : { at: calendar.addDuration(runningSince, wanted), past: false };
}

function read(replay: Replay, { end, stopped, warnAt }: { readonly end: Instant; readonly stopped: boolean; readonly warnAt: readonly number[] }): ClockReading {
  const { calendar, ran, runningSince, targetMs, breachedAt } = replay;
  const stretches = runningSince === null ? ran : [...ran, { from: runningSince, to: end }];
  const elapsedMs = stretches.reduce((sum, { from, to }) => sum + calendar.elapsed(from, to), 0);
  const running = runningSince !== null;
  const known = running || (!stopped && breachedAt !== null);
  return {
    state: stopped ? 'STOPPED' : running ? 'RUNNING' : 'PAUSED',
    elapsedMs,
    remainingMs: targetMs - elapsedMs,
    breachedAt,
    dueAt: known ? (dueAt(replay)?.at ?? null) : null,
    warnings: new Map(warnAt.map((percent) => [percent, reachedAt(replay, Math.round((targetMs * percent) / 100))])),
  };
}

/** The earliest instant with that much counted time: in the past, or ahead of a clock that runs. */
function reachedAt({ calendar, ran, runningSince }: Replay, countedMs: number): Instant | null {
  let wanted = countedMs;
  for (const { from, to } of ran) {
    const open = calendar.elapsed(from, to);
    if (wanted <= open) return calendar.addDuration(from, wanted);
    wanted -= open;
  }
  return runningSince === null ? null : calendar.addDuration(runningSince, wanted);
}
