import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { ALWAYS, allOf, withinScope, type Condition } from './open-incidents.queries.ts';
import type { BouncedIncident, HandoffFlow, HandoffTally, OpenHandoff } from './handoff-overview.types.ts';
import { visibleScope } from './visible-scope.rules.ts';

const TEAM = (alias: string): string => `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'nameZh', ${alias}.name_zh, 'line', ${alias}.line) end`;
const FROM = `from handoff h join ticket t on t.id = h.ticket_id join incident i on i.ticket_id = t.id`;

/** How teams hand over is the provider's own business: a customer sees none of it (ORG-03). */
function scopeOf(actor: Actor): Condition {
  requirePermission(actor, 'incident.read');
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'Handoffs between teams are internal.');
  return withinScope(visibleScope(actor, 'incident.read'));
}

function ofTeam(teamId: string | null): Condition {
  return teamId === null ? ALWAYS : { sql: '(h.from_team_id = ?::uuid or h.to_team_id = ?::uuid)', parameters: [teamId, teamId] };
}

/** WBD-06: who waits on whom now, longest first; at most 200. */
export async function openHandoffs(em: Em, actor: Actor, teamId: string | null): Promise<OpenHandoff[]> {
  const where = allOf([scopeOf(actor), ofTeam(teamId)]);
  return em.execute<OpenHandoff[]>(
    `select h.id, t.id as "incidentId", t.number, t.title, t.version, i.level, i.ping_pong as "pingPong", t.urge_count as "urgeCount", c.name as customer,
       ${TEAM('f')} as "fromTeam", ${TEAM('g')} as "toTeam", p.name as "toPerson", h.reason, h.requested_action as "requestedAction", h.requested_by as "requestedBy",
       ${ms('h.requested_at')} as since, h.ageing_step as "ageingStep", h.unusual, ${ms('k.next_at')} as "nextStepAt", e.name as "firstContact", s.name as "serviceManager"
     ${FROM} join customer c on c.id = t.customer_id join team g on g.id = h.to_team_id left join team f on f.id = h.from_team_id
       left join person p on p.id = h.to_person_id left join person e on e.id = i.first_contact_engineer_id left join person s on s.id = i.first_contact_service_manager_id
       left join clock k on k.ticket_id = t.id and k.kind = 'handoff' and k.subject_id = h.id
     where h.state = 'waiting' and (${where.sql}) order by h.requested_at, h.id limit 200`, [...where.parameters],
  );
}

/** HND-03: open incidents that were sent back and forth, most moves first; at most 100. */
export async function bouncedIncidents(em: Em, actor: Actor, teamId: string | null): Promise<BouncedIncident[]> {
  const scope = allOf([scopeOf(actor), teamId === null ? ALWAYS
    : { sql: 'exists (select from handoff h where h.ticket_id = t.id and (h.from_team_id = ?::uuid or h.to_team_id = ?::uuid))', parameters: [teamId, teamId] }]);
  return em.execute<BouncedIncident[]>(
    `select t.id as "incidentId", t.number, t.title, i.level, c.name as customer, i.handoff_count as moves,
       (select json_agg(${TEAM('x')} order by x.at, x.step) from (
         select h.requested_at as at, 0 as step, m.id, m.name, m.name_zh, m.line from (select * from handoff where ticket_id = t.id order by requested_at limit 1) h join team m on m.id = h.from_team_id
         union all select h.requested_at, 1, m.id, m.name, m.name_zh, m.line from handoff h join team m on m.id = h.to_team_id where h.ticket_id = t.id) x) as path
     from ticket t join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id
     where t.closed_at is null and i.state <> 'closed' and i.ping_pong and (${scope.sql}) order by i.handoff_count desc, t.id limit 100`, [...scope.parameters],
  );
}

/**
 * WBD-06: for each team what it handed over and was handed over since then, and how long acceptance took, wall time. Moves deduced from
 * imported history are moves and count; nobody knows when they were accepted, so they have no time.
 */
export async function handoffTallies(em: Em, actor: Actor, { since, teamId }: { since: Instant; teamId: string | null }): Promise<HandoffTally[]> {
  const where = allOf([scopeOf(actor), ofTeam(teamId)]);
  return em.execute<HandoffTally[]>(
    `with moved as (select h.from_team_id, h.to_team_id, h.state, case when h.mark is null then extract(epoch from h.decided_at - h.requested_at)::float8 end as seconds
       ${FROM} where h.requested_at >= ?::timestamptz and (${where.sql}))
     select ${TEAM('m')} as team, count(*) filter (where x.way = 'in')::int as taken, count(*) filter (where x.way = 'out')::int as given,
       count(*) filter (where x.way = 'in' and x.state = 'accepted')::int as accepted, count(*) filter (where x.way = 'in' and x.state = 'rejected')::int as rejected,
       round(percentile_cont(0.5) within group (order by x.seconds) filter (where x.way = 'in' and x.state = 'accepted'))::int as "medianSeconds",
       round(max(x.seconds) filter (where x.way = 'in' and x.state = 'accepted'))::int as "longestSeconds"
     from (select 'in' as way, to_team_id as team_id, state, seconds from moved union all select 'out', from_team_id, state, seconds from moved) x
     join team m on m.id = x.team_id group by m.id order by m.line, m.key, m.id limit 100`, [toIso(since), ...where.parameters],
  );
}

/** WBD-06: from whom to whom since then, most first. */
export async function handoffFlows(em: Em, actor: Actor, { since, teamId }: { since: Instant; teamId: string | null }): Promise<HandoffFlow[]> {
  const where = allOf([scopeOf(actor), ofTeam(teamId)]);
  return em.execute<HandoffFlow[]>(
    `select h.from_team_id as "fromTeamId", h.to_team_id as "toTeamId", count(*)::int as count, count(*) filter (where h.unusual)::int as unusual
     ${FROM} where h.from_team_id is not null and h.requested_at >= ?::timestamptz and (${where.sql})
     group by h.from_team_id, h.to_team_id order by count(*) desc, h.from_team_id, h.to_team_id limit 400`, [toIso(since), ...where.parameters],
  );
}
