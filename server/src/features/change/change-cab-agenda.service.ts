import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import type { Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { newId } from '../../platform/time/new-id.ts';
import { lacksForAgenda, tallyOf, type CabChange, type MeetingCase } from './change-cab-case.rules.ts';
import { commandMeeting, lockMeeting, requireCabChange, requireStaff, tellMeeting, type MeetingCommand } from './change-cab-case.service.ts';
import { CAB_DECISIONS, CAB_VOTES, castVote, checkDecision, isOwnPerson, type CabDecision, type CabVote } from './change-cab.rules.ts';
import { CabCirculationEntity, CabItemEntity, CabVoteEntity, type CabItem } from './change-planning.entity.ts';

type OnChange = MeetingCommand & { readonly changeId: string };
type OnItem = MeetingCommand & { readonly itemId: string };

/** CHG table: sends the papers of a change to everybody who is called, before the meeting. Sent again, the newest papers count. */
export function circulatePapers(database: Database, actor: Actor, input: OnChange): Promise<string> {
  return commandMeeting(database, actor, input, 'circulateCabPapers', async ({ change, kase }) => {
    const { em } = change;
    const about = await requireCabChange(em, actor, input.changeId);
    const papers = await papersOf(em, about.id);
    if (!papers.some(({ paper }) => paper === 'change-plan')) {
      throw new Refusal('MISSING_FIELD', `${about.number} has no change plan 变更方案 attached: there is nothing to circulate.`, 'papers');
    }
    const facts = { circulatedAt: await change.now(), circulatedBy: actor.name, papers, members: await membersOf(em, kase) };
    const sent = kase.circulations.find(({ changeId }) => changeId === about.id);
    if (sent) Object.assign(sent, facts);
    else persistRow(em, CabCirculationEntity, { id: newId(), meetingId: kase.meeting.id, changeId: about.id, ...facts });
    await tellMeeting(change, kase, 'change.papersCirculated', { about, after: { papers: papers.map(({ name }) => name), members: facts.members.map(({ name }) => name) } });
  });
}

async function papersOf(em: Em, changeId: string): Promise<{ id: string; name: string; paper: string | null; sha256: string }[]> {
  return em.execute('select id, name, paper, sha256 from attachment where ticket_id = ? and paper is not null order by recorded_at, id limit 50', [changeId]);
}

async function membersOf(em: Em, { seats }: MeetingCase): Promise<{ id: string; name: string }[]> {
  return em.execute('select id, name from person where id = any(?::uuid[]) order by name, id', [textArray(seats.map(({ personId }) => personId))]);
}

/** Puts a change that waits for the CAB on the agenda. */
export function addItem(database: Database, actor: Actor, input: OnChange): Promise<string> {
  return commandMeeting(database, actor, input, 'addCabItem', async ({ change, kase }) => {
    const about = await requireCabChange(change.em, actor, input.changeId);
    const lacks = lacksForAgenda(kase, about);
    const first = lacks[0];
    if (first) throw new Refusal(first.code, first.message, first.field, { missing: lacks.map(({ message, field }) => ({ message, field })) });
    const position = Math.max(0, ...kase.items.map((item) => item.position)) + 1;
    persistRow(change.em, CabItemEntity, { id: newId(), meetingId: kase.meeting.id, changeId: about.id, position, decision: null, note: null, decidedAt: null, decidedBy: null, version: 1 });
    await tellMeeting(change, kase, 'change.putOnAgenda', { about, after: { position } });
  });
}

export function removeItem(database: Database, actor: Actor, input: OnItem): Promise<string> {
  return commandMeeting(database, actor, input, 'removeCabItem', async ({ change, kase }) => {
    const { item, about } = itemOf(kase, input.itemId);
    for (const vote of kase.votes.filter(({ itemId }) => itemId === item.id)) change.em.remove(vote);
    await change.em.flush();
    change.em.remove(item);
    await tellMeeting(change, kase, 'change.takenOffAgenda', { about });
  });
}

export interface VoteInput {
  readonly meetingId: string;
  readonly itemId: string;
  readonly vote: string;
  readonly comment?: string | null;
  readonly idempotencyKey?: string | null;
}

/**
 * CHG-05: a member votes: before the meeting for who will be absent, in it for who is there. Each has one vote, which may be changed
 * until the decision. It carries no version: votes of several members do not stand in each other's way.
 */
export async function vote(database: Database, actor: Actor, input: VoteInput): Promise<string> {
  requireStaff(actor);
  requirePermission(actor, 'change.vote');
  return database.change(actor, (change) => idempotent(change, 'castCabVote', input, async () => {
    const kase = await lockMeeting(database, change, input.meetingId);
    const { item, about } = itemOf(kase, input.itemId);
    const seat = kase.seats.find(({ personId }) => personId === actor.id) ?? null;
    const { beforehand } = castVote({ state: kase.meeting.state, seat, change: about, decided: item.decision !== null }, actor);
    const facts = { vote: requireVote(input.vote), comment: optionalText(input.comment, 'comment', 2000), beforehand, castAt: await change.now() };
    const earlier = kase.votes.find(({ itemId, personId }) => itemId === item.id && personId === actor.id);
    if (earlier) Object.assign(earlier, facts);
    else persistRow(change.em, CabVoteEntity, { id: newId(), itemId: item.id, personId: actor.id, ...facts });
    await tellMeeting(change, kase, 'change.voteCast', { about, after: { vote: facts.vote, beforehand } });
    return kase.meeting.id;
  }));
}

/** What the meeting decides on one item; it follows the votes, and nobody decides on their own change. */
export function decideItem(database: Database, actor: Actor, input: OnItem & { readonly decision: string; readonly note?: string | null }): Promise<string> {
  return commandMeeting(database, actor, input, 'decideCabItem', async ({ change, kase }) => {
    const { item, about } = itemOf(kase, input.itemId);
    const decision = requireDecision(input.decision);
    if (decision !== 'deferred' && isOwnPerson(about, actor.id)) throw new Refusal('FORBIDDEN', `Nobody decides on their own change: you asked for ${about.number}, own it or carry it out.`);
    const counted = tallyOf(kase, item);
    checkDecision(decision, counted, about.number);
    const note = optionalText(input.note, 'note', 2000);
    if (decision !== 'approved' && note === null) throw new Refusal('MISSING_FIELD', 'Say in "note" why it is not approved.', 'note');
    Object.assign(item, { decision, note, decidedAt: await change.now(), decidedBy: actor.name, version: item.version + 1 });
    await tellMeeting(change, kase, 'change.cabDecided', { about, reason: note, after: { decision, ...counted } });
  });
}

function itemOf(kase: MeetingCase, itemId: string): { item: CabItem; about: CabChange } {
  const item = kase.items.find(({ id }) => id === itemId);
  const about = item ? kase.changes.get(item.changeId) : undefined;
  if (!item || !about) throw new Refusal('NOT_FOUND', `There is no item "${itemId}" on this agenda.`, 'itemId');
  return { item, about };
}

function requireVote(word: string): CabVote {
  const vote = CAB_VOTES.find((one) => one === word);
  if (!vote) throw new Refusal('INVALID_INPUT', `"vote" must be one of ${CAB_VOTES.join(', ')}, got "${word}".`, 'vote');
  return vote;
}

function requireDecision(word: string): CabDecision {
  const decision = CAB_DECISIONS.find((one) => one === word);
  if (!decision) throw new Refusal('INVALID_INPUT', `"decision" must be one of ${CAB_DECISIONS.join(', ')}, got "${word}".`, 'decision');
  return decision;
}
