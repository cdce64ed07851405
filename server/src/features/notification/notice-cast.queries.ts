import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { TicketKind } from '../ticket/ticket.rules.ts';
import type { Nameable } from './notice-mention.rules.ts';

/** A record as those who are told of it stand to it. */
export interface ToldTicket {
  readonly id: string;
  readonly kind: TicketKind;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly holderId: string | null;
  readonly leadId: string | null;
  readonly firstContacts: readonly string[];
  /** Who the agreement names, by role. */
  readonly people: Readonly<Record<string, string | null>>;
  /** For a change: who sits in the CAB. */
  readonly cab: readonly string[];
}

/** Who did it and when it was written down. */
export interface EventHand {
  readonly seq: number;
  readonly actorId: string;
  /** Null: the system by itself. */
  readonly actorName: string | null;
  readonly recordedAt: Instant;
}

export function handsOf(em: Em, seqs: readonly number[]): Promise<EventHand[]> {
  return em.execute<EventHand[]>(
    `select seq::float8 as seq, actor->>'id' as "actorId", coalesce(actor->>'onBehalfOf', case when actor->>'kind' <> 'system' then actor->>'name' end) as "actorName", ${ms('recorded_at')} as "recordedAt"
     from event_log where seq = any(?::bigint[]) order by seq limit 1000`, [textArray(seqs.map(String))],
  );
}

export function toldTickets(em: Em, ids: Iterable<string>): Promise<ToldTicket[]> {
  return em.execute<ToldTicket[]>(
    `select t.id, t.kind, t.customer_id as "customerId", t.team_id as "teamId", t.holder_id as "holderId", g.lead_id as "leadId",
       array_remove(array[i.first_contact_engineer_id, i.first_contact_service_manager_id], null) as "firstContacts",
       jsonb_build_object('sla-owner', a.sla_owner_id, 'service-manager', a.service_manager_id, 'service-delivery-manager', a.service_delivery_manager_id,
         'project-manager', a.project_manager_id, 'department-manager', a.department_manager_id, 'technical-manager', a.technical_manager_id) as people,
       coalesce((select jsonb_agg(v.person_id order by v.person_id) from cab_member v where v.until is null and t.kind = 'change'), '[]') as cab
     from ticket t left join incident i on i.ticket_id = t.id left join team g on g.id = t.team_id left join agreement a on a.id = i.agreement_id
     where t.id = any(?::uuid[]) order by t.id limit 1000`, [textArray(new Set(ids))],
  );
}

export interface RoleHolder {
  readonly personId: string;
  readonly role: string;
  readonly customerId: string | null;
  readonly teamId: string | null;
}

/** Who holds a role, everywhere or for a customer or team; those who left hold none. */
export function roleHolders(em: Em, roles: Iterable<string>): Promise<RoleHolder[]> {
  return em.execute<RoleHolder[]>(
    `select g.person_id as "personId", g.role, coalesce(g.customer_id, p.customer_id) as "customerId", g.team_id as "teamId" from role_grant g join person p on p.id = g.person_id
     where p.active and g.role = any(?::text[]) order by g.id limit 5000`, [textArray(new Set(roles))],
  );
}

export function membersOf(em: Em, teamIds: Iterable<string>): Promise<{ teamId: string; personId: string }[]> {
  return em.execute<{ teamId: string; personId: string }[]>(
    `select m.team_id as "teamId", m.person_id as "personId" from team_member m join person p on p.id = m.person_id
     where p.active and m.team_id = any(?::uuid[]) order by m.team_id, m.person_id limit 5000`, [textArray(new Set(teamIds))],
  );
}

/** Everybody who could be meant by a name; asked only when a text mentions somebody. */
export function nameablePeople(em: Em): Promise<Nameable[]> {
  return em.execute<Nameable[]>('select id, name, email from person where active order by id limit 10000');
}

export function workLogTexts(em: Em, entryIds: readonly string[]): Promise<{ id: string; text: string }[]> {
  return em.execute<{ id: string; text: string }[]>('select id, text from work_log_entry where id = any(?::uuid[]) order by id limit 1000', [textArray(entryIds)]);
}

/** Kinds that people have turned off, as "person kind". */
export async function silenced(em: Em, personIds: Iterable<string>): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ key: string }[]>(
    `select person_id || ' ' || kind as key from notice_preference where not in_app and person_id = any(?::uuid[]) order by 1 limit 20000`, [textArray(new Set(personIds))],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Who follows these records (INC-21). */
export function followersOf(em: Em, ticketIds: Iterable<string>): Promise<{ ticketId: string; personId: string }[]> {
  return em.execute<{ ticketId: string; personId: string }[]>(
    'select ticket_id as "ticketId", person_id as "personId" from ticket_follower where ticket_id = any(?::uuid[]) order by ticket_id, person_id limit 20000', [textArray(new Set(ticketIds))],
  );
}
