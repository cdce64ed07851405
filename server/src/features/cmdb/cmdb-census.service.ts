import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { optionalText, requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { checkFinding, closingLacks, type CensusKind, type FindingInput } from './cmdb-census.rules.ts';
import { CensusEntity, CensusItemEntity, type Census, type CensusItem } from './cmdb-register.entity.ts';
import { REGISTER_COLUMNS } from './cmdb-register.rules.ts';

/** More is not walked through by people; a larger register is counted by customer, class or place. */
const MOST_ITEMS = 20_000;
const USUAL_DAYS = 14;

export interface CensusStart {
  /** One that was proposed; null: a new one of the scope named. */
  readonly id: string | null;
  readonly kind: CensusKind;
  readonly customerId: string | null;
  readonly ciClass: string | null;
  readonly site: string | null;
  readonly dueAt: Instant | null;
}

/** Begins a census or an inspection (CMDB-08): every item of the scope that is not retired is to be looked at. Needs `cmdb.edit`. Returns its id. */
export async function startCensus(database: Database, actor: Actor, input: CensusStart): Promise<string> {
  return database.change(actor, async (change) => {
    const { em, emit } = change;
    const now = await change.now();
    const census = input.id === null ? await newCensus(change, input) : await lockCensus(change, { id: input.id, state: 'proposed' });
    if (input.dueAt !== null && input.dueAt <= now) throw new Refusal('OUT_OF_RANGE', '"dueAt" must lie ahead.', 'dueAt');
    Object.assign(census, { state: 'running', startedAt: now, startedByName: actor.name, dueAt: input.dueAt ?? Math.max(census.dueAt, now + USUAL_DAYS * DAY) });
    await em.flush();
    const items = await em.execute<{ id: string; name: string }[]>(
      `select id, name from ci where life not in ('retired', 'disposed', 'ordered') and (?::uuid is null or customer_id = ?) and (?::text is null or class = ?) and (?::text is null or site = ?)
       order by name, id limit ${MOST_ITEMS + 1}`,
      [census.customerId, census.customerId, census.ciClass, census.ciClass, census.site, census.site],
    );
    if (items.length === 0) throw new Refusal('INVALID_INPUT', 'There is nothing to look at in this scope.', 'scope');
    if (items.length > MOST_ITEMS) throw new Refusal('TOO_LARGE', `A census may have ${MOST_ITEMS} items: narrow it by customer, class or place.`, 'scope');
    for (const { id, name } of items) persistRow(em, CensusItemEntity, { ...BLANK, id: newId(), censusId: census.id, ciId: id, name });
    emit({ type: 'census.started', subjectKind: 'ci-census', subjectId: census.id, customerId: census.customerId, occurredAt: now, after: { number: census.number, kind: census.kind, items: items.length } });
    return census.id;
  });
}

const BLANK = {
  finding: 'unchecked', differences: [], note: null, checkedAt: null, checkedByName: null, resolution: null, resolvedBy: null, resolvedAt: null, resolvedByName: null,
} as const;

async function newCensus({ em, actor, now }: Change, input: CensusStart): Promise<Census> {
  requirePermission(actor, 'cmdb.edit', { customerId: input.customerId });
  return em.create(CensusEntity, {
    id: newId(), number: await censusNumber(em), kind: input.kind, state: 'running', customerId: input.customerId, ciClass: optionalText(input.ciClass, 'ciClass', 60),
    site: optionalText(input.site, 'site', 300), proposedAt: await now(), dueAt: (await now()) + USUAL_DAYS * DAY, startedAt: null, startedByName: null, closedAt: null, closedByName: null, version: 1,
  }, { persist: true });
}

export async function censusNumber(em: Em): Promise<string> {
  const rows = await em.execute<{ n: string }[]>(`select nextval('ci_census_number') as n`);
  return `CEN-${(rows[0]?.n ?? '').padStart(7, '0')}`;
}

/** What was found of one item. May be recorded again until it is resolved. Needs `cmdb.edit`. Returns the item's id. */
export async function recordFinding(database: Database, actor: Actor, input: FindingInput & { readonly itemId: string }): Promise<string> {
  return database.change(actor, async (change) => {
    const { item, census } = await lockItem(change, input.itemId);
    const fields = new Set(REGISTER_COLUMNS.ci.map(({ key }) => key));
    const strange = input.differences.find(({ field }) => !fields.has(field) || field === 'key');
    if (strange) throw new Refusal('INVALID_INPUT', `"differences" may name ${[...fields].filter((field) => field !== 'key').join(', ')}; got "${strange.field}".`, 'differences');
    const { finding, differences, note } = checkFinding({ ...input, note: optionalText(input.note, 'note', 2000) }, { registered: item.ciId !== null });
    Object.assign(item, { finding, differences: [...differences], note, checkedAt: await change.now(), checkedByName: actor.name });
    await tell(change, census, { type: 'census.found', after: { itemId: item.id, name: item.name, finding, differences } });
    return item.id;
  });
}

/** Something stands there that the register does not know (CMDB-08). Needs `cmdb.edit`. Returns the item's id. */
export async function recordUnregistered(database: Database, actor: Actor, input: { readonly censusId: string; readonly name: string; readonly note: string | null }): Promise<string> {
  return database.change(actor, async (change) => {
    const census = await lockCensus(change, { id: input.censusId, state: 'running' });
    const name = requiredText(input.name, 'name', 300);
    const id = newId();
    persistRow(change.em, CensusItemEntity, {
      ...BLANK, id, censusId: census.id, ciId: null, name, finding: 'unregistered', note: optionalText(input.note, 'note', 2000), checkedAt: await change.now(), checkedByName: actor.name,
    });
    await tell(change, census, { type: 'census.found', after: { itemId: id, name, finding: 'unregistered' } });
    return id;
  });
}

/** Ends a census. @throws Refusal MISSING_FIELD naming what is unchecked or unresolved (CMDB-08) */
export async function closeCensus(database: Database, actor: Actor, input: { readonly id: string; readonly expectedVersion: number }): Promise<string> {
  return database.change(actor, async (change) => {
    const census = await lockCensus(change, { id: input.id, state: 'running', expectedVersion: input.expectedVersion });
    const lacks = closingLacks(await change.em.find(CensusItemEntity, { censusId: census.id }, { orderBy: { name: 'asc', id: 'asc' } }));
    if (lacks.length > 0) throw new Refusal('MISSING_FIELD', lacks.map(({ message }) => message).join(' '), 'items', { lacks });
    Object.assign(census, { state: 'closed', closedAt: await change.now(), closedByName: actor.name });
    await tell(change, census, { type: 'census.closed', after: { number: census.number } });
    return census.id;
  });
}

interface CensusClaim {
  readonly id: string;
  readonly state: Census['state'];
  readonly expectedVersion?: number;
}

/** Locks a census that is in that state; its version counts every command. */
export async function lockCensus({ em, actor }: Change, { id, state, expectedVersion }: CensusClaim): Promise<Census> {
  requirePermission(actor, 'cmdb.edit');
  const census = await em.findOne(CensusEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!census) throw noCensus();
  requireVisible(actor, 'cmdb.edit', { customerId: census.customerId }, noCensus);
  if (expectedVersion !== undefined) requireVersion(census, expectedVersion, 'census');
  if (census.state !== state) throw new Refusal('MOVE_NOT_ALLOWED', `${census.number} is ${census.state}, it must be ${state}.`, 'id', { state: census.state });
  census.version += 1;
  return census;
}

const noCensus = (): Refusal => new Refusal('NOT_FOUND', 'There is no such census.', 'id');

/** Locks the census of an item, then the item; one that is resolved stays as it is. */
export async function lockItem(change: Change, itemId: string): Promise<{ item: CensusItem; census: Census }> {
  requirePermission(change.actor, 'cmdb.edit');
  const found = await change.em.findOne(CensusItemEntity, { id: itemId });
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such item in a census.', 'itemId');
  const census = await lockCensus(change, { id: found.censusId, state: 'running' });
  const item = await change.em.findOneOrFail(CensusItemEntity, { id: itemId }, { refresh: true });
  if (item.resolution !== null) throw new Refusal('ALREADY_DONE', `"${item.name}" was resolved by ${item.resolvedByName ?? 'somebody'}: ${item.resolvedBy ?? ''}.`, 'itemId');
  return { item, census };
}

export async function tell({ emit, now }: Change, { id, customerId }: Census, event: { readonly type: string; readonly after: Record<string, unknown> }): Promise<void> {
  emit({ ...event, subjectKind: 'ci-census', subjectId: id, customerId, occurredAt: await now() });
}

