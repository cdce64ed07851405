import type { Client } from 'pg';
import { documentOf } from '../reads/documents.ts';
import type { DeskSize } from './desks.ts';
import { teamId, TEAMS } from './fill.ts';

/** Something that is asked over HTTP; `turn` counts the askings, so that not always the same is read. */
export interface Question {
  readonly name: string;
  readonly body: (turn: number) => object;
  /** Its answer must hold this many rows, or the measurement would say nothing. */
  readonly rows: (answer: never) => number;
  readonly least: number;
}

/** What the questions are about, picked evenly from all that a desk has. */
interface Sample {
  readonly ids: readonly string[];
  readonly numbers: readonly string[];
  readonly externalNumbers: readonly string[];
  readonly customerId: string;
  readonly teamId: string;
}

const ROW = `id number version title state started level category urgeCount reportedAt updatedAt customer { id name } team { id name nameZh } holder { id name }
  clocks { id kind state outcome startAt dueAt targetSeconds breachedAt }`;
const LIST = `query List($filter: IncidentFilter, $sort: IncidentSort!, $first: Int!, $after: String) {
  incidents(filter: $filter, sort: $sort, first: $first, after: $after) { edges { node { ${ROW} } } pageInfo { hasNextPage } } }`;
const FIRST = 'query First($filter: IncidentFilter) { incidents(filter: $filter, sort: REPORTED, first: 1) { pageInfo { endCursor } } }';
const BY_NUMBER = 'query ByNumber($number: String!) { incident(number: $number) { id number title state externalNumber } }';
const METRICS = `query Metrics { metrics(section: INCIDENTS) { asOf period { key } figures { key overall { values { period numerator denominator value median p90 } } parts { key values { period value } } } } }`;
const PAGE = 50;
const SAMPLE = 200;

/** The questions of one desk; each asks with its own ids, numbers and cursors. */
export async function questionsOf(client: Client, ask: (body: object) => Promise<unknown>, size: DeskSize): Promise<readonly Question[]> {
  const sample = await sampleOf(client);
  const queue = documentOf('TeamQueue').byHash;
  const ticket = documentOf('TicketPage').byHash;
  const edges = ({ incidents }: { incidents: { edges: unknown[] } }): number => incidents.edges.length;
  const one = ({ incident }: { incident: object | null }): number => (incident === null ? 0 : 1);
  const list = (name: string, variables: object, least = PAGE): Question => ({ name, least, rows: edges, body: () => ({ query: LIST, variables: { first: PAGE, ...variables } }) });
  const deep = await middleCursors(client, ask, sample.customerId);
  // Teams get their share of each template's copies, give or take one of each.
  const ofTeam = Math.min(PAGE, Math.floor(size.open / TEAMS / 2));
  return [
    { name: 'queue page of a team', least: ofTeam, rows: edges, body: () => ({ ...queue, variables: { teamId: sample.teamId, first: PAGE } }) },
    list('queue page, all', { sort: 'PRIORITY' }),
    list('queue page of a customer', { sort: 'DUE', filter: { customerIds: [sample.customerId] } }),
    list('queue page by state', { sort: 'DUE', filter: { states: ['SUSPENDED'] } }),
    list('queue page by text', { sort: 'DUE', filter: { text: 'Printer' } }),
    { name: 'ticket page', least: 1, rows: one, body: (turn) => ({ ...ticket, variables: { id: of(sample.ids, turn) } }) },
    { name: 'by number', least: 1, rows: one, body: (turn) => ({ query: BY_NUMBER, variables: { number: of(sample.numbers, turn) } }) },
    { name: 'by external number', least: 1, rows: one, body: (turn) => ({ query: BY_NUMBER, variables: { number: of(sample.externalNumbers, turn) } }) },
    list('closed ones, newest', { sort: 'REPORTED', filter: CLOSED }),
    list('closed ones, half-way down', { sort: 'REPORTED', filter: CLOSED, after: deep.all }),
    list('closed ones of a customer, half-way down', { sort: 'REPORTED', filter: { ...CLOSED, customerIds: [sample.customerId] }, after: deep.customer }, 1),
    { name: 'metrics, quarter', least: 5, rows: ({ metrics }: { metrics: { figures: unknown[] } }) => metrics.figures.length, body: () => ({ query: METRICS }) },
  ];
}

const CLOSED = { openOnly: false, states: ['CLOSED'] };

/** Cursors as a page in the middle would give them: those of a first page, with the values of the row in the middle. */
async function middleCursors(client: Client, ask: (body: object) => Promise<unknown>, customerId: string): Promise<{ readonly all: string; readonly customer: string }> {
  const { rows: [middle] } = await client.query<{ at: string; id: string }>(
    `select i.reported_at::text as at, t.id from ticket t join incident i on i.ticket_id = t.id where i.state = 'closed' order by i.reported_at, t.id
     offset (select count(*) / 2 from incident where state = 'closed') limit 1`,
  );
  const cursor = async (filter: object): Promise<string> => {
    const { incidents } = (await ask({ query: FIRST, variables: { filter } })) as { incidents: { pageInfo: { endCursor: string } } };
    const [mark] = JSON.parse(Buffer.from(incidents.pageInfo.endCursor, 'base64url').toString()) as string[];
    return Buffer.from(JSON.stringify([mark, middle!.at, middle!.id])).toString('base64url');
  };
  return { all: await cursor(CLOSED), customer: await cursor({ ...CLOSED, customerIds: [customerId] }) };
}

function of(list: readonly string[], turn: number): string {
  return list[turn % list.length]!;
}

async function sampleOf(client: Client): Promise<Sample> {
  const { rows } = await client.query<{ id: string; number: string; external: string }>(
    `select id, number, external_number as external from (select *, row_number() over (order by id) as place, count(*) over () as many from ticket where external_number is not null) t
     where place % greatest(1, many / $1::int) = 0 limit $1`, [SAMPLE],
  );
  const { rows: [other] } = await client.query<{ customerId: string; teamId: string }>(`select id as "customerId", (select ${teamId('3')}) as "teamId" from customer order by name limit 1`);
  return { ids: rows.map(({ id }) => id), numbers: rows.map(({ number }) => number), externalNumbers: rows.map(({ external }) => external), ...other! };
}
