import DataLoader from 'dataloader';
import { pool, digestOf } from './serve-peer.ts';

/** What those pages ask of the schema, written as one would by hand. */
export const TYPES = `
  input IncidentFilter { teamIds: [ID!] }
  enum IncidentSort { DUE }
  type Query { incidents(filter: IncidentFilter, sort: IncidentSort, first: Int): IncidentConnection! incident(id: ID!): Incident }
  type IncidentConnection { edges: [IncidentEdge!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type IncidentEdge { node: Incident! }
  type Customer { id: ID! name: String! timeZone: String! }
  type Team { id: ID! name: String! nameZh: String! line: Int! }
  type Person { id: ID! name: String! }
  type Firing { step: String! at: String! firedAt: String! late: Boolean! }
  type Held { team: String holder: String }
  type Clock { id: ID! kind: String! state: String! outcome: String! startAt: String! dueAt: String targetSeconds: Int! breachedAt: String metAt: String breachHeldBy: Held firings: [Firing!]! }
  type Handoff { id: ID! state: String! reason: String! requestedAt: String! requestedBy: String! decidedAt: String decidedBy: String fromTeam: Team toTeam: Team! toPerson: Person }
  type Entry { id: ID! kind: String! text: String! occurredAt: String! author: String! minutes: Int }
  scalar JSON
  type Event { seq: String! type: String! occurredAt: String! recordedAt: String! actor: String! reason: String before: JSON after: JSON }
  type Incident {
    id: ID! number: String! version: Int! title: String! description: String! state: String! started: Boolean! level: String! impact: Int urgency: Int category: String! channel: String!
    urgeCount: Int! reportedAt: String! respondedAt: String updatedAt: String! customer: Customer! team: Team holder: Person firstContactEngineer: Person
    clocks: [Clock!]! handoffs: [Handoff!]! workLog: [Entry!]! timeline(first: Int): [Event!]!
  }`;

type Row = Readonly<Record<string, unknown>>;

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : null);
const wire = (value: unknown): string => String(value).replaceAll('-', '_').toUpperCase();

async function rowsOf(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await pool.query<Row>({ name, text, values: [...values] })).rows;
}

/** One row for each key, or a list of rows for each. */
const byId = (name: string, text: string): DataLoader<string, Row | null> => new DataLoader(async (ids) => {
  const found = new Map((await rowsOf(name, text, [ids])).map((row) => [String(row['id']), row]));
  return ids.map((id) => found.get(id) ?? null);
});
const listBy = (name: string, column: string, text: string): DataLoader<string, Row[]> => new DataLoader(async (ids) => {
  const groups = Map.groupBy(await rowsOf(name, text, [ids]), (row) => String(row[column]));
  return ids.map((id) => groups.get(id) ?? []);
});

export interface PeerContext {
  readonly who: Row | null;
  readonly loaders: ReturnType<typeof loaders>;
}

function loaders() {
  return {
    team: byId('team', 'select id, name, name_zh as "nameZh", line from team where id = any($1::uuid[])'),
    customer: byId('customer', 'select id, name, time_zone as "timeZone" from customer where id = any($1::uuid[])'),
    person: byId('person', 'select id, name from person where id = any($1::uuid[])'),
    clocks: listBy('clocks', 'ticket_id', 'select *, target_ms::float8 / 1000 as "targetSeconds" from clock where ticket_id = any($1::uuid[]) order by kind desc'),
    firings: listBy('firings', 'clock_id', 'select *, fired_at as "firedAt" from clock_firing where clock_id = any($1::uuid[]) order by at, id'),
    handoffs: listBy('handoffs', 'ticket_id', 'select *, requested_by as "requestedBy", decided_by as "decidedBy" from handoff where ticket_id = any($1::uuid[]) order by requested_at, id'),
    workLog: listBy('log', 'ticket_id', 'select *, author_name as author from work_log_entry where ticket_id = any($1::uuid[]) order by occurred_at, id limit 500'),
  };
}

/** Who asks, by one statement, and fresh loaders. */
export async function peerContext(authorization: string | undefined): Promise<PeerContext> {
  const [who] = await rowsOf('who', `select customer_id, team_id from api_token where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > clock_timestamp()) and scopes ? 'incident.read'`, [digestOf(authorization)]);
  return { who: who ?? null, loaders: loaders() };
}

