import type { Client } from 'pg';

export interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How PostgreSQL ran a statement (with `?` for its parameters), told by itself. */
export async function planOf(pg: Client, { sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }): Promise<PlanNode> {
  let place = 0;
  const { rows: [plan] } = await pg.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, format json) ${sql.replaceAll('?', () => `$${(place += 1)}`)}`, [...parameters]);
  return plan!['QUERY PLAN'][0].Plan;
}

export function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
