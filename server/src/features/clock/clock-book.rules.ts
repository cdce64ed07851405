import type { BusinessCalendar } from '../calendar/calendar.rules.ts';
import type { NewId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ClockFactRow, ClockFiringRow, ClockRow, StoredCandidate } from './clock.entity.ts';
import { foldClock } from './clock-fold.rules.ts';
import { BREACH, CLOCK_KINDS, type ClockFact, type ClockFactBody, type ClockKind, type ClockStanding } from './clock.rules.ts';

/** All clocks of one ticket with their history: what a command loads, changes and saves. */
export interface ClockBook {
  readonly ticketId: string;
  readonly facts: ClockFactRow[];
  readonly clocks: ClockRow[];
  readonly firings: ClockFiringRow[];
}

/** Calendars by reference; with `maxVersion` as they were known when a clock stopped (SLA-13). */
export interface VersionedCalendars {
  resolve(ref: string, maxVersion?: number): BusinessCalendar;
  versionOf(ref: string): number;
}

export interface NewClockFact {
  readonly kinds: readonly ClockKind[];
  /** The handoff whose acceptance is timed; else the ticket. */
  readonly subjectId?: string;
  readonly at: Instant;
  readonly body: ClockFactBody;
}

export interface JudgeInput {
  readonly calendars: VersionedCalendars;
  readonly now: Instant;
  readonly newId: NewId;
  readonly mark: 'imported' | null;
  /**
   * The history has not changed since it was judged last, only a calendar may have: what fired stays fired (SLA-14).
   * Otherwise a late entry or a correction may show that a firing had not been so.
   */
  readonly keepFirings?: boolean;
  /** Why firings may turn out not to have been so; kept with them. */
  readonly reason?: string | null;
  /** Who held the ticket at an instant: a breach names them (SLA-14). */
  holderAt(at: Instant): { teamId: string | null; holderId: string | null };
}

export interface Judgement {
  readonly newClocks: readonly ClockRow[];
  readonly newFirings: readonly FiredNow[];
  /** What a late entry or a correction shows not to have been so. */
  readonly withdrawn: readonly FiredNow[];
  /** The earliest instant at which a clock of this ticket needs looking at again. */
  readonly nextAt: Instant | null;
}

export interface FiredNow {
  readonly firing: ClockFiringRow;
  readonly clock: ClockRow;
}

/** More than this between the instant it could fire and the instant it did is "late" (SLA-02). */
const LATE_AFTER_MS = 1000;

/** Adds a fact to the history. `knownAt` is when the system got to know it. */
export function addFact(book: ClockBook, fact: NewClockFact, knownAt: Instant, newId: NewId): ClockFactRow {
  const row: ClockFactRow = {
    id: newId(), ticketId: book.ticketId, kinds: [...fact.kinds], subjectId: fact.subjectId ?? book.ticketId,
    seq: (book.facts.at(-1)?.seq ?? 0) + 1, at: fact.at, knownAt, body: fact.body, withdrawnAt: null, withdrawnReason: null,
  };
  book.facts.push(row);
  return row;
}

/** Judges every clock of the ticket from its history, updates the cached rows and tells what fires now, in order. */
export function judgeBook(book: ClockBook, input: JudgeInput): Judgement {
  const newClocks: ClockRow[] = [];
  const newFirings: FiredNow[] = [];
  const withdrawn: FiredNow[] = [];
  let nextAt: Instant | null = null;
  for (const { kind, subjectId } of clocksOf(book)) {
    const row = book.clocks.find((clock) => clock.kind === kind && clock.subjectId === subjectId);
    const standing = judgeClock(book, { kind, subjectId }, input, row);
    if (!standing) continue;
    const clock = row ?? blankClock(book.ticketId, kind, subjectId, input.newId());
    if (!row) {
      book.clocks.push(clock);
      newClocks.push(clock);
    }
    writeStanding(clock, standing, input);
    withdrawn.push(...withdrawOld(book, clock, standing, input));
    newFirings.push(...fireNew(book, clock, standing, input));
    if (standing.nextAt !== null) nextAt = Math.min(nextAt ?? standing.nextAt, standing.nextAt);
  }
  return { newClocks, newFirings: newFirings.toSorted((a, b) => a.firing.at - b.firing.at), withdrawn, nextAt };
}

/** An edit of a calendar moves what is to come; what was announced becomes a fact of the history before it can vanish (SLA-14). */
function judgeClock(book: ClockBook, { kind, subjectId }: { kind: ClockKind; subjectId: string }, input: JudgeInput, row?: ClockRow): ClockStanding | null {
  const judge = (): ClockStanding | null => standingOf(book, kind, subjectId, input.calendars, input.now, row);
  const standing = judge();
  if (!standing || !row || !input.keepFirings) return standing;
  const vanished = lost(book, row, standing);
  for (const { step, occurrence, at, firedAt } of vanished) {
    const announcedAt = step === BREACH ? row.announcedAt : firedAt;
    addFact(book, { kinds: [kind], subjectId, at, body: { fact: 'fired', step, occurrence, announcedAt } }, input.now, input.newId);
  }
  return vanished.length === 0 ? standing : judge();
}

/** One clock's standing at an instant, or null when its history has not begun. */
export function standingOf(
  book: ClockBook, kind: ClockKind, subjectId: string, calendars: VersionedCalendars, until: Instant, row?: ClockRow,
): ClockStanding | null {
  const facts = factsOf(book, kind, subjectId);
  if (row?.state === 'stopped') {
    // What was judged stays judged by the calendar of its day, unless the clock runs again.
    const asJudged = foldClock(facts, (ref) => calendars.resolve(ref, versionJudgedBy(row, ref)), until);
    if (asJudged?.state === 'stopped') return asJudged;
  }
  return foldClock(facts, (ref) => calendars.resolve(ref), until);
}

