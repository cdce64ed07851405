import { LockMode } from '@mikro-orm/core';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { lockCi } from './cmdb-authority.service.ts';
import { CiComparisonEntity, type CiComparison } from './cmdb-baseline.entity.ts';
import type { Ci } from './cmdb.entity.ts';
import type { CiAuthority, CiSeal } from './cmdb.rules.ts';

/**
 * CMDB-11: a seal found broken opens a comparison of the thing with the register. What is seen is not an alteration, so it needs no change.
 * Answers the comparison's id; a second finding while it is open changes nothing. Needs `cmdb.edit` for the item's customer.
 */
export async function reportBrokenSeal(change: Change, { ciId, note }: { readonly ciId: string; readonly note: string }): Promise<string> {
  const { em, actor } = change;
  const ci = await lockCi(change, ciId, 'ciId');
  requirePermission(actor, 'cmdb.edit', { customerId: ci.customerId });
  if (ci.seal === 'none') throw new Refusal('MOVE_NOT_ALLOWED', `"${ci.name}" has no seal.`, 'ciId');
  const open = await em.findOne(CiComparisonEntity, { ciId, closedAt: null });
  if (open) return open.id;
  const reason = requiredText(note, 'note', 2000);
  const now = await change.now();
  await turnSeal(change, ci, 'broken');
  const comparison: CiComparison = { id: newId(), ciId, reason, openedAt: now, openedByName: actor.name, finding: null, note: null, closedAt: null, closedByName: null };
  persistRow(em, CiComparisonEntity, comparison);
  change.emit({ type: 'ci.comparisonOpened', subjectKind: 'ci', subjectId: ciId, customerId: ci.customerId, occurredAt: now, after: { comparisonId: comparison.id, seal: 'broken' }, reason });
  return comparison.id;
}

export interface ComparisonOutcome {
  readonly id: string;
  readonly finding: 'same' | 'different';
  readonly note?: string | null;
  /** Whether it has a new seal now. */
  readonly resealed: boolean;
}

/** Ends a comparison; what differs is brought into the register, or back, by an alteration of its own (CMDB-06). Needs `cmdb.edit`. */
export async function closeComparison(change: Change, { id, finding, note, resealed }: ComparisonOutcome): Promise<string> {
  const { em, actor } = change;
  const comparison = await em.findOne(CiComparisonEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!comparison) throw new Refusal('NOT_FOUND', `There is no comparison ${id}.`, 'id');
  const ci = await lockCi(change, comparison.ciId);
  requirePermission(actor, 'cmdb.edit', { customerId: ci.customerId });
  if (comparison.closedAt !== null) throw new Refusal('ALREADY_DONE', `${comparison.closedByName} has closed it with "${comparison.finding}".`, 'id');
  const text = finding === 'different' ? requiredText(note, 'note', 2000) : optionalText(note, 'note', 2000);
  const now = await change.now();
  Object.assign(comparison, { finding, note: text, closedAt: now, closedByName: actor.name });
  if (resealed) await turnSeal(change, ci, 'intact');
  change.emit({ type: 'ci.comparisonClosed', subjectKind: 'ci', subjectId: ci.id, customerId: ci.customerId, occurredAt: now, after: { comparisonId: id, finding, resealed }, reason: text });
  return id;
}

export function findingOf(word: string): 'same' | 'different' {
  if (word === 'same' || word === 'different') return word;
  throw new Refusal('INVALID_INPUT', `"finding" must be same or different, got "${word.slice(0, 40)}".`, 'finding');
}

async function turnSeal(change: Change, ci: Ci, seal: CiSeal): Promise<void> {
  const authority: CiAuthority = { kind: 'register', ticketId: null, number: null, reason: 'seal', by: change.actor.name, version: ci.version + 1 };
  Object.assign(ci, { seal, version: ci.version + 1, updatedAt: Math.max(await change.now(), ci.updatedAt), authority });
}
