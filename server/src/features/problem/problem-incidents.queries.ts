import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { TrendFact } from './problem-trend.rules.ts';
import { paretoBars, type ParetoBar, type ParetoDimension } from './problem-chart.rules.ts';

/** What a problem needs to know of an incident that it looks into. Incidents are read here and nowhere else in this feature, never written. */
export interface IncidentFacts {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly description: string;
  readonly technicalClass: string;
  readonly symptom: string | null;
  /** The most severe confirmed level in its life (D-42). */
  readonly highestLevel: string;
  readonly serviceDeliveryManagerId: string | null;
  readonly openedAt: Instant;
}

/** Locks the incident's row, so that two who open a problem for it come one after the other (D-42). Null when there is none. */
export async function lockIncident(em: Em, incidentId: string): Promise<IncidentFacts | null> {
  const locked = await em.execute<unknown[]>(`select id from ticket where id = ? and kind = 'incident' for no key update`, [incidentId]);
  return locked.length === 0 ? null : (await incidentFacts(em, [incidentId]))[0] ?? null;
}

export async function incidentFacts(em: Em, ids: readonly string[]): Promise<IncidentFacts[]> {
  return em.execute<IncidentFacts[]>(
    `select t.id, t.number, t.customer_id as "customerId", t.team_id as "teamId", i.description, i.technical_class as "technicalClass", i.symptom,
       i.highest_level as "highestLevel", a.service_delivery_manager_id as "serviceDeliveryManagerId", (extract(epoch from t.opened_at) * 1000)::float8 as "openedAt"
     from ticket t join incident i on i.ticket_id = t.id left join agreement a on a.id = i.agreement_id where t.id = any(?::uuid[]) order by t.id`,
    [`{${ids.join(',')}}`],
  );
}

/** The open problem that looks into an incident; there is at most one (D-42). */
export async function openProblemOf(em: Em, incidentId: string): Promise<{ id: string; number: string } | null> {
  const rows = await em.execute<{ id: string; number: string }[]>(
    `select t.id, t.number from ticket_link l join ticket t on t.id = l.from_id
     where l.to_id = ? and l.kind = 'problem-of' and t.kind = 'problem' and t.closed_at is null order by t.id limit 1`, [incidentId],
  );
  return rows[0] ?? null;
}

/** What each way of counting groups the linked incidents by (PRB-02); months are the customer's. */
const GROUPS: Readonly<Record<ParetoDimension, { readonly join: string; readonly value: string; readonly label: string }>> = {
  ci: { join: 'left join ticket_ci x on x.ticket_id = t.id left join ci c on c.id = x.ci_id', value: 'c.id::text', label: 'c.name' },
  cause: { join: '', value: 'i.cause_class', label: 'i.cause_class' },
  category: { join: '', value: 'i.technical_class', label: 'i.technical_class' },
  symptom: { join: '', value: 'lower(i.symptom)', label: 'i.symptom' },
  month: { join: 'join customer u on u.id = t.customer_id', value: `to_char(t.opened_at at time zone u.time_zone, 'YYYY-MM')`, label: `to_char(t.opened_at at time zone u.time_zone, 'YYYY-MM')` },
};

/** The linked incidents counted by one of their facts, most frequent first, at most 20 bars; an incident with two CIs counts under both. */
export async function paretoOf(em: Em, problemId: string, by: ParetoDimension): Promise<{ bars: ParetoBar[]; total: number }> {
  const { join, value, label } = GROUPS[by];
  const rows = await em.execute<{ value: string | null; label: string | null; count: number }[]>(
    `select ${value} as value, min(${label}) as label, count(distinct t.id)::int as count
     from ticket_link l join ticket t on t.id = l.to_id join incident i on i.ticket_id = t.id ${join}
     where l.from_id = ? and l.kind = 'problem-of' group by 1 order by 3 desc, 2, 1 limit 20`, [problemId],
  );
  const bars = paretoBars(rows.map((row) => ({ value: row.value ?? '', label: row.label ?? '—', count: row.count })));
  return { bars, total: rows.reduce((sum, { count }) => sum + count, 0) };
}

/**
 * Resolved problems that one of these incidents may be a recurrence of (PRB-06): same customer, and either the same symptom on a CI
 * of the problem, or recorded as recurrence of a linked incident. In ascending order of the problem's id, as they are locked.
 */
export async function problemsThatMayRecur(em: Em, incidentIds: readonly string[]): Promise<{ problemId: string; incidentId: string }[]> {
  return em.execute<{ problemId: string; incidentId: string }[]>(
    `select p.ticket_id as "problemId", t.id as "incidentId"
     from ticket t join incident i on i.ticket_id = t.id join problem p on p.stage = 'resolved' join ticket pt on pt.id = p.ticket_id and pt.customer_id = t.customer_id
     where t.id = any(?::uuid[]) and (
       (p.symptom is not null and lower(i.symptom) = lower(p.symptom) and exists (select 1 from ticket_ci a join ticket_ci b on b.ci_id = a.ci_id where a.ticket_id = t.id and b.ticket_id = p.ticket_id))
       or exists (select 1 from ticket_link r join ticket_link l on l.to_id = r.to_id and l.kind = 'problem-of' where r.from_id = t.id and r.kind = 'recurrence-of' and l.from_id = p.ticket_id))
     order by p.ticket_id, t.opened_at, t.id limit 500`, [`{${incidentIds.join(',')}}`],
  );
}

/**
 * PRB-05: incidents that opened in the window, once for each thing that they may have in common. Left out: those with an open problem,
 * which are looked into already, and those closed with a code that says it was no fault of its own (D-41).
 */
export async function trendFacts(em: Em, { from, to, notCounted }: { from: Instant; to: Instant; notCounted: readonly string[] }): Promise<TrendFact[]> {
  return em.execute<TrendFact[]>(
    `with recent as (
       select t.id, t.customer_id, t.opened_at, i.technical_class, i.symptom from ticket t join incident i on i.ticket_id = t.id
       where t.kind = 'incident' and t.opened_at > ?::timestamptz and t.opened_at <= ?::timestamptz and not coalesce(i.closure_code = any(?::text[]), false)
         and not exists (select 1 from ticket_link l join ticket p on p.id = l.from_id where l.to_id = t.id and l.kind = 'problem-of' and p.closed_at is null))
     select d.dimension, d.value, d.label, r.customer_id as "customerId", r.id as "incidentId", (extract(epoch from r.opened_at) * 1000)::float8 as "openedAt"
     from recent r join customer u on u.id = r.customer_id cross join lateral (
       select 'ci' as dimension, c.id::text as value, c.name as label from ticket_ci x join ci c on c.id = x.ci_id where x.ticket_id = r.id
       union all select 'category', r.technical_class, r.technical_class
       union all select 'customer', r.customer_id::text, u.name
       union all select 'symptom', lower(trim(r.symptom)), trim(r.symptom) where trim(r.symptom) <> '') d
     order by r.opened_at, r.id limit 50000`, [toIso(from), toIso(to), `{${notCounted.join(',')}}`],
  );
}
