/** A server process of ours that can be asked for its memory and its figures. */
import { startServer } from '../../../server/src/app/server.ts';
import { serveParent } from './child.ts';

const server = await startServer({ databaseUrl: process.env['DATABASE_URL']!, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: process.env['TIMERS'] === '1' });

serveParent({ url: server.url }, {
  figures: () => server.live.figures(),
}, () => server.close());
