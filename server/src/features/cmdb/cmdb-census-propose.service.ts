import { SYSTEM } from '../../kernel/actor.ts';
import { DAY, type Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { persistRow } from '../../platform/db/persist-row.ts';
import { newId } from '../../platform/time/new-id.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { nextCensusAt, type CensusKind } from './cmdb-census.rules.ts';
import { censusNumber } from './cmdb-census.service.ts';
import { CensusEntity } from './cmdb-register.entity.ts';

/** Days from the proposal to when it is to be done. */
const DONE_WITHIN: Readonly<Record<CensusKind, number>> = { census: 30, inspection: 7 };

interface Owner {
  readonly customerId: string | null;
  readonly since: Instant;
  /** Of the last census of each kind, whatever became of it. */
  readonly last: Readonly<Record<CensusKind, Instant | null>>;
  readonly open: Readonly<Record<CensusKind, number>>;
}

/** Proposes each census and inspection that has become due by the policy, once, for everybody whose items are in the register (CMDB-08). Returns how many. */
export async function proposeCensuses(database: Database): Promise<number> {
  return database.change(SYSTEM('census'), async ({ em, emit, now }) => {
    // Several processes may do it at once: one after the other.
    await em.execute(`select pg_advisory_xact_lock(hashtext('ci_census'))`);
    const at = await now();
    const everybody = await owners(em);
    // A database without a register has perhaps no policies yet either.
    if (everybody.length === 0) return 0;
    const { policies } = await policiesAt(database, em, at);
    const kinds = ['census', 'inspection'] as const;
    const due = everybody.flatMap((owner) => kinds
      .filter((kind) => owner.open[kind] === 0 && nextCensusAt(kind, owner.last[kind] ?? owner.since, policies.configuration, policies.metrics.timeZone) <= at)
      .map((kind) => ({ kind, customerId: owner.customerId })));
    for (const { kind, customerId } of due) {
      const id = newId();
      const number = await censusNumber(em);
      persistRow(em, CensusEntity, {
        id, number, kind, state: 'proposed', customerId, ciClass: null, site: null, proposedAt: at, dueAt: at + DONE_WITHIN[kind] * DAY, startedAt: null, startedByName: null, closedAt: null,
        closedByName: null, version: 1,
      });
      emit({ type: 'census.proposed', subjectKind: 'ci-census', subjectId: id, customerId, occurredAt: at, after: { number, kind } });
    }
    return due.length;
  });
}

/** Everybody who has items in use; the provider's own are those of nobody. */
async function owners(em: Em): Promise<Owner[]> {
  const rows = await em.execute<{ customerId: string | null; since: Instant; lastCensus: Instant | null; lastInspection: Instant | null; openCensus: number; openInspection: number }[]>(
    `select o.customer_id as "customerId", ${ms('o.since')} as since,
            ${ms(`max(c.last) filter (where c.kind = 'census')`)} as "lastCensus", ${ms(`max(c.last) filter (where c.kind = 'inspection')`)} as "lastInspection",
            coalesce(sum(c.open) filter (where c.kind = 'census'), 0)::int as "openCensus", coalesce(sum(c.open) filter (where c.kind = 'inspection'), 0)::int as "openInspection"
     from (select customer_id, min(created_at) as since from ci where life in ('in-use', 'in-repair') group by customer_id) o
     left join (select customer_id, kind, max(coalesce(started_at, proposed_at)) as last, count(*) filter (where state <> 'closed') as open
                from ci_census where ci_class is null and site is null group by customer_id, kind) c on c.customer_id is not distinct from o.customer_id
     group by o.customer_id, o.since order by o.customer_id nulls first limit 5000`,
  );
  return rows.map(({ customerId, since, lastCensus, lastInspection, openCensus, openInspection }) => ({
    customerId, since, last: { census: lastCensus, inspection: lastInspection }, open: { census: openCensus, inspection: openInspection },
  }));
}
