import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import { impactOf } from '../cmdb/cmdb-impact.service.ts';
import type { ChangeImpact } from './change.entity.ts';

/** A plan is read by people: beyond so many items it says that there are more. */
const MOST = 500;

/** CHG-02: what the CMDB says that the change reaches, as it stands now. */
export async function impactSet(em: Em, ciIds: readonly string[], computedAt: Instant): Promise<ChangeImpact | null> {
  if (ciIds.length === 0) return null;
  const { nodes, cutOff } = await impactOf(em, { ciIds, direction: 'impact', maxNodes: MOST });
  return { computedAt, cutOff, nodes: nodes.map(({ ciId, depth, path }) => ({ ciId, depth, path })) };
}
