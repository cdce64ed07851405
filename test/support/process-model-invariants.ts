import { WRONG_OPEN_INCIDENTS } from '../../server/src/features/board/open-incidents.queries.ts';
import { CHANGE_MOVES, CHANGE_STATES } from '../../server/src/features/change/change-states.rules.ts';
import { INCIDENT_MOVES, INCIDENT_STATES } from '../../server/src/features/incident/incident-states.rules.ts';
import { ARTICLE_STATES } from '../../server/src/features/knowledge/knowledge.rules.ts';
import { PROBLEM_MOVES, PROBLEM_STAGES } from '../../server/src/features/problem/problem-states.rules.ts';
import { RELEASE_MOVES, RELEASE_STATES } from '../../server/src/features/release/release-states.rules.ts';

/** What must be true of all records together, asked of the tables and of the journal; each row of an answer is something wrong. */
export interface Invariant {
  readonly name: string;
  readonly sql: string;
}

/** KNW-03, written down from its text. */
const ARTICLE_MOVES = {
  'draft': ['submitted', 'retired', 'merged'], 'submitted': ['draft', 'in-review', 'merged'], 'in-review': ['published', 'draft', 'merged'], 'published': ['due-for-review', 'draft', 'retired', 'merged'],
  'due-for-review': ['published', 'draft', 'retired', 'merged'], 'retired': ['draft'],
} as const;

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** Every pair of a table, as rows (kind, before, after). */
function ways(kind: string, moves: Readonly<Record<string, Readonly<Record<string, string | undefined>> | readonly string[]>>): string[] {
  return Object.entries(moves).flatMap(([from, to]) => [...new Set(Object.values(to))].filter((one) => one !== undefined && one !== from).map((one) => `('${kind}', '${from}', '${one}')`));
}

const WAYS = [
  ...ways('change', CHANGE_MOVES), ...ways('release', RELEASE_MOVES), ...ways('problem', PROBLEM_MOVES), ...ways('incident', INCIDENT_MOVES), ...ways('knowledge', ARTICLE_MOVES),
].join(', ');

const ENDED = `(
  select ticket_id as id, state in ('closed', 'refused', 'cancelled', 'terminated') as ended from change
  union all select ticket_id, state in ('closed', 'reported', 'cancelled') from release
  union all select ticket_id, stage = 'closed' from problem
  union all select ticket_id, state = 'closed' from incident
)`;

/** Which kinds of record a link may join, from and to. */
const LINKS = `(values
  ('recurrence-of', 'incident', 'incident'), ('duplicate-of', 'incident', 'incident'), ('child-of', 'incident', 'incident'), ('problem-of', 'problem', 'incident'), ('change-for', 'change', 'incident'),
  ('change-for', 'change', 'problem'), ('carries', 'release', 'change'), ('caused-by', 'incident', 'change'), ('caused-by', 'problem', 'change'), ('related', 'incident', 'incident'), ('related', 'incident', 'change'),
  ('related', 'incident', 'problem'), ('related', 'incident', 'release'), ('related', 'change', 'change')
) as allowed (kind, from_kind, to_kind)`;

