import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import type { Change } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { newId } from '../../platform/time/new-id.ts';
import { controlledStatuses } from './cmdb-authority.service.ts';
import { CiBaselineEntity, type CiBaseline } from './cmdb-baseline.entity.ts';
import { compareItems, planRestore, type BaselineDifference, type BaselineRelation, type ComparedItem, type RestoreStep } from './cmdb-baseline.rules.ts';
import { ciOfState } from './cmdb-state.rules.ts';

const MOST_CIS = 5000;

export interface NewBaseline {
  readonly name: string;
  readonly description?: string | null;
  /** The items by id, or all of a customer, a class (and below it: the caller names each), a site. */
  readonly ciIds?: readonly string[] | null;
  readonly customerId?: string | null;
  readonly classes?: readonly string[] | null;
  readonly site?: string | null;
  /** The baseline that this one takes the place of: so a baseline moves (CMDB-10). */
  readonly replacesId?: string | null;
  readonly idempotencyKey?: string | null;
}

/** Keeps a set of items as it stands (CMDB-05). Needs `cmdb.edit` for the customer; without one, for all. */
export async function takeBaseline(change: Change, input: NewBaseline): Promise<CiBaseline> {
  const id = await idempotent(change, 'takeCiBaseline', input, () => keepItems(change, input));
  return change.em.findOneOrFail(CiBaselineEntity, { id });
}

async function keepItems(change: Change, input: NewBaseline): Promise<string> {
  const { em, actor } = change;
  const customerId = input.customerId ?? null;
  requirePermission(actor, 'cmdb.edit', { customerId });
  const replacesId = input.replacesId ?? null;
  if (replacesId !== null) await requireNewest(em, actor, replacesId);
  const now = await change.now();
  const baseline: CiBaseline = {
    id: newId(), name: requiredText(input.name, 'name'), description: optionalText(input.description, 'description', 2000), customerId, replacesId, asOf: now, takenAt: now, takenByName: actor.name, ciCount: 0,
  };
  const items = await chosenItems(change, input, customerId);
  persistRow(em, CiBaselineEntity, { ...baseline, ciCount: items });
  await em.flush();
  await em.execute(
    `insert into ci_baseline_item (baseline_id, ci_id, state, relations)
     select ?, c.id, to_jsonb(c), coalesce((select jsonb_agg(jsonb_build_object('type', r.type, 'targetId', r.target_id) order by r.type, r.target_id) from ci_relation r where r.source_id = c.id), '[]')
     from ci c where c.id in (select id from baseline_choice)`, [baseline.id],
  );
  change.emit({
    type: 'ci.baselineTaken', subjectKind: 'ci-baseline', subjectId: baseline.id, customerId, occurredAt: now, after: { name: baseline.name, ciCount: items, replacesId },
  });
  return baseline.id;
}

/** Chooses the items into a table of this transaction, and counts them. */
async function chosenItems({ em, actor }: Change, input: NewBaseline, customerId: string | null): Promise<number> {
  const ids = input.ciIds ?? null;
  const classes = input.classes ?? null;
  const site = optionalText(input.site, 'site', 300);
  if (ids === null && classes === null && site === null && customerId === null) {
    throw new Refusal('MISSING_FIELD', 'Say which items: "ciIds", or "customerId", "classes", "site".', 'ciIds');
  }
  await em.execute('create temporary table baseline_choice on commit drop as select id, customer_id from ci where false');
  await em.execute(
    `insert into baseline_choice select id, customer_id from ci
     where (?::uuid[] is null or id = any(?::uuid[])) and (?::uuid is null or customer_id = ?::uuid) and (?::text[] is null or class = any(?::text[])) and (?::text is null or site = ?)
       and (?::uuid[] is not null or life <> 'disposed') limit ${MOST_CIS + 1}`,
    [...twice(ids && textArray(ids)), ...twice(customerId), ...twice(classes && textArray(classes)), ...twice(site), ids && textArray(ids)],
  );
  const rows = await em.execute<{ count: number; customers: (string | null)[] }[]>('select count(*)::int as count, array_agg(distinct customer_id) as customers from baseline_choice');
  const { count = 0, customers = [] } = rows[0] ?? {};
  if (count === 0) throw new Refusal('NOT_FOUND', 'There are no such items.', 'ciIds');
  if (ids !== null && count < new Set(ids).size) throw new Refusal('NOT_FOUND', `Of ${new Set(ids).size} items ${count} are there${customerId === null ? '' : ' and of this customer'}.`, 'ciIds');
  if (count > MOST_CIS) throw new Refusal('TOO_LARGE', `A baseline may have ${MOST_CIS} items; narrow it.`, 'ciIds');
  for (const owner of customers) requirePermission(actor, 'cmdb.edit', { customerId: owner });
  return count;
}

