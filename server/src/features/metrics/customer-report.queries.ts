import type { Instant } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { MissedPromise } from './customer-report.rules.ts';
import { barRecords, barTotals, type BarQuestion } from './metric-records.queries.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { minutes } from './metric-fact.rules.ts';

/** More of one kind is counted, not listed. */
const MOST_MISSED = 100;

/** The promises that the two rates count as missed: the very rows behind the figures, with what is known of each. */
export async function missedPromises(em: Em, question: Omit<BarQuestion, 'figure' | 'split' | 'side'>): Promise<{ missed: MissedPromise[]; total: number }> {
  const kinds = ['response', 'resolution'] as const;
  const parts = await Promise.all(kinds.map(async (clock) => {
    const bar: BarQuestion = { ...question, figure: `incident-${clock}`, split: 'part', side: 'missed' };
    const [rows, totals] = await Promise.all([barRecords(em, bar, { first: MOST_MISSED, after: null }), barTotals(em, bar)]);
    return { clock, rows: rows.slice(0, MOST_MISSED), total: totals.total };
  }));
  const details = await detailsOf(em, parts.flatMap(({ rows }) => rows.map(({ id }) => id)), question.now);
  const missed = parts.flatMap(({ clock, rows }) => rows.flatMap(({ id, number, title }) => {
    const detail = details.get(`${id} ${clock}`);
    return detail === undefined ? [] : [{ id, number, title, clock, ...detail }];
  }));
  return { missed, total: parts.reduce((sum, { total }) => sum + total, 0) };
}

type Detail = Omit<MissedPromise, 'id' | 'number' | 'title' | 'clock'>;

async function detailsOf(em: Em, ids: readonly string[], now: Instant): Promise<ReadonlyMap<string, Detail>> {
  const until = 'coalesce(s.to_at, t.closed_at, ?::timestamptz)';
  const rows = await em.execute<(Detail & { id: string; clock: string })[]>(
    `select t.id, k.kind as clock, i.level, ${ms('coalesce(k.breached_at, k.due_at)')} as "dueAt", ${ms('k.met_at')} as "metAt", i.cause_class as cause,
       coalesce(w.minutes, 0) as "pendingMinutes", coalesce(w.reasons, '[]') as "pendingReasons"
     from ticket t join incident i on i.ticket_id = t.id
     join clock k on k.ticket_id = t.id and k.subject_id = t.id and k.kind in ('response', 'resolution')
     left join lateral (select round(sum(${minutes('s.from_at', until)}))::float8 as minutes, json_agg(s.category order by s.from_at, s.id) as reasons
       from suspension s where s.ticket_id = t.id and s.corrected_at is null) w on true
     where t.id = any(?::uuid[]) order by t.id, k.kind`,
    [toIso(now), textArray([...new Set(ids)])],
  );
  return new Map(rows.map(({ id, clock, ...detail }) => [`${id} ${clock}`, { ...detail, pendingReasons: [...new Set(detail.pendingReasons)] }]));
}

/** The tier that an agreement of the customer promised in a period, the latest one of it. */
export async function tierIn(em: Em, customerId: string, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<string | null> {
  const rows = await em.execute<{ tier: string | null }[]>(
    'select tier from agreement where customer_id = ? and starts_at < ?::timestamptz and ends_at > ?::timestamptz order by starts_at desc, id limit 1', [customerId, toIso(to), toIso(from)],
  );
  return rows[0]?.tier ?? null;
}