export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'every state is one of its process',
    sql: `select ticket_id as id, state from change where state not in (${quoted(CHANGE_STATES)})
      union all select ticket_id, state from release where state not in (${quoted(RELEASE_STATES)})
      union all select ticket_id, stage from problem where stage not in (${quoted(PROBLEM_STAGES)})
      union all select ticket_id, state from incident where state not in (${quoted(INCIDENT_STATES)})
      union all select id, state from knowledge_article where state not in (${quoted(ARTICLE_STATES)})`,
  },
  { name: 'what boards and queues sort by is what the records say', sql: WRONG_OPEN_INCIDENTS },
  {
    name: 'every change of a state is a move of its table',
    sql: `select kind, record_id, before, after from model_journal where fact in ('state', 'stage') and (kind, before, after) not in (values ${WAYS})`,
  },
  {
    name: 'a record has ended exactly when it says when',
    sql: `select t.number, t.closed_at, e.ended from ticket t join ${ENDED} e on e.id = t.id where (t.closed_at is not null) <> e.ended`,
  },
  {
    name: 'nothing moves after its end, the report of a release apart',
    sql: `select later.kind, later.record_id, later.before, later.after from model_journal later join model_journal ending on ending.record_id = later.record_id
      where ending.fact = 'closed_at' and later.fact in ('state', 'stage') and later.tx <> ending.tx and later.seq > ending.seq and (later.kind, later.after) <> ('release', 'reported')`,
  },
  { name: 'an end is never taken back or dated anew', sql: `select record_id, before, after from model_journal where fact = 'closed_at' and before is not null` },
  {
    name: 'a version only rises, each once',
    sql: `select record_id, before, after from model_journal where fact = 'version' and after::int <= before::int
      union all select record_id, before, count(*)::text from model_journal where fact = 'version' group by record_id, before having count(*) > 1`,
  },
  {
    name: 'the version counts what was written',
    sql: `select v.id, v.version from (select id, version from ticket union all select id, version from knowledge_article) v
      left join lateral (select sum(j.after::int - j.before::int) as risen from model_journal j where j.record_id = v.id and j.fact = 'version') j on true where v.version <> 1 + coalesce(j.risen, 0)`,
  },
  {
    name: 'no update is lost: one command for each version, and it wrote the next',
    sql: `select s.record_id, s.expected_version, count(*)::text from model_success s group by s.record_id, s.expected_version having count(*) > 1
      union all select s.record_id, s.expected_version, s.action from model_success s
      where not exists (select from model_journal j where j.record_id = s.record_id and j.fact = 'version' and j.before::int = s.expected_version)`,
  },
  {
    name: 'a command that succeeded is in the event log',
    sql: `select s.record_id, count(*) from model_success s group by s.record_id
      having count(*) > (select count(*) from event_log e where e.subject_id = s.record_id or e.ticket_id = s.record_id)`,
  },
  { name: 'the event log is whole', sql: 'select * from verify_event_log()' },
  {
    name: 'a record is of one kind, with the row of that kind',
    sql: `select t.number, t.kind, string_agg(r.kind, ',') from ticket t left join (
        select ticket_id, 'change' as kind from change union all select ticket_id, 'release' from release union all select ticket_id, 'problem' from problem union all select ticket_id, 'incident' from incident
      ) r on r.ticket_id = t.id group by t.id having count(r.kind) <> 1 or min(r.kind) <> t.kind`,
  },
  {
    name: 'both ends of a link exist, and are two',
    sql: `select l.id, l.kind from ticket_link l left join ticket f on f.id = l.from_id left join ticket o on o.id = l.to_id where f.id is null or o.id is null or f.id = o.id`,
  },
  {
    name: 'a link joins what its kind may join',
    sql: `select l.kind, f.number, o.number from ticket_link l join ticket f on f.id = l.from_id join ticket o on o.id = l.to_id
      where not exists (select from ${LINKS} where allowed.kind = l.kind and allowed.from_kind = f.kind and allowed.to_kind = o.kind)`,
  },
  {
    name: 'a link stays with one customer, children of a major incident apart',
    sql: `select l.kind, f.number, o.number from ticket_link l join ticket f on f.id = l.from_id join ticket o on o.id = l.to_id where f.customer_id <> o.customer_id and l.kind <> 'child-of'`,
  },
  {
    name: 'an incident has one open problem at most (D-42)',
    sql: `select l.to_id, count(*) from ticket_link l join ticket p on p.id = l.from_id where l.kind = 'problem-of' and p.closed_at is null
        and exists (select from problem where problem.ticket_id = p.id and problem.state = 'unresolved') group by l.to_id having count(*) > 1`,
  },
  {
    name: 'an emergency that has ended owes nothing (CHG-06)',
    sql: `select t.number, d.item from change c join ticket t on t.id = c.ticket_id join change_debt d on d.ticket_id = c.ticket_id
      where c.category = 'emergency' and c.state in ('closed', 'terminated') and d.paid_at is null`,
  },
  {
    name: 'a closed incident waits for no emergency change (CHG-06)',
    sql: `select i.number, t.number, c.state from ticket_link l join ticket i on i.id = l.to_id and i.kind = 'incident' join change c on c.ticket_id = l.from_id join ticket t on t.id = c.ticket_id
      where l.kind = 'change-for' and c.category = 'emergency' and i.closed_at is not null and t.opened_at < i.closed_at
        and (c.state not in ('review', 'closed', 'refused', 'cancelled', 'terminated') or exists (select from change_debt d where d.ticket_id = c.ticket_id and d.paid_at is null))`,
  },
  {
    name: 'what was changed while handling is recorded before the incident closes (INC-14)',
    sql: `select t.number from incident i join ticket t on t.id = i.ticket_id
      where i.change_made and t.closed_at is not null and not exists (select from ticket_link l where l.to_id = t.id and l.kind = 'change-for')`,
  },
  {
    name: 'a cancelled release carries nothing, and a change goes with one release (REL-01)',
    sql: `select r.ticket_id, l.to_id from release r join ticket_link l on l.from_id = r.ticket_id and l.kind = 'carries' where r.state = 'cancelled'
      union all select min(l.from_id::text)::uuid, l.to_id from ticket_link l where l.kind = 'carries' group by l.to_id having count(*) > 1`,
  },
  {
    name: 'nothing unaccepted is deployed (REL-04)',
    sql: `select ticket_id, state from release where (deployed_sha256 is not null and deployed_sha256 is distinct from accepted_sha256) or (deployment_started_at is not null and accepted_sha256 is null)`,
  },
  {
    name: 'a decided cause has a decider, a suggested one none (REL-06)',
    sql: `select id, state from release_cause where (state in ('confirmed', 'rejected')) <> (decided_by is not null and decided_at is not null)`,
  },
  {
    name: 'nobody reviewed what they wrote (KNW-03)',
    sql: `select number, reviewer_id from knowledge_article where state in ('in-review', 'published', 'due-for-review') and reviewer_id = author_id`,
  },
  {
    name: 'nobody approved their own change (CHG-05)',
    sql: `select t.number, a.step from change_approval a join change c on c.ticket_id = a.ticket_id join ticket t on t.id = a.ticket_id where a.person_id = c.requester_id`,
  },
  {
    name: 'the spans of an incident follow each other without gap (HND-06)',
    sql: `select s.ticket_id, s.seq from ticket_span s left join ticket_span n on n.ticket_id = s.ticket_id and n.seq = s.seq + 1 join ticket t on t.id = s.ticket_id
      where (n.id is not null and n.from_at is distinct from s.to_at) or (n.id is null and (s.to_at is null) <> (t.closed_at is null))`,
  },
];
