/** A bare server: one statement a page, which asks who asks, filters and builds the JSON; nothing is validated. */
import { bodyOf, createServer, digestOf, listen, pool } from './serve-peer.ts';

const iso = (column: string): string => `replace(to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '.000Z', 'Z')`;
const wire = (column: string): string => `replace(upper(${column}), '-', '_')`;
const WHO = `with who as (select customer_id, team_id from api_token where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) and scopes ? 'incident.read')`;
const SEEN = '(who.customer_id is null or t.customer_id = who.customer_id) and (who.team_id is null or t.team_id = who.team_id)';

const QUEUE = `${WHO}, page as materialized (
  select t.ticket_id as id, t.runs_out_at, t.level from who, open_incident t where t.team_id = $2 and ${SEEN} order by t.runs_out_at, t.level, t.ticket_id limit $3::int + 1)
select exists (select from who), json_build_object('data', json_build_object('incidents', json_build_object(
  'edges', coalesce(json_agg(json_build_object('node', rows.node)), '[]'), 'pageInfo', json_build_object('hasNextPage', (select count(*) > $3::int from page)))))::text
from (select json_build_object('id', t.id, 'number', t.number, 'version', t.version, 'title', t.title, 'state', ${wire('i.state')}, 'started', i.started, 'level', i.level, 'category', i.category,
    'urgeCount', t.urge_count, 'reportedAt', ${iso('i.reported_at')}, 'updatedAt', ${iso('t.last_event_at')},
    'customer', json_build_object('id', c.id, 'name', c.name), 'team', json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh),
    'holder', case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end,
    'clocks', (select coalesce(json_agg(json_build_object('id', k.id, 'kind', ${wire('k.kind')}, 'state', ${wire('k.state')}, 'outcome', ${wire('k.outcome')}, 'startAt', ${iso('k.start_at')}, 'dueAt', ${iso('k.due_at')},
      'targetSeconds', k.target_ms / 1000, 'breachedAt', ${iso('k.breached_at')}) order by k.kind desc), '[]') from clock k where k.ticket_id = t.id)) as node
  from (select * from page limit $3::int) page join ticket t using (id) join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join team m on m.id = t.team_id left join person h on h.id = t.holder_id
  order by page.runs_out_at, page.level, t.id) rows`;

const team = (alias: string): string => `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'nameZh', ${alias}.name_zh) end`;
const TICKET = `${WHO} select exists (select from who), json_build_object('data', json_build_object('incident', (select json_build_object(
  'id', t.id, 'number', t.number, 'version', t.version, 'title', t.title, 'description', i.description, 'state', ${wire('i.state')}, 'started', i.started, 'level', i.level, 'impact', i.impact, 'urgency', i.urgency,
  'category', i.category, 'channel', i.channel, 'reportedAt', ${iso('i.reported_at')}, 'respondedAt', ${iso('i.responded_at')}, 'updatedAt', ${iso('t.last_event_at')},
  'customer', json_build_object('id', c.id, 'name', c.name, 'timeZone', c.time_zone), 'team', json_build_object('id', m.id, 'name', m.name, 'nameZh', m.name_zh, 'line', m.line),
  'holder', case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end, 'firstContactEngineer', case when e.id is not null then json_build_object('id', e.id, 'name', e.name) end,
  'clocks', (select coalesce(json_agg(json_build_object('id', k.id, 'kind', ${wire('k.kind')}, 'state', ${wire('k.state')}, 'outcome', ${wire('k.outcome')}, 'startAt', ${iso('k.start_at')}, 'dueAt', ${iso('k.due_at')},
      'targetSeconds', k.target_ms / 1000, 'breachedAt', ${iso('k.breached_at')}, 'metAt', ${iso('k.met_at')},
      'breachHeldBy', case when k.breached_at is not null then json_build_object('team', kt.name, 'holder', kh.name) end,
      'firings', (select coalesce(json_agg(json_build_object('step', f.step, 'at', ${iso('f.at')}, 'firedAt', ${iso('f.fired_at')}, 'late', f.late) order by f.at, f.id), '[]') from clock_firing f where f.clock_id = k.id)) order by k.kind desc), '[]')
    from clock k left join team kt on kt.id = k.breach_team_id left join person kh on kh.id = k.breach_holder_id where k.ticket_id = t.id),
  'handoffs', (select coalesce(json_agg(json_build_object('id', o.id, 'state', upper(o.state), 'reason', o.reason, 'requestedAt', ${iso('o.requested_at')}, 'requestedBy', o.requested_by, 'decidedAt', ${iso('o.decided_at')}, 'decidedBy', o.decided_by,
      'fromTeam', ${team('ot')}, 'toTeam', ${team('ou')}, 'toPerson', case when op.id is not null then json_build_object('id', op.id, 'name', op.name) end) order by o.requested_at, o.id), '[]')
    from handoff o left join team ot on ot.id = o.from_team_id left join team ou on ou.id = o.to_team_id left join person op on op.id = o.to_person_id where o.ticket_id = t.id),
  'workLog', (select coalesce(json_agg(json_build_object('id', w.id, 'kind', ${wire('w.kind')}, 'text', w.text, 'occurredAt', ${iso('w.occurred_at')}, 'author', w.author_name, 'minutes', w.minutes) order by w.occurred_at, w.id), '[]')
    from (select * from work_log_entry where ticket_id = t.id order by occurred_at desc, id desc limit 500) w),
  'timeline', (select coalesce(json_agg(json_build_object('seq', b.seq::text, 'type', b.type, 'occurredAt', ${iso('b.occurred_at')}, 'recordedAt', ${iso('b.recorded_at')}, 'actor', b.actor->>'name', 'reason', b.payload->>'reason',
      'before', b.payload->'before', 'after', b.payload->'after') order by b.occurred_at desc, b.seq desc), '[]')
    from (select * from event_log where ticket_id = t.id order by occurred_at desc, seq desc limit 50) b))
  from who, ticket t join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id left join team m on m.id = t.team_id left join person h on h.id = t.holder_id left join person e on e.id = i.first_contact_engineer_id
  where t.id = $2 and ${SEEN})))::text`;

listen(createServer(async (request, response) => {
  const { operationName, variables } = await bodyOf(request);
  const ticket = operationName === 'TicketPage';
  const values = ticket ? [digestOf(request.headers.authorization), variables['id']] : [digestOf(request.headers.authorization), variables['teamId'], variables['first'] ?? 50];
  const { rows } = await pool.query<[boolean, string]>({ name: ticket ? 'ticket' : 'queue', text: ticket ? TICKET : QUEUE, values, rowMode: 'array' });
  const [known, text] = rows[0]!;
  response.writeHead(known ? 200 : 401, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(known ? text : '') }).end(known ? text : '');
}));
