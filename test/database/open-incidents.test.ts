import { text } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import { Client } from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import { checkAllClocks } from '../../server/src/commands/check-clocks.ts';
import { filterCondition } from '../../server/src/features/board/incident-filter.queries.ts';
import { incidentPageSql } from '../../server/src/features/board/incident-list.queries.ts';
import { WRONG_OPEN_INCIDENTS } from '../../server/src/features/board/open-incidents.queries.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';
import { manyIncidents } from '../support/many-incidents.ts';
import { openDatabase } from '../support/open-database.ts';
import { nodesOf, planOf } from '../support/query-plan.ts';

const OPEN = 2000;
const MOMENT = { now: 0, closedCalendars: [], ciIds: [] };

const open = await openDatabase();
const pg = new Client({ connectionString: open.url });
await pg.connect();
const { teams, customers } = await manyIncidents(open.database, pg, { open: OPEN, closed: 500, teams: 4 });

afterAll(async () => {
  await pg.end();
  await open.close();
});

async function wrong(): Promise<unknown[]> {
  return (await pg.query(WRONG_OPEN_INCIDENTS)).rows;
}

async function count(): Promise<number> {
  return (await pg.query<{ count: number }>('select count(*)::int as count from open_incident')).rows[0]!.count;
}

const SOME = `(select ticket_id from open_incident order by ticket_id limit 20)`;
const CLOSED = `(select ticket_id from incident where state = 'closed' order by ticket_id limit 20)`;

test('SLA-13 `check clocks` tells of a row by which queues sort wrongly, and which it is', async () => {
  vi.stubEnv('DATABASE_URL', open.url);
  const before = await checked();
  const { rows: [altered] } = await pg.query<{ id: string }>(`update open_incident set due_at = due_at + interval '1 second' where ticket_id = (select ticket_id from open_incident where due_at is not null limit 1) returning ticket_id as id`);
  const after = await checked();
  await pg.query(`update open_incident set due_at = due_at - interval '1 second' where ticket_id = $1`, [altered!.id]);
  expect(before.told).not.toContain('open_incident');
  expect(after).toMatchObject({ isRight: false, different: before.different + 2 });
  expect(after.told).toContain(`${altered!.id} open_incident`);
});

async function checked(): Promise<{ readonly isRight: boolean; readonly different: number; readonly told: string }> {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(output), text(errors)]);
  const isRight = await checkAllClocks(output, errors);
  output.end();
  errors.end();
  const [line, told] = await said;
  return { isRight, ...(JSON.parse(line) as { different: number }), told };
}

test.each([
  ['a clock stops', `update clock set state = 'stopped', outcome = 'met', due_at = null where kind = 'response' and ticket_id in ${SOME}`, 0],
  ['all clocks stop', `update clock set state = 'stopped', due_at = null where ticket_id in ${SOME}`, 0],
  ['clocks pause', `update clock set state = 'paused', due_at = null, remaining_ms = 1000 where ticket_id in ${SOME}`, 0],
  ['a due instant moves, of everything that is open', `update clock set due_at = due_at + interval '7 minutes' where state = 'running'`, 0],
  ['clocks are breached', `update clock set breached_at = due_at where ticket_id in ${SOME}`, 0],
  ['clocks are taken away', `delete from clock where ticket_id in ${SOME} and id not in (select clock_id from clock_firing)`, 0],
  ['a duty of the desk, which is no clock of the customer, comes first', `update clock set kind = 'desk-confirm' where kind = 'response' and ticket_id in ${SOME}`, 0],
  ['incidents are suspended', `update incident set state = 'suspended' where ticket_id in ${SOME}`, 0],
  ['levels and difficulties change', `update incident set level = 'LV1', difficulty = 'hard' where ticket_id in ${SOME}`, 0],
  ['another time of report', `update incident set reported_at = reported_at - interval '1 day' where ticket_id in ${SOME}`, 0],
  ['a team hands over, and a customer is corrected', `update ticket set team_id = null, customer_id = '${customers[3]}' where id in ${SOME}`, 0],
  ['major incidents are declared', `update ticket set major = true where id in ${SOME}`, 0],
  ['the incident closes first', `update incident set state = 'closed' where ticket_id in ${SOME}`, -20],
  ['the ticket closes first', `update ticket set closed_at = now() where id in ${SOME}`, -20],
  ['one that was closed is open again', `with t as (update ticket set closed_at = null where id in ${CLOSED} returning id) update incident set state = 'in-progress' from t where ticket_id = t.id`, 20],
])('WBD-01 WBD-04 what boards and queues sort by follows: %s', async (_what, sql, more) => {
  expect(await wrong()).toEqual([]);
  const before = await count();
  const { rowCount } = await pg.query(sql);
  expect(rowCount).toBeGreaterThan(0);
  expect(await wrong()).toEqual([]);
  expect(await count()).toBe(before + more);
});

test('WBD-01 a row that is wrong is found, and so is one that is missing or too many', async () => {
  for (const sql of [`update open_incident set due_at = due_at + interval '1 second' where ticket_id = (select ticket_id from open_incident where due_at is not null limit 1)`, `delete from open_incident where ticket_id in ${SOME}`]) {
    await pg.query('begin');
    await pg.query(sql);
    expect(await wrong()).not.toEqual([]);
    await pg.query('rollback');
  }
});

test('WBD-01 a database from before has its open incidents in place after the migration', async () => {
  const before = await count();
  for (const event of ['insert', 'update', 'delete']) await pg.query(`drop trigger open_incident_follows_clocks_${event} on clock`);
  await pg.query('drop trigger incidents_begin on incident; drop trigger open_incident_follows_incident on incident; drop trigger open_incident_follows_ticket on ticket');
  await pg.query('drop function incidents_begin; drop function open_incident_follows_incident; drop function open_incident_follows_ticket; drop function open_incident_follows_clocks; drop function keep_open_incident');
  await pg.query(`drop table open_incident; delete from migration where name = '0025-open-incidents'`);
  await migrate(open.url);
  expect(await wrong()).toEqual([]);
  expect(await count()).toBe(before);
});

test.each([
  ['of a team', { teamIds: [teams[1]!] }],
  ['of everything', {}],
])('WBD-04 a page by due instant %s, from the middle too, reads no more than a page of what is open', async (_what, filter) => {
  const condition = filterCondition(filter, 'all', MOMENT);
  const of = 'teamIds' in filter ? `where team_id = '${teams[1]}'` : '';
  const { rows: [middle] } = await pg.query<{ key: string[] }>(`select jsonb_build_array(runs_out_at::text, level, ticket_id::text) as key from open_incident ${of} order by runs_out_at, level, ticket_id offset 150 limit 1`);
  for (const after of [null, middle!.key]) {
    const plan = await planOf(pg, incidentPageSql(condition, { sort: 'due', after, limit: 51, narrow: false }));
    const read = nodesOf(plan).filter((node) => node['Relation Name'] === 'open_incident').reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0);
    expect(read).toBeGreaterThanOrEqual(51);
    expect(read).toBeLessThan(60);
  }
});