/** Each candidate was judged by a calendar of its own, with versions of its own. */
function versionJudgedBy(row: ClockRow, ref: string): number | undefined {
  if (ref === row.calendarRef) return row.calendarVersion;
  return row.candidates.find(({ calendarRef }) => calendarRef === ref)?.calendarVersion;
}

/** The facts of one clock; of a withdrawn one only that it stood there, and until when. What concerns the whole ticket concerns its handoffs' clocks too. */
export function factsOf(book: ClockBook, kind: ClockKind, subjectId: string): ClockFact[] {
  return book.facts
    .filter((row) => row.kinds.includes(kind) && (row.subjectId === subjectId || row.subjectId === book.ticketId))
    .map(({ body, at, knownAt, seq, withdrawnAt }) => (withdrawnAt === null ? { ...body, at, knownAt, seq } : { fact: 'taken-back', at, knownAt: withdrawnAt, seq }));
}

function clocksOf(book: ClockBook): { kind: ClockKind; subjectId: string }[] {
  const started = book.facts.filter((row) => row.body.fact === 'started' && row.withdrawnAt === null);
  return CLOCK_KINDS.flatMap((kind) => {
    const subjects = new Set(started.filter((row) => row.kinds.includes(kind)).map((row) => row.subjectId));
    return [...subjects].map((subjectId) => ({ kind, subjectId }));
  });
}

function blankClock(ticketId: string, kind: ClockKind, subjectId: string, id: string): ClockRow {
  return {
    id, ticketId, kind, subjectId, state: 'running', outcome: 'none', startAt: 0, dueAt: null, targetMs: 0, remainingMs: null,
    breachedAt: null, announcedAt: null, breachTeamId: null, breachHolderId: null, metAt: null, misses: 0, calendarRef: '',
    calendarVersion: 0, policy: '', candidates: [], nextAt: null,
  };
}

function writeStanding(clock: ClockRow, standing: ClockStanding, input: JudgeInput): void {
  const stoppedBefore = clock.state === 'stopped' && standing.state === 'stopped' && clock.policy !== '';
  clock.state = standing.state;
  clock.outcome = standing.outcome;
  clock.startAt = standing.startAt;
  clock.dueAt = standing.dueAt;
  clock.targetMs = standing.targetMs;
  clock.remainingMs = standing.state === 'running' ? null : standing.remainingMs;
  clock.metAt = standing.metAt;
  clock.misses = standing.misses;
  clock.calendarRef = standing.calendarRef;
  if (!stoppedBefore) {
    clock.calendarVersion = input.calendars.versionOf(standing.calendarRef);
    clock.candidates = standing.candidates.map((candidate): StoredCandidate => ({ ...candidate, calendarVersion: input.calendars.versionOf(candidate.calendarRef) }));
  }
  clock.policy = standing.plan.policy;
  clock.nextAt = standing.nextAt;
  writeBreach(clock, standing, input);
}

function writeBreach(clock: ClockRow, standing: ClockStanding, input: JudgeInput): void {
  const changed = clock.breachedAt !== standing.breachedAt;
  clock.breachedAt = standing.breachedAt;
  clock.announcedAt = standing.announcedAt;
  if (!changed) return;
  const held = standing.breachedAt === null ? { teamId: null, holderId: null } : input.holderAt(standing.breachedAt);
  clock.breachTeamId = held.teamId;
  clock.breachHolderId = held.holderId;
}

const keyOf = ({ step, occurrence }: { step: string; occurrence: number }): string => `${step}#${occurrence}`;

/** Firings on record that the history, as it stands now, does not give. */
function lost(book: ClockBook, clock: ClockRow, standing: ClockStanding): ClockFiringRow[] {
  const held = new Set(standing.firings.map(keyOf));
  return book.firings.filter((row) => row.clockId === clock.id && row.withdrawnAt === null && !held.has(keyOf(row)));
}

/** A late entry or a correction may show that it had not been so: the fact stays, marked (SLA-14, INC-19, INC-22). */
function withdrawOld(book: ClockBook, clock: ClockRow, standing: ClockStanding, input: JudgeInput): FiredNow[] {
  return lost(book, clock, standing).map((firing) => {
    firing.withdrawnAt = input.now;
    firing.withdrawnReason = input.reason ?? null;
    return { firing, clock };
  });
}

function fireNew(book: ClockBook, clock: ClockRow, standing: ClockStanding, input: JudgeInput): FiredNow[] {
  // By key: a progress report that nobody gives for months misses thousands of times.
  const rows = new Map(book.firings.filter((row) => row.clockId === clock.id).map((row) => [keyOf(row), row]));
  return standing.firings.flatMap((firing) => {
    const before = rows.get(keyOf(firing));
    if (before && before.withdrawnAt === null) return [];
    const late = input.mark === null && input.now - firing.revealedAt > LATE_AFTER_MS;
    const fired = { at: firing.at, firedAt: input.mark ? firing.at : input.now, late, mark: input.mark, withdrawnAt: null, withdrawnReason: null };
    if (before) return [{ firing: Object.assign(before, fired), clock }];
    const row: ClockFiringRow = {
      id: input.newId(), clockId: clock.id, ticketId: book.ticketId, step: firing.step, occurrence: firing.occurrence, ...fired,
    };
    book.firings.push(row);
    return [{ firing: row, clock }];
  });
}
