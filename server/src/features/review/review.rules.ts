import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';

/** The two lists of the monthly incident report (INC-25). */
export const REVIEW_LISTS = ['repeated', 'workaround'] as const;
export type ReviewList = (typeof REVIEW_LISTS)[number];

export const REVIEW_DECISIONS = ['problem', 'change', 'none'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** Volumes and attainment of the month, by the definitions of the incident metrics; kept with the meeting. */
export interface ReviewFigures {
  readonly reported: number;
  readonly closed: number;
  readonly workaround: number;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly responseInTime: number;
  readonly responseDecided: number;
  readonly resolutionInTime: number;
  readonly resolutionDecided: number;
}

/** The month as a half-open span of the organisation's calendar (D-12). */
export function monthSpan(month: string, timeZone: string): { from: Instant; to: Instant } {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('INVALID_INPUT', `"month" must be like 2026-03, got "${month.slice(0, 20)}".`, 'month');
  const first = Temporal.PlainDate.from(`${month}-01`);
  const at = (date: Temporal.PlainDate): Instant => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  return { from: at(first), to: at(first.add({ months: 1 })) };
}

/** A month is reviewed when it is over: at its last instant it is not. */
export function requireOver(month: string, to: Instant, now: Instant): void {
  if (now < to) throw new Refusal('OUT_OF_RANGE', `${month} is not over yet: it ends at ${new Date(to).toISOString()}.`, 'month');
}

/** One incident of the month with what it may have in common with others. */
export interface ReviewFact {
  readonly incidentId: string;
  readonly customerId: string;
  /** "ci ID" or "symptom TEXT". */
  readonly value: string;
  readonly label: string;
}

export interface AgendaPoint {
  readonly list: ReviewList;
  readonly value: string;
  readonly label: string;
  readonly customerId: string;
  readonly incidentIds: readonly string[];
}

/**
 * The agenda: what at least `from` incidents of a customer have in common, most frequent first, and each incident that was closed
 * with a workaround. The same incidents under two headings (a CI and a symptom) are one point, under the first.
 */
export function agendaOf(facts: readonly ReviewFact[], workarounds: readonly { readonly id: string; readonly title: string; readonly customerId: string }[], from: number): AgendaPoint[] {
  const groups = [...Map.groupBy(facts, ({ customerId, value }) => `${customerId} ${value}`).values()];
  const repeated = groups.flatMap((group): AgendaPoint[] => {
    const [first] = group;
    const incidentIds = [...new Set(group.map(({ incidentId }) => incidentId))].toSorted();
    if (!first || incidentIds.length < from) return [];
    return [{ list: 'repeated', value: first.value, label: first.label, customerId: first.customerId, incidentIds }];
  }).toSorted((a, b) => b.incidentIds.length - a.incidentIds.length || (a.value < b.value ? -1 : 1));
  const once = [...new Map(repeated.toReversed().map((point) => [point.incidentIds.join(), point])).values()].toReversed();
  return [...once, ...workarounds.map(({ id, title, customerId }): AgendaPoint => ({ list: 'workaround', value: id, label: title, customerId, incidentIds: [id] }))];
}

/** INC-25: held when every point has its decision. */
export function requireDecided(entries: readonly { readonly decision: ReviewDecision | null; readonly label: string }[]): void {
  const open = entries.filter(({ decision }) => decision === null);
  if (open.length === 0) return;
  const named = open.slice(0, 3).map(({ label }) => `"${label}"`).join(', ');
  throw new Refusal('MISSING_FIELD', `${open.length} of ${entries.length} points have no decision yet: ${named}${open.length > 3 ? ', …' : ''}.`, 'entries', { open: open.length });
}

export function requirePreparing({ state, month }: { readonly state: 'preparing' | 'held'; readonly month: string }): void {
  if (state === 'held') throw new Refusal('ALREADY_DONE', `The review of ${month} was held: its agenda and decisions are frozen.`, 'id');
}
