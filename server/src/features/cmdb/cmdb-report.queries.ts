import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import { controlledStatuses } from './cmdb-authority.service.ts';
import type { ReportedAlteration, ReportedBaseline, ReportedDifference } from './cmdb-report.rules.ts';
import { ciOfState, differencesBetween } from './cmdb-state.rules.ts';

/** Half-open [from, to), of one customer or of all. */
export interface ReportPeriod {
  readonly customerId: string | null;
  readonly from: Instant;
  readonly to: Instant;
}

/** More alterations than anybody reads in a month; what is beyond is neither listed nor counted one by one. */
const MOST_VERSIONS = 20_000;

/** Every version of an item that began in the period after its first, with what it rested on (CMDB-05, CMDB-06). */
export async function alterationsOf(em: Em, { customerId, from, to }: ReportPeriod): Promise<ReportedAlteration[]> {
  const rows = await em.execute<{ ciId: string; at: Date | string; state: unknown; before: unknown }[]>(
    `select v.ci_id as "ciId", v.valid_from as at, v.state, e.state as before from ci_version v join ci_version e on e.ci_id = v.ci_id and e.seq = v.seq - 1
     where v.valid_from >= ? and v.valid_from < ? and (?::uuid is null or v.state->>'customer_id' = ?) order by v.valid_from, v.ci_id, v.seq limit ${MOST_VERSIONS}`,
    [toIso(from), toIso(to), customerId, customerId],
  );
  const controlled = await controlledStatuses(em, to);
  return rows.flatMap(({ ciId, at, state, before }): ReportedAlteration[] => {
    const [was, is] = [ciOfState(before), ciOfState(state)];
    const fields = differencesBetween(was, is).map(({ field }) => field);
    if (fields.length === 0) return [];
    const authority = is.authority?.kind ?? 'unknown';
    return [{
      at: new Date(at).toISOString(), ciId, ciName: is.name, fields, authority, authorisedBy: is.authority?.number ?? is.authority?.reason ?? null, actorName: is.authority?.by ?? '',
      unauthorised: controlled.includes(was.life) && authority !== 'change' && authority !== 'exception',
    }];
  });
}

/** Items in the register at the end of the period, and those that came in during it. */
export async function itemCounts(em: Em, { customerId, from, to }: ReportPeriod): Promise<{ items: number; added: number }> {
  const rows = await em.execute<{ items: number; added: number }[]>(
    `select (count(*) filter (where valid_from < ? and (valid_to is null or valid_to >= ?) and state->>'life' not in ('retired', 'disposed')))::int as items,
            (count(*) filter (where seq = 1 and valid_from >= ? and valid_from < ?))::int as added
     from ci_version where ?::uuid is null or state->>'customer_id' = ?`, [toIso(to), toIso(to), toIso(from), toIso(to), customerId, customerId],
  );
  return rows[0] ?? { items: 0, added: 0 };
}

/** Baselines in force in the period: how many of their items are otherwise at its end than when they were taken. */
export async function baselinesOf(em: Em, { customerId, from, to }: ReportPeriod): Promise<ReportedBaseline[]> {
  // What is said of the row and not of the thing does not move a baseline.
  const plain = (column: string): string => `(${column} - array['version', 'updated_at', 'created_at', 'authority'])`;
  const rows = await em.execute<(Omit<ReportedBaseline, 'madeAt'> & { madeAt: Date | string })[]>(
    `select b.name, b.taken_at as "madeAt", b.ci_count as items, case when b.taken_at >= ? then r.name end as replaces,
            (select count(*)::int from ci_baseline_item i left join ci_version v on v.ci_id = i.ci_id and v.valid_from < ? and (v.valid_to is null or v.valid_to >= ?)
             where i.baseline_id = b.id and (v.ci_id is null or ${plain('v.state')} <> ${plain('i.state')})) as moved
     from ci_baseline b left join ci_baseline r on r.id = b.replaces_id
     where b.taken_at < ? and (?::uuid is null or b.customer_id = ?)
       and not exists (select 1 from ci_baseline n where n.replaces_id = b.id and n.taken_at < ?)
     order by b.taken_at desc, b.id limit 500`,
    [toIso(from), toIso(to), toIso(to), toIso(to), customerId, customerId, toIso(from)],
  );
  return rows.map(({ madeAt, ...baseline }) => ({ ...baseline, madeAt: new Date(madeAt).toISOString() }));
}

/** Differences that nobody has resolved or decided on at the end of the period: of censuses, and of files with controlled items. */
export async function openDifferences(em: Em, { customerId, to }: ReportPeriod): Promise<ReportedDifference[]> {
  const rows = await em.execute<(Omit<ReportedDifference, 'since'> & { since: Date | string })[]>(
    `select 'census' as source, c.number as reference, i.name as "ciName", i.finding as what, i.checked_at as since from ci_census_item i join ci_census c on c.id = i.census_id
       where i.finding in ('missing', 'different', 'unregistered') and i.checked_at < ? and (i.resolved_at is null or i.resolved_at >= ?) and (?::uuid is null or c.customer_id = ?)
     union all
     select 'import', f.file_name, '', f.controlled_count || ' controlled', f.proposed_at from ci_register_import f
       where f.controlled_count > 0 and f.proposed_at < ? and (f.decided_at is null or f.decided_at >= ?) and (?::uuid is null or f.customer_id = ?)
     order by since, reference, "ciName" limit 5000`,
    [toIso(to), toIso(to), customerId, customerId, toIso(to), toIso(to), customerId, customerId],
  );
  return rows.map(({ since, ...difference }) => ({ ...difference, since: new Date(since).toISOString() }));
}
