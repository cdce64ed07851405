import { runWatchfloor, type Place, type Served } from '../start/run-watchfloor.ts';
import { WALLBOARD_DIRECTORY } from '../start/wallboard-build.ts';
import { connectionsOf, requireConnections } from './connection-budget.ts';
import { processCount } from './process-count.ts';
import { ServerProcesses } from './server-processes.ts';

export interface ServeOptions {
  /** As it was typed. */
  readonly processes?: string;
  readonly empty?: boolean;
}

/** PostgreSQL's own workers, and whoever looks at it by hand. */
const SPARE_CONNECTIONS = 20;

/** `watchfloor serve`: Watchfloor in N server processes behind one port, until it is told to stop; answers the exit code. */
export function serveProcesses(options: ServeOptions, environment: NodeJS.ProcessEnv): Promise<number> {
  return runWatchfloor({
    environment,
    plan: () => {
      const count = processCount(options.processes);
      return {
        seed: options.empty === true ? 'empty' : 'demo',
        databaseSettings: { max_connections: String(Math.max(200, connectionsOf(count) + SPARE_CONNECTIONS)) },
        examine: (databaseUrl) => requireConnections(databaseUrl, count),
        serve: (place) => serve(place, count),
      };
    },
  });
}

async function serve({ config, freePort, databaseUrl, holds, progress, closing }: Place, count: number): Promise<Served> {
  const { host, brokerUrl, replicaUrl, proxies } = config;
  const processes = new ServerProcesses({ databaseUrl, port: freePort, host, wallboardDirectory: WALLBOARD_DIRECTORY, brokerUrl, replicaUrl, proxies, demo: holds === 'demo' }, count);
  closing(() => processes.close());
  const url = await progress.step('Servers', () => processes.ready(), () => `${count} processes`);
  return { url, ended: processes.ended };
}
