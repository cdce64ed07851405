import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { ReviewFact, ReviewFigures } from './review.rules.ts';
import type { ReviewEntryView, ReviewIncident, ReviewMeetingView } from './review.types.ts';

/** Incidents that began in the month, once for each CI and once for the symptom; those whose code says that they were no fault of their own are left out (D-41). */
export async function repeatedFacts(em: Em, { from, to, notCounted }: { from: Instant; to: Instant; notCounted: readonly string[] }): Promise<ReviewFact[]> {
  return em.execute<ReviewFact[]>(
    `with mine as (select t.id, t.customer_id, i.symptom from ticket t join incident i on i.ticket_id = t.id
       where i.reported_at >= ?::timestamptz and i.reported_at < ?::timestamptz and not coalesce(i.closure_code = any(?::text[]), false))
     select m.id as "incidentId", m.customer_id as "customerId", f.value, f.label from mine m cross join lateral (
       select 'ci ' || c.id as value, c.name as label from ticket_ci x join ci c on c.id = x.ci_id where x.ticket_id = m.id
       union all select 'symptom ' || lower(trim(m.symptom)), trim(m.symptom) where trim(m.symptom) <> '') f
     order by f.value, m.id limit 50000`, [toIso(from), toIso(to), `{${notCounted.join(',')}}`],
  );
}

/** Closed with a workaround in the month, oldest first. */
export async function workaroundsIn(em: Em, from: Instant, to: Instant): Promise<{ id: string; title: string; customerId: string }[]> {
  return em.execute<{ id: string; title: string; customerId: string }[]>(
    `select t.id, t.number || ' ' || t.title as title, t.customer_id as "customerId" from ticket t join incident i on i.ticket_id = t.id
     where i.closure_code = 'workaround' and t.closed_at >= ?::timestamptz and t.closed_at < ?::timestamptz order by t.closed_at, t.id limit 1000`, [toIso(from), toIso(to)],
  );
}

/** Volumes by the time of report and of closing, attainment by when it was decided: late at the due instant, in time when met (D-08, D-39). */
export async function figuresOf(em: Em, { from, to, notCounted }: { from: Instant; to: Instant; notCounted: readonly string[] }): Promise<ReviewFigures> {
  const span = [toIso(from), toIso(to)];
  const decided = (kind: string, met: string): string =>
    `select k.breached_at is null as in_time, coalesce(k.breached_at, case when ${met} then k.met_at end) as at from clock k join incident i on i.ticket_id = k.ticket_id and k.subject_id = k.ticket_id
     where k.kind = '${kind}' and not coalesce(i.closure_code = any(?::text[]), false)`;
  const codes = `{${notCounted.join(',')}}`;
  const rows = await em.execute<(Omit<ReviewFigures, 'byLevel'> & { byLevel: Record<string, number> | null })[]>(
    `with span as (select ?::timestamptz as a, ?::timestamptz as b),
       reported as (select i.level, count(*)::int as n from incident i, span s where i.reported_at >= s.a and i.reported_at < s.b group by i.level),
       closed as (select count(*)::int as n, (count(*) filter (where i.closure_code = 'workaround'))::int as w from ticket t join incident i on i.ticket_id = t.id, span s where t.closed_at >= s.a and t.closed_at < s.b),
       response as (select count(*)::int as n, (count(*) filter (where d.in_time))::int as y from (${decided('response', `k.outcome = 'met'`)}) d, span s where d.at >= s.a and d.at < s.b),
       resolution as (select count(*)::int as n, (count(*) filter (where d.in_time))::int as y from (${decided('resolution', `k.outcome = 'met' and i.state = 'closed'`)}) d, span s where d.at >= s.a and d.at < s.b)
     select (select coalesce(sum(n), 0)::int from reported) as reported, (select json_object_agg(level, n) from reported) as "byLevel", c.n as closed, c.w as workaround,
       r.y as "responseInTime", r.n as "responseDecided", e.y as "resolutionInTime", e.n as "resolutionDecided" from closed c, response r, resolution e`, [...span, codes, codes],
  );
  const row = rows[0]!;
  return { ...row, byLevel: row.byLevel ?? {} };
}

/** Reviews are the provider's own, and of all customers at once. */
function requireReader(actor: Actor): void {
  requirePermission(actor, 'problem.read');
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'Reviews are internal.');
}

const MEETING = `select m.id, m.version, m.month, m.state, ${ms('m.from_at')} as "from", ${ms('m.to_at')} as "to", m.figures, ${ms('m.prepared_at')} as "preparedAt", m.prepared_by as "preparedBy",
  ${ms('m.held_at')} as "heldAt", m.held_by as "heldBy", m.attendees, m.minutes, (select count(*)::int from review_entry e where e.meeting_id = m.id) as points,
  (select count(*)::int from review_entry e where e.meeting_id = m.id and e.decision is not null) as decided from review_meeting m`;

export async function meetings(em: Em, actor: Actor, first: number): Promise<ReviewMeetingView[]> {
  requireReader(actor);
  return em.execute<ReviewMeetingView[]>(`${MEETING} order by m.month desc limit ?`, [pageRequest(first, null).first]);
}

export async function meetingBy(em: Em, actor: Actor, key: { readonly id: string } | { readonly month: string }): Promise<ReviewMeetingView | null> {
  requireReader(actor);
  const [column, value] = 'id' in key ? ['m.id', key.id] : ['m.month', key.month];
  return (await em.execute<ReviewMeetingView[]>(`${MEETING} where ${column} = ?`, [value]))[0] ?? null;
}

/** The agenda: repeated incidents, most frequent first, then workarounds; those of customers that the asker may see. */
export async function entriesOf(em: Em, actor: Actor, meetingId: string): Promise<ReviewEntryView[]> {
  const visible = visibleCustomers(actor, 'problem.read');
  return em.execute<ReviewEntryView[]>(
    `select e.id, e.list, e.value, e.label, json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer, e.incident_ids as "incidentIds", e.decision, e.reason,
       ${ms('e.decided_at')} as "decidedAt", e.decided_by as "decidedBy", t.number as "resultNumber", t.kind as "resultKind"
     from review_entry e join customer c on c.id = e.customer_id left join ticket t on t.id = e.result_id
     where e.meeting_id = ? and (? or e.customer_id = any(?::uuid[])) order by e.list, jsonb_array_length(e.incident_ids) desc, e.label, e.id limit 1000`,
    [meetingId, visible === 'all', `{${visible === 'all' ? '' : visible.join(',')}}`],
  );
}

export async function incidentsOfEntries(em: Em, ids: readonly string[]): Promise<ReviewIncident[]> {
  return em.execute<ReviewIncident[]>(
    `select t.id, t.number, t.title, i.level, i.state, ${ms('t.opened_at')} as "openedAt", p.number as "problemNumber" from ticket t join incident i on i.ticket_id = t.id
     left join lateral (select q.number from ticket_link l join ticket q on q.id = l.from_id where l.to_id = t.id and l.kind = 'problem-of' order by q.closed_at is null desc, q.number desc limit 1) p on true
     where t.id = any(?::uuid[]) order by t.opened_at, t.id`, [`{${ids.join(',')}}`],
  );
}
