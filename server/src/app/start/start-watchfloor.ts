import { Failure } from '../../platform/failure.ts';
import { startDemoReplay } from '../../seed/demo-replay.ts';
import { startServer } from '../server.ts';
import { runWatchfloor, type Place, type Served } from './run-watchfloor.ts';
import type { Seed } from './seeding.ts';
import { WALLBOARD_DIRECTORY } from './wallboard-build.ts';

const HELP = `pnpm start            starts Watchfloor; an empty database gets the demo
pnpm start --empty    for real use: an empty database gets the policy and one administrator
Settings: PORT, HOST, DATABASE_URL, WATCHFLOOR_DATA_DIR (README.md)`;

/** `pnpm start`: Watchfloor in this one process, until it is told to stop; answers the exit code. */
export function startWatchfloor(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return runWatchfloor({
    environment,
    plan: (progress) => {
      if (!args.includes('--help')) return { seed: seedFrom(args), serve: serveHere };
      progress.line(HELP);
      return null;
    },
  });
}

async function serveHere({ config, databaseUrl, holds, progress, closing }: Place): Promise<Served> {
  const { port, host, brokerUrl, replicaUrl, proxies } = config;
  const server = await startServer({ databaseUrl, port, host, wallboardDirectory: WALLBOARD_DIRECTORY, brokerUrl, replicaUrl, proxies });
  closing(() => server.close());
  if (holds === 'demo') {
    const replay = startDemoReplay({ database: server.database, databaseUrl, onTrouble: (sentence) => progress.line(sentence) });
    closing(() => replay.close());
  }
  // A server of this process ends with it.
  return { url: server.url, ended: new Promise(() => undefined) };
}

function seedFrom(args: readonly string[]): Seed {
  const unknown = args.find((arg) => arg !== '--empty');
  if (unknown !== undefined) throw new Failure('SETTING_INVALID', `Unknown option ${JSON.stringify(unknown)}.\n${HELP}`);
  return args.includes('--empty') ? 'empty' : 'demo';
}
