import { startServer } from '../../../server/src/app/server.ts';
import { announce } from './serve-peer.ts';

/** Our server as `pnpm start` runs it, without workers: the peers have none. */
const { url } = await startServer({ databaseUrl: process.env['DATABASE_URL'] ?? '', port: 0, host: '127.0.0.1', wallboardDirectory: null, timers: false });
announce(url);
