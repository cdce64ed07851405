import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { bookingsOf, type NeededPerson } from './change-conflict-people.rules.ts';
import { CLAIMING_STATES, findConflicts, type Booking, type ChangeConflict, type ConflictFacts, type OtherChange } from './change-conflict.rules.ts';
import { freezesAgainst } from './change-freeze.service.ts';
import { reachOf, type ReachOfCis } from './change-planning-reach.service.ts';

/** What is asked about: a change as it stands, or as somebody thinks of planning it. */
export interface ConflictQuestion {
  readonly changeId: string;
  /** Another window than its own. */
  readonly window?: Interval | null;
  readonly ciIds?: readonly string[];
  /** People who are wanted for the whole window, besides those of its tasks. */
  readonly personIds?: readonly string[];
  readonly customerId?: string;
}

const TASKS = `(select coalesce(jsonb_agg(jsonb_build_object('implementerId', k.implementer_id, 'from', ${ms('k.planned_start_at')}, 'to', ${ms('k.planned_end_at')},
  'ended', k.ended_at is not null) order by k.seq), '[]') from change_task k where k.ticket_id = t.id)`;
const CIS = `(select coalesce(jsonb_agg(l.ci_id order by l.ci_id), '[]') from ticket_ci l where l.ticket_id = t.id)`;

interface PlannedRow {
  readonly id: string;
  readonly state: string;
  readonly category: string;
  readonly customerId: string;
  readonly implementerId: string | null;
  readonly startAt: Instant | null;
  readonly endAt: Instant | null;
  readonly ciIds: readonly string[];
  readonly tasks: readonly { readonly implementerId: string; readonly from: Instant; readonly to: Instant; readonly ended: boolean }[];
}

const PLANNED = `select t.id, c.state, c.category, t.customer_id as "customerId", c.implementer_id as "implementerId", ${ms('c.window_start_at')} as "startAt",
  ${ms('c.window_end_at')} as "endAt", ${CIS} as "ciIds", ${TASKS} as tasks from change c join ticket t on t.id = c.ticket_id`;

/**
 * CHG-11: every cause that stands against a change's window: the same CI or one bound up with it in an overlapping window, people booked
 * twice or missing, freezes, open major incidents. None for a change without a window, or whose work is done. A dozen statements,
 * however many changes are open.
 */
export async function conflictsOf(em: Em, question: ConflictQuestion): Promise<ChangeConflict[]> {
  const rows = await em.execute<PlannedRow[]>(`${PLANNED} where c.ticket_id = ?`, [question.changeId]);
  const row = rows[0];
  const window = question.window ?? windowOf(row);
  if (!row || !window || !CLAIMING_STATES.some((state) => state === row.state)) return [];
  const ciIds = question.ciIds ?? row.ciIds;
  const bookings = bookingsOf({ window, implementerId: row.implementerId, alsoNeeded: question.personIds ?? [], tasks: row.tasks });
  const reach = await reachOf(em, ciIds);
  return findConflicts(await factsOf(em, { row, window, ciIds, bookings, reach, customerId: question.customerId ?? row.customerId }));
}

interface Wanted {
  readonly row: PlannedRow;
  readonly window: Interval;
  readonly ciIds: readonly string[];
  readonly bookings: readonly Booking[];
  readonly reach: ReachOfCis;
  readonly customerId: string;
}

async function factsOf(em: Em, wanted: Wanted): Promise<ConflictFacts> {
  const { row, window, ciIds, bookings, reach, customerId } = wanted;
  const near = new Set([...ciIds, ...reach.dependants.keys(), ...reach.foundations.keys()]);
  const freezes = await freezesAgainst(em, { changeId: row.id, ...window, customerId, ciIds, category: row.category, reach });
  return {
    window, bookings, ciIds: new Set(ciIds), dependants: reach.dependants, foundations: reach.foundations, freezeIds: freezes.map(({ id }) => id),
    others: await othersNear(em, wanted, near), people: await peopleFor(em, bookings), majorIncidents: await majorIncidentsOn(em, near),
  };
}

