import type { CalendarBook } from '../calendar/calendar-book.rules.ts';
import { judgeBook, type ClockBook } from '../clock/clock-book.rules.ts';
import type { ClockKind } from '../clock/clock.rules.ts';
import { followPolicy, plannedSince, type PlannedTerms } from '../incident/incident-plan.rules.ts';
import type { NewId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PolicyBook } from '../service-level/policy-versions.rules.ts';
import type { Level } from '../service-level/service-level.rules.ts';

/** What clocks are judged by: as it is, or as it would be after an edit. */
export interface World {
  readonly policies: PolicyBook;
  readonly calendars: CalendarBook;
}

/** An open incident under one world: the agreement's terms may be those of the edit. */
export interface WhatIfCase {
  readonly id: string;
  readonly level: Level;
  readonly onSiteNeeded: boolean | null;
  readonly reportedAt: Instant;
  readonly lastEventAt: Instant;
  readonly waitingHandoffId: string | null;
  readonly terms: PlannedTerms;
  readonly agreementSince: Instant | null;
  readonly book: ClockBook;
}

/** How one clock stands. */
export interface ClockOutlook {
  readonly kind: ClockKind;
  readonly subjectId: string;
  readonly state: 'running' | 'paused' | 'stopped';
  readonly dueAt: Instant | null;
  /** Of a paused clock, in its calendar. */
  readonly remainingMs: number | null;
  readonly breachedAt: Instant | null;
}

/** What an edit does to one clock; null: nothing. */
export type WhatIfChange = 'breached' | 'earlier' | 'later' | 'added' | 'ended';

/**
 * Every clock of an incident as it would stand at `asOf`: the very steps of a look after the edit (follow the policy, judge the
 * clocks), also at each instant up to then at which another version comes into force (D-22). On a copy: nothing of the book changes.
 */
export function outlookUnder(kase: WhatIfCase, world: World, { now, asOf, newId }: { readonly now: Instant; readonly asOf: Instant; readonly newId: NewId }): ClockOutlook[] {
  const book = copyOf(kase.book);
  const incident = { level: kase.level, onSiteNeeded: kase.onSiteNeeded, reportedAt: kase.reportedAt };
  const handoffs = kase.waitingHandoffId === null ? [] : [{ id: kase.waitingHandoffId, state: 'waiting' as const }];
  for (const look of looks(world.policies, now, asOf)) {
    const at = Math.max(look, kase.lastEventAt);
    const { policies, versions, since } = world.policies.at(at);
    const context = { at, now: at, newId, policies, versions, policySince: plannedSince(since, kase.agreementSince) };
    followPolicy({ ticket: { id: kase.id }, incident, handoffs, terms: kase.terms, book }, context);
    judgeBook(book, { calendars: world.calendars, now: at, newId, mark: null, keepFirings: true, holderAt: () => ({ teamId: null, holderId: null }) });
  }
  return book.clocks.map(({ kind, subjectId, state, dueAt, remainingMs, breachedAt }) => ({ kind, subjectId, state, dueAt, remainingMs: state === 'paused' ? remainingMs : null, breachedAt }));
}

/** Now, every instant until `asOf` at which a version comes into force, and `asOf`. */
function looks(policies: PolicyBook, now: Instant, asOf: Instant): readonly Instant[] {
  const coming: Instant[] = [];
  for (let next = policies.nextChange(now); next !== null && next < asOf; next = policies.nextChange(next)) coming.push(next);
  return asOf > now ? [now, ...coming, asOf] : [now];
}

/** The judge adds to the lists and writes into clocks and firings; facts are only added. */
function copyOf({ ticketId, facts, clocks, firings }: ClockBook): ClockBook {
  return { ticketId, facts: [...facts], clocks: clocks.map((row) => ({ ...row })), firings: firings.map((row) => ({ ...row })) };
}

/** One clock before and after; `before` null: it would come anew. */
export interface ClockComparison {
  readonly before: ClockOutlook | null;
  readonly after: ClockOutlook;
  readonly change: WhatIfChange | null;
}

/** The clocks that are open in either world, side by side. */
export function compareOutlooks(before: readonly ClockOutlook[], after: readonly ClockOutlook[]): ClockComparison[] {
  return after.flatMap((now) => {
    const was = before.find(({ kind, subjectId }) => kind === now.kind && subjectId === now.subjectId) ?? null;
    if (was?.state === 'stopped' && now.state === 'stopped') return [];
    return [{ before: was, after: now, change: changeOf(was, now) }];
  });
}

/** A breach is told before a due instant that moves; one that is on record stays so whatever moves (SLA-14). */
function changeOf(before: ClockOutlook | null, after: ClockOutlook): WhatIfChange | null {
  if (after.breachedAt !== null && (before?.breachedAt ?? null) === null) return 'breached';
  if (before === null || (before.state === 'stopped' && after.state !== 'stopped')) return 'added';
  if (after.state === 'stopped') return 'ended';
  // A paused clock has no due instant: what it has left tells whether it would be due earlier.
  const [was, is] = before.dueAt !== null && after.dueAt !== null ? [before.dueAt, after.dueAt] : [before.remainingMs, after.remainingMs];
  if (was === is || was === null || is === null) return null;
  return is < was ? 'earlier' : 'later';
}
