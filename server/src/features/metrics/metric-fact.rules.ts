import { toIso, type Instant } from '../../kernel/instant.ts';

/**
 * Which records count for a figure, as SQL. Every fact has the same columns, so that figures, breakdowns and the records behind a bar
 * are counted from the same rows and cannot differ (MET-03).
 *
 * `p` has now_at and left_out (closing codes that do not count for attainment); in facts with `during` it is the period: key, from_at, to_at
 * (half-open), end_at (to_at, or just after now), as_of_at (to_at, or now), from_date, to_date, newest too.
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

/** From the first period's begin to the last one's end, half-open. */
export interface FactBounds {
  readonly from: Instant;
  readonly to: Instant;
}

/** What is asked of each row of a fact's tables. */
function expressionsOf({ at, where = 'true', part = 'null', hit = 'true', amount = '0', whole = '0' }: Fact) {
  return { at: `(${at})`, where: `(${where})`, part: `(${part})::text`, hit: `(${hit})`, amount: `(${amount})::float8`, whole: `(${whole})::float8` } as const;
}

/** What all periods have in common, as `p` of the facts that are dated. */
const OF_ALL_PERIODS = '(select now_at, left_out from p limit 1) p';

/** The bounds stand in the text: so PostgreSQL knows how much lies between them, and does not look up three quarters of a table one by one. */
const between = (at: string, { from, to }: FactBounds): string => `${at} >= '${toIso(from)}'::timestamptz and ${at} < '${toIso(to)}'::timestamptz`;

/** The facts of a figure in every period of `p`, which do not overlap, one row each. */
export function factRows(fact: Fact, bounds: FactBounds): string {
  const { at, where, part, hit, amount, whole } = expressionsOf(fact);
  const columns = `t.id as ticket_id, ${at} as at, ${part} as part, ${hit} as hit, ${amount} as amount, ${whole} as whole, (${fact.item ?? `''`})::text as item, t.customer_id, t.team_id`;
  if (fact.during) return `select p.key as period, ${columns} from p cross join ${fact.from} where ${fact.during} and ${where}`;
  return `select q.key as period, f.* from (select ${columns} from ${OF_ALL_PERIODS} cross join ${fact.from} where ${between(at, bounds)} and ${where}) f
    join p q on f.at >= q.from_at and f.at < q.end_at`;
}

/** One pass through tables for several figures that count their rows. */
export interface FactPass {
  /** Gives each expression of the facts once for each row, as a column, with customer_id and team_id. */
  readonly sql: string;
  /** The rows of one of the facts, as of {@link factRows} without records, where the pass is the table `name`. */
  readonly rowsOf: (fact: Fact, name: string) => string;
}

/** Facts of the same tables, all of them dated. `condition` is on `t`. */
export function factPass(facts: readonly Fact[], bounds: FactBounds, condition: string): FactPass {
  const expressions: readonly string[] = [...new Set(facts.flatMap((fact) => Object.values(expressionsOf(fact))))];
  const column = (expression: string): string => `f.e${expressions.indexOf(expression)}`;
  const dated = [...new Set(facts.map((fact) => between(expressionsOf(fact).at, bounds)))];
  return {
    sql: `select t.customer_id, t.team_id, ${expressions.map((expression, index) => `${expression} as e${index}`).join(', ')}
      from ${OF_ALL_PERIODS} cross join ${facts[0]!.from} where (${dated.map((one) => `(${one})`).join(' or ')}) and ${condition}`,
    rowsOf: (fact, name) => {
      const { at, where, part, hit, amount, whole } = expressionsOf(fact);
      return `select q.key as period, ${column(part)} as part, ${column(hit)} as hit, ${column(amount)} as amount, ${column(whole)} as whole, f.customer_id, f.team_id
        from ${name} f join p q on ${column(at)} >= q.from_at and ${column(at)} < q.end_at where ${column(where)}`;
    },
  };
}
