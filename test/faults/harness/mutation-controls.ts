import { startServer } from '../../../server/src/app/server.ts';
import { faultDatabase, withDatabase, type FaultDatabase } from './fault-database.ts';
import { onServer } from '../../support/on-server.ts';
import { openDesk } from './fault-desk.ts';
import type { Control } from './fault-run.ts';
import { checkMutations } from './mutation-check.ts';
import { MutationLoad, type Journal } from './mutation-load.ts';
import { until } from '../../support/until.ts';

const NAME = 'planted';
const MUTATIONS = 150;
const noteOf = 'select id from work_log_entry order by id limit 1';

/** What a broken database would leave behind: the newest transaction of a client is gone as if it had never been. */
export const LOST_COMMIT: Plantings = {
  'the last commit lost': [
    'alter table event_log disable trigger user',
    `create temp table gone as select max(key) as key from idempotency_key where operation = 'addWorkLog' and key like '${NAME}-key-%'`,
    'create temp table note as select id, ticket_id from work_log_entry where text = (select key from gone)',
    'update ticket set version = version - 1 where id = (select ticket_id from note)',
    'delete from work_log_entry where id = (select id from note)',
    'delete from idempotency_key where key = (select key from gone)',
    `delete from event_log where seq = (select max(seq) from event_log where type = 'incident.logged' and ticket_id = (select ticket_id from note))`,
  ],
};

export type Plantings = Readonly<Record<string, readonly string[]>>;

/** What a broken program would leave behind. Triggers that keep the log whole are switched off where the log itself is altered. */
export const BROKEN_PROGRAM: Plantings = {
  'an acknowledged change taken out of its table': [`delete from work_log_entry where id = (${noteOf})`],
  'an acknowledged record lost with all that belongs to it': [`update ticket set title = 'gone' where title = (select min(title) from ticket where title like '${NAME}-key-%')`],
  'an effect doubled': [`insert into work_log_entry select gen_random_uuid(), ticket_id, kind, text, customer_visible, occurred_at, recorded_at, author_id, author_name, minutes, late_reason from work_log_entry where id = (${noteOf})`],
  'the answer of a key lost': [`delete from idempotency_key where key = (select min(key) from idempotency_key where key like '${NAME}-key-%')`],
  'a stored due instant altered': [`update clock set due_at = due_at + interval '1 minute' where id = (select id from clock where due_at is not null order by id limit 1)`],
  'a version counted up without a change': [`update ticket set version = version + 1 where id = (select min(id::text)::uuid from ticket)`],
  'an event of an acknowledged change left out of the log': ['alter table event_log disable trigger user', `delete from event_log where seq = (select max(seq) from event_log where type = 'incident.logged')`],
};

/** Shared by the runs that kill under mutations: a desk is worked on without any fault, then each defect is planted in a copy. */
export async function mutationControls(serverUrl: string, plantings: Plantings = BROKEN_PROGRAM): Promise<readonly Control[]> {
  const made = await faultDatabase(serverUrl);
  try {
    const journal = await workInPeace(made);
    const controls: Control[] = [];
    for (const [planted, statements] of Object.entries(plantings)) controls.push({ planted, findings: await inCopy(made, statements, journal) });
    const unplanted = await inCopy(made, [], journal);
    // The checker must also be silent where nothing is wrong, or it catches nothing.
    if (unplanted.length > 0) throw new Error(`The checker finds something where nothing was planted: ${unplanted.join('; ')}`);
    return controls;
  } finally {
    await made.drop();
  }
}

async function workInPeace(made: FaultDatabase): Promise<Journal> {
  const desk = await withDatabase(made.url, openDesk);
  const server = await startServer({ databaseUrl: made.url, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
  try {
    const load = new MutationLoad({ desk, urls: () => [server.url], perSecond: 200, seed: 1, name: NAME });
    await until('there are enough mutations', () => load.done >= MUTATIONS);
    return await load.end();
  } finally {
    await server.close();
  }
}

async function inCopy(made: FaultDatabase, statements: readonly string[], { said, findings }: Journal): Promise<string[]> {
  const copy = await made.copy();
  try {
    await onServer(copy.url, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
    return [...findings, ...(await checkMutations(copy.url, said, NAME))];
  } finally {
    await copy.drop();
  }
}
