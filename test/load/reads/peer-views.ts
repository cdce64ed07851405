import type { Client } from 'pg';

/** What PostGraphile shows: views with the columns of the two pages, spelled as the API writes them, filtered by who asks. */
export async function makePeerViews(pg: Client): Promise<void> {
  const wire = (column: string): string => `replace(upper(${column}), '-', '_')`;
  await pg.query(`
    create schema peer;
    create view peer.customer as select id, name, time_zone from customer;
    create view peer.team as select id, name, name_zh, line from team;
    create view peer.person as select id, name from person;
    create view peer.incident as
      select t.id, t.number, t.version, t.title, ${wire('i.state')} as state, i.started, i.level, i.category, t.urge_count, i.reported_at, i.responded_at, t.last_event_at as updated_at, i.description,
        i.impact, i.urgency, i.channel, t.customer_id, t.team_id, t.holder_id, i.first_contact_engineer_id, coalesce(n.due_at, 'infinity') as next_due_at, (t.closed_at is null and i.state <> 'closed') as open
      from ticket t join incident i on i.ticket_id = t.id
      left join lateral (select c.due_at from clock c where c.ticket_id = t.id and c.state = 'running' and c.kind <> 'handoff' and c.kind not like 'desk-%' order by c.due_at limit 1) n on true
      where exists (select from api_token a where a.token_hash = current_setting('peer.token', true) and a.revoked_at is null and (a.expires_at is null or a.expires_at > clock_timestamp()) and a.scopes ? 'incident.read'
        and (a.customer_id is null or t.customer_id = a.customer_id) and (a.team_id is null or t.team_id = a.team_id));
    create view peer.clock as
      select id, ticket_id, ${wire('kind')} as kind, ${wire('state')} as state, ${wire('outcome')} as outcome, start_at, due_at, (target_ms / 1000)::int as target_seconds, breached_at, met_at,
        case when breached_at is not null then breach_team_id end as breach_team_id, case when breached_at is not null then breach_holder_id end as breach_holder_id from clock;
    create view peer.firing as select id, clock_id, step, at, fired_at, late from clock_firing;
    create view peer.handoff as select id, ticket_id, upper(state) as state, reason, requested_at, requested_by, decided_at, decided_by, from_team_id, to_team_id, to_person_id from handoff;
    create view peer.entry as select id, ticket_id, ${wire('kind')} as kind, text, occurred_at, author_name as author, minutes from work_log_entry;
    create view peer.event as select seq::text as seq, seq as place, ticket_id, type, occurred_at, recorded_at, actor->>'name' as actor, payload->>'reason' as reason, payload->'before' as before, payload->'after' as after from event_log;
    ${Object.entries(KEYS).map(([view, keys]) => `comment on view peer.${view} is '${keys.map((key) => `@${key}`).join('\n')}';`).join('\n')}
  `);
}

const ticket = 'foreignKey (ticket_id) references peer.incident (id)';
const KEYS: Readonly<Record<string, readonly string[]>> = {
  customer: ['primaryKey id'], team: ['primaryKey id'], person: ['primaryKey id'],
  incident: [
    'primaryKey id', 'foreignKey (customer_id) references peer.customer (id)|@fieldName customer', 'foreignKey (team_id) references peer.team (id)|@fieldName team',
    'foreignKey (holder_id) references peer.person (id)|@fieldName holder', 'foreignKey (first_contact_engineer_id) references peer.person (id)|@fieldName firstContactEngineer',
  ],
  clock: ['primaryKey id', `${ticket}|@foreignFieldName clocks`, 'foreignKey (breach_team_id) references peer.team (id)|@fieldName breachTeam', 'foreignKey (breach_holder_id) references peer.person (id)|@fieldName breachHolder'],
  firing: ['primaryKey id', 'foreignKey (clock_id) references peer.clock (id)|@foreignFieldName firings'],
  handoff: [
    'primaryKey id', `${ticket}|@foreignFieldName handoffs`, 'foreignKey (from_team_id) references peer.team (id)|@fieldName fromTeam', 'foreignKey (to_team_id) references peer.team (id)|@fieldName toTeam',
    'foreignKey (to_person_id) references peer.person (id)|@fieldName toPerson',
  ],
  entry: ['primaryKey id', `${ticket}|@foreignFieldName workLog`],
  event: ['primaryKey place', `${ticket}|@foreignFieldName timeline`],
};
