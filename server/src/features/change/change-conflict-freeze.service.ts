import type { Instant, Interval } from '../../kernel/instant.ts';
import { toIso } from '../../kernel/instant.ts';
import type { Change } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { CLAIMING_STATES } from './change-conflict.rules.ts';
import { keepConflicts, takeTurns } from './change-conflict-store.service.ts';
import { isOverridden, stops, type Override, type WantedWindow } from './change-freeze.rules.ts';
import { ChangeConflictEntity, FreezeOverrideEntity, type FreezeWindow } from './change-planning.entity.ts';
import { foundationsOf } from './change-planning-reach.service.ts';

interface PlannedChange {
  readonly id: string;
  readonly category: string;
  readonly customerId: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly ciIds: readonly string[];
}

/**
 * Judges every planned change that one freeze held or holds, after it was opened, moved or called off (CHG-11). A few statements,
 * however many changes are planned: instead of asking for each change what it reaches, it asks once what the frozen things rest on.
 */
export async function reconcileFreeze(change: Change, freeze: FreezeWindow, range: Interval): Promise<void> {
  const { em } = change;
  await em.flush();
  await takeTurns(change);
  const planned = await plannedIn(em, range);
  const overrides = await em.find(FreezeOverrideEntity, { freezeId: freeze.id });
  const protectedCis = await protectedBy(em, freeze);
  const stopped = planned.filter((one) => stops(freeze, wantedOf(one, freeze, protectedCis)) && !isOverridden(freeze.id, windowOf(one), overridesOf(one, overrides)));
  const kept = await em.find(ChangeConflictEntity, { freezeId: freeze.id, clearedAt: null });
  const conflict = { kind: 'freeze', key: `freeze ${freeze.id}`, otherId: null, freezeId: freeze.id, personId: null, absence: null, hits: [] } as const;
  await keepConflicts(change, stopped.map(({ id }) => ({ changeId: id, conflict })), kept);
}

function windowOf({ startAt, endAt }: PlannedChange): Interval {
  return { from: startAt, to: endAt };
}

function overridesOf({ id }: PlannedChange, overrides: readonly (Override & { readonly changeId: string })[]): readonly Override[] {
  return overrides.filter(({ changeId }) => changeId === id);
}

async function plannedIn(em: Em, { from, to }: Interval): Promise<PlannedChange[]> {
  return em.execute<PlannedChange[]>(
    `select t.id, c.category, t.customer_id as "customerId", ${ms('c.window_start_at')} as "startAt", ${ms('c.window_end_at')} as "endAt",
       (select coalesce(jsonb_agg(l.ci_id), '[]') from ticket_ci l where l.ticket_id = t.id) as "ciIds"
     from change c join ticket t on t.id = c.ticket_id
     where c.state = any(?::text[]) and c.window_start_at < ?::timestamptz and c.window_end_at > ?::timestamptz order by t.id`,
    [textArray(CLAIMING_STATES), toIso(to), toIso(from)],
  );
}

/** CIs whose change touches what the freeze protects, by what it protects them for. */
interface ProtectedCis {
  readonly ofCis: ReadonlySet<string>;
  readonly ofServices: ReadonlySet<string>;
  readonly ofCustomers: ReadonlySet<string>;
}

async function protectedBy(em: Em, freeze: FreezeWindow): Promise<ProtectedCis> {
  const under = async (ciIds: readonly string[]): Promise<ReadonlySet<string>> => new Set([...ciIds, ...(await foundationsOf(em, ciIds)).keys()]);
  const rows = await em.execute<{ scope: 'service' | 'customer'; ids: string[] }[]>(
    `select 'service' as scope, coalesce(jsonb_agg(c.id), '[]') as ids from service s cross join jsonb_array_elements_text(s.ci_ids) c(id) where s.id = any(?::uuid[])
     union all select 'customer', coalesce(jsonb_agg(id), '[]') from ci where customer_id = any(?::uuid[])`,
    [textArray(freeze.serviceIds), textArray(freeze.customerIds)],
  );
  const idsOf = (wanted: string): readonly string[] => rows.find(({ scope }) => scope === wanted)?.ids ?? [];
  return { ofCis: await under(freeze.ciIds), ofServices: await under(idsOf('service')), ofCustomers: await under(idsOf('customer')) };
}

function wantedOf(planned: PlannedChange, freeze: FreezeWindow, { ofCis, ofServices, ofCustomers }: ProtectedCis): WantedWindow {
  const touches = (ciIds: ReadonlySet<string>): boolean => planned.ciIds.some((id) => ciIds.has(id));
  return {
    window: windowOf(planned), category: planned.category,
    customerIds: new Set([planned.customerId, ...(touches(ofCustomers) ? freeze.customerIds : [])]),
    serviceIds: new Set(touches(ofServices) ? freeze.serviceIds : []),
    ciIds: new Set([...planned.ciIds, ...(touches(ofCis) ? freeze.ciIds : [])]),
  };
}
