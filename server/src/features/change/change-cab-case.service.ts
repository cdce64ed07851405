import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { DomainEvent } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { guardAction, listActions, type AvailableAction } from '../ticket/ticket-action.rules.ts';
import { CAB_PROCESS, type CabAction, type CabChange, type MeetingCase } from './change-cab-case.rules.ts';
import { CabCirculationEntity, CabItemEntity, CabMeetingEntity, CabSeatEntity, CabVoteEntity, type CabMeeting } from './change-planning.entity.ts';

export interface MeetingCommand {
  readonly id: string;
  readonly expectedVersion: number;
  readonly idempotencyKey?: string | null;
}

export interface OpenMeeting {
  readonly change: Change;
  readonly kase: MeetingCase;
  readonly database: Database;
}

/** What every command on a meeting repeats: lock it, check the version, load it, guard the action, count the version up. */
export async function commandMeeting(database: Database, actor: Actor, command: MeetingCommand, action: CabAction, work: (open: OpenMeeting) => Promise<void>): Promise<string> {
  requireStaff(actor);
  return database.change(actor, (change) => idempotent(change, action, command, async () => {
    const kase = await lockMeeting(database, change, command.id);
    requireVersion(kase.meeting, command.expectedVersion, 'meeting');
    guardAction(CAB_PROCESS, action, kase, actor);
    await work({ change, kase, database });
    kase.meeting.version += 1;
    return kase.meeting.id;
  }));
}

/** The CAB is the provider's own: a customer's people neither see nor hold it. */
export function requireStaff(actor: Actor): void {
  requirePermission(actor, 'change.read');
  if (actor.customerId !== null) throw new Refusal('FORBIDDEN', 'The change advisory board is not open to customers.');
}

export async function lockMeeting(database: Database, change: Change, id: string): Promise<MeetingCase> {
  const meeting = await change.em.findOne(CabMeetingEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!meeting) throw new Refusal('NOT_FOUND', `There is no meeting "${id}".`, 'id');
  return loadMeeting(database, change.em, meeting);
}

export async function loadMeeting(database: Database, em: Em, meeting: CabMeeting): Promise<MeetingCase> {
  const of = { meetingId: meeting.id };
  const items = await em.find(CabItemEntity, of, { orderBy: { position: 'asc', id: 'asc' } });
  const { policies } = await policiesAt(database, em, await database.time.read(em));
  return {
    meeting, items, policy: policies.change,
    seats: await em.find(CabSeatEntity, of, { orderBy: { id: 'asc' } }),
    votes: await em.find(CabVoteEntity, { itemId: { $in: items.map(({ id }) => id) } }, { orderBy: { castAt: 'asc', id: 'asc' } }),
    circulations: await em.find(CabCirculationEntity, of, { orderBy: { circulatedAt: 'asc', id: 'asc' } }),
    changes: await cabChanges(em, items.map(({ changeId }) => changeId)),
  };
}

export async function cabChanges(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, CabChange>> {
  const rows = await em.execute<CabChange[]>(
    `select t.id, t.number, t.customer_id as "customerId", c.category, c.state, c.requester_id as "requesterId", c.owner_id as "ownerId", c.implementer_id as "implementerId"
     from change c join ticket t on t.id = c.ticket_id where t.id = any(?::uuid[])`, [textArray(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A change that the actor may see, whatever its state. */
export async function requireCabChange(em: Em, actor: Actor, id: string): Promise<CabChange> {
  const found = (await cabChanges(em, [id])).get(id);
  if (!found || !may(actor, 'change.read', { customerId: found.customerId })) throw new Refusal('NOT_FOUND', `There is no change "${id}".`, 'changeId');
  return found;
}

/** API-03: what the actor may do with the meeting now. */
export async function availableCabActions(database: Database, actor: Actor, meeting: CabMeeting): Promise<AvailableAction[]> {
  return listActions(CAB_PROCESS, await loadMeeting(database, database.em, meeting), actor);
}

/** An event of the meeting; with a change it stands in that change's history as well. */
export async function tellMeeting(change: Change, kase: MeetingCase, type: string, rest: Pick<DomainEvent, 'before' | 'after' | 'reason'> & { readonly about?: CabChange } = {}): Promise<void> {
  const { about, ...facts } = rest;
  const { meeting } = kase;
  const occurredAt = await change.now();
  change.emit({
    type, occurredAt, subjectKind: about ? 'change' : 'cab-meeting', subjectId: about?.id ?? meeting.id, ...(about ? { ticketId: about.id, customerId: about.customerId } : {}),
    ...facts, after: { meetingId: meeting.id, meeting: meeting.number, ...(isObject(facts.after) ? facts.after : {}) },
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
