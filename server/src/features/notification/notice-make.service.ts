import { actorsOf } from '../access/access-actor.service.ts';
import { isRole } from '../access/access.rules.ts';
import { READ_PERMISSION } from '../ticket/ticket-record.service.ts';
import type { Permission } from '../../kernel/permission.ts';
import type { Change } from '../../platform/db/database.ts';
import { insertRows } from '../../platform/db/insert-rows.ts';
import { ms } from '../../platform/db/ms.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { newId } from '../../platform/time/new-id.ts';
import { followersOf, handsOf, membersOf, nameablePeople, roleHolders, silenced, toldTickets, workLogTexts, type EventHand } from './notice-cast.queries.ts';
import { mayBeTold, peopleMeant, type Cast, type Standing } from './notice-cast.rules.ts';
import { mentionedPeople, type Nameable } from './notice-mention.rules.ts';
import { NoticeEntity, type Notice } from './notice.entity.ts';
import { joins, mayBeSilenced, readWritten, tellingsOf, type NoticeFacts, type NoticeKind, type Telling } from './notice.rules.ts';

/** One event with everything that it says to anybody. */
interface Told {
  readonly event: LoggedEvent;
  readonly hand: EventHand;
  readonly tellings: readonly Telling[];
  readonly standing: Standing;
  readonly permission: Permission;
  readonly recordKind: string;
}

/** A person who is to be told something. */
interface Wanted {
  readonly personId: string;
  readonly kind: NoticeKind;
  readonly told: Told;
  readonly facts: Partial<NoticeFacts>;
  readonly customerVisible: boolean;
}

/** Turns a batch of events into notices (WBD-13), in a handful of statements however long it is. History of the past tells nobody (D-25). */
export async function makeNotices(change: Change, events: readonly LoggedEvent[]): Promise<void> {
  const told = await readTold(change, events.filter(({ mark }) => mark === null));
  const wanted = await addressed(change, told);
  if (wanted.length === 0) return;
  const people = await write(change, wanted);
  // Screens follow the log: without a word there, nobody's bell would ring.
  change.emit({ type: 'notices.made', subjectKind: 'notice', subjectId: newId(), occurredAt: await change.now(), after: { people } });
}

async function readTold({ em }: Change, events: readonly LoggedEvent[]): Promise<Told[]> {
  if (events.length === 0) return [];
  const hands = new Map((await handsOf(em, events.map(({ seq }) => seq))).map((hand) => [hand.seq, hand]));
  const ticketIds = events.flatMap(({ ticketId }) => ticketId ?? []);
  const tickets = new Map((await toldTickets(em, ticketIds)).map((ticket) => [ticket.id, ticket]));
  const followers = grouped((await followersOf(em, ticketIds)).map(({ ticketId, personId }) => [ticketId, personId]));
  const texts = new Map((await workLogTexts(em, events.flatMap(({ after }) => entryOf(after)))).map(({ id, text }) => [id, text]));
  return events.flatMap((event): Told[] => {
    const hand = hands.get(event.seq);
    const ticket = event.ticketId === null ? null : tickets.get(event.ticketId);
    if (!hand || ticket === undefined) return [];
    const [entry = ''] = entryOf(event.after);
    const after = texts.has(entry) ? { ...(event.after as object), text: texts.get(entry) } : event.after;
    const standing: Standing = ticket ? { ...ticket, followers: followers.get(ticket.id) ?? [] } : { ...NOBODY, teamId: event.teamIds[0] ?? null };
    return [{ event, hand, tellings: tellingsOf({ ...event, after }), standing, permission: ticket ? READ_PERMISSION[ticket.kind] : 'team.read', recordKind: ticket?.kind ?? event.subjectKind }];
  });
}

const NOBODY: Standing = { customerId: null, teamId: null, holderId: null, leadId: null, firstContacts: [], followers: [], cab: [], people: {} };

function entryOf(after: unknown): string[] {
  return typeof after === 'object' && after !== null && 'entryId' in after && typeof after.entryId === 'string' ? [after.entryId] : [];
}

