/**
 * Which records count for a figure, as SQL. Every fact has the same columns, so that figures, breakdowns and the records behind a bar
 * are counted from the same rows and cannot differ (MET-03).
 *
 * `p` is the periods asked for: key, from_at, to_at (half-open), end_at (to_at, or just after now), as_of_at (to_at, or now), now_at,
 * from_date, to_date, newest, left_out (closing codes that do not count for attainment).
 */
export interface Fact {
  /** Tables, with `t` the ticket that a reader is shown, and whose customer and team count. */
  readonly from: string;
  /** The instant that decides in which period it counts. */
  readonly at: string;
  readonly where?: string;
  /** Replaces "at within the period", for what was so at its end. */
  readonly during?: string;
  readonly part?: string;
  /** For a rate: does it count above the line as well? */
  readonly hit?: string;
  /** In minutes, or pieces. */
  readonly amount?: string;
  readonly whole?: string;
  /** Tells facts of one ticket apart; empty where a ticket has one. */
  readonly item?: string;
}

export type Facts = Readonly<Record<string, Fact>>;

/** Minutes of wall time between two instants of a row. */
export const minutes = (from: string, to: string): string => `(extract(epoch from (${to}) - (${from})) / 60)::float8`;

/** The facts of a figure in every period of `p`, one row each. */
export function factRows({ from, at, where = 'true', during, part = 'null', hit = 'true', amount = '0', whole = '0', item = `''` }: Fact): string {
  const within = during ?? `(${at}) >= p.from_at and (${at}) < p.end_at`;
  return `select p.key as period, t.id as ticket_id, ${at} as at, (${part})::text as part, (${hit}) as hit, (${amount})::float8 as amount, (${whole})::float8 as whole,
    (${item})::text as item, t.customer_id, t.team_id from p cross join ${from} where ${within} and (${where})`;
}
