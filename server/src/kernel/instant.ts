/** Milliseconds since 1970-01-01T00:00:00Z. All rules count in these; the database and GraphQL show them as UTC timestamps. */
export type Instant = number;

/** Half-open [from, to). */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 in UTC with `Z`; milliseconds only when there are any. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
