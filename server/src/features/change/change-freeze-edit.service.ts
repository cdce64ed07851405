import { LockMode } from '@mikro-orm/core';
import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { DAY, toIso, type Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Change, Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { newId } from '../../platform/time/new-id.ts';
import { FREEZE_ORIGINS, LONGEST_FREEZE_DAYS, type FreezeOrigin } from './change-freeze.rules.ts';
import { shownFreeze } from './change-freeze.service.ts';
import { reconcileFreeze } from './change-conflict-freeze.service.ts';
import { FreezeWindowEntity, type FreezeWindow } from './change-planning.entity.ts';
import { CHANGE_CATEGORIES } from './change-states.rules.ts';

export interface FreezeInput {
  readonly name: string;
  readonly reason: string;
  readonly origin?: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly customerIds?: readonly string[] | null;
  readonly serviceIds?: readonly string[] | null;
  readonly ciIds?: readonly string[] | null;
  readonly allowedCategories?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

const MOST_OF_A_SCOPE = 200;

/** Opens a freeze window (FRZ-01). Needs `freeze.edit`; whoever has it for some customers only may freeze those only. */
export async function createFreeze(database: Database, actor: Actor, input: FreezeInput): Promise<string> {
  requirePermission(actor, 'freeze.edit');
  return database.change(actor, (change) => idempotent(change, 'createFreeze', input, async () => {
    const { em, now } = change;
    const freeze = em.create(FreezeWindowEntity, {
      id: newId(), ...(await checked(em, actor, input)), cancelledAt: null, createdBy: actor.name, createdAt: await now(), version: 1,
    });
    await settle(change, 'freeze.created', { after: freeze });
    return freeze.id;
  }));
}

export interface FreezeEdit extends Partial<FreezeInput> {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Changes what is given, leaves the rest; conflicts of every change near are judged anew. */
export async function updateFreeze(database: Database, actor: Actor, input: FreezeEdit): Promise<string> {
  requirePermission(actor, 'freeze.edit');
  return database.change(actor, (change) => idempotent(change, 'updateFreeze', input, async () => {
    const freeze = await lockFreeze(change, input);
    const before = { ...freeze };
    Object.assign(freeze, await checked(change.em, actor, { ...freeze, ...given(input) }), { version: freeze.version + 1 });
    await settle(change, 'freeze.edited', { before, after: freeze });
    return freeze.id;
  }));
}

/** Calls a freeze off. It stays on record. */
export async function cancelFreeze(database: Database, actor: Actor, input: { readonly id: string; readonly expectedVersion: number; readonly reason: string; readonly idempotencyKey?: string | null }): Promise<string> {
  requirePermission(actor, 'freeze.edit');
  return database.change(actor, (change) => idempotent(change, 'cancelFreeze', input, async () => {
    const freeze = await lockFreeze(change, input);
    const before = { ...freeze };
    const reason = requiredText(input.reason, 'reason', 2000);
    freeze.cancelledAt = await change.now();
    freeze.version += 1;
    await settle(change, 'freeze.cancelled', { before, after: freeze, reason });
    return freeze.id;
  }));
}

/** Saves, tells, and judges every planned change that the freeze held or holds. */
async function settle(change: Change, type: string, { before, after, reason }: { before?: FreezeWindow; after: FreezeWindow; reason?: string }): Promise<void> {
  await change.em.flush();
  change.emit({
    type, subjectKind: 'freeze', subjectId: after.id, customerId: after.customerIds.length === 1 ? after.customerIds[0]! : null, occurredAt: await change.now(),
    ...(before ? { before: shownFreeze(before) } : {}), after: shownFreeze(after), reason: reason ?? null,
  });
  await reconcileFreeze(change, after, { from: Math.min(after.startsAt, before?.startsAt ?? after.startsAt), to: Math.max(after.endsAt, before?.endsAt ?? after.endsAt) });
}

async function lockFreeze({ em, actor }: Change, { id, expectedVersion }: { id: string; expectedVersion: number }): Promise<FreezeWindow> {
  const freeze = await em.findOne(FreezeWindowEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!freeze) throw new Refusal('NOT_FOUND', `There is no freeze window "${id}".`, 'id');
  requireVersion(freeze, expectedVersion, 'freeze window');
  requireScope(actor, freeze.customerIds);
  if (freeze.cancelledAt !== null) throw new Refusal('MOVE_NOT_ALLOWED', `The freeze "${freeze.name}" was called off at ${toIso(freeze.cancelledAt)}.`, 'id');
  return freeze;
}

/** What was given, without what was left out: null leaves a field as it is. */
function given({ id: _id, expectedVersion: _version, idempotencyKey: _key, ...input }: FreezeEdit): Partial<FreezeInput> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null));
}

