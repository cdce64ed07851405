import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';
import { PolicyVersionEntity, type PolicyVersion } from './service-level.entity.ts';

/** The versions of a policy, newest first. */
export async function policyVersions(em: Em, actor: Actor, { key, first }: { key: string; first: number }): Promise<PolicyVersion[]> {
  requirePermission(actor, 'policy.read');
  return em.find(PolicyVersionEntity, { key }, { orderBy: { version: 'desc' }, limit: pageRequest(first, null).first });
}
