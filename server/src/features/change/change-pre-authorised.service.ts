import { LockMode } from '@mikro-orm/core';
import { may, type Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { requiredText } from '../../kernel/text.ts';
import { requireVersion } from '../../kernel/version.ts';
import type { Database } from '../../platform/db/database.ts';
import { idempotent } from '../../platform/db/idempotency.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { CustomerEntity } from '../customer/customer.entity.ts';
import { longText, reasonText } from './change-checks.service.ts';
import { PreAuthorisedChangeEntity } from './change.entity.ts';

export interface AgreeInput {
  readonly customerId: string;
  readonly title: string;
  readonly servicePlan: string;
  readonly agreedBy: string;
  readonly agreedAt: Instant;
  readonly endsAt?: Instant | null;
  readonly idempotencyKey?: string | null;
}

/** CHG table: what a customer agreed to beforehand goes straight to execution. Kept by the change manager. */
export async function agreePreAuthorised(database: Database, actor: Actor, input: AgreeInput): Promise<string> {
  requirePermission(actor, 'change.approve', { customerId: input.customerId });
  return database.change(actor, (change) => idempotent(change, 'agreePreAuthorised', input, async () => {
    const { em, emit } = change;
    const now = await change.now();
    const { customerId, agreedAt, endsAt = null } = input;
    if ((await em.count(CustomerEntity, { id: customerId })) === 0) throw new Refusal('NOT_FOUND', `There is no customer ${customerId}.`, 'customerId');
    if (agreedAt > now) throw new Refusal('OUT_OF_RANGE', '"agreedAt" must not be in the future.', 'agreedAt');
    if (endsAt !== null && endsAt <= now) throw new Refusal('OUT_OF_RANGE', '"endsAt" must lie ahead.', 'endsAt');
    const facts = { title: requiredText(input.title, 'title'), servicePlan: longText(input.servicePlan, 'servicePlan'), agreedBy: requiredText(input.agreedBy, 'agreedBy'), agreedAt, endsAt };
    const row = { id: newId(), customerId, ...facts, createdBy: actor.name, createdAt: now, version: 1 };
    persistRow(em, PreAuthorisedChangeEntity, row);
    emit({ type: 'preAuthorised.agreed', subjectKind: 'preAuthorisedChange', subjectId: row.id, customerId, occurredAt: now, after: facts });
    return row.id;
  }));
}

export interface EndInput {
  readonly id: string;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey?: string | null;
}

/** It holds no longer: changes that follow it and have not begun need their approval from now on. */
export async function endPreAuthorised(database: Database, actor: Actor, input: EndInput): Promise<string> {
  return database.change(actor, (change) => idempotent(change, 'endPreAuthorised', input, async () => {
    const { em, emit } = change;
    const item = await em.findOne(PreAuthorisedChangeEntity, { id: input.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!item || !may(actor, 'change.read', { customerId: item.customerId })) throw new Refusal('NOT_FOUND', `There is no item "${input.id}" on an agreed list.`, 'id');
    requirePermission(actor, 'change.approve', { customerId: item.customerId });
    requireVersion(item, input.expectedVersion, 'item');
    const now = await change.now();
    if (item.endsAt !== null && item.endsAt <= now) throw new Refusal('ALREADY_DONE', 'The item has ended already.', 'id');
    Object.assign(item, { endsAt: now, version: item.version + 1 });
    emit({ type: 'preAuthorised.ended', subjectKind: 'preAuthorisedChange', subjectId: item.id, customerId: item.customerId, occurredAt: now, reason: reasonText(input.reason) });
    return item.id;
  }));
}
