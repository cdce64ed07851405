import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';
import { CiBaselineEntity, CiComparisonEntity, CiExceptionEntity, type CiBaseline, type CiComparison, type CiException } from './cmdb-baseline.entity.ts';
import { cisById } from './cmdb.queries.ts';

/** Baselines, newest first; of a customer's people only their own. */
export async function baselinesFor(em: Em, actor: Actor, { customerId, first }: { customerId: string | null; first: number }): Promise<CiBaseline[]> {
  requirePermission(actor, 'cmdb.read');
  const visible = visibleCustomers(actor, 'cmdb.read');
  const where = { $and: [visible === 'all' ? {} : { customerId: { $in: [...visible] } }, customerId ? { customerId } : {}] };
  return em.find(CiBaselineEntity, where, { orderBy: { takenAt: 'desc', id: 'desc' }, limit: pageRequest(first, null).first });
}

/** What the provider did without a change is told to its own people only. */
export async function exceptionsOf(em: Em, actor: Actor, ciId: string): Promise<CiException[]> {
  if (actor.customerId !== null || !(await cisById(em, actor, [ciId])).has(ciId)) return [];
  return em.find(CiExceptionEntity, { ciId }, { orderBy: { recordedAt: 'desc', id: 'desc' }, limit: 50 });
}

export async function comparisonsOf(em: Em, actor: Actor, ciId: string): Promise<CiComparison[]> {
  // What was found wrong with an item and by whom is settled among ourselves first.
  if (actor.customerId !== null || !(await cisById(em, actor, [ciId])).has(ciId)) return [];
  return em.find(CiComparisonEntity, { ciId }, { orderBy: { openedAt: 'desc', id: 'desc' }, limit: 50 });
}

/** What an item needs of what it has, by type of relation. */
export async function redundancyOf(em: Em, ciId: string) {
  return em.execute<{ type: string; required: number; has: number }[]>(
    `select d.type, d.required, (select count(*)::int from ci_relation_version r where r.valid_to is null and r.type = d.type
       and ((r.source_id = d.ci_id and r.propagation in ('target-to-source', 'both')) or (r.target_id = d.ci_id and r.propagation in ('source-to-target', 'both')))) as has
     from ci_redundancy d where d.ci_id = ? and d.valid_to is null order by d.type limit 50`, [ciId],
  );
}
