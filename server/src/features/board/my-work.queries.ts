import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';
import type { MyWorkItem, MyWorkSection } from './my-work.types.ts';
import { allOf, NEXT_CLOCK_OF_EACH, withinScope, type Condition } from './open-incidents.queries.ts';
import { visibleScope } from './visible-scope.rules.ts';

/** So many of a section are shown; its total is exact. */
const SHOWN = 50;

export const MY_WORK_SECTIONS = ['alarms', 'feedback', 'handoffs', 'held', 'unassigned', 'tasks', 'followed', 'handedOver'] as const;
export type MyWorkSectionName = (typeof MY_WORK_SECTIONS)[number];

export function requireWorker(actor: Actor): void {
  if (actor.kind !== 'person' || actor.customerId !== null) throw new Refusal('FORBIDDEN', 'My work is for people of ours who sign in.');
}

/** What waits for the person in one section, in the order of work (INC-18, D-40), in one statement. */
export async function myWorkSection(em: Em, actor: Actor, section: MyWorkSectionName): Promise<MyWorkSection> {
  requireWorker(actor);
  const { joins, joinParameters, subject, note, since, condition, order } = SECTIONS[section](actor);
  const where = allOf([condition, readable(actor)]);
  const rows = await em.execute<(MyWorkItem & { total: number })[]>(
    `select ${subject} as id, t.id as "recordId", t.kind as "recordKind", t.number, t.title, t.version, c.name as customer, g.name as team, g.name_zh as "teamZh", p.name as holder, i.level, i.state,
       coalesce(i.state = 'suspended', false) as suspended, t.major, n.clock_state as "clockState", n.clock_kind as clock, case when n.clock_state = 'running' then ${ms('n.due_at')} end as "dueAt",
       n.remaining_ms::float8 as "remainingMs", ${ms('n.breached_at')} as "breachedAt", ${since} as since, ${note} as note, i.feedback_arrived_at is not null as "feedbackArrived", count(*) over ()::int as total
     from ticket t left join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join team g on g.id = t.team_id left join person p on p.id = t.holder_id
       ${NEXT_CLOCK_OF_EACH} ${joins} where ${where.sql} order by ${order}${INC_18}, ${subject} limit ${SHOWN}`,
    [...joinParameters, ...where.parameters],
  );
  return { total: rows[0]?.total ?? 0, items: rows };
}

/** Ids of the records that the page shows or counts: a change of one of them may change the page. */
export async function myWorkRecords(em: Em, actor: Actor): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ id: string }[]>(
    `select id from ticket where closed_at is null and holder_id = ? union select ticket_id from ticket_follower where person_id = ? union select ticket_id from change_task where implementer_id = ? and ended_at is null
     union select i.ticket_id from incident i where i.state <> 'closed' and (i.first_contact_engineer_id = ? or i.first_contact_service_manager_id = ?) limit 5000`, [actor.id, actor.id, actor.id, actor.id, actor.id],
  );
  return new Set(rows.map(({ id }) => id));
}

const INC_18 = `coalesce(i.state = 'suspended', false), coalesce(i.level, 'LV9'), coalesce(case when n.clock_state = 'running' and i.state <> 'suspended' then n.due_at end, 'infinity'),
  case i.difficulty when 'simple' then 0 when 'normal' then 1 else 2 end, coalesce(i.reported_at, t.opened_at)`;

interface SectionStatement {
  readonly joins: string;
  readonly joinParameters: readonly unknown[];
  /** What a row stands for: the record, or a handoff, escalation, task of it. */
  readonly subject: string;
  readonly note: string;
  readonly since: string;
  readonly condition: Condition;
  /** What comes before the order of work. */
  readonly order: string;
}

const OPEN_INCIDENT = `t.kind = 'incident' and t.closed_at is null and i.state <> 'closed'`;
const REPORTED = ms('coalesce(i.reported_at, t.opened_at)');
const WAITING = `exists (select from handoff w where w.ticket_id = t.id and w.state = 'waiting')`;
const plain = (sql: string, parameters: readonly unknown[], rest: Partial<SectionStatement> = {}): SectionStatement =>
  ({ joins: '', joinParameters: [], subject: 't.id', note: 'null::text', since: REPORTED, order: '', ...rest, condition: { sql, parameters } });

