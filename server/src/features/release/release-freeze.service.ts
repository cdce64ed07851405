import type { Actor } from '../../kernel/actor.ts';
import type { Interval } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Em } from '../../platform/db/orm.ts';
import { freezeRefusal, isOverridden, type Freeze } from '../change/change-freeze.rules.ts';
import { freezesAgainst, freezesDuring } from '../change/change-freeze.service.ts';
import { mayHere, type ReleaseCase } from './release-case.rules.ts';

/** A release that no change carries yet is judged like a change of this category. */
const CATEGORY_WITHOUT_CHANGE = 'general';

/** FRZ-01: the freezes that stop the deployment in that window: those that stop any of its changes and were overridden neither there nor here. */
export async function freezesOfRelease(em: Em, kase: ReleaseCase, window: Interval): Promise<Freeze[]> {
  const question = { ...window, customerId: kase.ticket.customerId, ciIds: kase.cis.map(({ id }) => id) };
  const found = kase.changes.length === 0
    ? await freezesDuring(em, { ...question, category: CATEGORY_WITHOUT_CHANGE })
    : (await Promise.all(kase.changes.map(({ id, category }) => freezesAgainst(em, { ...question, category, changeId: id })))).flat();
  const overrides = kase.decisions.flatMap(({ freezeId, windowStartAt, windowEndAt }) =>
    (freezeId === null || windowStartAt === null || windowEndAt === null ? [] : [{ freezeId, windowStartAt, windowEndAt }]));
  const byId = new Map<string, Freeze>(found.map((freeze) => [freeze.id, freeze]));
  return [...byId.values()].filter(({ id }) => !isOverridden(id, window, overrides));
}

/** Goes on where no freeze stops it, or where one who may has said why it is overridden. @throws Refusal FREEZE, FORBIDDEN */
export function requireOverride(kase: ReleaseCase, actor: Actor, freezes: readonly Freeze[], reason: string | null): void {
  if (freezes.length === 0) return;
  if (reason === null) throw freezeRefusal(freezes);
  if (!mayHere(kase, actor, 'freeze.override') || actor.id === kase.ticket.holderId) {
    throw new Refusal('FORBIDDEN', 'Overriding a freeze needs "freeze.override", and it is not the release owner who decides it.', 'overrideReason');
  }
}
