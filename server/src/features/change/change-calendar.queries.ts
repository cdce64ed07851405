import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { DAY, toIso, type Interval } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { listFreezes } from './change-planning.queries.ts';
import type { CabMeetingSummary, CalendarChange, ChangeCalendar } from './change-planning.types.ts';

const MOST_CHANGES = 500;
const LONGEST_DAYS = 100;

/** Open causes against the change `t`: its own, and those it shares with another change. */
export const CONFLICT_COUNT = `(select count(*)::int from change_conflict x where x.cleared_at is null
  and (x.change_id = t.id or (x.other_id = t.id and x.kind in ('same-ci', 'dependent-ci', 'person'))))`;

/** CHG-11, WBD-08: what is planned and what stands still in [from, to). */
export async function changeCalendar(em: Em, actor: Actor, { from, to, customerId }: Interval & { readonly customerId: string | null }): Promise<ChangeCalendar> {
  requirePermission(actor, 'change.read');
  if (to <= from || to - from > LONGEST_DAYS * DAY) throw new Refusal('OUT_OF_RANGE', `A calendar ends after it begins and within ${LONGEST_DAYS} days, got ${toIso(from)} to ${toIso(to)}.`, 'to');
  const { changes, total } = await plannedChanges(em, actor, { from, to, customerId });
  return {
    changes, changeCount: total, freezes: await listFreezes(em, actor, { from, to }),
    meetings: actor.customerId === null ? await meetingsBetween(em, { from, to }) : [],
  };
}

async function plannedChanges(em: Em, actor: Actor, { from, to, customerId }: Interval & { readonly customerId: string | null }): Promise<{ changes: CalendarChange[]; total: number }> {
  const visible = visibleCustomers(actor, 'change.read');
  const scope = visible === 'all' ? null : textArray(visible);
  const rows = await em.execute<(CalendarChange & { total: number })[]>(
    `select t.id, t.number, t.title, c.category, c.state, c.outcome, ${ms('c.window_start_at')} as "windowStartAt", ${ms('c.window_end_at')} as "windowEndAt",
       jsonb_build_object('id', k.id, 'name', k.name, 'timeZone', k.time_zone) as customer, (select name from person where id = c.implementer_id) as implementer,
       case when ? then ${CONFLICT_COUNT} else 0 end as "conflictCount", count(*) over ()::int as total
     from change c join ticket t on t.id = c.ticket_id join customer k on k.id = t.customer_id
     where c.window_start_at < ?::timestamptz and c.window_end_at > ?::timestamptz and c.state not in ('draft', 'refused', 'cancelled')
       and (?::uuid[] is null or t.customer_id = any(?::uuid[])) and (?::uuid is null or t.customer_id = ?::uuid)
     order by c.window_start_at, t.id limit ${MOST_CHANGES}`,
    [actor.customerId === null, toIso(to), toIso(from), scope, scope, customerId, customerId],
  );
  return { changes: rows, total: rows[0]?.total ?? 0 };
}

/** A meeting `m` as lists show it. */
export const MEETING_SUMMARY = `m.id, m.number, m.title, m.state, ${ms('m.starts_at')} as "startsAt", m.place, (select name from person where id = m.chair_id) as chair,
  (select count(*)::int from cab_item i where i.meeting_id = m.id) as "itemCount",
  (select count(*)::int from cab_item i where i.meeting_id = m.id and i.decision = 'approved') as "approvedCount"`;

async function meetingsBetween(em: Em, { from, to }: Interval): Promise<CabMeetingSummary[]> {
  return em.execute<CabMeetingSummary[]>(
    `select ${MEETING_SUMMARY} from cab_meeting m where m.starts_at >= ?::timestamptz and m.starts_at < ?::timestamptz and m.state <> 'cancelled' order by m.starts_at, m.id limit 200`,
    [toIso(from), toIso(to)],
  );
}
