import { may, type Actor } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { READ_PERMISSION } from './ticket-record.service.ts';
import { TicketEntity, TicketFollowerEntity, type Ticket } from './ticket.entity.ts';
import type { TicketKind } from './ticket.rules.ts';

/**
 * INC-21: the actor follows a record that they may read; following twice is no second time. Returns the record's id.
 * @throws Refusal NOT_FOUND also for a record that the actor may not see (ORG-03), FORBIDDEN for a token
 */
export async function followRecord(database: Database, actor: Actor, id: string): Promise<string> {
  requirePerson(actor);
  return database.change(actor, async (change) => {
    const ticket = await readable(change, id);
    const of = { ticketId: ticket.id, personId: actor.id };
    if ((await change.em.count(TicketFollowerEntity, of)) > 0) return ticket.id;
    persistRow(change.em, TicketFollowerEntity, { ...of, followedAt: await change.now() });
    await tell(change, ticket, 'ticket.followed');
    return ticket.id;
  });
}

/** Follows no longer; who did not follow changes nothing. Returns the record's id. */
export async function unfollowRecord(database: Database, actor: Actor, id: string): Promise<string> {
  requirePerson(actor);
  return database.change(actor, async (change) => {
    const ticket = await readable(change, id);
    const gone = await change.em.nativeDelete(TicketFollowerEntity, { ticketId: ticket.id, personId: actor.id });
    if (gone > 0) await tell(change, ticket, 'ticket.unfollowed');
    return ticket.id;
  });
}

async function readable({ em, actor }: Change, id: string): Promise<Ticket> {
  const ticket = await em.findOne(TicketEntity, { id });
  if (!ticket || !may(actor, READ_PERMISSION[ticket.kind], { customerId: ticket.customerId, teamId: ticket.teamId })) {
    throw new Refusal('NOT_FOUND', `There is no record ${id}.`, 'id');
  }
  return ticket;
}

/** A token is no person who could be told. */
function requirePerson(actor: Actor): void {
  if (actor.kind !== 'person') throw new Refusal('FORBIDDEN', 'Only a person follows a record.');
}

async function tell({ emit, now, actor }: Change, ticket: Ticket, type: string): Promise<void> {
  emit({
    type, subjectKind: ticket.kind, subjectId: ticket.id, occurredAt: await now(), ticketId: ticket.id, customerId: ticket.customerId,
    teamIds: ticket.teamId === null ? [] : [ticket.teamId], after: { personId: actor.id },
  });
}

export interface FollowedRecord {
  id: string;
  recordKind: TicketKind;
  number: string;
  title: string;
  open: boolean;
  followedAt: Instant;
}

/** What the actor follows, open records first, then those followed last; ends that they may not read any more are left out (ORG-03). */
export async function followedRecords(em: Em, actor: Actor, first: number): Promise<FollowedRecord[]> {
  const rows = await em.execute<(FollowedRecord & { customerId: string; teamId: string | null })[]>(
    `select t.id, t.kind as "recordKind", t.number, t.title, t.closed_at is null as open, ${ms('f.followed_at')} as "followedAt",
       t.customer_id as "customerId", t.team_id as "teamId"
     from ticket_follower f join ticket t on t.id = f.ticket_id where f.person_id = ?
     order by t.closed_at is null desc, f.followed_at desc, t.id limit ?`,
    [actor.kind === 'person' ? actor.id : null, pageRequest(first, null).first],
  );
  return rows.filter(({ recordKind, customerId, teamId }) => may(actor, READ_PERMISSION[recordKind], { customerId, teamId }));
}

export interface Following {
  /** Whether the asker follows it. */
  mine: boolean;
  /** How many follow it; a customer is not told who of the staff does. */
  followers: number;
}

/** Whether and by how many a record is followed; null for one that the asker may not read (ORG-03). */
export async function followingOf(em: Em, actor: Actor, ticketId: string): Promise<Following | null> {
  const rows = await em.execute<(Following & { kind: TicketKind; customerId: string; teamId: string | null })[]>(
    `select t.kind, t.customer_id as "customerId", t.team_id as "teamId",
       (select count(*)::int from ticket_follower f where f.ticket_id = t.id) as followers,
       exists (select from ticket_follower f where f.ticket_id = t.id and f.person_id = ?) as mine
     from ticket t where t.id = ?`, [actor.kind === 'person' ? actor.id : null, ticketId],
  );
  const row = rows.find(({ kind, customerId, teamId }) => may(actor, READ_PERMISSION[kind], { customerId, teamId }));
  return row ? { mine: row.mine, followers: row.followers } : null;
}
