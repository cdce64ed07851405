import { startServer } from '../../server/src/app/server.ts';

/** A server process of its own for the fault tests: prints its address as one JSON line, ends on SIGTERM. */
const server = await startServer({
  databaseUrl: process.env['DATABASE_URL']!, port: Number(process.env['SERVE_PORT'] ?? 0), host: '127.0.0.1', wallboardDirectory: process.env['SERVE_WALLBOARD'] ?? null,
});
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
// Ends with the test that started it, even when that was killed.
process.once('disconnect', () => process.exit(1));
