import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { ImpactDirection, ImpactResult } from './cmdb-impact.rules.ts';
import { impactOf } from './cmdb-impact.service.ts';
import { reachOf } from './cmdb-reach.queries.ts';
import { cisById } from './cmdb.queries.ts';
import type { Ci } from './cmdb.entity.ts';

/** So many items are shown at most; the walk itself goes to the end. */
export const MOST_SHOWN = 1000;
const MOST_ROOTS = 50;
const MOST_MARKS = 500;
/** A path of a longer chain is shown by its end. */
const LONGEST_PATH = 60;

export interface ImpactRequest {
  readonly ciIds: readonly string[];
  readonly direction: ImpactDirection;
  readonly asOf?: Instant | null;
  readonly maxDepth?: number | null;
  readonly first?: number | null;
  readonly notAffected?: readonly string[] | null;
  /** Honours what was marked "not affected" for this work record. */
  readonly ticketId?: string | null;
  readonly now: Instant;
}

export interface ImpactNode {
  readonly id: string; readonly name: string; readonly class: string; readonly life: string; readonly customerId: string | null; readonly site: string | null;
  readonly depth: number; readonly via: string; readonly type: string; readonly path: string[];
}

/** CMDB-04 as a person sees it: only what the actor may see, with names, and with what is reached beyond the items. */
export async function impactFor(em: Em, actor: Actor, request: ImpactRequest) {
  const first = shownOf(request);
  const roots = await rootsOf(em, actor, request.ciIds);
  const asOf = request.asOf ?? null;
  const marks = await marksFor(em, { ticketId: request.ticketId ?? null, at: asOf });
  const barred = [...marks.map(({ ciId }) => ciId), ...(request.notAffected ?? [])];
  const rootIds = roots.map(({ id }) => id);
  const result = await impactOf(em, { ciIds: rootIds, direction: request.direction, asOf, maxDepth: request.maxDepth ?? null, notAffected: barred });
  const seen = await visibleOf(em, actor, [...result.nodes.map(({ ciId }) => ciId), ...rootIds]);
  const visible = result.nodes.filter(({ ciId }) => seen.has(ciId));
  const shown = visible.slice(0, first);
  const facts = await factsOf(em, shown.map(({ ciId }) => ciId), asOf);
  return {
    roots, asOf, direction: request.direction, total: visible.length, ...cutOf(result),
    nodes: shown.flatMap((node) => nodeOf(node, facts, seen)),
    edges: await edgesAmong(em, [...rootIds, ...shown.map(({ ciId }) => ciId)], asOf),
    spared: await sparedOf(em, actor, result.spared.slice(0, first), asOf),
    ...(await reachOf(em, actor, { rootIds, ids: result.nodes.map(({ ciId }) => ciId), asOf, at: asOf ?? request.now })),
    notAffected: await markedOf(em, actor, marks, request.notAffected ?? []),
  };
}

function shownOf({ first, ciIds }: ImpactRequest): number {
  const shown = first ?? 200;
  if (!Number.isInteger(shown) || shown < 1 || shown > MOST_SHOWN) throw new Refusal('OUT_OF_RANGE', `"first" must be 1–${MOST_SHOWN}, got ${shown}.`, 'first');
  if (ciIds.length < 1 || ciIds.length > MOST_ROOTS) throw new Refusal('OUT_OF_RANGE', `"ciIds" must name 1–${MOST_ROOTS} items, got ${ciIds.length}.`, 'ciIds');
  return shown;
}

const cutOf = ({ cutOff, cutOffBy }: ImpactResult) => ({ cutOff, cutOffBy });

async function rootsOf(em: Em, actor: Actor, ids: readonly string[]): Promise<Ci[]> {
  const known = await cisById(em, actor, ids);
  return [...new Set(ids)].map((id) => {
    const ci = known.get(id);
    if (!ci) throw new Refusal('NOT_FOUND', `There is no configuration item ${id}.`, 'ciIds');
    return ci;
  });
}

/** Of the reached items those that the actor may see. Whoever sees all of them is not asked about each of 100,000. */
async function visibleOf(em: Em, actor: Actor, ids: readonly string[]): Promise<Pick<ReadonlySet<string>, 'has'>> {
  requirePermission(actor, 'cmdb.read');
  const customers = visibleCustomers(actor, 'cmdb.read');
  if (customers === 'all') return { has: () => true };
  const rows = await em.execute<{ id: string }[]>('select id from ci where id = any(?::uuid[]) and customer_id = any(?::uuid[])', [textArray(ids), textArray(customers)]);
  return new Set(rows.map(({ id }) => id));
}

