import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { ProblemFilter } from './problem.inputs.ts';
import type { Problem, ProblemChartView, ProblemConnection, ProblemIncident, ProblemTrendView } from './problem.types.ts';

const person = (alias: string): string => `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

const BASE = `
select t.id, t.number, t.version, t.title, t.customer_id as "customerId", p.state, p.stage, p.class, p.severity, p.source, p.description, p.symptom, p.key, p.scope, p.investigation,
  p.root_cause as "rootCause", ${ms('p.known_error_at')} as "knownErrorAt", p.workaround, p.ageing_step as "ageingStep", ${ms('t.opened_at')} as "openedAt",
  ${ms('p.assigned_at')} as "assignedAt", ${ms('p.resolved_at')} as "resolvedAt", ${ms('p.watch_ends_at')} as "watchEndsAt", ${ms('p.verified_at')} as "verifiedAt",
  ${ms('p.confirmed_at')} as "confirmedAt", p.confirmed_by as "confirmedBy", ${ms('t.closed_at')} as "closedAt", p.withdrawn_reason as "withdrawnReason", p.recurrences,
  json_build_object('state', p.solution_state, 'text', p.solution, 'minutes', p.solution_minutes, 'effect', p.solution_effect, 'prevention', p.prevention, 'altersCi', p.alters_ci,
    'proposedBy', sb.name, 'proposedAt', ${ms('p.solution_at')}, 'decidedBy', p.solution_decided_by, 'decidedAt', ${ms('p.solution_decided_at')}, 'decision', p.solution_decision) as solution,
  json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer, ${person('h')} as owner, ${person('d')} as "handedTo",
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh, 'line', m.line) end as team,
  case when k.id is not null then json_build_object('id', k.id, 'number', k.number, 'title', k.title, 'state', k.state, 'known', p.article_known) end as article,
  n.all::int as "incidentCount", n.open::int as "openIncidentCount"
