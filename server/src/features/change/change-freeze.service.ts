import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { freezeRefusal, isOverridden, stops, type Freeze, type Override, type WantedWindow } from './change-freeze.rules.ts';
import { FreezeOverrideEntity, FreezeWindowEntity, type FreezeWindow } from './change-planning.entity.ts';
import { reachOf, type ReachOfCis } from './change-planning-reach.service.ts';

/** Freezes of one range: more than these are a mistake of entry. */
const MOST_FREEZES = 500;

export interface FreezeQuestion {
  readonly from: Instant;
  readonly to: Instant;
  readonly customerId: string;
  /** Named besides those that rest on the CIs. */
  readonly serviceIds?: readonly string[];
  readonly ciIds: readonly string[];
  readonly category: string;
  /** Known already, so that the CMDB is not walked twice. */
  readonly reach?: ReachOfCis;
}

/** FRZ-01: the freeze windows that stop work of that kind in [from, to), earliest first. Overrides are not looked at here. */
export async function freezesDuring(em: Em, question: FreezeQuestion): Promise<FreezeWindow[]> {
  const near = await freezesIn(em, question);
  if (near.length === 0) return [];
  const wanted = await wantedWindow(em, question, near);
  return near.filter((freeze) => stops(freeze, wanted));
}

/** Freezes that touch a range, called-off ones left out. */
export async function freezesIn(em: Em, { from, to }: Interval): Promise<FreezeWindow[]> {
  return em.find(FreezeWindowEntity, { startsAt: { $lt: to }, endsAt: { $gt: from }, cancelledAt: null }, { orderBy: { startsAt: 'asc', id: 'asc' }, limit: MOST_FREEZES });
}

/** The same, less those that were overridden for this window. */
export async function freezesAgainst(em: Em, question: FreezeQuestion & { readonly changeId: string }): Promise<FreezeWindow[]> {
  const freezes = await freezesDuring(em, question);
  if (freezes.length === 0) return [];
  const overrides = await overridesOf(em, question.changeId);
  return freezes.filter(({ id }) => !isOverridden(id, question, overrides));
}

/** Goes on only where no freeze stops the change's window. @throws Refusal FREEZE naming every window and who may override */
export async function requireUnfrozen(em: Em, question: FreezeQuestion & { readonly changeId: string }): Promise<void> {
  const freezes = await freezesAgainst(em, question);
  if (freezes.length > 0) throw freezeRefusal(freezes);
}

/**
 * The same at the start: for a freeze that was opened after the change was scheduled, and for changes that go from acceptance straight to
 * execution and were never scheduled. What is written down afterwards has happened; refusing it would hide it (INC-14).
 */
export async function requireStartUnfrozen(em: Em, { ticket, record, cis }: StartingChange, now: Instant): Promise<void> {
  if (record.recordedAfterwards) return;
  const to = Math.max(record.windowEndAt ?? 0, now + 1);
  await requireUnfrozen(em, { changeId: ticket.id, from: now, to, customerId: ticket.customerId, ciIds: cis.map(({ id }) => id), category: record.category });
}

interface StartingChange {
  readonly ticket: { readonly id: string; readonly customerId: string };
  readonly record: { readonly recordedAfterwards: boolean; readonly windowEndAt: Instant | null; readonly category: string };
  readonly cis: readonly { readonly id: string }[];
}

export function overridesOf(em: Em, changeId: string): Promise<Override[]> {
  return em.find(FreezeOverrideEntity, { changeId });
}

/** Only what the freezes near ask about is looked up: most name neither service nor CI. */
async function wantedWindow(em: Em, question: FreezeQuestion, near: readonly Freeze[]): Promise<WantedWindow> {
  const { from, to, customerId, ciIds, category, serviceIds = [] } = question;
  const scoped = near.some((freeze) => freeze.customerIds.length > 0 || freeze.serviceIds.length > 0 || freeze.ciIds.length > 0);
  const reach = scoped ? (question.reach ?? (await reachOf(em, ciIds))) : null;
  const touched = new Set([...ciIds, ...(reach?.dependants.keys() ?? [])]);
  const scope = scoped ? await customersAndServicesOn(em, touched) : { customerIds: [], serviceIds: [] };
  return {
    window: { from, to }, category, ciIds: touched, customerIds: new Set([customerId, ...scope.customerIds]), serviceIds: new Set([...serviceIds, ...scope.serviceIds]),
  };
}

/** Whose the CIs are, and which services of the catalogue rest on them. */
async function customersAndServicesOn(em: Em, ciIds: ReadonlySet<string>): Promise<{ customerIds: string[]; serviceIds: string[] }> {
  if (ciIds.size === 0) return { customerIds: [], serviceIds: [] };
  const ids = textArray(ciIds);
  const rows = await em.execute<{ customerId: string | null; serviceId: string | null }[]>(
    `select distinct customer_id as "customerId", null::uuid as "serviceId" from ci where id = any(?::uuid[]) and customer_id is not null
     union all
     select null, s.id from service s where jsonb_exists_any(s.ci_ids, ?::text[])`, [ids, ids],
  );
  return { customerIds: rows.flatMap(({ customerId }) => customerId ?? []), serviceIds: rows.flatMap(({ serviceId }) => serviceId ?? []) };
}

/** For the trail. */
export function shownFreeze({ name, reason, origin, startsAt, endsAt, customerIds, serviceIds, ciIds, allowedCategories, cancelledAt }: FreezeWindow) {
  return { name, reason, origin, startsAt: toIso(startsAt), endsAt: toIso(endsAt), customerIds, serviceIds, ciIds, allowedCategories, cancelled: cancelledAt !== null };
}
