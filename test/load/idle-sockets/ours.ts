/** A whole server of ours; heartbeats and checks of rights go on. */
import { startServer } from '../../../server/src/app/server.ts';
import { serveParent } from '../harness/child.ts';
import { settledMemory } from './settled-memory.ts';

const server = await startServer({ databaseUrl: process.env['DATABASE_URL']!, port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
serveParent({ url: server.url }, { memory: settledMemory }, () => server.close());
