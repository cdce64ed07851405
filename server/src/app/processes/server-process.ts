import { startDemoReplay } from '../../seed/demo-replay.ts';
import { log } from '../../platform/log/log.ts';
import { startServer } from '../server.ts';
import { explainEnd } from '../start/explain-end.ts';
import type { FromProcess, Neighbour, ProcessSettings, ToProcess } from './process-message.ts';

/** One of the server processes of `watchfloor serve`; `server-processes.ts` starts, watches and stops it. */
const ALIVE_EVERY_MS = 2000;
const NUMBER = Number(process.env['WATCHFLOOR_PROCESS']);

let stop: () => Promise<void> = async () => undefined;
let neighbours: readonly Neighbour[] = [];

async function serve(settings: ProcessSettings): Promise<void> {
  const { demo, databaseUrl, ...rest } = settings;
  const server = await startServer({ ...rest, databaseUrl, group: { process: NUMBER, neighbours: () => neighbours } });
  const replay = demo ? startDemoReplay({ database: server.database, databaseUrl, onTrouble: (sentence) => log.warn(sentence) }) : null;
  const alive = setInterval(() => void server.unready().then((unready) => tell({ kind: 'alive', unready })), ALIVE_EVERY_MS);
  stop = async () => {
    clearInterval(alive);
    await Promise.all([replay?.close(), server.close()]);
  };
  tell({ kind: 'ready', url: server.url });
}

function tell(message: FromProcess): void {
  if (process.connected) process.send?.(message);
}

async function end(): Promise<void> {
  await stop();
  process.exit(0);
}

process.on('message', (message: ToProcess) => {
  switch (message.kind) {
    case 'settings':
      return void serve(message.settings).catch((error: unknown) => {
        const { code, sentence } = explainEnd(error, null);
        if (code === 'UNEXPECTED') log.error({ err: error }, 'a server process could not start');
        process.send?.({ kind: 'failed', code, sentence } satisfies FromProcess, () => process.exit(1));
      });
    case 'neighbours':
      neighbours = message.neighbours;
      return;
    case 'stop':
      return void end();
  }
});
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'a server process ends by a fault of ours');
  process.exit(1);
});
// Ctrl-C reaches every process of a terminal; what it means is for the first one to say.
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
// To one alone it means: finish and make room for a fresh one.
process.once('SIGTERM', () => void end());
tell({ kind: 'hello' });