const COLUMNS = `t.*, t.urge_count as "urgeCount", i.description, i.state, i.started, i.level, i.impact, i.urgency, i.category, i.channel, i.reported_at, i.responded_at, i.first_contact_engineer_id`;
const SEEN = '($1::uuid is null or t.customer_id = $1) and ($2::uuid is null or t.team_id = $2)';

function scope({ who }: PeerContext): unknown[] {
  if (!who) throw new Error('UNAUTHENTICATED');
  return [who['customer_id'], who['team_id']];
}

async function page(context: PeerContext, { filter, first }: { readonly filter: { readonly teamIds: readonly string[] }; readonly first: number }) {
  const rows = await rowsOf('page', `select ${COLUMNS} from (
      select t.ticket_id, t.runs_out_at, t.level from open_incident t where t.team_id = any($3::uuid[]) and ${SEEN} order by t.runs_out_at, t.level, t.ticket_id limit $4) n
    join ticket t on t.id = n.ticket_id join incident i on i.ticket_id = n.ticket_id order by n.runs_out_at, n.level, n.ticket_id`, [...scope(context), filter.teamIds, first + 1]);
  return { edges: rows.slice(0, first).map((node) => ({ node })), pageInfo: { hasNextPage: rows.length > first } };
}

const instant = (column: string) => (row: Row): string | null => iso(row[column]);
const word = (column: string) => (row: Row): string => wire(row[column]);
const of = (loader: 'team' | 'customer' | 'person', column: string) => (row: Row, _given: unknown, { loaders: kept }: PeerContext) => (row[column] ? kept[loader].load(String(row[column])) : null);
const all = (loader: 'clocks' | 'handoffs' | 'workLog' | 'firings') => (row: Row, _given: unknown, { loaders: kept }: PeerContext) => kept[loader].load(String(row['id']));

export const RESOLVERS = {
  Query: {
    incidents: (_root: unknown, given: { filter: { teamIds: readonly string[] }; first: number }, context: PeerContext) => page(context, given),
    incident: async (_root: unknown, { id }: { id: string }, context: PeerContext) => (await rowsOf('one', `select ${COLUMNS} from ticket t join incident i on i.ticket_id = t.id where t.id = $3 and ${SEEN}`, [...scope(context), id]))[0] ?? null,
  },
  Incident: {
    state: word('state'), reportedAt: instant('reported_at'), respondedAt: instant('responded_at'), updatedAt: instant('last_event_at'), customer: of('customer', 'customer_id'), team: of('team', 'team_id'),
    holder: of('person', 'holder_id'), firstContactEngineer: of('person', 'first_contact_engineer_id'), clocks: all('clocks'), handoffs: all('handoffs'), workLog: all('workLog'),
    timeline: (row: Row, { first }: { first: number }) => rowsOf('timeline', `select *, seq::text as seq, actor->>'name' as actor, payload->>'reason' as reason, payload->'before' as before, payload->'after' as after
      from event_log where ticket_id = $1 order by occurred_at desc, event_log.seq desc limit $2`, [row['id'], first]),
  },
  Clock: {
    kind: word('kind'), state: word('state'), outcome: word('outcome'), startAt: instant('start_at'), dueAt: instant('due_at'), breachedAt: instant('breached_at'), metAt: instant('met_at'), firings: all('firings'),
    breachHeldBy: async (row: Row, given: unknown, context: PeerContext) => {
      if (row['breached_at'] === null) return null;
      const [team, holder] = await Promise.all([of('team', 'breach_team_id')(row, given, context), of('person', 'breach_holder_id')(row, given, context)]);
      return { team: team?.['name'] ?? null, holder: holder?.['name'] ?? null };
    },
  },
  Firing: { at: instant('at'), firedAt: instant('firedAt') },
  Handoff: {
    state: word('state'), requestedAt: instant('requested_at'), decidedAt: instant('decided_at'), fromTeam: of('team', 'from_team_id'), toTeam: of('team', 'to_team_id'), toPerson: of('person', 'to_person_id'),
  },
  Entry: { kind: word('kind'), occurredAt: instant('occurred_at') },
  Event: { occurredAt: instant('occurred_at'), recordedAt: instant('recorded_at') },
};
