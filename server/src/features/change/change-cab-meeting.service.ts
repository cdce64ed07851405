import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { assert } from '../../kernel/assert.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { actOnChange } from './change-case.service.ts';
import { cabWord } from './change-approve.service.ts';
import { lockTicket } from '../ticket/ticket-record.service.ts';
import { commandMeeting, requireStaff, tellMeeting, type MeetingCommand, type OpenMeeting } from './change-cab-case.service.ts';
import { tallyOf, type MeetingCase } from './change-cab-case.rules.ts';
import { standingMembers } from './change-cab-member.service.ts';
import { CabMeetingEntity, CabSeatEntity, type CabItem } from './change-planning.entity.ts';

export interface MeetingInput {
  readonly title: string;
  readonly place?: string | null;
  readonly startsAt: Instant;
  /** Members that are called; left out: all of the standing list. */
  readonly memberIds?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/** CHG-05: calls the CAB together. Whoever calls it is its chair. Needs `change.approve`. */
export async function callMeeting(database: Database, actor: Actor, input: MeetingInput): Promise<string> {
  requireStaff(actor);
  requirePermission(actor, 'change.approve');
  if (actor.kind !== 'person') throw new Refusal('FORBIDDEN', 'A meeting has a person for its chair.');
  return database.change(actor, (change) => idempotent(change, 'callCabMeeting', input, async () => {
    const { em } = change;
    const now = await change.now();
    const rows = await em.execute<{ n: string }[]>(`select nextval('cab_meeting_number') as n`);
    const meeting = em.create(CabMeetingEntity, {
      id: newId(), number: `CAB-${rows[0]!.n.padStart(7, '0')}`, title: requiredText(input.title, 'title'), place: optionalText(input.place, 'place'), state: 'planned',
      startsAt: requireAhead(input.startsAt, now), chairId: actor.id, openedAt: null, closedAt: null, quorumPercent: null, minutes: null, cancelReason: null, createdBy: actor.name,
      createdAt: now, version: 1,
    });
    await em.flush();
    const called = await calledMembers(change, input.memberIds ?? null);
    for (const personId of called) persistRow(em, CabSeatEntity, { id: newId(), meetingId: meeting.id, personId, present: null });
    change.emit({
      type: 'cabMeeting.called', subjectKind: 'cab-meeting', subjectId: meeting.id, occurredAt: now,
      after: { meeting: meeting.number, title: meeting.title, startsAt: toIso(meeting.startsAt), members: called },
    });
    return meeting.id;
  }));
}

export interface MeetingEdit extends MeetingCommand, Partial<Omit<MeetingInput, 'idempotencyKey'>> {}

/** Changes what is given, leaves the rest. Who is called anew has no vote yet; votes of who is no longer called go with the seat. */
export function editMeeting(database: Database, actor: Actor, input: MeetingEdit): Promise<string> {
  return commandMeeting(database, actor, input, 'editCabMeeting', async ({ change, kase }) => {
    const { meeting } = kase;
    const before = { title: meeting.title, place: meeting.place, startsAt: toIso(meeting.startsAt) };
    if (input.title != null) meeting.title = requiredText(input.title, 'title');
    if (input.place !== undefined) meeting.place = optionalText(input.place, 'place');
    if (input.startsAt != null) meeting.startsAt = requireAhead(input.startsAt, await change.now());
    if (input.memberIds != null) await reseat(change, kase, await calledMembers(change, input.memberIds));
    await tellMeeting(change, kase, 'cabMeeting.edited', { before, after: { title: meeting.title, place: meeting.place, startsAt: toIso(meeting.startsAt) } });
  });
}

async function reseat({ em }: Change, { meeting, seats, votes }: MeetingCase, called: readonly string[]): Promise<void> {
  const left = seats.filter(({ personId }) => !called.includes(personId));
  for (const vote of votes.filter(({ personId }) => left.some((seat) => seat.personId === personId))) em.remove(vote);
  for (const seat of left) em.remove(seat);
  await em.flush();
  const added = called.filter((id) => !seats.some(({ personId }) => personId === id));
  for (const personId of added) persistRow(em, CabSeatEntity, { id: newId(), meetingId: meeting.id, personId, present: null });
}

/** Opens the meeting: who is here may vote now, whoever is not has voted beforehand or not at all. The quorum is fixed by the policy of now. */
export function openMeeting(database: Database, actor: Actor, input: MeetingCommand & { readonly presentIds: readonly string[] }): Promise<string> {
  return commandMeeting(database, actor, input, 'openCabMeeting', async ({ change, kase }) => {
    const { meeting, seats, policy } = kase;
    const stranger = input.presentIds.find((id) => !seats.some(({ personId }) => personId === id));
    if (stranger !== undefined) throw new Refusal('INVALID_INPUT', `Person ${stranger} was not called to this meeting.`, 'presentIds');
    for (const seat of seats) seat.present = input.presentIds.includes(seat.personId);
    Object.assign(meeting, { state: 'open', openedAt: await change.now(), quorumPercent: policy.cabQuorumPercent });
    await tellMeeting(change, kase, 'cabMeeting.opened', { after: { present: input.presentIds, quorumPercent: policy.cabQuorumPercent } });
    await tellItems(change, kase, 'change.cabOpened');
  });
}

/** CHG-05: closes the meeting with its minutes; its decisions become words on the changes, all of them or none. */
export function closeMeeting(database: Database, actor: Actor, input: MeetingCommand & { readonly minutes: string }): Promise<string> {
  return commandMeeting(database, actor, input, 'closeCabMeeting', async (open) => {
    const { change, kase } = open;
    const minutes = requiredText(input.minutes, 'minutes', 20_000);
    Object.assign(kase.meeting, { state: 'closed', closedAt: await change.now(), minutes });
    await writeDecisions(open);
    await tellItems(change, kase, 'change.cabClosed');
    await tellMeeting(change, kase, 'cabMeeting.closed', { after: { minutes, decisions: kase.items.map(({ changeId, decision }) => ({ changeId, decision })) } });
  });
}

/** It stands in the history of every change on the agenda, and moves the pages of who follows them. */
async function tellItems(change: Change, kase: MeetingCase, type: string): Promise<void> {
  for (const { changeId, decision } of kase.items) {
    const about = kase.changes.get(changeId);
    if (about) await tellMeeting(change, kase, type, { about, after: { decision } });
  }
}

/** Tickets are locked in ascending id, all before the first is acted on: whoever holds one waits for nobody who waits for it. */
async function writeDecisions({ change, kase, database }: OpenMeeting): Promise<void> {
  const decided = kase.items.filter(({ decision }) => decision === 'approved' || decision === 'refused').toSorted((a, b) => (a.changeId < b.changeId ? -1 : 1));
  const tickets = [];
  for (const { changeId } of decided) tickets.push(await lockTicket(change, 'change', changeId, 'items'));
  for (const [index, item] of decided.entries()) {
    const ticket = tickets[index];
    assert(ticket, 'every decided item has its ticket');
    await actOnChange(database, change, ticket, 'recordCabDecision', ({ kase: changeCase, context }) =>
      cabWord(changeCase, { approved: item.decision === 'approved', note: wordOf(kase, item) }, context));
  }
}

/** The result and, where there is one, the remark. */
function wordOf(kase: MeetingCase, item: CabItem): string {
  const { inFavour, against, abstained, entitled } = tallyOf(kase, item);
  const counted = `${kase.meeting.number}: ${inFavour} for, ${against} against, ${abstained} abstained, ${entitled} entitled`;
  return item.note === null ? counted : `${counted}. ${item.note}`;
}

export function cancelMeeting(database: Database, actor: Actor, input: MeetingCommand & { readonly reason: string }): Promise<string> {
  return commandMeeting(database, actor, input, 'cancelCabMeeting', async ({ change, kase }) => {
    const reason = requiredText(input.reason, 'reason', 2000);
    Object.assign(kase.meeting, { state: 'cancelled', cancelReason: reason });
    await tellMeeting(change, kase, 'cabMeeting.cancelled', { reason });
  });
}

function requireAhead(startsAt: Instant, now: Instant): Instant {
  if (startsAt < now) throw new Refusal('OUT_OF_RANGE', `A meeting is called for a time to come, got ${toIso(startsAt)}; it is ${toIso(now)}.`, 'startsAt');
  return startsAt;
}

async function calledMembers({ em }: Change, wanted: readonly string[] | null): Promise<string[]> {
  const standing = (await standingMembers(em)).map(({ personId }) => personId);
  const stranger = wanted?.find((id) => !standing.includes(id));
  if (stranger !== undefined) throw new Refusal('INVALID_INPUT', `Person ${stranger} is not a member of the CAB.`, 'memberIds');
  const called = [...new Set(wanted ?? standing)];
  if (called.length === 0) throw new Refusal('MISSING_FIELD', 'Call at least one member; the standing list of the CAB may still be empty.', 'memberIds');
  return called;
}