from ticket t join problem p on p.ticket_id = t.id join customer c on c.id = t.customer_id
left join person h on h.id = t.holder_id left join person d on d.id = p.handed_to_id left join person sb on sb.id = p.solution_by
left join team m on m.id = t.team_id left join knowledge_article k on k.id = p.article_id
cross join lateral (select count(*) as all, count(*) filter (where i.closed_at is null) as open from ticket_link l join ticket i on i.id = l.to_id where l.from_id = t.id and l.kind = 'problem-of') n`;

const mayRead = (actor: Actor) => ({ customerId }: { customerId: string }): boolean => may(actor, 'problem.read', { customerId });

/** Problems by id, those only that the actor may read (ORG-03). */
export async function problemsById(em: Em, actor: Actor, ids: readonly string[]): Promise<Map<string, Problem>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<Problem[]>(`${BASE} where t.id = any(?::uuid[])`, [`{${ids.join(',')}}`]);
  return new Map(rows.filter(mayRead(actor)).map((row) => [row.id, row]));
}

export async function problemByNumber(em: Em, actor: Actor, number: string): Promise<Problem | null> {
  const rows = await em.execute<Problem[]>(`${BASE} where t.number = ? and t.kind = 'problem'`, [number.toUpperCase()]);
  return rows.find(mayRead(actor)) ?? null;
}

/** Problems by pages of at most 100, newest first; stable while others write. */
export async function listProblems(em: Em, actor: Actor, filter: ProblemFilter, page: { first: number; after: string | null }): Promise<ProblemConnection> {
  requirePermission(actor, 'problem.read');
  const { first, after } = pageRequest(page.first, page.after);
  const { where, values } = conditions(actor, filter);
  const [place, at] = after === null ? ['true', []] : ['(t.opened_at, t.id) < (?::timestamptz, ?::uuid)', readCursor(after)];
  const rows = await em.execute<Problem[]>(`${BASE} where ${where} and ${place} order by t.opened_at desc, t.id desc limit ?`, [...values, ...at, first + 1]);
  const count = await em.execute<{ n: number }[]>(`select count(*)::int as n from ticket t join problem p on p.ticket_id = t.id where ${where}`, values);
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, totalCount: count[0]?.n ?? 0, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function conditions(actor: Actor, filter: ProblemFilter): { where: string; values: unknown[] } {
  const visible = visibleCustomers(actor, 'problem.read');
  const text = optionalText(filter.text, 'text', 200);
  const like = `%${(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const list = (values: readonly string[]): string => `{${values.join(',')}}`;
  const all: (readonly [boolean, string, readonly unknown[]])[] = [
    [visible !== 'all', 't.customer_id = any(?::uuid[])', [list(visible === 'all' ? [] : visible)]],
    [filter.closed !== true && !filter.stages?.includes('closed'), 't.closed_at is null', []],
    [filter.stages != null, 'p.stage = any(?::text[])', [list(filter.stages ?? [])]],
    [filter.state != null, 'p.state = ?', [filter.state]],
    [filter.severities != null, 'p.severity = any(?::text[])', [list(filter.severities ?? [])]],
    [filter.customerId != null, 't.customer_id = ?::uuid', [filter.customerId]],
    [filter.ownerId != null, 't.holder_id = ?::uuid', [filter.ownerId]],
    [filter.ciId != null, 'exists (select 1 from ticket_ci x where x.ticket_id = t.id and x.ci_id = ?::uuid)', [filter.ciId]],
    [filter.unassigned === true, 't.holder_id is null', []],
    [filter.key === true, 'p.key', []],
    [filter.knownError === true, 'p.known_error_at is not null', []],
    [text !== null, '(t.number ilike ? or t.title ilike ? or p.symptom ilike ?)', [like, like, like]],
  ];
  const used = all.filter(([uses]) => uses);
  return { where: ['true', ...used.map(([, sql]) => sql)].join(' and '), values: used.flatMap(([, , values]) => values) };
}

const cursorOf = ({ openedAt, id }: Pick<Problem, 'openedAt' | 'id'>): string => Buffer.from(`${new Date(openedAt).toISOString()} ${id}`).toString('base64url');

function readCursor(cursor: string): string[] {
  const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (found) return found.slice(1);
  throw new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
}

const INCIDENT = `select t.id, t.number, t.title, i.level, i.state, ${ms('t.opened_at')} as "openedAt", ${ms('t.closed_at')} as "closedAt", i.closure_code as "closureCode", i.cause_class as "causeClass", t.customer_id as "customerId",
  coalesce((select json_agg(c.name order by c.name) from ticket_ci x join ci c on c.id = x.ci_id where x.ticket_id = t.id), '[]'::json) as cis from ticket t join incident i on i.ticket_id = t.id`;

/** The incidents that a problem looks into, newest first, at most 200 (PRB-05, PRB-06); those only that the actor may read. */
export async function incidentsOfProblem(em: Em, actor: Actor, problemId: string): Promise<ProblemIncident[]> {
  const rows = await em.execute<(ProblemIncident & { customerId: string })[]>(
    `${INCIDENT} join ticket_link l on l.to_id = t.id and l.kind = 'problem-of' where l.from_id = ? order by t.opened_at desc, t.id limit 200`, [problemId]);
  return rows.filter(({ customerId }) => may(actor, 'incident.read', { customerId }));
}

export async function incidentsByIds(em: Em, actor: Actor, ids: readonly string[]): Promise<ProblemIncident[]> {
  const rows = await em.execute<(ProblemIncident & { customerId: string })[]>(`${INCIDENT} where t.id = any(?::uuid[]) order by t.opened_at desc, t.id limit 200`, [`{${ids.join(',')}}`]);
  return rows.filter(({ customerId }) => may(actor, 'incident.read', { customerId }));
}

/** Every version of the drawings, newest first, at most 100 (PRB-02). */
export async function chartsOf(em: Em, problemId: string): Promise<ProblemChartView[]> {
  return em.execute<ProblemChartView[]>(
    `select id, method, version, body, ${ms('created_at')} as "createdAt", created_by as "createdBy" from problem_chart where problem_id = ? order by created_at desc, method, version desc limit 100`, [problemId]);
}

const TREND = `select r.id, r.version, r.dimension, r.label, json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer, ${ms('r.from_at')} as "from", ${ms('r.to_at')} as "to",
  jsonb_array_length(r.incident_ids) as count, r.state, ${ms('r.proposed_at')} as "proposedAt", ${ms('r.decided_at')} as "decidedAt", r.decided_by as "decidedBy", r.reason, t.number as "problemNumber",
  r.incident_ids as "incidentIds", r.customer_id as "customerId" from problem_trend r join customer c on c.id = r.customer_id left join ticket t on t.id = r.problem_id`;

/** Proposals in a state, those with most incidents first, at most 100 (PRB-05). */
export async function trendsIn(em: Em, actor: Actor, state: string, first: number): Promise<ProblemTrendView[]> {
  requirePermission(actor, 'problem.read');
  const visible = visibleCustomers(actor, 'problem.read');
  return em.execute<ProblemTrendView[]>(
    `${TREND} where r.state = ? and (? or r.customer_id = any(?::uuid[])) order by count desc, r.proposed_at desc, r.id limit ?`,
    [state, visible === 'all', `{${visible === 'all' ? '' : visible.join(',')}}`, pageRequest(first, null).first],
  );
}

export async function trendById(em: Em, actor: Actor, id: string): Promise<ProblemTrendView | null> {
  const rows = await em.execute<(ProblemTrendView & { customerId: string })[]>(`${TREND} where r.id = ?`, [id]);
  return rows.find(mayRead(actor)) ?? null;
}

