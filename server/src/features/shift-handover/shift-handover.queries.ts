import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';
import type { LineFacts } from './shift-handover.entity.ts';
import { sidesAt, type Shift, type ShiftHandoverSection, type Sides } from './shift-handover.rules.ts';
import type { ShiftHandoverLineView, ShiftHandoverRow } from './shift-handover.types.ts';

export interface DrawnLine {
  readonly section: ShiftHandoverSection;
  readonly ticketId: string;
  readonly subjectId: string;
  readonly facts: LineFacts;
}

const MOST_LINES = 300;

/** What a team has on its hands at the end of its shift, in one statement, the most urgent first; suspended and changes as far as the next shift reaches. */
export function drawnLines(em: Em, { teamId, now, until }: { readonly teamId: string; readonly now: Instant; readonly until: Instant }): Promise<DrawnLine[]> {
  const facts = (at: string, detail: string): string =>
    `jsonb_build_object('number', t.number, 'title', t.title, 'kind', t.kind, 'customer', c.name, 'level', i.level, 'holder', p.name, 'at', ${at}, 'detail', ${detail})`;
  const due = `(select min(k.due_at) from clock k where k.ticket_id = t.id and k.state = 'running' and k.kind <> 'handoff')`;
  return em.execute<DrawnLine[]>(
    // D-13: the 7×24 team acts as desk, so what the desk holds is its own too.
    `with mine as (select g.id from team g where g.id = ? or (g.purpose = 'desk' and exists (select from team d where d.id = ? and d.purpose = 'duty'))),
       watched as (select f.ticket_id from ticket_follower f join team_member m on m.person_id = f.person_id where m.team_id = ?),
       held as (select t.id from ticket t where t.kind = 'incident' and t.closed_at is null and (t.team_id in (select id from mine) or t.id in (select ticket_id from watched))),
       lines as (
         select 'escalations' as section, 1 as place, t.id as ticket_id, e.id as subject_id, ${facts(ms('e.fired_at'), 'e.step')} as facts, i.level, e.fired_at as at
         from escalation e join ticket t on t.id = e.ticket_id join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join person p on p.id = t.holder_id
         where e.acknowledged_at is null and t.id in (select id from held)
         union all
         select 'escalations', 1, t.id, a.id, ${facts(ms('a.raised_at'), 'a.kind')}, i.level, a.raised_at
         from alarm a join ticket t on t.id = a.ticket_id join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join person p on p.id = t.holder_id
         where a.acknowledged_at is null and a.ended_at is null and t.id in (select id from held)
         union all
         select 'incidents', 2, t.id, t.id, ${facts(ms(due), 'i.state')}, i.level, coalesce(${due}, 'infinity')
         from ticket t join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join person p on p.id = t.holder_id
         where t.id in (select id from held) and i.state not in ('suspended', 'closed')
         union all
         select 'handoffs', 3, t.id, h.id, ${facts(ms('h.requested_at'), 'h.reason')}, i.level, h.requested_at
         from handoff h join ticket t on t.id = h.ticket_id join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join person p on p.id = t.holder_id
         where h.state = 'waiting' and (h.to_team_id in (select id from mine) or h.from_team_id in (select id from mine))
         union all
         select 'suspended', 4, t.id, t.id, ${facts(ms('s.expected_end_at'), 's.category')}, i.level, s.expected_end_at
         from suspension s join ticket t on t.id = s.ticket_id join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join person p on p.id = t.holder_id
         where s.to_at is null and i.state = 'suspended' and t.id in (select id from held) and s.expected_end_at <= ?::timestamptz
         union all
         select 'changes', 5, t.id, t.id, ${facts(ms('x.window_start_at'), 'x.state')}, null, x.window_start_at
         from change x join ticket t on t.id = x.ticket_id left join incident i on false join customer c on c.id = t.customer_id left join person p on p.id = x.implementer_id
         where t.closed_at is null and x.window_start_at < ?::timestamptz and x.window_end_at > ?::timestamptz and x.state in ('scheduled', 'implementing')
       )
     select section, ticket_id as "ticketId", subject_id as "subjectId", facts from lines order by place, coalesce(level, 'LV9'), at, subject_id limit ${MOST_LINES}`,
    [teamId, teamId, teamId, toIso(until), toIso(until), toIso(now)],
  );
}

/** The shifts of a team around an instant, at most 200. */
export function shiftsAround(em: Em, teamId: string, from: Instant, to: Instant): Promise<Shift[]> {
  return em.execute<Shift[]>(
    `select s.person_id as "personId", ${ms('s.starts_at')} as "startsAt", ${ms('s.ends_at')} as "endsAt", s.leader from roster_shift s join person p on p.id = s.person_id
     where s.team_id = ? and p.active and s.starts_at <= ?::timestamptz and s.ends_at >= ?::timestamptz order by s.starts_at, s.id limit 200`, [teamId, toIso(to), toIso(from)],
  );
}

