import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { filterCondition } from '../../server/src/features/board/incident-filter.queries.ts';
import { incidentPageSql } from '../../server/src/features/board/incident-list.queries.ts';
import { manyIncidents } from '../support/many-incidents.ts';
import { openDatabase } from '../support/open-database.ts';

const CLOSED = 3000;
const open = await openDatabase();
const pg = new Client({ connectionString: open.url });
await pg.connect();
await manyIncidents(open.database, pg, { open: 10, closed: CLOSED });

afterAll(async () => {
  await pg.end();
  await open.close();
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

async function planOf({ sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }): Promise<PlanNode> {
  let place = 0;
  const { rows: [plan] } = await pg.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, format json) ${sql.replaceAll('?', () => `$${(place += 1)}`)}`, [...parameters]);
  return plan!['QUERY PLAN'][0].Plan;
}

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

test.each(['reported', 'age'] as const)('API-01 a page from the middle of the closed incidents in order of %s reads no more than a page', async (sort) => {
  const { rows: [middle] } = await pg.query<{ at: string; id: string }>(`select reported_at::text as at, ticket_id as id from incident order by reported_at offset ${CLOSED / 2} limit 1`);
  const closed = filterCondition({ openOnly: false, states: ['closed'] }, 'all', { now: 0, closedCalendars: [], ciIds: [] });
  const plan = await planOf(incidentPageSql(closed, { sort, after: [middle!.at, middle!.id], limit: 51, narrow: false }));
  const read = nodesOf(plan).filter((node) => node['Relation Name'] === 'incident').reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0);
  expect(read).toBeGreaterThanOrEqual(51);
  expect(read).toBeLessThan(60);
});
