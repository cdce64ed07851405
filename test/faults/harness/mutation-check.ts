import type { Client } from 'pg';
import { checkClocks } from '../../../server/src/features/clock/clock-check.service.ts';
import { INVARIANTS } from '../../support/process-model-invariants.ts';
import { withDatabase } from './fault-database.ts';
import { onServer } from '../../support/on-server.ts';
import type { Said } from './mutation-load.ts';

const MOST_TOLD = 5;

/** Where the key of a mutation is found again: each row is one effect. */
const EFFECTS = `
  select title as key, id as record_id from ticket where title like $1
  union all select text, ticket_id from work_log_entry where text like $1
  union all select text, ticket_id from suspension where text like $1
  union all select payload->>'reason', ticket_id from event_log where type = 'incident.assigned' and payload->>'reason' like $1`;

const EVENT_OF = { recordIncident: 'incident.recorded', assignIncident: 'incident.assigned', addWorkLog: 'incident.logged', suspendIncident: 'incident.suspended', resumeIncident: 'incident.resumed' } as const;

/** What must hold of mutations with clear answers, whatever was killed in between; each row of an answer is something wrong. */
const RULES: readonly { readonly what: string; readonly sql: string }[] = [
  { what: 'acknowledged, and its effect is not there (lost)', sql: `select s.key, s.deed from said s where s.record_id is not null and not exists (select from effect e where e.key = s.key and e.record_id = s.record_id)` },
  { what: 'its effect is there more than once (doubled)', sql: 'select key, count(*) from effect group by key having count(*) > 1' },
  { what: 'has an effect though it was refused, or nobody sent it', sql: 'select e.key, e.record_id from effect e left join said s on s.key = e.key where s.record_id is null' },
  { what: 'its answer is not kept: sent again it would be carried out again', sql: `select s.key, s.deed from said s left join idempotency_key k on k.key = s.key where s.record_id is not null and k.record_id is distinct from s.record_id::text` },
  {
    what: 'the version of a record is not the number of its acknowledged changes',
    sql: `select t.id, t.version, count(s.key) as acknowledged from ticket t join said s on s.record_id = t.id group by t.id, t.version having t.version <> count(s.key)`,
  },
  {
    what: 'the event log does not tell each acknowledged change once',
    sql: `select t.record_id, t.event, t.told, s.acknowledged from (select ticket_id as record_id, type as event, count(*) as told from event_log group by 1, 2) t
      join (select record_id, event, count(*) as acknowledged from said group by 1, 2) s using (record_id, event) where t.told <> s.acknowledged
      union all select s.record_id, s.event, 0, count(*) from said s where record_id is not null and not exists (select from event_log e where e.ticket_id = s.record_id and e.type = s.event) group by 1, 2`,
  },
  {
    what: 'a suspension and the state of its incident do not agree',
    sql: `select i.ticket_id, i.state from incident i left join suspension s on s.ticket_id = i.ticket_id and s.to_at is null group by 1, 2 having (i.state = 'suspended') <> (count(s.id) = 1)`,
  },
];

/** Those of the process model that ask no journal of it. */
const WHOLE = INVARIANTS.filter(({ sql }) => !/model_/.test(sql));

/** Compares what the clients were told with what is in the database. Nothing may run on it meanwhile. */
export async function checkMutations(url: string, said: readonly Said[], name: string): Promise<string[]> {
  const findings = await onServer(url, async (client) => {
    await layOut(client, said, name);
    const found: string[] = [];
    for (const { what, sql } of RULES) found.push(...told(what, (await client.query(sql)).rows));
    for (const { name: what, sql } of WHOLE) found.push(...told(`not so: ${what}`, (await client.query(sql)).rows));
    return found;
  });
  const { different, differences } = await withDatabase(url, (database) => checkClocks(database));
  if (different > 0) findings.push(...told('the stored clock is not what its history says', differences));
  return findings;
}

async function layOut(client: Client, said: readonly Said[], name: string): Promise<void> {
  await client.query('create temp table said (key text primary key, deed text, event text, record_id uuid)');
  await client.query('insert into said select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[])', [
    said.map(({ key }) => key), said.map(({ deed }) => deed), said.map(({ deed }) => EVENT_OF[deed]), said.map(({ recordId }) => recordId),
  ]);
  await client.query('create temp table effect (key text, record_id uuid)');
  await client.query(`insert into effect ${EFFECTS.replaceAll('$1', client.escapeLiteral(`${name}-key-%`))}`);
  await client.query('create index on effect (key)');
  await client.query('create index on said (record_id)');
  await client.query('analyze said, effect');
}

function told(what: string, rows: readonly object[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, MOST_TOLD).map((row) => JSON.stringify(row)).join(' ');
  return [`${what}: ${rows.length} × ${shown}`];
}
