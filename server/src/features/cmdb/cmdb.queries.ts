import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';
import { relationTypesFor } from './cmdb-class.queries.ts';
import { CiEntity, type Ci } from './cmdb.entity.ts';

type RelationTypeNames = Awaited<ReturnType<typeof relationTypesFor>>[number];

/** Only what the actor may see: a customer's people never see items of nobody (ORG-03). */
function visibleTo(actor: Actor) {
  const visible = visibleCustomers(actor, 'cmdb.read');
  return visible === 'all' ? {} : { customerId: { $in: [...visible] } };
}

export interface CiSearch {
  /** Part of the name, or the whole key of the register it came from. */
  readonly search?: string | null;
  readonly class?: string | null;
  readonly customerId?: string | null;
  readonly first?: number | null;
}

/** Configuration items by name, at most 100. */
export async function findCis(em: Em, actor: Actor, { search, class: kind, customerId, first }: CiSearch): Promise<Ci[]> {
  requirePermission(actor, 'cmdb.read');
  const text = search?.trim() ?? '';
  const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const named = text === '' ? {} : { $or: [{ name: { $ilike: like } }, { externalId: text }] };
  const where = { $and: [visibleTo(actor), named, kind ? { class: kind } : {}, customerId ? { customerId } : {}] };
  return em.find(CiEntity, where, { orderBy: { name: 'asc', id: 'asc' }, limit: pageRequest(first, null).first });
}

/** The items with those ids that the actor may see. */
export async function cisById(em: Em, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, Ci>> {
  requirePermission(actor, 'cmdb.read');
  const cis = await em.find(CiEntity, { $and: [visibleTo(actor), { id: { $in: [...ids] } }] });
  return new Map(cis.map((ci) => [ci.id, ci]));
}

export interface CiNeighbour {
  readonly relationId: string;
  readonly type: string;
  readonly typeNames: RelationTypeNames | null;
  /** Whether the item asked about is the relation's source. */
  readonly outgoing: boolean;
  readonly ci: Ci;
}

/** The relations of one item in both directions, at most `first`; neighbours that the actor may not see are left out. */
export async function neighboursOf(em: Em, actor: Actor, { ciId, first }: { ciId: string; first: number }): Promise<CiNeighbour[]> {
  const rows = await em.execute<{ relationId: string; type: string; outgoing: boolean; otherId: string }[]>(
    `select id as "relationId", type, true as outgoing, target_id as "otherId" from ci_relation where source_id = ?
     union all select id, type, false, source_id from ci_relation where target_id = ? order by type, "relationId" limit ?`,
    [ciId, ciId, pageRequest(first, null).first],
  );
  const cis = await cisById(em, actor, [...new Set(rows.map(({ otherId }) => otherId))]);
  const names = new Map((rows.length === 0 ? [] : await relationTypesFor(em, actor)).map((type) => [type.key, type]));
  return rows.flatMap(({ otherId, ...relation }) => {
    const ci = cis.get(otherId);
    return ci ? [{ ...relation, typeNames: names.get(relation.type) ?? null, ci }] : [];
  });
}
