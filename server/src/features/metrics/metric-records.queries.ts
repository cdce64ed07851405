import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';
import { factBounds, factOf, periodsTable, scopeTable, withinScope, type MetricQuestion, type MetricSplit } from './metric-counts.queries.ts';
import { factRows } from './metric-fact.rules.ts';
import { isEverything, type ScopeLimit } from './metric-scope.rules.ts';

/** A record behind a bar. */
export interface MetricRecord {
  readonly id: string;
  readonly kind: TicketKind;
  readonly number: string;
  readonly title: string;
  readonly customerName: string;
  readonly teamName: string | null;
  readonly teamNameZh: string | null;
  /** The instant by which it belongs to the period. */
  readonly at: Instant;
  readonly hit: boolean;
  /** Minutes or pieces, where the figure adds up. */
  readonly amount: number;
  readonly part: string | null;
  readonly item: string;
}

/** Which bar: a part of a figure in one period, all of it or one side of its line. */
export interface BarQuestion extends MetricQuestion {
  readonly figure: string;
  readonly split: MetricSplit;
  /** Undefined: all parts together. Null: those without customer or team. */
  readonly part?: string | null;
  readonly side: MetricSide;
  /** Whose records the reader may open, by kind of record. */
  readonly readable: Readonly<Record<string, readonly ScopeLimit[]>>;
}

export const METRIC_SIDES = ['all', 'hit', 'missed'] as const;
export type MetricSide = (typeof METRIC_SIDES)[number];

/** Position in the order of the list: newest first. */
export interface RecordCursor {
  readonly at: string;
  readonly id: string;
  readonly item: string;
}

const PARTS = { part: 'a.part', customer: 'a.customer_id::text', team: 'a.team_id::text' } as const satisfies Record<MetricSplit, string>;

/** The very rows that the figure was counted from; `first` + 1 of them, to tell whether there are more. */
export async function barRecords(em: Em, question: BarQuestion, page: { readonly first: number; readonly after: RecordCursor | null }): Promise<(MetricRecord & { cursorAt: string })[]> {
  const { sql, parameters } = barRows(question);
  const after = page.after === null ? { sql: 'true', parameters: [] } : { sql: '(a.at, a.ticket_id, a.item) < (?::timestamptz, ?::uuid, ?)', parameters: [page.after.at, page.after.id, page.after.item] };
  return em.execute(
    `${sql} select t.id, t.kind, t.number, t.title, c.name as "customerName", m.name as "teamName", m.name_zh as "teamNameZh", (extract(epoch from a.at) * 1000)::float8 as at,
       a.at::text as "cursorAt", a.hit, a.amount, a.part, a.item
     from bar a join ticket t on t.id = a.ticket_id join customer c on c.id = t.customer_id left join team m on m.id = t.team_id
     where ${after.sql} and (${readableSql(question.readable)}) order by a.at desc, a.ticket_id desc, a.item desc limit ?`,
    [...parameters, ...after.parameters, ...readableParameters(question.readable), page.first + 1],
  );
}

/** Rows that one look at the database brings: enough to be quick, few enough to keep memory flat. */
const BATCH = 2_000;

export type ListedRecord = Omit<MetricRecord, 'item'>;

/** Every row of the bar that the reader may open, newest first, a batch at a time: one statement behind a cursor, so that all are of one moment. */
export async function* streamBar(em: Em, question: BarQuestion): AsyncGenerator<readonly ListedRecord[]> {
  const { sql, parameters } = barRows(question);
  const own = em.fork();
  await own.begin({ readOnly: true });
  try {
    await own.execute(
      `declare bar_rows no scroll cursor for ${sql} select t.id, t.kind, t.number, t.title, c.name as "customerName", m.name as "teamName", m.name_zh as "teamNameZh", (extract(epoch from a.at) * 1000)::float8 as at, a.hit, a.amount, a.part
       from bar a join ticket t on t.id = a.ticket_id join customer c on c.id = t.customer_id left join team m on m.id = t.team_id
       where (${readableSql(question.readable)}) order by a.at desc, a.ticket_id desc, a.item desc`,
      [...parameters, ...readableParameters(question.readable)],
    );
    for (;;) {
      const rows = await own.execute<ListedRecord[]>(`fetch ${BATCH} from bar_rows`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await own.rollback();
  }
}

/** How many rows the bar has, what they add up to, and how many of them the reader may open. */
export async function barTotals(em: Em, question: BarQuestion): Promise<{ total: number; amount: number; readable: number }> {
  const { sql, parameters } = barRows(question);
  // Most readers may open everything: then nothing but the rows themselves is looked at.
  const all = Object.values(question.readable).every(isEverything);
  const readable = all ? 'count(*)' : `count(*) filter (where ${readableSql(question.readable)})`;
  const rows = await em.execute<{ total: number; amount: number; readable: number }[]>(
    `${sql} select count(*)::float8 as total, coalesce(sum(a.amount), 0) as amount, (${readable})::float8 as readable from bar a ${all ? '' : 'join ticket t on t.id = a.ticket_id'}`,
    [...parameters, ...(all ? [] : readableParameters(question.readable))],
  );
  return rows[0]!;
}

function barRows(question: BarQuestion): { sql: string; parameters: unknown[] } {
  const periods = periodsTable(question);
  const scope = scopeTable(question.scope);
  const { part, side, split } = question;
  const ofPart = part === undefined ? 'true' : part === null ? `${PARTS[split]} is null` : `${PARTS[split]} = ?`;
  const ofSide = side === 'all' ? 'true' : side === 'hit' ? 'a.hit' : 'not a.hit';
  return {
    sql: `with ${periods.sql}, ${scope.sql}, bar as (select * from (${factRows(factOf(question.figure), factBounds(question))}) a where ${withinScope(question.scope, 'a')} and ${ofPart} and ${ofSide})`,
    parameters: [...periods.parameters, ...scope.parameters, ...(typeof part === 'string' ? [part] : [])],
  };
}

/** ORG-03: a figure counts what one may count; its list shows what one may read. */
function readableSql(readable: BarQuestion['readable']): string {
  const kinds = Object.values(readable).map((limits) => {
    const scopes = limits.map(({ customerId, teamId }) => `(${customerId === null ? 'true' : 't.customer_id = ?'} and ${teamId === null ? 'true' : 't.team_id = ?'})`);
    return `(t.kind = ? and (${scopes.length === 0 ? 'false' : scopes.join(' or ')}))`;
  });
  return kinds.join(' or ');
}

function readableParameters(readable: BarQuestion['readable']): string[] {
  return Object.entries(readable).flatMap(([kind, limits]) => [kind, ...limits.flatMap(({ customerId, teamId }) => [customerId, teamId].flatMap((id) => (id === null ? [] : [id])))]);
}
