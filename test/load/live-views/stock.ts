/**
 * Stock graphql-ws with a query per event: it follows the same log by the same wake-ups, knows by a map which subscribers an
 * event is for, and asks the database for each of them.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { Client, Pool } from 'pg';
import { WebSocketServer } from 'ws';
import { EventQueue } from '../fan-out/event-queue.ts';
import { portOf } from '../fan-out/port-of.ts';
import { serveParent } from '../harness/child.ts';

const connectionString = process.env['DATABASE_URL']!;
const pool = new Pool({ connectionString, max: 16 });
const listening = new Client({ connectionString });
await listening.connect();

interface Event {
  readonly seq: number;
  readonly ticketId: string;
}

const subscribers = new Map<string, Set<EventQueue<Event>>>();
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const field = schema.getSubscriptionType()!.getFields()['incident']!;

field.subscribe = (_root, { id }: { id: string }) => {
  const sharing = subscribers.get(id) ?? new Set();
  subscribers.set(id, sharing);
  const queue: EventQueue<Event> = new EventQueue(() => sharing.delete(queue));
  sharing.add(queue);
  queue.push({ seq: cursor, ticketId: id });
  return queue;
};

field.resolve = async ({ seq, ticketId }: Event) => {
  const { rows } = await pool.query<{ version: number }>('select version from ticket where id = $1', [ticketId]);
  return { __typename: 'IncidentChanged', fromSeq: String(seq - 1), toSeq: String(seq), asOf: new Date().toISOString(), incidentVersion: rows[0]!.version };
};

let cursor = Number((await pool.query<{ seq: string }>('select seq from event_log_head')).rows[0]!.seq);
let reading = false;
let again = false;

async function read(): Promise<void> {
  again = true;
  if (reading) return;
  reading = true;
  while (again) {
    again = false;
    const { rows } = await pool.query<Event>('select seq::float8 as seq, ticket_id as "ticketId" from event_log where seq > $1 order by seq', [cursor]);
    for (const event of rows) {
      cursor = event.seq;
      for (const queue of subscribers.get(event.ticketId) ?? []) queue.push(event);
    }
  }
  reading = false;
}

listening.on('notification', () => void read());
await listening.query('listen watchfloor_log');
const http = createServer();
useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false }));
serveParent({ url: `http://127.0.0.1:${await portOf(http)}` }, {});