const SECTIONS: Readonly<Record<MyWorkSectionName, (actor: Actor) => SectionStatement>> = {
  held: ({ id }) => plain(`${OPEN_INCIDENT} and t.holder_id = ? and i.feedback_arrived_at is null`, [id]),
  unassigned: ({ teamIds }) => plain(`${OPEN_INCIDENT} and t.holder_id is null and t.team_id = any(?::uuid[]) and not ${WAITING}`, [textArray(teamIds)]),
  handoffs: ({ id, teamIds }) => plain(`${OPEN_INCIDENT} and h.state = 'waiting' and (h.to_person_id = ? or (h.to_person_id is null and h.to_team_id = any(?::uuid[])))`, [id, textArray(teamIds)], {
    joins: 'join handoff h on h.ticket_id = t.id', subject: 'h.id', note: 'h.reason', since: ms('h.requested_at'),
  }),
  feedback: ({ id }) => plain(`${OPEN_INCIDENT} and i.feedback_arrived_at is not null and ? in (t.holder_id, i.first_contact_engineer_id, i.first_contact_service_manager_id)`, [id], { since: ms('i.feedback_arrived_at') }),
  alarms: ({ id, name, grants }) => plain(`${OPEN_INCIDENT} and (e.mine or t.holder_id = ? or g.lead_id = ?)`, [id, id], {
    // SLA-07, WBD-03: what is addressed to the person by name or by role, and what rings of what the person holds or leads.
    joins: `join (
      select id, ticket_id, step as note, fired_at as at, exists (select from jsonb_array_elements_text(addressees || warned) a(who)
        where split_part(a.who, ': ', 1) = any(?::text[]) and split_part(a.who, ': ', 2) in ('', ?)) as mine from escalation where acknowledged_at is null
      union all select id, ticket_id, kind, raised_at, false from alarm where acknowledged_at is null and ended_at is null) e on e.ticket_id = t.id`,
    joinParameters: [textArray(new Set(grants.map(({ role }) => role))), name], subject: 'e.id', note: 'e.note', since: ms('e.at'),
  }),
  tasks: ({ id }) => plain(`t.kind <> 'incident' and t.closed_at is null and (k.id is not null or t.holder_id = ? or v.id is not null)`, [id], {
    joinParameters: [id, id],
    joins: `left join change_task k on k.ticket_id = t.id and k.implementer_id = ? and k.ended_at is null
      left join lateral (select i.id, m.starts_at from cab_item i join cab_meeting m on m.id = i.meeting_id join cab_seat s on s.meeting_id = m.id and s.person_id = ?
        where i.change_id = t.id and m.state in ('planned', 'open') and not exists (select from cab_vote x where x.item_id = i.id and x.person_id = s.person_id) limit 1) v on true`,
    subject: 'coalesce(k.id, v.id, t.id)', note: `case when k.id is not null then 'task ' || k.title when v.id is not null then 'vote' end`,
    since: `coalesce(${ms('k.planned_start_at')}, ${ms('v.starts_at')}, ${ms('t.opened_at')})`, order: `coalesce(k.planned_start_at, v.starts_at, 'infinity'), `,
  }),
  followed: ({ id }) => plain('f.person_id = ? and t.closed_at is null', [id], { joins: 'join ticket_follower f on f.ticket_id = t.id', since: ms('t.last_event_at') }),
  // HND-02: the first contact remains accountable until closing.
  handedOver: ({ id }) => plain(`${OPEN_INCIDENT} and i.feedback_arrived_at is null and ? in (i.first_contact_engineer_id, i.first_contact_service_manager_id) and t.holder_id is distinct from ?`, [id, id], { note: `case when ${WAITING} then 'waiting' end` }),
};

/** Kinds that the actor may read, each within its own limits (ORG-03). */
function readable(actor: Actor): Condition {
  const kinds = (Object.keys(READ_PERMISSION) as TicketKind[]).map((kind) => allOf([{ sql: 't.kind = ?', parameters: [kind] }, withinScope(visibleScope(actor, READ_PERMISSION[kind]))]));
  return { sql: kinds.map(({ sql }) => `(${sql})`).join(' or '), parameters: kinds.flatMap(({ parameters }) => parameters) };
}
