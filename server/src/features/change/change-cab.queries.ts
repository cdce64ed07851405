import { may, type Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { listActions } from '../ticket/ticket-action.rules.ts';
import { CAB_PROCESS, needsPapers, tallyOf, type CabChange, type MeetingCase } from './change-cab-case.rules.ts';
import { loadMeeting, requireStaff } from './change-cab-case.service.ts';
import { castVote } from './change-cab.rules.ts';
import type { CabChangeView, CabItem, CabMeeting, CabMember } from './change-cab.types.ts';
import { CONFLICT_COUNT, MEETING_SUMMARY } from './change-calendar.queries.ts';
import { CabMeetingEntity, type CabCirculation as CirculationRow, type CabItem as ItemRow } from './change-planning.entity.ts';
import type { CabMeetingConnection, CabMeetingSummary } from './change-planning.types.ts';

/** Meetings, latest first. */
export async function listMeetings(em: Em, actor: Actor, page: { first?: number | null; after?: string | null }): Promise<CabMeetingConnection> {
  requireStaff(actor);
  const { first, after } = pageRequest(page.first, page.after);
  const [at, id] = after === null ? [null, null] : placeOf(after);
  const rows = await em.execute<(CabMeetingSummary & { at: string })[]>(
    `select ${MEETING_SUMMARY}, m.starts_at::text as at from cab_meeting m where ?::timestamptz is null or (m.starts_at, m.id) < (?::timestamptz, ?::uuid)
     order by m.starts_at desc, m.id desc limit ?`, [at, at, id, first + 1],
  );
  const edges = rows.slice(0, first).map(({ at: startsAt, ...node }) => ({ node, cursor: Buffer.from(`${startsAt}|${node.id}`).toString('base64url') }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function placeOf(cursor: string): [string, string] {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('|');
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('INVALID_INPUT', `"after" must be an endCursor of this list, got "${cursor.slice(0, 60)}".`, 'after');
  return [at, id];
}

/** One meeting by id or number, with what the actor may do in it. */
export async function findMeeting(database: Database, actor: Actor, wanted: { id?: string | null; number?: string | null }): Promise<CabMeeting | null> {
  requireStaff(actor);
  const em = database.em;
  if (!wanted.id && !wanted.number) throw new Refusal('MISSING_FIELD', 'Give "id" or "number".', 'id');
  const meeting = await em.findOne(CabMeetingEntity, wanted.id ? { id: wanted.id } : { number: (wanted.number ?? '').trim().toUpperCase() });
  if (!meeting) return null;
  const kase = await loadMeeting(database, em, meeting);
  const people = await namesOf(em, [meeting.chairId, ...kase.seats.map(({ personId }) => personId), ...kase.votes.map(({ personId }) => personId)]);
  const nameOf = (id: string) => ({ id, name: people.get(id) ?? '—' });
  const changes = await viewsOf(em, kase, [...kase.changes.keys()]);
  return {
    ...meeting, quorumPercent: meeting.quorumPercent ?? kase.policy.cabQuorumPercent, chair: nameOf(meeting.chairId),
    seats: kase.seats.map(({ personId, present }) => ({ person: nameOf(personId), present })).toSorted((a, b) => a.person.name.localeCompare(b.person.name)),
    items: kase.items.flatMap((item) => { const change = changes.get(item.changeId); return change && may(actor, 'change.read', { customerId: change.customer.id }) ? [itemView(kase, { item, change, actor, nameOf })] : []; }),
    availableActions: listActions(CAB_PROCESS, kase, actor).map(({ lacks, ...rest }) => ({ ...rest, lacks: [...lacks] })),
  };
}

interface ItemFacts {
  readonly item: ItemRow;
  readonly change: CabChangeView;
  readonly actor: Actor;
  readonly nameOf: (id: string) => { id: string; name: string };
}

function itemView(kase: MeetingCase, { item, change, actor, nameOf }: ItemFacts): CabItem {
  const votes = kase.votes.filter(({ itemId }) => itemId === item.id).map(({ personId, vote, comment, beforehand, castAt }) => ({ person: nameOf(personId), vote, comment, beforehand, castAt }));
  const { id, position, decision, note, decidedAt } = item;
  return { id, position, decision, note, decidedAt, change, votes, tally: tallyOf(kase, item), mayNotVote: whyNoVote(kase, item, actor) };
}

/** The rule that guards the vote, asked beforehand. */
function whyNoVote(kase: MeetingCase, item: ItemRow, actor: Actor): string | null {
  const change = kase.changes.get(item.changeId);
  const seat = kase.seats.find(({ personId }) => personId === actor.id) ?? null;
  if (!change) return 'There is no such change.';
  try {
    castVote({ state: kase.meeting.state, seat, change, decided: item.decision !== null }, actor);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Changes that wait for the CAB and are on no agenda that is still to come; steering authorisation comes before (CHG table). */
export async function waitingForCab(database: Database, actor: Actor, meetingId: string | null): Promise<CabChangeView[]> {
  requireStaff(actor);
  const em = database.em;
  const visible = visibleCustomers(actor, 'change.read');
  const scope = visible === 'all' ? null : textArray(visible);
  const rows = await em.execute<{ id: string }[]>(
    `select t.id from change c join ticket t on t.id = c.ticket_id
     where c.state = 'approval' and c.category in ('major', 'important') and (?::uuid[] is null or t.customer_id = any(?::uuid[]))
       and not exists (select 1 from change_approval a where a.ticket_id = t.id and a.round = c.approval_round and a.step = 'cab' and a.decision = 'approved')
       and (c.category = 'important' or exists (select 1 from change_approval a where a.ticket_id = t.id and a.round = c.approval_round and a.step = 'steering' and a.decision = 'approved'))
       and not exists (select 1 from cab_item i join cab_meeting m on m.id = i.meeting_id where i.change_id = t.id and m.state in ('planned', 'open'))
     order by c.window_start_at nulls last, t.id limit 200`, [scope, scope],
  );
  const meeting = meetingId === null ? null : await em.findOne(CabMeetingEntity, { id: meetingId });
  const kase = await loadMeeting(database, em, meeting ?? NO_MEETING);
  return [...(await viewsOf(em, kase, rows.map(({ id }) => id))).values()];
}

/** Stands in where no meeting is asked about: nothing was circulated for it. */
const NO_MEETING = {
  id: '00000000-0000-0000-0000-000000000000', number: '', title: '', place: null, state: 'planned', startsAt: 0, chairId: '', openedAt: null, closedAt: null, quorumPercent: null,
  minutes: null, cancelReason: null, createdBy: '', createdAt: 0, version: 0,
} as const;

type ChangeFacts = Omit<CabChangeView, 'needsPapers' | 'circulation'> & Pick<CabChange, 'category'>;

/** Changes as an agenda shows them, in the order of the ids. */
async function viewsOf(em: Em, kase: MeetingCase, ids: readonly string[]): Promise<Map<string, CabChangeView>> {
  const rows = await em.execute<(ChangeFacts & CabChange)[]>(
    `select t.id, t.number, t.title, c.category, c.state, c.risk, c.requester_name as requester, (select name from person where id = c.owner_id) as owner,
       jsonb_build_object('id', k.id, 'name', k.name, 'timeZone', k.time_zone) as customer, ${ms('c.window_start_at')} as "windowStartAt", ${ms('c.window_end_at')} as "windowEndAt",
       ${CONFLICT_COUNT} as "conflictCount", (select count(*)::int from attachment a where a.ticket_id = t.id and a.paper is not null) as "paperCount"
     from change c join ticket t on t.id = c.ticket_id join customer k on k.id = t.customer_id where t.id = any(?::uuid[]) order by array_position(?::uuid[], t.id)`,
    [textArray(ids), textArray(ids)],
  );
  return new Map(rows.map((row) => [row.id, { ...row, needsPapers: needsPapers(kase, row), circulation: circulationOf(kase.circulations.find(({ changeId }) => changeId === row.id)) }]));
}

function circulationOf(row: CirculationRow | undefined): CabChangeView['circulation'] {
  return row ? { circulatedAt: row.circulatedAt, circulatedBy: row.circulatedBy, papers: row.papers, members: row.members } : null;
}

async function namesOf(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await em.execute<{ id: string; name: string }[]>('select id, name from person where id = any(?::uuid[])', [textArray(new Set(ids))]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The standing list, by name. */
export async function listMembers(em: Em, actor: Actor): Promise<CabMember[]> {
  requireStaff(actor);
  return em.execute<CabMember[]>(
    `select m.id, jsonb_build_object('id', p.id, 'name', p.name) as person, m.speaks_for as "speaksFor", ${ms('m.since')} as since
     from cab_member m join person p on p.id = m.person_id where m.until is null order by p.name, m.id limit 50`,
  );
}
