import { may, type Actor } from '../../kernel/actor.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText } from '../../kernel/text.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { clockSql, turnSql } from './portal.rules.ts';
import type { MyCounts, MyIncident, MyPlannedWork } from './portal.types.ts';

export type View = 'open' | 'waiting' | 'closed';

export interface MyQuestion {
  readonly view: View;
  readonly text: string | null;
  readonly first: number;
  readonly after: string | null;
  readonly now: Instant;
  /** Reasons of suspension for which it is the customer's turn (INC-28). */
  readonly onCustomer: readonly string[];
  /** Codes of closing that are nobody's service: nothing to rate (D-41). */
  readonly leftOut: readonly string[];
}

/** How long after closing a rating is asked for on the page; the one-time link has its own life. */
export const RATE_DAYS = 30;
const TEXT_LENGTH = 200;

/** The customer whose own people ask; anybody else has the desk's pages (ORG-03). */
export function requireContact(actor: Actor): string {
  const { customerId } = actor;
  if (customerId === null) throw new Refusal('FORBIDDEN', "These are a customer's own pages: the provider's people have the queue.");
  if (!may(actor, 'incident.read', { customerId })) throw new Refusal('FORBIDDEN', `${actor.name} lacks the permission "incident.read".`, null, { permission: 'incident.read' });
  return customerId;
}

const MINE = `
mine as (
  select t.id, t.number, t.title, t.opened_at, t.closed_at, i.state, i.started, i.level, i.reported_at, i.caller, i.site_id, w.category as waits_for,
    (${turnSql}) as turn
  from ticket t join incident i on i.ticket_id = t.id
  left join lateral (select s.category from suspension s where s.ticket_id = t.id and s.to_at is null and i.state = 'suspended' order by s.from_at desc, s.id limit 1) w on true
  left join satisfaction r on r.ticket_id = t.id
  where t.kind = 'incident' and t.customer_id = ?::uuid
)`;

function mineParameters(customerId: string, { now, onCustomer, leftOut }: MyQuestion): unknown[] {
  return [textArray(onCustomer), toIso(now - RATE_DAYS * DAY), textArray(leftOut), customerId];
}

const VIEWS: Readonly<Record<View, string>> = { open: 'm.closed_at is null', waiting: 'm.turn is not null', closed: 'm.closed_at is not null' };

export interface MyPage {
  readonly incidents: readonly (MyIncident & { readonly cursorAt: string })[];
  readonly hasNextPage: boolean;
  readonly counts: MyCounts;
}

/** The incidents of one's own organisation, newest first, and how many there are of each view. */
export async function myIncidents(em: Em, actor: Actor, question: MyQuestion): Promise<MyPage> {
  const customerId = requireContact(actor);
  const { first, after } = pageRequest(question.first, question.after);
  const text = optionalText(question.text, 'text', TEXT_LENGTH);
  const like = `%${(text ?? '').replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const [place, at] = after === null ? ['true', []] : ['(m.opened_at, m.id) < (?::timestamptz, ?::uuid)', readCursor(after)];
  const rows = await em.execute<(MyIncident & { cursorAt: string })[]>(
    `with ${MINE} select m.id, m.number, m.title, m.state, m.started, m.level, ${ms('m.reported_at')} as "reportedAt", ${ms('m.closed_at')} as "closedAt", m.caller, s.name as site, m.turn,
       m.waits_for as "waitsFor", ${clockSql}, m.opened_at::text as "cursorAt"
     from mine m left join site s on s.id = m.site_id
     left join clock k on k.ticket_id = m.id and k.subject_id = m.id and k.kind = 'resolution'
     where ${VIEWS[question.view]} and (? = '%%' or m.number ilike ? or m.title ilike ? or m.caller ilike ?) and ${place}
     order by m.opened_at desc, m.id desc limit ?`,
    [...mineParameters(customerId, question), like, like, like, like, ...at, first + 1],
  );
  const counts = await em.execute<MyCounts[]>(
    `with ${MINE} select count(*) filter (where m.closed_at is null)::int as open, count(*) filter (where m.turn is not null)::int as waiting, count(*) filter (where m.closed_at is not null)::int as closed from mine m`,
    mineParameters(customerId, question),
  );
  return { incidents: rows.slice(0, first), hasNextPage: rows.length > first, counts: counts[0]! };
}

export function cursorOf({ cursorAt, id }: { readonly cursorAt: string; readonly id: string }): string {
  return Buffer.from(JSON.stringify([cursorAt, id])).toString('base64url');
}

const STAMP = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(cursor: string): readonly [string, string] {
  const found = /^\["([^"]{19,40})","([0-9a-f-]{36})"\]$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (found?.[1] && found[2] && STAMP.test(found[1]) && UUID.test(found[2])) return [found[1], found[2]];
  throw new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
}

/** What is over longer than this is history. */
const OVER_DAYS = 90;

/** Changes and releases of one's own organisation that are submitted, those that wait for its word first; at most 100, ended ones of 90 days. */
export async function myPlannedWork(em: Em, actor: Actor, now: Instant): Promise<MyPlannedWork[]> {
  const customerId = requireContact(actor);
  return em.execute<MyPlannedWork[]>(
    `select w.id, w.kind, w.number, w.title, w.state, w.open, w."myTurn", ${ms('w.window_start_at')} as "windowStartAt", ${ms('w.window_end_at')} as "windowEndAt", ${ms('w.opened_at')} as "openedAt" from (
       select t.id, t.kind, t.number, t.title, c.state, t.closed_at is null as open, c.window_start_at, c.window_end_at, t.opened_at, t.closed_at,
         c.state = 'approval' and c.category in ('major', 'important')
           and not exists (select from change_approval a where a.ticket_id = t.id and a.round = c.approval_round and a.step = 'customer') as "myTurn"
       from ticket t join change c on c.ticket_id = t.id where t.customer_id = ?::uuid and c.state <> 'draft'
       union all
       select t.id, t.kind, t.number, t.title, r.state, t.closed_at is null, r.window_start_at, r.window_end_at, t.opened_at, t.closed_at, r.state = 'cmdb-update' and r.business_confirmed_at is null
       from ticket t join release r on r.ticket_id = t.id where t.customer_id = ?::uuid
     ) w where w.open or w.closed_at > ?::timestamptz
     order by w."myTurn" desc, w.open desc, w.window_start_at nulls last, w.opened_at desc, w.id limit 100`,
    [customerId, customerId, toIso(now - OVER_DAYS * DAY)],
  );
}
