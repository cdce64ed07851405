import { NAMED_USES, USE_KINDS, type Use } from '../../kernel/use.ts';
import type { Em } from './orm.ts';

/** Counts, by kind, what a statement finds as `kind` and `name`; in the order of the kinds. */
export async function countUses(em: Em, found: string, parameters: readonly unknown[]): Promise<Use[]> {
  const rows = await em.execute<Use[]>(
    `select kind, count(*)::int as count, to_jsonb((array_agg(name order by name))[1:${NAMED_USES}]) as names from (${found}) used group by kind`, [...parameters],
  );
  return USE_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind));
}
