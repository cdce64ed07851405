import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { IncidentGrouping, IncidentSort } from './board-order.rules.ts';
import type { IncidentFilter } from './incident-filter.rules.ts';
import type { IncidentCondition } from './incident-filter.queries.ts';
import { incidentsFrom } from './incident-list.queries.ts';
import { maySeeView, type SavedViewScope } from './saved-view.rules.ts';

export interface SavedViewRow {
  readonly id: string;
  readonly ownerId: string;
  readonly owner: string;
  readonly name: string;
  readonly slug: string;
  readonly scope: SavedViewScope;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly teamNameZh: string | null;
  readonly leadId: string | null;
  readonly filter: IncidentFilter;
  readonly sort: IncidentSort;
  readonly grouping: IncidentGrouping | null;
  readonly columns: string[];
  readonly version: number;
  readonly isDefault: boolean;
}

/** More are not listed; the oldest come first, so that a list does not jump when somebody adds one. */
const MOST_LISTED = 200;
/** Counting ends here: "10000+". */
export const MOST_COUNTED = 10_000;

const VIEW = `select v.id, v.owner_id as "ownerId", p.name as owner, v.name, v.slug, v.scope, v.team_id as "teamId", t.name as "teamName", t.name_zh as "teamNameZh", t.lead_id as "leadId",
    v.filter, v.sort, v.grouping, v.columns, v.version, d.view_id is not null as "isDefault"
  from saved_view v join person p on p.id = v.owner_id left join team t on t.id = v.team_id left join default_view d on d.view_id = v.id and d.person_id = ?::uuid`;

/** The views that the actor finds: their own, their teams', everybody's. */
export async function viewsOf(em: Em, actor: Actor): Promise<SavedViewRow[]> {
  const rows = await em.execute<SavedViewRow[]>(
    `${VIEW} where v.owner_id = ?::uuid or (? and v.scope <> 'me') order by v.scope, v.created_at, v.id limit ${MOST_LISTED * 10}`, [actor.id, actor.id, actor.customerId === null],
  );
  return rows.filter((row) => maySeeView(row, actor)).slice(0, MOST_LISTED);
}

/** One by its address or id, whoever it belongs to: the caller asks whether the actor may see it. */
export async function viewBy(em: Em, actor: Actor, key: { readonly slug: string } | { readonly id: string }): Promise<SavedViewRow | null> {
  const [column, value] = 'slug' in key ? ['slug = ?', key.slug] : ['id = ?::uuid', key.id];
  return (await em.execute<SavedViewRow[]>(`${VIEW} where v.${column}`, [actor.id, value]))[0] ?? null;
}

/** Which of these addresses are taken. */
export async function takenSlugs(em: Em, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await em.execute<{ slug: string }[]>('select slug from saved_view where slug = any(?::text[])', [textArray(slugs)]);
  return new Set(rows.map(({ slug }) => slug));
}

/** How many incidents each condition holds, in one statement; one that holds more than {@link MOST_COUNTED} answers one more than that. */
export async function countEach(em: Em, conditions: readonly IncidentCondition[]): Promise<number[]> {
  if (conditions.length === 0) return [];
  const counts = conditions.map(({ sql, openOnly }, index) =>
    `select ${index} as place, count(*)::int as count from (select 1 from ${incidentsFrom({ openOnly, narrow: false })} where ${sql} limit ${MOST_COUNTED + 1}) q`);
  const rows = await em.execute<{ place: number; count: number }[]>(`${counts.join(' union all ')} order by place`, conditions.flatMap(({ parameters }) => [...parameters]));
  return rows.map(({ count }) => count);
}