type Facts = Omit<ImpactNode, 'depth' | 'via' | 'type' | 'path'>;

/** Names and places, as they were at that instant if one is asked for. */
async function factsOf(em: Em, ids: readonly string[], asOf: Instant | null): Promise<ReadonlyMap<string, Facts>> {
  const rows = await em.execute<Facts[]>(
    asOf === null
      ? 'select id, name, class, life, customer_id as "customerId", site from ci where id = any(?::uuid[])'
      : `select c.id, coalesce(v.state->>'name', c.name) as name, coalesce(v.state->>'class', c.class) as class, coalesce(v.state->>'life', c.life) as life,
           c.customer_id as "customerId", coalesce(v.state->>'site', c.site) as site
         from ci c left join lateral (select state from ci_version v where v.ci_id = c.id and v.valid_from <= ? and (v.valid_to is null or v.valid_to > ?) order by seq desc limit 1) v on true
         where c.id = any(?::uuid[])`,
    asOf === null ? [textArray(ids)] : [toIso(asOf), toIso(asOf), textArray(ids)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the actor may not see is left out of the path too, and the item before it stands for it. */
function nodeOf({ ciId, depth, type, path }: ImpactResult['nodes'][number], facts: ReadonlyMap<string, Facts>, seen: Pick<ReadonlySet<string>, 'has'>): ImpactNode[] {
  const fact = facts.get(ciId);
  if (!fact) return [];
  const shown = path.filter((id) => seen.has(id));
  return [{ ...fact, depth, type, path: shown.slice(-LONGEST_PATH), via: shown.at(-2) ?? ciId }];
}

async function edgesAmong(em: Em, ids: readonly string[], asOf: Instant | null) {
  return em.execute<{ id: string; sourceId: string; targetId: string; type: string; propagation: string }[]>(
    `select relation_id as id, source_id as "sourceId", target_id as "targetId", type, propagation from ci_relation_version
     where source_id = any(?::uuid[]) and target_id = any(?::uuid[]) and ${inForce(asOf)} order by relation_id limit 5000`, [textArray(ids), textArray(ids), ...instants(asOf)],
  );
}

const inForce = (asOf: Instant | null, alias = ''): string =>
  asOf === null ? `${alias}valid_to is null` : `${alias}valid_from <= ? and (${alias}valid_to is null or ${alias}valid_to > ?)`;
const instants = (asOf: Instant | null): string[] => (asOf === null ? [] : [toIso(asOf), toIso(asOf)]);

async function sparedOf(em: Em, actor: Actor, spared: ImpactResult['spared'], asOf: Instant | null) {
  const seen = await visibleOf(em, actor, spared.map(({ ciId }) => ciId));
  const facts = await factsOf(em, spared.map(({ ciId }) => ciId), asOf);
  return spared.filter(({ ciId }) => seen.has(ciId)).map(({ ciId, ...rest }) => ({ ...rest, id: ciId, name: facts.get(ciId)?.name ?? ciId, class: facts.get(ciId)?.class ?? 'other' }));
}

interface Mark {
  readonly id: string;
  readonly ciId: string;
  readonly reason: string;
  readonly markedByName: string;
  readonly markedAt: Instant;
}

/** Marks that hold for that work record or for all, now or then. */
async function marksFor(em: Em, { ticketId, at }: { ticketId: string | null; at: Instant | null }): Promise<Mark[]> {
  return em.execute<Mark[]>(
    `select id, ci_id as "ciId", reason, marked_by_name as "markedByName", (extract(epoch from marked_at) * 1000)::float8 as "markedAt" from ci_impact_mark
     where (ticket_id is null or ticket_id = ?) and ${at === null ? 'withdrawn_at is null' : 'marked_at <= ? and (withdrawn_at is null or withdrawn_at > ?)'} order by marked_at, id limit ${MOST_MARKS}`,
    [ticketId, ...instants(at)],
  );
}

async function markedOf(em: Em, actor: Actor, marks: readonly Mark[], given: readonly string[]) {
  const all = [...marks, ...given.map((ciId) => ({ id: null, ciId, reason: null, markedByName: null, markedAt: null }))];
  const cis = await cisById(em, actor, all.map(({ ciId }) => ciId));
  return all.flatMap(({ ciId, id, ...mark }) => {
    const ci = cis.get(ciId);
    if (!ci) return [];
    // A customer sees that it was left out, not what we say of it among ourselves.
    return [{ markId: id, ciId, name: ci.name, class: ci.class, ...mark, ...(actor.customerId === null ? {} : { reason: null, markedByName: null }) }];
  });
}
