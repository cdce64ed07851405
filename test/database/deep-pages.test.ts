import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import { filterCondition } from '../../server/src/features/board/incident-filter.queries.ts';
import { incidentPageSql } from '../../server/src/features/board/incident-list.queries.ts';
import { manyIncidents } from '../support/many-incidents.ts';
import { openDatabase } from '../support/open-database.ts';
import { nodesOf, planOf } from '../support/query-plan.ts';

const CLOSED = 3000;
const open = await openDatabase();
const pg = new Client({ connectionString: open.url });
await pg.connect();
await manyIncidents(open.database, pg, { open: 10, closed: CLOSED });

afterAll(async () => {
  await pg.end();
  await open.close();
});

test.each(['reported', 'age'] as const)('API-01 a page from the middle of the closed incidents in order of %s reads no more than a page', async (sort) => {
  const { rows: [middle] } = await pg.query<{ at: string; id: string }>(`select reported_at::text as at, ticket_id as id from incident order by reported_at offset ${CLOSED / 2} limit 1`);
  const closed = filterCondition({ openOnly: false, states: ['closed'] }, 'all', { now: 0, closedCalendars: [], ciIds: [] });
  const plan = await planOf(pg, incidentPageSql(closed, { sort, after: [middle!.at, middle!.id], limit: 51, narrow: false }));
  const read = nodesOf(plan).filter((node) => node['Relation Name'] === 'incident').reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0);
  expect(read).toBeGreaterThanOrEqual(51);
  expect(read).toBeLessThan(60);
});
