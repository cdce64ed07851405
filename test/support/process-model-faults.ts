/** Where a planted fault finds its records. */
const first = (kind: string, nth = 0): string => `(select id from ticket where kind = '${kind}' order by number offset ${nth} limit 1)`;
const CHANGE = first('change');
const INCIDENT = first('incident');
const RELEASE = first('release');
const PROBLEM = first('problem');
const ARTICLE = '(select id from knowledge_article order by number limit 1)';
const NOBODY = `'00000000-0000-7000-8000-000000000000'`;

const journal = (fact: string, before: string, after: string, tx = 1): string =>
  `insert into model_journal (kind, record_id, fact, before, after, tx) select 'change', ${CHANGE}, '${fact}', '${before}', '${after}', ${tx}`;
const success = (version: string): string => `insert into model_success (record_id, expected_version, action, actor) select ${CHANGE}, ${version}, 'planChange', 'owner'`;
const link = (kind: string, from: string, to: string): string =>
  `insert into ticket_link (id, from_id, to_id, kind, created_at, created_by) select gen_random_uuid(), ${from}, ${to}, '${kind}', now(), 'planted' on conflict do nothing`;
const withoutChecks = (table: string): string => `do $$ declare one text; begin
  for one in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' loop execute format('alter table ${table} drop constraint %I', one); end loop;
end $$`;
const emergency = (state: string): string => `update change set category = 'emergency', state = '${state}' where ticket_id = ${CHANGE}`;
const debt = `insert into change_debt (id, ticket_id, item, incurred_at, paid_at, paid_by) select gen_random_uuid(), ${CHANGE}, 'scope', now(), null, null
  on conflict (ticket_id, item) do update set paid_at = null`;

/** For each invariant, by its name: statements that break it, each list for itself. */
export const PLANTED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'every state is one of its process': ['change', 'release', 'incident'].map((table) => [withoutChecks(table), `update ${table} set state = 'flying' where ticket_id = ${first(table)}`]),
  'what boards and queues sort by is what the records say': [
    ['delete from open_incident where ticket_id = (select min(ticket_id::text)::uuid from open_incident)'],
    ['alter table clock disable trigger user', `update clock set due_at = due_at + interval '1 minute' where state <> 'stopped' and due_at is not null`],
    ['alter table ticket disable trigger user', `update ticket set major = not major where kind = 'incident' and closed_at is null`],
  ],
  'every change of a state is a move of its table': [[journal('state', 'draft', 'closed')], [journal('state', 'closed', 'draft')]],
  'a record has ended exactly when it says when': [CHANGE, INCIDENT, RELEASE, PROBLEM].map((id) => [`update ticket set closed_at = case when closed_at is null then now() end where id = ${id}`]),
  'nothing moves after its end, the report of a release apart': [[journal('closed_at', '', '2026-03-02', 1), journal('state', 'submitted', 'accepted', 2)]],
  'an end is never taken back or dated anew': [[journal('closed_at', '2026-03-02', '2026-03-03')]],
  'a version only rises, each once': [[journal('version', '3', '2')], [journal('version', '901', '902'), journal('version', '901', '902')]],
  'the version counts what was written': [[`update ticket set version = version - 1 where id = ${CHANGE}`], [`update knowledge_article set version = version + 1 where id = ${ARTICLE}`]],
  'no update is lost: one command for each version, and it wrote the next': [[success('901')], [journal('version', '901', '902'), success('901'), success('901')]],
  'a command that succeeded is in the event log': [[success('generate_series(1000, 3000)')]],
  'the event log is whole': [[`update event_log set payload = '{}' where seq = 5`], ['delete from event_log where seq = 7'], ['delete from event_log where seq = (select max(seq) from event_log)']],
  'a record is of one kind, with the row of that kind': [[`delete from change where ticket_id = ${CHANGE}`], [`update ticket set kind = 'release' where id = ${CHANGE}`]],
  'both ends of a link exist, and are two': [[link('related', CHANGE, NOBODY + '::uuid')], [link('related', NOBODY + '::uuid', CHANGE)], [link('related', INCIDENT, INCIDENT)]],
  'a link joins what its kind may join': [[link('carries', CHANGE, RELEASE)], [link('problem-of', CHANGE, INCIDENT)], [link('change-for', CHANGE, RELEASE)], [link('caused-by', INCIDENT, PROBLEM)]],
  'a link stays with one customer, children of a major incident apart': [[
    link('change-for', CHANGE, INCIDENT), `update ticket set customer_id = (select id from customer where id <> (select customer_id from ticket where id = ${INCIDENT}) limit 1) where id = ${CHANGE}`,
  ]],
  'an incident has one open problem at most (D-42)': [[
    link('problem-of', PROBLEM, INCIDENT), link('problem-of', first('problem', 1), INCIDENT), `update ticket set closed_at = null where kind = 'problem'`, `update problem set state = 'unresolved'`,
  ]],
  'an emergency that has ended owes nothing (CHG-06)': [[emergency('closed'), debt], [emergency('terminated'), debt]],
  'a closed incident waits for no emergency change (CHG-06)': [
    [emergency('implementing'), link('change-for', CHANGE, INCIDENT), `update ticket set closed_at = 'infinity' where id = ${INCIDENT}`],
    [emergency('review'), debt, link('change-for', CHANGE, INCIDENT), `update ticket set closed_at = 'infinity' where id = ${INCIDENT}`],
  ],
  'what was changed while handling is recorded before the incident closes (INC-14)': [[
    `delete from ticket_link where to_id = ${INCIDENT}`, `update ticket set closed_at = now() where id = ${INCIDENT}`, `update incident set change_made = true where ticket_id = ${INCIDENT}`,
  ]],
  'a cancelled release carries nothing, and a change goes with one release (REL-01)': [
    [link('carries', RELEASE, CHANGE), `update release set state = 'cancelled' where ticket_id = ${RELEASE}`], [link('carries', RELEASE, CHANGE), link('carries', first('release', 1), CHANGE)],
  ],
  'nothing unaccepted is deployed (REL-04)': [
    [`update release set accepted_sha256 = 'a', deployed_sha256 = 'b' where ticket_id = ${RELEASE}`], [`update release set accepted_sha256 = null, deployment_started_at = now() where ticket_id = ${RELEASE}`],
  ],
  'a decided cause has a decider, a suggested one none (REL-06)': [[
    `insert into release_cause (id, release_id, ticket_id, state, decided_at) select gen_random_uuid(), ${RELEASE}, ${PROBLEM}, 'rejected', now() on conflict (release_id, ticket_id) do update set state = 'rejected', decided_by = null`,
  ]],
  'nobody reviewed what they wrote (KNW-03)': [[`update knowledge_article set state = 'published', reviewer_id = author_id where id = ${ARTICLE}`]],
  'nobody approved their own change (CHG-05)': [[
    `insert into change_approval (id, ticket_id, round, step, decision, given, person_id, person_name, given_at, recorded_at, recorded_by)
     select gen_random_uuid(), ticket_id, 1, 'manager', 'approved', 'system', requester_id, requester_name, now(), now(), requester_name from change where ticket_id = ${CHANGE}`,
  ]],
  'the spans of an incident follow each other without gap (HND-06)': [
    [`update ticket_span set to_at = case when to_at is null then now() end where id = (select id from ticket_span order by ticket_id, seq desc limit 1)`],
    [`insert into ticket_span (id, ticket_id, seq, from_at, to_at, state, accepted) select gen_random_uuid(), ticket_id, seq + 1, from_at - interval '1 hour', to_at, state, accepted
      from ticket_span order by ticket_id, seq desc limit 1`],
  ],
};