const twice = <Value>(value: Value): [Value, Value] => [value, value];

async function requireNewest(em: Em, actor: Actor, id: string): Promise<void> {
  await baselineOf(em, actor, id, 'replacesId');
  const newer = await em.findOne(CiBaselineEntity, { replacesId: id });
  if (newer) throw new Refusal('NOT_UNIQUE', `"${newer.name}" has replaced it already.`, 'replacesId');
}

/** A baseline that the actor may see; another customer's does not exist for them. */
export async function baselineOf(em: Em, actor: Actor, id: string, field = 'id'): Promise<CiBaseline> {
  requirePermission(actor, 'cmdb.read');
  const baseline = await em.findOne(CiBaselineEntity, { id });
  if (!baseline || !may(actor, 'cmdb.read', { customerId: baseline.customerId })) throw new Refusal('NOT_FOUND', `There is no baseline ${id}.`, field);
  return baseline;
}

export interface Comparison {
  readonly differences: BaselineDifference[];
  readonly same: number;
}

/** A baseline beside another one, or beside the register as it stands. */
export async function compareBaseline(em: Em, actor: Actor, { id, withId }: { id: string; withId: string | null }): Promise<Comparison> {
  await baselineOf(em, actor, id);
  if (withId !== null) await baselineOf(em, actor, withId, 'withId');
  const earlier = await itemsOf(em, id);
  const later = withId === null ? await itemsNow(em, [...earlier.keys()]) : await itemsOf(em, withId);
  const differences = compareItems(earlier, later);
  return { differences, same: [...earlier.keys()].filter((ciId) => later.has(ciId)).length - differences.filter(({ kind }) => kind === 'changed').length };
}

/** The alterations that would bring the register back to a baseline; each says whether it needs a change or an exception. */
export async function restorePlan(em: Em, actor: Actor, { id, now }: { id: string; now: Instant }): Promise<RestoreStep[]> {
  await baselineOf(em, actor, id);
  const earlier = await itemsOf(em, id);
  const later = await itemsNow(em, [...earlier.keys()]);
  return planRestore(compareItems(earlier, later), later, await controlledStatuses(em, now));
}

async function itemsOf(em: Em, baselineId: string): Promise<ReadonlyMap<string, ComparedItem>> {
  return itemMap(await em.execute('select ci_id as id, state, relations from ci_baseline_item where baseline_id = ? order by ci_id', [baselineId]));
}

async function itemsNow(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, ComparedItem>> {
  return itemMap(await em.execute(
    `select c.id, to_jsonb(c) as state, coalesce((select jsonb_agg(jsonb_build_object('type', r.type, 'targetId', r.target_id) order by r.type, r.target_id) from ci_relation r where r.source_id = c.id), '[]') as relations
     from ci c where c.id = any(?::uuid[]) order by c.id`, [textArray(ids)],
  ));
}

function itemMap(rows: readonly { id: string; state: unknown; relations: BaselineRelation[] }[]): ReadonlyMap<string, ComparedItem> {
  return new Map(rows.map(({ id, state, relations }) => [id, { ci: ciOfState(state), relations }]));
}
