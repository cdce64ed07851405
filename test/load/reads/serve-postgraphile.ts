/** PostGraphile 5 with its Amber preset on views of schema `peer` (peer-views.ts), who asks as a setting of each request. */
import { grafserv } from 'postgraphile/grafserv/node';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { createServer, digestOf, listen } from './serve-peer.ts';

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env['DATABASE_URL'] ?? '', schemas: ['peer'], poolConfig: { max: 16 } })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: { context: (given) => ({ pgSettings: { 'peer.token': digestOf(given.node?.req.headers.authorization) } }) },
});
const serving = instance.createServ(grafserv);
const server = createServer();
await serving.addTo(server);
listen(server);
