import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { planRack, type RackedDevice, type RackPlan } from './cmdb-topology.rules.ts';

/** So many links are drawn at most: more is a picture that nobody can read, and the answer says so. */
const MOST_LINKS = 500;

export interface PlaceFilter {
  readonly customerId?: string | null;
  readonly site?: string | null;
}

/** The condition and its values by which a customer's people see only their own (ORG-03), and by which a place narrows. */
function visibleSql(actor: Actor, alias: string, { customerId, site }: PlaceFilter = {}): { sql: string; values: unknown[] } {
  requirePermission(actor, 'cmdb.read');
  const visible = visibleCustomers(actor, 'cmdb.read');
  const parts = [
    ...(visible === 'all' ? [] : [{ sql: `${alias}.customer_id = any(?::uuid[])`, value: `{${visible.join(',')}}` }]),
    ...(customerId ? [{ sql: `${alias}.customer_id = ?`, value: customerId }] : []),
    ...(site ? [{ sql: `${alias}.site = ?`, value: site }] : []),
  ];
  return { sql: parts.length === 0 ? 'true' : parts.map(({ sql }) => sql).join(' and '), values: parts.map(({ value }) => value) };
}

export interface TopologyNode {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly status: string;
  readonly site: string | null;
  readonly role: string | null;
}

export interface TopologyLink {
  readonly sourceId: string;
  readonly targetId: string;
  /** Ports at both ends, e.g. "xe-0/0/2 – Port 1"; empty when the port table does not know them. */
  readonly ports: readonly string[];
}

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly TopologyLink[];
  readonly cutOff: boolean;
}

/** Who is connected to whom (CMDB-07): links of both ends that the actor may see; with a site, those with an end there. */
export async function networkTopology(em: Em, actor: Actor, { site, customerId }: PlaceFilter): Promise<Topology> {
  const a = visibleSql(actor, 'a', { customerId: customerId ?? null });
  const b = visibleSql(actor, 'b', { customerId: customerId ?? null });
  const links = await em.execute<TopologyLink[]>(
    `select r.source_id as "sourceId", r.target_id as "targetId",
            coalesce((select jsonb_agg(p.a_port || ' – ' || p.b_port order by p.a_port, p.id) from port_connection p where p.a_ci_id = r.source_id and p.b_ci_id = r.target_id), '[]') as ports
     from ci_relation r join ci a on a.id = r.source_id join ci b on b.id = r.target_id
     where r.type = 'connected_to' and ${a.sql} and ${b.sql} and (?::text is null or a.site = ? or b.site = ?)
     order by a.name, b.name, r.id limit ${MOST_LINKS + 1}`,
    [...a.values, ...b.values, site ?? null, site ?? null, site ?? null],
  );
  const kept = links.slice(0, MOST_LINKS);
  const ids = [...new Set(kept.flatMap(({ sourceId, targetId }) => [sourceId, targetId]))];
  const nodes = await em.execute<TopologyNode[]>(
    `select id, name, class, life as status, site, attributes->>'role' as role from ci where id = any(?::uuid[]) order by name, id`, [`{${ids.join(',')}}`],
  );
  return { nodes, links: kept, cutOff: links.length > MOST_LINKS };
}

/** The places that items stand at, with how many, by name. */
export async function sitesOfItems(em: Em, actor: Actor): Promise<{ site: string; items: number; racks: number }[]> {
  const { sql, values } = visibleSql(actor, 'ci');
  return em.execute(
    `select site, count(*)::int as items, (count(*) filter (where class = 'rack'))::int as racks from ci where site is not null and ${sql} group by site order by site limit 500`, values,
  );
}