/** Each person once for an event, under the weightiest kind that fits; only those who may be told and want to be. */
async function addressed({ em }: Change, told: readonly Told[]): Promise<Wanted[]> {
  const addressees = told.flatMap(({ tellings }) => tellings.flatMap(({ to }) => to));
  const written = addressees.flatMap((to) => ('written' in to ? [readWritten(to.written, isRole)] : []));
  const mentions = told.some(({ tellings }) => tellings.some((telling) => telling.mentions?.text.includes('@')));
  const nameable = mentions || written.some((one) => 'name' in one) ? await nameablePeople(em) : [];
  const cast: Cast = {
    members: grouped((await membersOf(em, addressees.flatMap((to) => ('membersOf' in to ? [to.membersOf] : [])))).map(({ teamId, personId }) => [teamId, personId])),
    holders: await roleHolders(em, written.flatMap((one) => ('role' in one ? [one.role] : []))),
    names: grouped(nameable.map(({ name, id }) => [name, id])), isRole,
  };
  const all = told.flatMap((one) => one.tellings.flatMap((telling) => wantedOf(one, telling, { cast, nameable })));
  const people = await actorsOf(em, all.map(({ personId }) => personId), 'notices');
  const off = await silenced(em, people.keys());
  const seen = new Set<string>();
  return all.filter(({ personId, kind, told: { event, hand, permission, standing }, customerVisible }) => {
    const person = people.get(personId);
    if (!person || !mayBeTold(person, { kind, customerVisible }, { permission, standing, actorId: hand.actorId })) return false;
    if (mayBeSilenced(kind) && off.has(`${personId} ${kind}`)) return false;
    const key = `${event.seq} ${personId}`;
    return !seen.has(key) && seen.add(key);
  });
}

function wantedOf(told: Told, telling: Telling, { cast, nameable }: { readonly cast: Cast; readonly nameable: readonly Nameable[] }): Wanted[] {
  const { kind, to, facts, mentions } = telling;
  const ids = mentions ? mentionedPeople(mentions.text, nameable) : to.flatMap((one) => peopleMeant(one, told.standing, cast));
  return [...new Set(ids)].map((personId) => ({ personId, kind, told, facts, customerVisible: mentions?.customerVisible ?? false }));
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  return new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, all]) => [key, all.map(([, value]) => value)]));
}

/** New rows, or counts of rows that are there; the people whose notices moved. */
async function write({ em }: Change, wanted: readonly Wanted[]): Promise<string[]> {
  const latest = new Map((await latestOf(em, wanted)).map((notice) => [keyOf(notice), notice]));
  const added = new Map<string, Notice>();
  const moved = new Map<string, Notice>();
  for (const one of wanted.toSorted((a, b) => a.told.event.seq - b.told.event.seq)) {
    const next = noticeOf(one);
    const before = latest.get(keyOf(next));
    // Handed over again after a restore of the position: it is counted already.
    if (before && before.lastSeq >= next.lastSeq) continue;
    const notice = before && joins(before, next.lastAt) ? { ...before, count: before.count + 1, lastAt: next.lastAt, lastSeq: next.lastSeq, facts: next.facts } : next;
    latest.set(keyOf(notice), notice);
    (notice === next || added.has(notice.id) ? added : moved).set(notice.id, notice);
  }
  await insertRows(em, NoticeEntity, [...added.values()]);
  await em.execute(
    `update notice n set count = x.count, last_at = to_timestamp(x.at / 1000.0), last_seq = x.seq, facts = x.facts
     from jsonb_to_recordset(?::jsonb) x(id uuid, count int, at float8, seq bigint, facts jsonb) where n.id = x.id`,
    [JSON.stringify([...moved.values()].map(({ id, count, lastAt, lastSeq, facts }) => ({ id, count, at: lastAt, seq: lastSeq, facts })))],
  );
  return [...new Set([...added.values(), ...moved.values()].map(({ personId }) => personId))].toSorted();
}

const keyOf = ({ personId, kind, recordId }: Pick<Notice, 'personId' | 'kind' | 'recordId'>): string => `${personId} ${kind} ${recordId}`;

function noticeOf({ personId, kind, facts, told: { event, hand, recordKind } }: Wanted): Notice {
  const { ticketId, subjectId, seq } = event;
  return {
    id: newId(), personId, kind, recordKind, recordId: ticketId ?? subjectId, ticketId, count: 1, firstAt: hand.recordedAt, lastAt: hand.recordedAt,
    firstSeq: seq, lastSeq: seq, readAt: null, facts: { step: null, clock: null, level: null, teamId: null, excerpt: null, ...facts, by: hand.actorName },
  };
}

/** The newest notice of each person, kind and record that is to be told of, locked in the order of ids. */
async function latestOf(em: Change['em'], wanted: readonly Wanted[]): Promise<Notice[]> {
  return em.execute<Notice[]>(
    `select n.id, n.person_id as "personId", n.kind, n.record_kind as "recordKind", n.record_id as "recordId", n.ticket_id as "ticketId", n.facts, n.count, ${ms('n.first_at')} as "firstAt",
       ${ms('n.last_at')} as "lastAt", n.first_seq::float8 as "firstSeq", n.last_seq::float8 as "lastSeq", ${ms('n.read_at')} as "readAt"
     from notice n where n.person_id = any(?::uuid[]) and n.record_id = any(?::uuid[])
       and n.last_seq = (select max(m.last_seq) from notice m where m.person_id = n.person_id and m.record_id = n.record_id and m.kind = n.kind)
     order by n.id limit 20000 for update of n`,
    [textArray(new Set(wanted.map(({ personId }) => personId))), textArray(new Set(wanted.map(({ told: { event } }) => event.ticketId ?? event.subjectId)))],
  );
}
