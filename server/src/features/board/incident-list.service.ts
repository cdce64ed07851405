import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import { impactOf } from '../cmdb/cmdb-impact.service.ts';
import type { IncidentSort } from './board-order.rules.ts';
import { filterCondition, type IncidentCondition } from './incident-filter.queries.ts';
import { filterFor, readFilter, sortFor, type IncidentFilter } from './incident-filter.rules.ts';
import { countIncidents, incidentPage, keyLength, runningCalendars } from './incident-list.queries.ts';
import { visibleScope } from './visible-scope.rules.ts';

/** Beyond this "everything that depends on it" is everything. */
const MOST_DEPENDENTS = 5000;

export interface ListRequest {
  readonly filter: IncidentFilter | null;
  readonly sort: IncidentSort;
  readonly first: number | null;
  readonly after: string | null;
}

export interface ListedPage {
  readonly ids: readonly { readonly id: string; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  /** Counts them all, when somebody asks. */
  readonly total: () => Promise<number>;
}

/** A page of incidents that the actor may see. @throws Refusal INVALID_INPUT for a cursor of another filter or sort */
export async function listIncidents(database: Database, actor: Actor, request: ListRequest): Promise<ListedPage> {
  const { filter, sort, first, after, mark } = readList(actor, request);
  const em = database.em;
  const condition = await conditionFor(database, em, { filter, actor, now: await database.time.read(em) });
  const rows = await incidentPage(em, condition, { sort, after, limit: first + 1, narrow: isNarrow(filter) });
  return {
    ids: rows.slice(0, first).map(({ id, key }) => ({ id, cursor: Buffer.from(JSON.stringify([mark, ...key])).toString('base64url') })),
    hasNextPage: rows.length > first,
    total: () => countIncidents(database.em, condition),
  };
}

/** What is asked for, checked: filter and sort as this actor may use them, and where the page starts. @throws Refusal as {@link listIncidents} */
export function readList(actor: Actor, request: ListRequest) {
  requirePermission(actor, 'incident.read');
  const { first, after } = pageRequest(request.first, request.after);
  const filter = filterFor(readFilter(request.filter ?? {}), actor);
  const sort = sortFor(request.sort, actor);
  const mark = createHash('sha256').update(JSON.stringify([sort, filter])).digest('base64url').slice(0, 10);
  return { filter, sort, first, mark, after: after === null ? null : readCursor(after, mark, keyLength(sort)) };
}

/** What a team or a person holds is a small part of what is open. */
export function isNarrow({ teamIds, holderIds }: IncidentFilter): boolean {
  return (teamIds?.length ?? 0) > 0 || (holderIds?.length ?? 0) > 0;
}

/** The filter as SQL where neither the time nor calendars nor dependents decide; else null. */
export function plainCondition(filter: IncidentFilter, actor: Actor): IncidentCondition | null {
  const moving = filter.clockStates ?? filter.dueWithinMinutes ?? filter.olderThanMinutes ?? filter.youngerThanMinutes ?? null;
  if (moving !== null || filter.ciDependents) return null;
  return filterCondition(filter, visibleScope(actor, 'incident.read'), { now: 0, closedCalendars: [], ciIds: filter.ciId ? [filter.ciId] : [] });
}

/** Whoever may read incidents at all; which ones, the condition says. */
export function requireReader(actor: Actor): Actor {
  requirePermission(actor, 'incident.read');
  return actor;
}

/** The filter as SQL, as of `now`: calendars say which clocks stand outside their hours. */
export async function conditionFor(database: Database, em: Em, question: { readonly filter: IncidentFilter; readonly actor: Actor; readonly now: Instant }): Promise<IncidentCondition> {
  const { filter, actor, now } = question;
  const asksHours = filter.clockStates?.includes('outside-hours') ?? false;
  const closedCalendars = asksHours ? await closedAt(database, em, now) : [];
  return filterCondition(filter, visibleScope(actor, 'incident.read'), { now, closedCalendars, ciIds: await concernedCis(em, filter) });
}

/** The CI itself and, if asked for, all that fails with it; which of their incidents the actor sees, the condition says. */
async function concernedCis(em: Em, { ciId, ciDependents }: IncidentFilter): Promise<string[]> {
  if (!ciId) return [];
  const { nodes } = ciDependents ? await impactOf(em, { ciIds: [ciId], direction: 'impact', maxNodes: MOST_DEPENDENTS }) : { nodes: [] };
  return [ciId, ...nodes.map((node) => node.ciId)];
}

async function closedAt(database: Database, em: Em, now: Instant): Promise<string[]> {
  const calendars = await calendarsFor(database, em);
  return (await runningCalendars(em)).filter((ref) => !calendars.resolve(ref).isOpen(now));
}

function readCursor(cursor: string, mark: string, length: number): readonly string[] {
  const values = decode(cursor);
  if (values?.[0] === mark && values.length === length + 1) return values.slice(1);
  throw new Refusal('INVALID_INPUT', '"after" must be a cursor of the same filter and sort; start again without it.', 'after');
}

function decode(cursor: string): string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : null;
  } catch {
    return null;
  }
}
