import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, visibleCustomers } from '../../kernel/actor-guard.ts';
import { pageRequest } from '../../kernel/page.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { readCursor, writeCursor, type Page } from './cmdb-topology.queries.ts';
import { CiEntity, type Ci } from './cmdb.entity.ts';

/** What narrows the register; an empty list narrows nothing. */
export interface RegisterFilter {
  /** Part of the name, serial or asset label, or the whole key of the source register. */
  readonly search?: string | null;
  readonly classes?: readonly string[] | null;
  /** Stages of life (CMDB-02). */
  readonly lives?: readonly string[] | null;
  readonly customerIds?: readonly string[] | null;
  readonly site?: string | null;
}

/** The items that the actor may see and the filter leaves, as SQL on `ci` (ORG-03). */
export function registerSql(actor: Actor, filter: RegisterFilter): { readonly sql: string; readonly values: unknown[] } {
  requirePermission(actor, 'cmdb.read');
  const visible = visibleCustomers(actor, 'cmdb.read');
  const text = filter.search?.trim() ?? '';
  const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const listed = (column: string, values: readonly string[] | null | undefined, type: string) =>
    values && values.length > 0 ? [{ sql: `ci.${column} = any(?::${type}[])`, values: [textArray(values)] }] : [];
  const parts = [
    ...(visible === 'all' ? [] : [{ sql: 'ci.customer_id = any(?::uuid[])', values: [textArray(visible)] }]),
    ...(text === '' ? [] : [{ sql: `(ci.name ilike ? or ci.external_id = ? or ci.serial ilike ? or ci.asset_label ilike ?)`, values: [like, text, like, like] }]),
    ...listed('class', filter.classes, 'text'), ...listed('life', filter.lives, 'text'), ...listed('customer_id', filter.customerIds, 'uuid'),
    ...(filter.site ? [{ sql: 'ci.site = ?', values: [filter.site] }] : []),
  ];
  return { sql: parts.length === 0 ? 'true' : parts.map(({ sql }) => sql).join(' and '), values: parts.flatMap(({ values }) => values) };
}

/** The register by name, a page at a time. */
export async function registerPage(em: Em, actor: Actor, request: RegisterFilter & { readonly first: number; readonly after: string | null }): Promise<Page<Ci> & { readonly total: number }> {
  const { first, after } = pageRequest(request.first, request.after);
  const { sql, values } = registerSql(actor, request);
  const from = after === null ? ['', ''] : readCursor(after, 2);
  const rows = await em.execute<{ id: string; name: string }[]>(
    `select id, name from ci where ${sql} and (name, id::text) > (?, ?) order by name, id::text limit ?`, [...values, ...from, first + 1],
  );
  const counted = await em.execute<{ total: number }[]>(`select count(*)::int as total from ci where ${sql}`, values);
  const kept = rows.slice(0, first);
  const cis = new Map((await em.find(CiEntity, { id: { $in: kept.map(({ id }) => id) } })).map((ci) => [ci.id, ci]));
  const last = kept.at(-1);
  return {
    rows: kept.flatMap(({ id }) => cis.get(id) ?? []), total: counted[0]?.total ?? 0,
    endCursor: last ? writeCursor([last.name, last.id]) : null, hasNextPage: rows.length > first,
  };
}

export interface Facet {
  readonly key: string;
  readonly items: number;
}

/** Which classes and stages of life there are among the items that the actor may see, with how many. */
export async function registerFacets(em: Em, actor: Actor): Promise<{ classes: Facet[]; lives: Facet[] }> {
  const { sql, values } = registerSql(actor, {});
  const count = (column: 'class' | 'life'): Promise<Facet[]> =>
    em.execute(`select ${column} as key, count(*)::int as items from ci where ${sql} group by ${column} order by ${column} limit 200`, values);
  return { classes: await count('class'), lives: await count('life') };
}