async function checked(em: Em, actor: Actor, input: FreezeInput) {
  const { startsAt, endsAt } = input;
  if (endsAt <= startsAt || endsAt - startsAt > LONGEST_FREEZE_DAYS * DAY) {
    throw new Refusal('OUT_OF_RANGE', `A freeze ends after it starts and within ${LONGEST_FREEZE_DAYS} days, got ${toIso(startsAt)} to ${toIso(endsAt)}.`, 'endsAt');
  }
  const customerIds = await existing(em, 'customer', input.customerIds, 'customerIds');
  requireScope(actor, customerIds);
  return {
    name: requiredText(input.name, 'name'), reason: requiredText(input.reason, 'reason', 2000), origin: originOf(input.origin), startsAt, endsAt, customerIds,
    serviceIds: await existing(em, 'service', input.serviceIds, 'serviceIds'), ciIds: await existing(em, 'ci', input.ciIds, 'ciIds'), allowedCategories: categoriesOf(input.allowedCategories),
  };
}

/** A grant for some customers does not freeze the others' changes. */
function requireScope(actor: Actor, customerIds: readonly string[]): void {
  if (customerIds.length === 0 && !actor.grants.some(({ permissions, customerId }) => customerId === null && permissions.has('freeze.edit')) && actor.kind !== 'system') {
    throw new Refusal('FORBIDDEN', 'You may freeze changes of named customers only.', 'customerIds');
  }
  for (const customerId of customerIds) if (!may(actor, 'freeze.edit', { customerId })) throw new Refusal('FORBIDDEN', `You may not freeze changes of customer ${customerId}.`, 'customerIds');
}

function originOf(word: string | null | undefined): FreezeOrigin {
  const origin = FREEZE_ORIGINS.find((one) => one === (word ?? 'other'));
  if (!origin) throw new Refusal('INVALID_INPUT', `"origin" must be one of ${FREEZE_ORIGINS.join(', ')}, got "${word}".`, 'origin');
  return origin;
}

function categoriesOf(words: readonly string[] | null | undefined): string[] {
  const wrong = (words ?? []).find((word) => !CHANGE_CATEGORIES.some((category) => category === word));
  if (wrong !== undefined) throw new Refusal('INVALID_INPUT', `"allowedCategories" may hold ${CHANGE_CATEGORIES.join(', ')}, got "${wrong}".`, 'allowedCategories');
  return [...new Set(words)];
}

async function existing(em: Em, table: 'customer' | 'service' | 'ci', ids: readonly string[] | null | undefined, field: string): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length > MOST_OF_A_SCOPE) throw new Refusal('TOO_LARGE', `"${field}" may name at most ${MOST_OF_A_SCOPE}, got ${wanted.length}.`, field);
  if (wanted.length === 0) return [];
  const found = await em.execute<{ id: string }[]>(`select id from ${table} where id = any(?::uuid[])`, [textArray(wanted)]);
  const missing = wanted.find((id) => !found.some((row) => row.id === id));
  if (missing !== undefined) throw new Refusal('NOT_FOUND', `There is no ${table} "${missing}".`, field);
  return wanted;
}