/** Who hands over and who takes over, by the roster as it is now. */
export async function sidesOf(em: Em, { teamId, endsAt }: { readonly teamId: string; readonly endsAt: Instant }): Promise<Sides> {
  const rows = await em.execute<{ leadId: string | null }[]>('select lead_id as "leadId" from team where id = ?', [teamId]);
  return sidesAt(await shiftsAround(em, teamId, endsAt, endsAt), endsAt, rows[0]?.leadId ?? null);
}

const HANDOVER = `select h.id, h.version, h.state, h.team_id as "teamId", g.name as team, g.name_zh as "teamZh", ${ms('h.starts_at')} as "startsAt", ${ms('h.ends_at')} as "endsAt", ${ms('h.drawn_at')} as "drawnAt",
    h.notes, h.question, h.question_by as "questionBy", ${ms('h.signed_at')} as "signedAt", h.signed_by_id as "signedById", h.signed_by as "signedBy", ${ms('h.taken_over_at')} as "takenOverAt", h.taken_over_by as "takenOverBy", h.sha256,
    (select count(*)::int from shift_handover_line l where l.handover_id = h.id) as "lineCount"
  from shift_handover h join team g on g.id = h.team_id`;

function requireReader(actor: Actor): void {
  requirePermission(actor, 'team.read');
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'Shift handovers are internal.');
}

/** Handovers, the open ones first, then newest first; of one team or of all that the actor may see. */
export async function listHandovers(em: Em, actor: Actor, query: { readonly teamId: string | null; readonly openOnly: boolean; readonly first: number }): Promise<ShiftHandoverRow[]> {
  requireReader(actor);
  const rows = await em.execute<ShiftHandoverRow[]>(
    `${HANDOVER} where (?::uuid is null or h.team_id = ?::uuid)${query.openOnly ? ` and h.state <> 'taken-over'` : ''} order by h.state = 'taken-over', h.ends_at desc, h.id limit ?`,
    [query.teamId, query.teamId, pageRequest(query.first, null).first],
  );
  return rows.filter(({ teamId }) => may(actor, 'team.read', { teamId }));
}

/** Those that wait for the actor to sign or to take over. */
export async function handoversFor(em: Em, actor: Actor): Promise<ShiftHandoverRow[]> {
  if (actor.kind !== 'person') return [];
  const open = await listHandovers(em, actor, { teamId: null, openOnly: true, first: 100 });
  const sides = await Promise.all(open.map((one) => sidesOf(em, one)));
  return open.filter(({ state }, index) => {
    const { leaving = [], coming = [] } = sides[index] ?? {};
    return (state === 'signed' ? coming : leaving).includes(actor.id);
  });
}

export async function handoverById(em: Em, actor: Actor, id: string): Promise<ShiftHandoverRow | null> {
  requireReader(actor);
  const rows = await em.execute<ShiftHandoverRow[]>(`${HANDOVER} where h.id = ?`, [id]);
  return rows.find(({ teamId }) => may(actor, 'team.read', { teamId })) ?? null;
}

/** Its lines; of records that the actor may not read there is none. */
export async function linesOf(em: Em, actor: Actor, handoverId: string): Promise<ShiftHandoverLineView[]> {
  const rows = await em.execute<(ShiftHandoverLineView & { kind: TicketKind; customerId: string; teamId: string | null })[]>(
    `select l.id, l.section, l.note, l.facts->>'number' as number, l.facts->>'title' as title, t.kind as "recordKind", t.kind, l.facts->>'customer' as customer, l.facts->>'level' as level, l.facts->>'holder' as holder,
       (l.facts->>'at')::float8 as at, l.facts->>'detail' as detail, t.closed_at is null as open, t.customer_id as "customerId", t.team_id as "teamId"
     from shift_handover_line l join ticket t on t.id = l.ticket_id where l.handover_id = ? order by l.position, l.id limit ${MOST_LINES}`, [handoverId],
  );
  return rows.filter(({ kind, customerId, teamId }) => may(actor, READ_PERMISSION[kind], { customerId, teamId }));
}

/** Names of people, in the order in which they are asked for. */
export async function namesOf(em: Em, ids: readonly string[]): Promise<{ id: string; name: string; phone: string | null }[]> {
  const rows = await em.execute<{ id: string; name: string; phone: string | null }[]>('select id, name, phone from person where id = any(?::uuid[]) order by id limit 100', [textArray(ids)]);
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Teams whose shift ends soon or has just ended without a handover. */
export function teamsToDraw(em: Em, from: Instant, to: Instant): Promise<{ teamId: string }[]> {
  return em.execute<{ teamId: string }[]>(
    `select distinct s.team_id as "teamId" from roster_shift s join team g on g.id = s.team_id
     where g.active and s.ends_at > ?::timestamptz and s.ends_at <= ?::timestamptz and not exists (select from shift_handover h where h.team_id = s.team_id and h.ends_at = s.ends_at) order by 1 limit 100`, [toIso(from), toIso(to)],
  );
}

export function lateHandovers(em: Em, now: Instant): Promise<{ id: string }[]> {
  return em.execute<{ id: string }[]>(`select id from shift_handover where state <> 'taken-over' and ends_at <= ?::timestamptz and overdue_at is null order by id limit 100`, [toIso(now)]);
}
