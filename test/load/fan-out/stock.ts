/** graphql-ws as its documentation has it: every subscriber an iterator of its own, each event executed for each. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { serveParent } from '../harness/child.ts';
import { EventQueue } from './event-queue.ts';
import { portOf } from './port-of.ts';

// The same schema with graphql-js's own resolvers, which do less than ours.
const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));
const subscribers = new Set<EventQueue<object>>();
const field = schema.getSubscriptionType()!.getFields()['board']!;
field.subscribe = () => {
  const queue: EventQueue<object> = new EventQueue(() => subscribers.delete(queue));
  subscribers.add(queue);
  return queue;
};

const http = createServer();
useServer({ schema }, new WebSocketServer({ server: http, path: '/graphql', perMessageDeflate: false }));
serveParent({ url: `http://127.0.0.1:${await portOf(http)}` }, {
  tell: (board: object) => {
    for (const queue of subscribers) queue.push({ board });
  },
});
