import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { deploymentsBetween, plannedInYear, releasePage } from './release.queries.ts';
import type { PlannedDeployment, Release, ReleaseFilter } from './release.types.ts';

const LONGEST_RANGE_DAYS = 400;

export interface ReleaseList {
  readonly edges: { cursor: string; node: Release }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  readonly totalCount: number;
}

/** A page of the releases that the actor may see, newest first. */
export async function listReleases(database: Database, actor: Actor, request: { readonly filter: ReleaseFilter | null; readonly first: number; readonly after: string | null }): Promise<ReleaseList> {
  requirePermission(actor, 'release.read');
  const { first, after } = pageRequest(request.first, request.after);
  const { rows, total } = await releasePage(database.em, actor, { filter: request.filter ?? {}, limit: first + 1, after: after === null ? null : readCursor(after) });
  const edges = rows.slice(0, first).map((node) => ({ cursor: Buffer.from(`${node.openedAt} ${node.id}`).toString('base64url'), node }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null }, totalCount: total };
}

function readCursor(cursor: string): { at: Instant; id: string } {
  const [, at, id] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined) throw new Refusal('INVALID_INPUT', '"after" must be a cursor of this list; start again without it.', 'after');
  return { at: Number(at), id };
}

/** REL-08: the desk reads releases, a wallboard its board; both see what is coming. */
function seenBy(actor: Actor): 'release.read' | 'board.read' {
  const permission = may(actor, 'release.read') ? 'release.read' : 'board.read';
  requirePermission(actor, permission);
  return permission;
}

/** REL-08: the plan of a year, in the organisation's zone. */
export async function yearPlan(database: Database, actor: Actor, year: number): Promise<PlannedDeployment[]> {
  const permission = seenBy(actor);
  if (!Number.isInteger(year) || year < 2000 || year > 2099) throw new Refusal('OUT_OF_RANGE', `"year" must be 2000–2099, got ${year}.`, 'year');
  return plannedInYear(database.em, actor, { year, permission, timeZone: await zoneOf(database) });
}

/** REL-08: deployments planned or going on in [from, to). */
export async function comingDeployments(database: Database, actor: Actor, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<PlannedDeployment[]> {
  const permission = seenBy(actor);
  if (to <= from || to - from > LONGEST_RANGE_DAYS * DAY) throw new Refusal('OUT_OF_RANGE', `"to" must be after "from", by ${LONGEST_RANGE_DAYS} days at most.`, 'to');
  return deploymentsBetween(database.em, actor, { from, to, permission, timeZone: await zoneOf(database) });
}

/** REL-08, WBD-01: the deployments of today in the organisation's zone. */
export async function releasesToday(database: Database, actor: Actor): Promise<PlannedDeployment[]> {
  const zone = await zoneOf(database);
  const day = Temporal.Instant.fromEpochMilliseconds(await database.now()).toZonedDateTimeISO(zone).startOfDay();
  return comingDeployments(database, actor, { from: day.epochMilliseconds, to: day.add({ days: 1 }).epochMilliseconds });
}

async function zoneOf(database: Database): Promise<string> {
  const { policies } = await policiesAt(database, database.em, await database.now());
  return policies.metrics.timeZone;
}