/** Open changes that overlap and share a CI, a dependency or a person. */
async function othersNear(em: Em, { row, window, bookings }: Wanted, near: ReadonlySet<string>): Promise<OtherChange[]> {
  const people = textArray(new Set(bookings.map(({ personId }) => personId)));
  const span = { from: Math.min(window.from, ...bookings.map(({ from }) => from)), to: Math.max(window.to, ...bookings.map(({ to }) => to)) };
  const rows = await em.execute<PlannedRow[]>(
    `with near as (
       select c.ticket_id from change c where c.window_start_at < ?::timestamptz and c.window_end_at > ?::timestamptz
         and (c.implementer_id = any(?::uuid[]) or exists (select 1 from ticket_ci l where l.ticket_id = c.ticket_id and l.ci_id = any(?::uuid[])))
       union
       select k.ticket_id from change_task k where k.implementer_id = any(?::uuid[]) and k.ended_at is null and k.planned_start_at < ?::timestamptz and k.planned_end_at > ?::timestamptz
     ) ${PLANNED} where c.ticket_id in (select ticket_id from near) and c.ticket_id <> ? and c.state = any(?::text[]) and c.window_start_at is not null and c.window_end_at is not null
     order by c.window_start_at, t.id limit 1000`,
    [toIso(span.to), toIso(span.from), people, textArray(near), people, toIso(span.to), toIso(span.from), row.id, textArray(CLAIMING_STATES)],
  );
  return rows.flatMap((other) => {
    const theirs = windowOf(other);
    return theirs ? [{ id: other.id, window: theirs, ciIds: other.ciIds, bookings: bookingsOf({ window: theirs, implementerId: other.implementerId, tasks: other.tasks }) }] : [];
  });
}

/** INC-16: an open major incident holds its CIs until it is closed, however far the window is. */
async function majorIncidentsOn(em: Em, ciIds: ReadonlySet<string>): Promise<{ id: string; ciIds: string[] }[]> {
  if (ciIds.size === 0) return [];
  return em.execute(
    `select t.id, jsonb_agg(l.ci_id order by l.ci_id) as "ciIds" from ticket t join ticket_ci l on l.ticket_id = t.id
     where t.kind = 'incident' and t.major and t.closed_at is null and l.ci_id = any(?::uuid[]) group by t.id order by t.id limit 100`, [textArray(ciIds)],
  );
}

/** The people who are needed, with their own shifts and those of their teams while they are needed. */
async function peopleFor(em: Em, bookings: readonly Booking[]): Promise<NeededPerson[]> {
  if (bookings.length === 0) return [];
  const ids = textArray(new Set(bookings.map(({ personId }) => personId)));
  const [from, to] = [toIso(Math.min(...bookings.map((one) => one.from))), toIso(Math.max(...bookings.map((one) => one.to)))];
  const shift = `jsonb_build_object('from', ${ms('s.starts_at')}, 'to', ${ms('s.ends_at')})`;
  return em.execute<NeededPerson[]>(
    `select p.id, p.active,
       coalesce(jsonb_agg(distinct ${shift}) filter (where s.id is not null), '[]') as "rosterKept",
       coalesce(jsonb_agg(distinct ${shift}) filter (where s.person_id = p.id), '[]') as shifts
     from person p left join team_member m on m.person_id = p.id
       left join roster_shift s on s.team_id = m.team_id and s.starts_at < ?::timestamptz and s.ends_at > ?::timestamptz
     where p.id = any(?::uuid[]) group by p.id, p.active order by p.id`, [to, from, ids],
  );
}

function windowOf(row: PlannedRow | undefined): Interval | null {
  return row && row.startAt !== null && row.endAt !== null ? { from: row.startAt, to: row.endAt } : null;
}
