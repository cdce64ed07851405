import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { Instant } from '../../kernel/instant.ts';

/** SLA-08: what the service desk owes by itself. */
export const DESK_DUTIES = ['desk-dispatch', 'desk-confirm', 'desk-redispatch', 'desk-abnormal'] as const;
export type DeskDuty = (typeof DESK_DUTIES)[number];

/** The clocks of a work record (SLA-01), of a waiting handoff (HND-01) and of the desk's duties (SLA-08). */
export const CLOCK_KINDS = ['response', 'start-of-work', 'on-site', 'resolution', 'progress-report', 'handoff', ...DESK_DUTIES] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];
/** What is agreed within the provider: its misses are facts, never breaches of an agreement (HND-01, D-46). */
export function isOperatingLevel(kind: ClockKind): kind is DeskDuty | 'handoff' {
  return kind === 'handoff' || isDeskDuty(kind);
}

export function isDeskDuty(kind: ClockKind): kind is DeskDuty {
  return DESK_DUTIES.some((duty) => duty === kind);
}

export type ClockState = 'running' | 'paused' | 'stopped';
export type ClockOutcome = 'none' | 'met' | 'cancelled';

/** A span of business time, or "end of the N-th working day" (D-04). */
export type Target = { readonly minutes: number } | { readonly workingDays: number };

/** One target that could govern the clock, and where it comes from (AGR-05, D-15). */
export interface Candidate {
  readonly source: string;
  readonly target: Target;
  readonly calendarRef: string;
  /** The agreement's own target: it prevails over tier and level table. */
  readonly own: boolean;
}

/** What fires on the way: at a share of the target, or after a span in a calendar of its own (D-32). */
export interface Threshold {
  readonly step: string;
  readonly percent?: number;
  readonly minutes?: number;
  readonly calendarRef?: string;
}

/** What a clock is judged by, frozen into its history together with the policy version that it came from (SLA-13). */
export interface ClockPlan {
  readonly candidates: readonly Candidate[];
  readonly thresholds: readonly Threshold[];
  /** Starts a new interval at every report and at every miss (D-33). */
  readonly recurring: boolean;
  /** e.g. "level-table v3 LV2". */
  readonly policy: string;
}

export type ClockFactBody =
  | { readonly fact: 'started'; readonly plan: ClockPlan }
  /**
   * New plan: `retroactive` judges everything since the start again (D-17), `restart` begins anew here; `reinstate` is
   * retroactive and takes back that a level without this clock had cancelled it.
   */
  | { readonly fact: 'replanned'; readonly plan: ClockPlan; readonly mode: 'retroactive' | 'restart' | 'reinstate' }
  | { readonly fact: 'paused'; readonly reason: string }
  | { readonly fact: 'resumed'; readonly reason: string }
  | { readonly fact: 'met' }
  /** The solution was refused: goes on from where it stood (D-03); a recurring clock starts anew (D-33). */
  | { readonly fact: 'continued' }
  | { readonly fact: 'cancelled' }
  /** A progress report: the next interval starts here. */
  | { readonly fact: 'reported' }
  /** An entry that stood here was taken back later: it counts for nothing, but until then nobody could know better (INC-22, D-18). */
  | { readonly fact: 'taken-back' }
  /** Fired once already; an edit of the calendar would have it later or never, but what was announced stays (SLA-14). */
  | { readonly fact: 'fired'; readonly step: string; readonly occurrence: number; readonly announcedAt: Instant | null };

/** One fact of a clock's history. The history is the truth; everything in {@link ClockStanding} is derived from it. */
export type ClockFact = ClockFactBody & {
  /** When it took effect. */
  readonly at: Instant;
  /** When the system got to know it; later than `at` for a late entry. Decides when a breach could be announced (D-18). */
  readonly knownAt: Instant;
  /** Order among facts of the same instant. */
  readonly seq: number;
};

export interface Firing {
  readonly step: string;
  /** 0, or the number of the interval of a recurring clock. */
  readonly occurrence: number;
  /** The instant it is dated at. */
  readonly at: Instant;
  /** The earliest instant at which anybody could have known: `at`, or the later recording that revealed it. */
  readonly revealedAt: Instant;
}

/** A stretch in which the clock ran; the last one is open while it runs. Half-open [from, to). */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Pause {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly reason: string;
}

export interface JudgedCandidate extends Candidate {
  readonly targetMs: number;
  readonly dueAtStart: Instant;
  readonly chosen: boolean;
}

/** Everything one may ask of a clock at an instant. Spans in milliseconds of its own calendar. */
export interface ClockStanding {
  readonly state: ClockState;
  readonly outcome: ClockOutcome;
  readonly startAt: Instant;
  readonly plan: ClockPlan;
  readonly calendarRef: string;
  readonly candidates: readonly JudgedCandidate[];
  readonly targetMs: number;
  readonly elapsedMs: number;
  readonly remainingMs: number;
  /** Null while paused and not breached: a paused clock has no due instant (SLA-03). */
  readonly dueAt: Instant | null;
  readonly breachedAt: Instant | null;
  readonly announcedAt: Instant | null;
  readonly metAt: Instant | null;
  readonly misses: number;
  readonly firings: readonly Firing[];
  /** When something fires next; null when nothing will without a new fact. */
  readonly nextAt: Instant | null;
  readonly stretches: readonly Stretch[];
  readonly pauses: readonly Pause[];
}

export type Calendars = (calendarRef: string) => BusinessCalendar;

export const BREACH = 'breach';
export const MISS = 'progress-missed';
