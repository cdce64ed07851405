/** A whole server that can be asked what it holds, and on demand one that leaks: a little with each change, and a timer a second. */
import { startServer } from '../../../server/src/app/server.ts';
import { SOAK_PER_SECOND } from '../../support/soak.ts';
import { serveParent } from '../harness/child.ts';
import { settledMemory } from '../idle-sockets/settled-memory.ts';

const server = await startServer({ databaseUrl: process.env['DATABASE_URL']!, port: 0, host: '127.0.0.1', wallboardDirectory: null });

if (process.env['LEAK'] === '1') {
  const kept: unknown[] = [];
  setInterval(() => kept.push({ change: kept.length, row: Array.from({ length: 100 }, (_, index) => ({ index })) }), 1000 / SOAK_PER_SECOND);
  setInterval(() => setInterval(() => undefined, 3_600_000), 1000);
}

serveParent({ url: server.url }, {
  holding: async () => {
    const { rss, heap } = await settledMemory();
    const resources = process.getActiveResourcesInfo();
    const count = (name: string) => resources.filter((one) => one === name).length;
    return { heapMb: heap / 1e6, rssMb: rss / 1e6, sockets: count('TCPSocketWrap'), timers: count('Timeout') };
  },
}, () => server.close());
