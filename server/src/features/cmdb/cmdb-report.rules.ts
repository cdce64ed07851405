import { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/instant.ts';

/** A configuration status report as it is frozen (CMDB-10). Instants are ISO texts: it is kept as JSON. */
export interface CiStatusReportContent {
  readonly month: string;
  readonly customerName: string | null;
  readonly from: string;
  readonly to: string;
  readonly figures: {
    readonly items: number;
    readonly added: number;
    readonly altered: number;
    readonly underChange: number;
    readonly underException: number;
    readonly unauthorised: number;
    readonly baselines: number;
  };
  readonly alterations: readonly ReportedAlteration[];
  readonly baselines: readonly ReportedBaseline[];
  readonly unauthorised: readonly ReportedDifference[];
  /** Whether lists were cut off at their limit; the figures count everything. */
  readonly cutOff: boolean;
}

export interface ReportedAlteration {
  readonly at: string;
  readonly ciId: string;
  readonly ciName: string;
  readonly fields: readonly string[];
  /** `unknown`: written past the rules. */
  readonly authority: 'change' | 'exception' | 'register' | 'import' | 'unknown';
  /** The change's number or the reason of the exception. */
  readonly authorisedBy: string | null;
  readonly actorName: string;
  /** Of a controlled item, without a change and without an exception (CMDB-06). */
  readonly unauthorised: boolean;
}

export interface ReportedBaseline {
  readonly name: string;
  /** The baseline that it took the place of in this month: so the baseline moved. */
  readonly replaces: string | null;
  readonly madeAt: string;
  readonly items: number;
  /** Items of it that are no longer as they were when it was made. */
  readonly moved: number;
}

export interface ReportedDifference {
  readonly source: 'census' | 'import' | 'alteration';
  readonly reference: string;
  readonly ciName: string;
  readonly what: string;
  readonly since: string;
}

/** First instant of a month and of the next one, in the organisation's zone (D-12). @throws Refusal INVALID_INPUT */
export function monthBounds(month: string, timeZone: string): { readonly from: Instant; readonly to: Instant } {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('INVALID_INPUT', `"month" must be a month such as 2026-10, got "${month}".`, 'month');
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  const at = (date: Temporal.PlainDate): Instant => date.toZonedDateTime({ timeZone }).epochMilliseconds;
  return { from: at(first), to: at(first.add({ months: 1 })) };
}

/** A report of a month is issued when the month is over: before, it could still become untrue. @throws Refusal OUT_OF_RANGE */
export function requireOver(month: string, to: Instant, now: Instant): void {
  if (now >= to) return;
  throw new Refusal('OUT_OF_RANGE', `${month} is not over: its report can be issued from ${new Date(to).toISOString()}.`, 'month', { from: to });
}
