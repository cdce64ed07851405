import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import type { Change } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { lockCi } from './cmdb-authority.service.ts';
import { CiImpactMarkEntity, type CiImpactMark } from './cmdb-baseline.entity.ts';

export interface NewMark {
  readonly ciId: string;
  /** The incident or change that it is said for; left out: until it is taken back. */
  readonly ticketId?: string | null;
  readonly reason: string;
}

/** An operator knows better: the item is not affected, and the walk ends before it (CMDB-04). Whoever works on incidents or keeps the register may say so. */
export async function markNotAffected(change: Change, { ciId, ticketId = null, reason }: NewMark): Promise<string> {
  const ci = await lockCi(change, ciId, 'ciId');
  requireOperator(change, ci.customerId, ticketId);
  const there = await change.em.findOne(CiImpactMarkEntity, { ciId, ticketId, withdrawnAt: null });
  if (there) return there.id;
  const now = await change.now();
  const mark: CiImpactMark = { id: newId(), ciId, ticketId, reason: requiredText(reason, 'reason', 2000), markedAt: now, markedByName: change.actor.name, withdrawnAt: null };
  persistRow(change.em, CiImpactMarkEntity, mark);
  change.emit({ type: 'ci.markedNotAffected', subjectKind: 'ci', subjectId: ciId, customerId: ci.customerId, occurredAt: now, after: { markId: mark.id, ticketId }, reason: mark.reason });
  return mark.id;
}

/** Takes such a mark back. */
export async function withdrawMark(change: Change, id: string): Promise<string> {
  const mark = await change.em.findOne(CiImpactMarkEntity, { id });
  if (!mark) throw new Refusal('NOT_FOUND', `There is no mark ${id}.`, 'id');
  const ci = await lockCi(change, mark.ciId);
  requireOperator(change, ci.customerId, mark.ticketId);
  if (mark.withdrawnAt !== null) throw new Refusal('ALREADY_DONE', 'The mark has been taken back already.', 'id');
  const now = await change.now();
  mark.withdrawnAt = now;
  change.emit({ type: 'ci.markWithdrawn', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, before: { markId: id, reason: mark.reason } });
  return id;
}

/** For one record whoever works on incidents; for all that ask, whoever answers for the configuration. */
function requireOperator({ actor }: Change, customerId: string | null, ticketId: string | null): void {
  requirePermission(actor, ticketId === null ? 'cmdb.edit' : 'incident.work', { customerId });
}
