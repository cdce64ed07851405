import { z } from 'zod';
import { requirePermission } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Change } from '../../platform/db/database.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import type { LoggedEvent } from '../../platform/live/logged-event.ts';
import { newId } from '../../platform/time/new-id.ts';
import { setServiceItems } from '../customer/customer-place.service.ts';
import { CiEntity, ServiceCiEntity } from './cmdb.entity.ts';

const MOST = 500;

/** What a service of the catalogue rests on, from now on (AGR-06); what it rested on is kept. Needs `cmdb.edit`. */
export async function setServiceCis(change: Change, { serviceId, ciIds }: { serviceId: string; ciIds: readonly string[] }): Promise<string> {
  requirePermission(change.actor, 'cmdb.edit', { customerId: null });
  const wanted = [...new Set(ciIds)];
  if (wanted.length > MOST) throw new Refusal('TOO_LARGE', `"ciIds" may name ${MOST} items, got ${wanted.length}.`, 'ciIds');
  const known = new Set((await change.em.find(CiEntity, { id: { $in: wanted } })).map(({ id }) => id));
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) throw new Refusal('NOT_FOUND', `There is no configuration item ${missing}.`, 'ciIds');
  await setServiceItems(change, { id: serviceId, ciIds: wanted });
  await holdServiceCis(change, { serviceId, ciIds: wanted, at: await change.now() });
  return serviceId;
}

/** Ends what is not wanted any more, begins what is new. */
async function holdServiceCis({ em }: Change, { serviceId, ciIds, at }: { serviceId: string; ciIds: readonly string[]; at: Instant }): Promise<void> {
  const there = await em.find(ServiceCiEntity, { serviceId, validTo: null });
  for (const row of there.filter(({ ciId }) => !ciIds.includes(ciId))) row.validTo = Math.max(at, row.validFrom);
  for (const ciId of ciIds.filter((id) => !there.some((row) => row.ciId === id))) persistRow(em, ServiceCiEntity, { id: newId(), serviceId, ciId, validFrom: at, validTo: null });
}

/** A new service of the catalogue may name items from its first day; the catalogue lies below and cannot tell by a call. */
export async function followServices(change: Change, events: readonly LoggedEvent[]): Promise<void> {
  for (const { subjectId, occurredAt, after } of events) {
    const { ciIds } = CREATED.parse(after);
    const known = ciIds.length === 0 ? [] : await change.em.find(CiEntity, { id: { $in: ciIds } });
    await holdServiceCis(change, { serviceId: subjectId, ciIds: known.map(({ id }) => id), at: occurredAt });
  }
}

/** What `service.created` says; an id that is none names no item. */
const CREATED = z.object({
  ciIds: z.array(z.string()).nullish().transform((ids) => (ids ?? []).filter((id) => z.uuid().safeParse(id).success)),
});
