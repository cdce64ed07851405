import type { Consumer } from '../../kernel/feature.ts';
import type { Change } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { CLAIMING_STATES } from './change-conflict.rules.ts';
import { reconcileAll } from './change-conflict-store.service.ts';
import { TOLD_EVENTS } from './change-notice.rules.ts';
import { sendNotices } from './change-notice.service.ts';
import { reachOf } from './change-planning-reach.service.ts';

/** A change moved: its window, its state, what it works on, who carries it out. */
const CHANGE_EVENTS = [
  'change.raised', 'change.edited', 'change.assigned', 'change.recategorised', 'change.submitted', 'change.accepted', 'change.refused', 'change.planningBegan', 'change.approvalRequested',
  'change.sentBack', 'change.rejected', 'change.windowProposed', 'change.scheduled', 'change.rescheduled', 'change.taskPlanned', 'change.taskReplanned', 'change.taskRemoved', 'change.taskEnded',
  'change.started', 'change.retried', 'change.implemented', 'change.stopped', 'change.cancelled', 'change.closed', 'change.terminated',
];
const RELATION_EVENTS = ['ci.relationAdded', 'ci.relationEnded'];
const INCIDENT_EVENTS = ['incident.majorDeclared', 'incident.majorClosed', 'incident.ciLinked', 'incident.closed'];
const ROSTER_EVENTS = ['roster.shiftAdded', 'roster.shiftRemoved'];
const PERSON_EVENTS = ['person.edited'];

/** CHG-11: judges anew whatever an event may have moved, on either side of a conflict. */
export const CONFLICT_CONSUMER: Consumer = {
  name: 'change-conflicts',
  types: [...CHANGE_EVENTS, ...RELATION_EVENTS, ...INCIDENT_EVENTS, ...ROSTER_EVENTS, ...PERSON_EVENTS],
  consume: (_database, change, events) => judgeMoved(change as Change, events as readonly LoggedEvent[]),
};

/** CHG-15: tells those concerned, once for each event. */
export const NOTICE_CONSUMER: Consumer = {
  name: 'change-notices',
  types: TOLD_EVENTS,
  consume: async (_database, change, events) => {
    for (const event of events as readonly LoggedEvent[]) await sendNotices(change as Change, event);
  },
};

async function judgeMoved(change: Change, events: readonly LoggedEvent[]): Promise<void> {
  const { em } = change;
  const live = events.filter(({ mark }) => mark === null);
  const of = (types: readonly string[]): LoggedEvent[] => live.filter(({ type }) => types.includes(type));
  const moved = new Set(of(CHANGE_EVENTS).flatMap(({ ticketId }) => ticketId ?? []));
  const add = (ids: readonly string[]): void => { for (const id of ids) moved.add(id); };
  const ends = of(RELATION_EVENTS).flatMap((event) => ['sourceId', 'targetId'].flatMap((field) => textOf(event.after, field) ?? textOf(event.before, field) ?? []));
  add(await plannedAround(em, ends));
  add(await passingThrough(em, ends));
  const incidents = of(INCIDENT_EVENTS).flatMap(({ ticketId }) => ticketId ?? []);
  add(await plannedAround(em, await cisOfMajor(em, incidents)));
  add(await conflictingWith(em, incidents));
  add(await plannedWithTeams(em, of(ROSTER_EVENTS).map(({ subjectId }) => subjectId)));
  add(await plannedWithPeople(em, of(PERSON_EVENTS).map(({ subjectId }) => subjectId)));
  await reconcileAll(change, moved);
}

function textOf(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.entries(value).find(([key]) => key === field)?.[1];
  return typeof found === 'string' ? found : null;
}

const idsOf = async (em: Em, sql: string, values: unknown[]): Promise<string[]> => (await em.execute<{ id: string }[]>(sql, values)).map(({ id }) => id);

/** Planned changes that work on these CIs, on what depends on them, or on what they rest on. */
async function plannedAround(em: Em, ciIds: readonly string[]): Promise<string[]> {
  if (ciIds.length === 0) return [];
  const { dependants, foundations } = await reachOf(em, [...new Set(ciIds)]);
  return idsOf(
    em, `select distinct c.ticket_id as id from ticket_ci l join change c on c.ticket_id = l.ticket_id
         where l.ci_id = any(?::uuid[]) and c.state = any(?::text[]) and c.window_start_at is not null`,
    [textArray([...ciIds, ...dependants.keys(), ...foundations.keys()]), textArray(CLAIMING_STATES)],
  );
}

/** Changes with an open conflict whose path leads over one of these CIs: the path may be gone. */
async function passingThrough(em: Em, ciIds: readonly string[]): Promise<string[]> {
  if (ciIds.length === 0) return [];
  return idsOf(
    em, `select distinct x.change_id as id from change_conflict x cross join jsonb_array_elements(x.hits) h
         where x.cleared_at is null and jsonb_exists_any(h->'path', ?::text[])`, [textArray(new Set(ciIds))],
  );
}

async function cisOfMajor(em: Em, incidentIds: readonly string[]): Promise<string[]> {
  if (incidentIds.length === 0) return [];
  return idsOf(em, `select distinct l.ci_id as id from ticket_ci l join ticket t on t.id = l.ticket_id where t.id = any(?::uuid[]) and t.major and t.closed_at is null`, [textArray(incidentIds)]);
}

async function conflictingWith(em: Em, incidentIds: readonly string[]): Promise<string[]> {
  if (incidentIds.length === 0) return [];
  return idsOf(em, `select distinct change_id as id from change_conflict where cleared_at is null and other_id = any(?::uuid[])`, [textArray(incidentIds)]);
}

async function plannedWithTeams(em: Em, teamIds: readonly string[]): Promise<string[]> {
  if (teamIds.length === 0) return [];
  return plannedWithPeople(em, await idsOf(em, 'select distinct person_id as id from team_member where team_id = any(?::uuid[])', [textArray(new Set(teamIds))]));
}

async function plannedWithPeople(em: Em, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const people = textArray(personIds);
  return idsOf(
    em, `select c.ticket_id as id from change c where c.state = any(?::text[]) and c.window_start_at is not null
           and (c.implementer_id = any(?::uuid[]) or exists (select 1 from change_task k where k.ticket_id = c.ticket_id and k.implementer_id = any(?::uuid[])))`,
    [textArray(CLAIMING_STATES), people, people],
  );
}
