import { may, type Actor } from '../../kernel/actor.ts';
import type { Change } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { TicketLinkEntity } from './ticket.entity.ts';
import { READ_PERMISSION } from './ticket-record.service.ts';
import type { LinkKind, TicketKind } from './ticket.rules.ts';

export interface NewLink {
  readonly fromId: string;
  readonly toId: string;
  readonly kind: LinkKind;
}

/** Links two records once; says whether the link is new. The caller has checked that both may be linked and tells it as an event. */
export async function linkTickets(change: Change, { fromId, toId, kind }: NewLink): Promise<boolean> {
  const { em, actor } = change;
  if ((await em.count(TicketLinkEntity, { fromId, toId, kind })) > 0) return false;
  persistRow(em, TicketLinkEntity, { id: newId(), fromId, toId, kind, createdAt: await change.now(), createdBy: actor.name });
  return true;
}

export interface LinkedTicket {
  readonly id: string;
  readonly recordKind: TicketKind;
  readonly number: string;
  readonly title: string;
  readonly kind: LinkKind;
  /** True when the link was made from this record to the other. */
  readonly outgoing: boolean;
  readonly open: boolean;
}

/** Links of a record in both directions, at most 200; ends that the actor may not read are left out (ORG-03). */
export async function linksOf(em: Em, actor: Actor, ticketId: string): Promise<LinkedTicket[]> {
  const rows = await em.execute<(LinkedTicket & { customerId: string })[]>(
    `select t.id, t.kind as "recordKind", t.number, t.title, l.kind, l.from_id = ? as outgoing, t.closed_at is null as open, t.customer_id as "customerId"
     from ticket_link l join ticket t on t.id = case when l.from_id = ? then l.to_id else l.from_id end
     where l.from_id = ? or l.to_id = ? order by l.created_at, l.id limit 200`,
    [ticketId, ticketId, ticketId, ticketId],
  );
  return rows.filter(({ recordKind, customerId }) => may(actor, READ_PERMISSION[recordKind], { customerId }));
}
