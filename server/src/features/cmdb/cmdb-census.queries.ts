import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { pageRequest } from '../../kernel/page.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { CENSUS_FINDINGS, type CensusDifference, type CensusFinding, type CensusKind, type CensusState } from './cmdb-census.rules.ts';
import { readCursor, writeCursor, type Page } from './cmdb-topology.queries.ts';

export interface CensusRow {
  readonly id: string;
  readonly number: string;
  readonly kind: CensusKind;
  readonly state: CensusState;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly ciClass: string | null;
  readonly site: string | null;
  readonly proposedAt: Instant;
  readonly dueAt: Instant;
  readonly startedAt: Instant | null;
  readonly startedByName: string | null;
  readonly closedAt: Instant | null;
  readonly closedByName: string | null;
  readonly version: number;
  readonly items: number;
  readonly unchecked: number;
  readonly found: number;
  readonly missing: number;
  readonly different: number;
  readonly unregistered: number;
  readonly open: number;
}

/** Censuses and inspections: what runs and what is proposed first, then the newest, at most 100. */
export async function censuses(em: Em, actor: Actor, { id, first }: { readonly id?: string; readonly first: number }): Promise<CensusRow[]> {
  requirePermission(actor, 'cmdb.edit');
  const visible = visibleCustomers(actor, 'cmdb.edit');
  const count = (name: string, condition: string): string => `(count(i.id) filter (where ${condition}))::int as ${name}`;
  return em.execute<CensusRow[]>(
    `select c.id, c.number, c.kind, c.state, c.customer_id as "customerId", k.name as "customerName", c.ci_class as "ciClass", c.site, ${ms('c.proposed_at')} as "proposedAt", ${ms('c.due_at')} as "dueAt",
            ${ms('c.started_at')} as "startedAt", c.started_by_name as "startedByName", ${ms('c.closed_at')} as "closedAt", c.closed_by_name as "closedByName", c.version, count(i.id)::int as items,
            ${CENSUS_FINDINGS.map((finding) => count(finding, `i.finding = '${finding}'`)).join(', ')},
            ${count('open', `i.finding in ('missing', 'different', 'unregistered') and i.resolution is null`)}
     from ci_census c left join customer k on k.id = c.customer_id left join ci_census_item i on i.census_id = c.id
     where (? or c.customer_id = any(?::uuid[])) and (?::uuid is null or c.id = ?)
     group by c.id, k.name order by array_position(array['running', 'proposed', 'closed'], c.state), c.proposed_at desc, c.id limit ?`,
    [visible === 'all', textArray(visible === 'all' ? [] : visible), id ?? null, id ?? null, pageRequest(first, null).first],
  );
}

export interface CensusItemRow {
  readonly id: string;
  readonly ciId: string | null;
  readonly name: string;
  readonly ciClass: string | null;
  readonly key: string | null;
  readonly site: string | null;
  readonly location: string | null;
  readonly finding: CensusFinding;
  readonly differences: readonly CensusDifference[];
  readonly note: string | null;
  readonly checkedAt: Instant | null;
  readonly checkedByName: string | null;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedByName: string | null;
}

export interface CensusItemRequest {
  readonly censusId: string;
  /** Of a finding; "open": differences without a resolution; null: all. */
  readonly only?: string | null;
  readonly search?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

/** Items of a census by place and name. The caller has looked up the census for the actor. */
export async function censusItems(em: Em, { censusId, search, ...request }: CensusItemRequest): Promise<Page<CensusItemRow>> {
  const { first, after } = pageRequest(request.first, request.after);
  const only = request.only ?? null;
  if (only !== null && only !== 'open' && !CENSUS_FINDINGS.some((finding) => finding === only)) {
    throw new Refusal('INVALID_INPUT', `"only" must be open or one of ${CENSUS_FINDINGS.join(', ')}, got "${only.slice(0, 40)}".`, 'only');
  }
  const like = search?.trim() ? `%${search.trim().replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const from = after === null ? ['', '', ''] : readCursor(after, 3);
  const rows = await em.execute<CensusItemRow[]>(
    `select i.id, i.ci_id as "ciId", i.name, c.class as "ciClass", c.external_id as key, c.site, c.location, i.finding, i.differences, i.note, ${ms('i.checked_at')} as "checkedAt",
            i.checked_by_name as "checkedByName", i.resolution, i.resolved_by as "resolvedBy", i.resolved_by_name as "resolvedByName"
     from ci_census_item i left join ci c on c.id = i.ci_id
     where i.census_id = ? and (?::text is null or i.finding = ? or (? = 'open' and i.finding in ('missing', 'different', 'unregistered') and i.resolution is null))
       and (?::text is null or i.name ilike ? or c.external_id ilike ? or c.asset_label ilike ? or c.serial ilike ?)
       and (coalesce(c.site, ''), i.name, i.id::text) > (?, ?, ?) order by coalesce(c.site, ''), i.name, i.id::text limit ?`,
    [censusId, only, only, only, like, like, like, like, like, ...from, first + 1],
  );
  const kept = rows.slice(0, first);
  const last = kept.at(-1);
  return { rows: kept, endCursor: last ? writeCursor([last.site ?? '', last.name, last.id]) : null, hasNextPage: rows.length > first };
}
