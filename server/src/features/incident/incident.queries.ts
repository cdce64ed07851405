import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { among } from '../../platform/db/among.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { statement } from '../../platform/db/statement.ts';
import { incidentForCustomer } from './incident-customer-view.rules.ts';
import type { Incident } from './incident.types.ts';

const BASE = `
select t.id, t.number, t.version, t.title, t.customer_id as "customerId", t.team_id as "teamId", t.external_number as "externalNumber",
  t.urge_count as "urgeCount", ${ms('t.last_urged_at')} as "lastUrgedAt", ${ms('t.closed_at')} as "closedAt", ${ms('t.last_event_at')} as "updatedAt",
  i.description, i.state, i.started, i.level, i.level_confirmed as "levelConfirmed", i.proposed_level as "proposedLevel", i.impact, i.urgency,
  i.difficulty, i.category, i.technical_class as "technicalClass", i.channel, i.source, i.symptom, i.caller, i.caller_phone as "callerPhone",
  i.department, ${ms('i.occurred_at')} as "occurredAt", ${ms('i.reported_at')} as "reportedAt", ${ms('i.responded_at')} as "respondedAt",
  i.solution, i.cause_class as "causeClass", i.closure_code as "closureCode", ${ms('i.feedback_arrived_at')} as "feedbackArrivedAt",
  ${ms('i.accepted_at')} as "acceptedAt", i.confirmation_attempts as "confirmationAttempts", i.ping_pong as "pingPong",
  i.functional_step as "functionalStep", i.on_site_needed as "onSiteNeeded", t.major, ${ms('i.major_at')} as "majorAt", i.bridge,
  i.call_seconds as "callSeconds", i.change_made as "changeMade", i.conversion,
  json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone) as customer,
  case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as site,
  case when v.id is not null then json_build_object('id', v.id, 'name', v.name, 'nameZh', v.name_zh) end as service,
  case when a.id is not null then json_build_object('id', a.id, 'number', a.number, 'name', a.name, 'tier', coalesce(l.tier, a.tier)) end as agreement,
  case when m.id is not null then json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh, 'line', m.line) end as team,
  case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end as holder,
  case when e.id is not null then json_build_object('id', e.id, 'name', e.name) end as "firstContactEngineer",
  case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end as "firstContactServiceManager"
from ticket t
join incident i on i.ticket_id = t.id
join customer c on c.id = t.customer_id
left join site s on s.id = i.site_id
left join service v on v.id = i.service_id
left join agreement a on a.id = i.agreement_id
left join agreement_line l on l.id = i.agreement_line_id
left join team m on m.id = t.team_id
left join person h on h.id = t.holder_id
left join person e on e.id = i.first_contact_engineer_id
left join person g on g.id = i.first_contact_service_manager_id`;

/** Incidents by id, those only that the actor may read (ORG-03); one statement for any number of them. */
export async function incidentsById(em: Em, actor: Actor, ids: readonly string[]): Promise<Map<string, Incident>> {
  if (ids.length === 0) return new Map();
  const these = among('t.id', ids);
  const rows = await statement<Incident>(em, `${BASE} where ${these.sql}`, these.parameters);
  return new Map(rows.filter((row) => mayRead(actor, row)).map((row) => [row.id, shownTo(actor, row)]));
}

/** Systems that number alike; nobody has so many. */
const MOST_ALIKE = 50;

/** One incident by its number, or by the number it had in the system it came from (INC-21); of several the first that the actor may see. */
export async function incidentByNumber(em: Em, actor: Actor, number: string): Promise<Incident | null> {
  const rows = await em.execute<Incident[]>(`${BASE} where t.number = ? or t.external_number = ? order by t.number = ? desc, t.id limit ${MOST_ALIKE}`, [number, number, number]);
  const found = rows.find((row) => mayRead(actor, row));
  return found ? shownTo(actor, found) : null;
}

function mayRead(actor: Actor, row: Incident): boolean {
  return may(actor, 'incident.read', { customerId: row.customerId, teamId: row.teamId });
}

/** A customer is told what concerns them. */
function shownTo(actor: Actor, row: Incident): Incident {
  return seesInternal(actor) ? row : incidentForCustomer(row);
}

/** Whether the asker sees internal entries: a customer does not (INC-06). */
export function seesInternal(actor: Actor): boolean {
  return actor.customerId === null;
}

export interface WorkLogRow {
  id: string; ticketId: string; kind: string; text: string; customerVisible: boolean; occurredAt: Instant; recordedAt: Instant; author: string;
  minutes: number | null; lateReason: string | null;
}

/** The work logs of several incidents, at most 500 entries each, oldest first. */
export async function workLogs(em: Em, ids: readonly string[], internal: boolean): Promise<WorkLogRow[]> {
  return em.execute<WorkLogRow[]>(
    `select w.id, w.ticket_id as "ticketId", w.kind, w.text, w.customer_visible as "customerVisible", ${ms('w.occurred_at')} as "occurredAt",
       ${ms('w.recorded_at')} as "recordedAt", w.author_name as author, w.minutes, w.late_reason as "lateReason"
     from unnest(?::uuid[]) as wanted(id)
     cross join lateral (select * from work_log_entry where ticket_id = wanted.id and (customer_visible or ?)
       order by occurred_at desc, id desc limit 500) w
     order by w.ticket_id, w.occurred_at, w.id`,
    [`{${ids.join(',')}}`, internal],
  );
}

export async function satisfactionOf(em: Em, ticketId: string): Promise<{ score: number; text: string | null; answeredAt: Instant; answeredBy: string } | null> {
  const rows = await em.execute<{ score: number; text: string | null; answeredAt: Instant; answeredBy: string }[]>(
    `select score, text, ${ms('answered_at')} as "answeredAt", answered_by as "answeredBy" from satisfaction where ticket_id = ? and answered_at is not null`, [ticketId],
  );
  return rows[0] ?? null;
}