export interface Rack extends RackPlan {
  readonly id: string;
  readonly name: string;
  readonly site: string | null;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** Rack elevations, by place and name. */
export async function rackPage(em: Em, actor: Actor, request: PlaceFilter & { readonly first: number; readonly after: string | null }): Promise<Page<Rack>> {
  const { first, after } = pageRequest(request.first, request.after);
  const { sql, values } = visibleSql(actor, 'ci', request);
  const from = after === null ? ['', '', ''] : readCursor(after, 3);
  const found = await em.execute<{ id: string; name: string; site: string | null; units: string | null }[]>(
    `select id, name, site, attributes->>'height_u' as units from ci
     where class = 'rack' and ${sql} and (coalesce(site, ''), name, id::text) > (?, ?, ?) order by coalesce(site, ''), name, id::text limit ?`,
    [...values, ...from, first + 1],
  );
  const racks = found.slice(0, first);
  const inside = await devicesIn(em, actor, racks.map(({ id }) => id));
  const last = racks.at(-1);
  return {
    rows: racks.map(({ units, ...rack }) => ({ ...rack, ...planRack(units, inside.get(rack.id) ?? []) })),
    endCursor: last ? writeCursor([last.site ?? '', last.name, last.id]) : null, hasNextPage: found.length > first,
  };
}

async function devicesIn(em: Em, actor: Actor, rackIds: readonly string[]): Promise<ReadonlyMap<string, RackedDevice[]>> {
  const { sql, values } = visibleSql(actor, 'ci');
  const rows = await em.execute<(RackedDevice & { rackId: string })[]>(
    `select r.target_id as "rackId", ci.id, ci.name, ci.class, ci.life as status, ci.model, ci.attributes->>'position' as position,
            ci.attributes->>'height_u' as units
     from ci_relation r join ci on ci.id = r.source_id where r.type = 'installed_in' and r.target_id = any(?::uuid[]) and ${sql} order by ci.name, ci.id limit 5000`,
    [`{${rackIds.join(',')}}`, ...values],
  );
  return Map.groupBy(rows, ({ rackId }) => rackId);
}

export interface PortLine {
  readonly id: string;
  readonly cable: string;
  readonly aId: string;
  readonly aName: string;
  readonly aPort: string;
  readonly bId: string;
  readonly bName: string;
  readonly bPort: string;
  readonly cableType: string | null;
  readonly status: string;
}

export interface PortRequest extends PlaceFilter {
  readonly ciId?: string | null;
  readonly search?: string | null;
  readonly first: number;
  readonly after: string | null;
}

/** The port connection table 端口连接表 by cable: only lines of which the actor may see both ends. */
export async function portPage(em: Em, actor: Actor, request: PortRequest): Promise<Page<PortLine>> {
  const { first, after } = pageRequest(request.first, request.after);
  const rows = await portLines(em, actor, { ...request, limit: first + 1, from: after === null ? ['', ''] : readCursor(after, 2) });
  const kept = rows.slice(0, first);
  const last = kept.at(-1);
  return { rows: kept, endCursor: last ? writeCursor([last.cable, last.id]) : null, hasNextPage: rows.length > first };
}

/** At most `limit` lines after a place in the table. */
export async function portLines(
  em: Em, actor: Actor, { ciId, search, customerId, site, limit, from }: Omit<PortRequest, 'first' | 'after'> & { readonly limit: number; readonly from: readonly string[] },
): Promise<PortLine[]> {
  const a = visibleSql(actor, 'a', { customerId: customerId ?? null });
  const b = visibleSql(actor, 'b', { customerId: customerId ?? null });
  const text = search?.trim() ? `%${search.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  return em.execute<PortLine[]>(
    `select p.id, p.cable, a.id as "aId", a.name as "aName", p.a_port as "aPort", b.id as "bId", b.name as "bName", p.b_port as "bPort", p.cable_type as "cableType", p.status
     from port_connection p join ci a on a.id = p.a_ci_id join ci b on b.id = p.b_ci_id
     where ${a.sql} and ${b.sql} and (?::uuid is null or ? in (p.a_ci_id, p.b_ci_id)) and (?::text is null or ? in (a.site, b.site))
       and (?::text is null or p.cable ilike ? or a.name ilike ? or b.name ilike ? or p.a_port ilike ? or p.b_port ilike ?)
       and (p.cable, p.id::text) > (?, ?) order by p.cable, p.id::text limit ?`,
    [...a.values, ...b.values, ciId ?? null, ciId ?? null, site ?? null, site ?? null, text, text, text, text, text, text, ...from, limit],
  );
}

/** An opaque place in a list. */
export function writeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function readCursor(cursor: string, length: number): string[] {
  const refuse = new Refusal('INVALID_INPUT', '"after" must be the endCursor of an earlier page.', 'after');
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === 'string')) return parts;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refuse;
}
