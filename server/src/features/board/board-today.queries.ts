import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Board } from './board.entity.ts';
import { ALWAYS, allOf, withinScope, type Condition } from './open-incidents.queries.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

/** A change or a deployment that has a window today. */
export interface PlannedLine {
  readonly id: string;
  readonly kind: 'change' | 'release';
  readonly number: string;
  readonly title: string;
  readonly customer: string;
  readonly category: string | null;
  readonly windowStartAt: Instant;
  readonly windowEndAt: Instant;
  readonly state: string;
  readonly outcome: string | null;
  readonly started: boolean;
}

/** A freeze window now in force or beginning today. */
export interface FreezeLine {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface TodayLines {
  readonly items: readonly PlannedLine[];
  readonly total: number;
  readonly freezes: readonly FreezeLine[];
  readonly freezeCount: number;
}

export interface TodayQuestion {
  readonly board: Board;
  readonly scope: VisibleScope;
  readonly day: Interval;
  readonly now: Instant;
}

/** Lines of today that are sent, and freezes; more are counted. */
const MOST_PLANNED = 20;
const MOST_FREEZES = 5;

const ENDED_UNDONE = `('draft', 'refused', 'cancelled')`;

/** Planned work that touches today, what comes next first and what is over last; and the freezes of today. One statement. */
export async function readToday(em: Em, { board, scope, day, now }: TodayQuestion): Promise<TodayLines> {
  const work = workScope(board, scope);
  const freeze = freezeScope(board, scope);
  const [from, to, at] = [toIso(day.from), toIso(day.to), toIso(now)];
  const rows = await statement<Omit<TodayLines, 'items' | 'freezes'> & { items: PlannedLine[] | null; freezes: FreezeLine[] | null }>(
    em,
    `with planned as materialized (
       select t.id, t.kind, t.number, t.title, t.customer_id, c.category, c.window_start_at as starts, c.window_end_at as ends, c.state, c.outcome, false as started
       from change c join ticket t on t.id = c.ticket_id
       where c.window_start_at < ?::timestamptz and c.window_end_at > ?::timestamptz and c.state not in ${ENDED_UNDONE} and (${work.sql})
       union all
       select t.id, t.kind, t.number, t.title, t.customer_id, null, r.window_start_at, r.window_end_at, r.state, null, r.deployment_started_at is not null
       from release r join ticket t on t.id = r.ticket_id
       where r.window_start_at < ?::timestamptz and r.window_end_at > ?::timestamptz and r.state <> 'cancelled' and (${work.sql})
     ), frozen as materialized (
       select f.id, f.name, f.origin, f.starts_at, f.ends_at from freeze_window f
       where f.cancelled_at is null and f.ends_at > ?::timestamptz and f.starts_at < ?::timestamptz and (${freeze.sql})
     )
     select (select count(*)::int from planned) as total, (select count(*)::int from frozen) as "freezeCount",
       (select jsonb_agg(to_jsonb(l) - 'over' order by l.over, l."windowStartAt", l.id) from (
          select p.id, p.kind, p.number, p.title, cu.name as customer, p.category, ${ms('p.starts')} as "windowStartAt", ${ms('p.ends')} as "windowEndAt", p.state, p.outcome, p.started,
            p.ends <= ?::timestamptz as over
          from planned p join customer cu on cu.id = p.customer_id order by over, p.starts, p.id limit ${MOST_PLANNED}) l) as items,
       (select jsonb_agg(to_jsonb(l) order by l."startsAt", l.id) from (
          select id, name, origin, ${ms('starts_at')} as "startsAt", ${ms('ends_at')} as "endsAt" from frozen order by starts_at, id limit ${MOST_FREEZES}) l) as freezes`,
    [to, from, ...work.parameters, to, from, ...work.parameters, at, to, ...freeze.parameters, at],
  );
  const { items, freezes, ...counts } = rows[0]!;
  return { ...counts, items: items ?? [], freezes: freezes ?? [] };
}

/** Of the board's customers and teams, and what its reader may see. Work that no team holds yet is everybody's. */
function workScope(board: Board, scope: VisibleScope): Condition {
  return allOf([
    board.customerIds.length === 0 ? ALWAYS : { sql: 't.customer_id = any(?::uuid[])', parameters: [textArray(board.customerIds)] },
    board.teamIds.length === 0 ? ALWAYS : { sql: 't.team_id is null or t.team_id = any(?::uuid[])', parameters: [textArray(board.teamIds)] },
    withinScope(scope),
  ]);
}

/** Freezes that can stop work of these customers; what protects only somebody else's systems is not theirs to know (ORG-03). */
function freezeScope(board: Board, scope: VisibleScope): Condition {
  const lists = [board.customerIds.length === 0 ? null : board.customerIds, scope === 'all' || scope.some(({ customerId }) => customerId === null) ? null : scope.flatMap(({ customerId }) => customerId ?? [])];
  return allOf(lists.filter((list) => list !== null).map((list) => {
    const ids = textArray(list);
    return {
      sql: `(f.customer_ids = '[]' or jsonb_exists_any(f.customer_ids, ?::text[]))
        and (f.ci_ids = '[]' or f.service_ids <> '[]' or exists (select from ci n where jsonb_exists(f.ci_ids, n.id::text) and (n.customer_id is null or n.customer_id = any(?::uuid[]))))`,
      parameters: [ids, ids],
    };
  }));
}
