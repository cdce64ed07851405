import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CiExceptionEntity } from './cmdb-baseline.entity.ts';
import { CiEntity, type Ci } from './cmdb.entity.ts';
import { requireAuthority, type CiAuthorisation } from './cmdb.rules.ts';

/** Locks an item first of all; several are locked in ascending id. Another customer's does not exist for the actor. */
export async function lockCi(change: Change, id: string, field = 'id'): Promise<Ci> {
  const ci = await change.em.findOne(CiEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!ci || !may(change.actor, 'cmdb.read', { customerId: ci.customerId })) throw new Refusal('NOT_FOUND', `There is no configuration item ${id}.`, field);
  return ci;
}

/** CMDB-06: in these stages of life an item is controlled. Nothing is, where no policy says so. */
export async function controlledStatuses(em: Em, at: Instant): Promise<readonly string[]> {
  const rows = await em.execute<{ statuses: string[] }[]>(
    `select body->'controlledStatuses' as statuses from policy_version where key = 'configuration' and (valid_from is null or valid_from <= ?) order by version desc limit 1`,
    [toIso(at)],
  );
  return rows[0]?.statuses ?? [];
}

/**
 * Whether the actor may alter these items on that ground; an exception is written down with what it altered.
 * @throws Refusal FORBIDDEN without the right, UNAUTHORISED for a controlled item without change or exception
 */
export async function authorisedFor(change: Change, cis: readonly Ci[], authorisation: CiAuthorisation, alteration: Record<string, unknown>): Promise<void> {
  const statuses = await controlledStatuses(change.em, await change.now());
  for (const ci of cis) {
    requireRight(change.actor, ci, authorisation);
    requireAuthority(ci, authorisation, statuses);
  }
  if (authorisation.kind !== 'exception') return;
  const reason = requiredText(authorisation.reason, 'exceptionReason', 2000);
  const now = await change.now();
  for (const ci of cis.filter(({ life }) => statuses.includes(life))) {
    persistRow(change.em, CiExceptionEntity, { id: newId(), ciId: ci.id, reason, alteration, recordedAt: now, recordedByName: change.actor.name });
    change.emit({ type: 'ci.exceptionRecorded', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, after: alteration, reason });
  }
}

/** Who keeps the register; through a change also who owns it or carries it out; by exception only who answers for the configuration. */
function requireRight(actor: Actor, { customerId }: Ci, { kind }: CiAuthorisation): void {
  if (kind === 'change' && (may(actor, 'change.implement', { customerId }) || may(actor, 'change.own', { customerId }))) return;
  requirePermission(actor, kind === 'exception' ? 'cmdb.control' : 'cmdb.edit', { customerId });
}
