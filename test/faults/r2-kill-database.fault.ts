import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../../server/src/kernel/instant.ts';
import { Draw } from '../support/process-model-draw.ts';
import { until } from '../support/until.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { openDesk } from './harness/fault-desk.ts';
import type { Control, FaultRun, Part } from './harness/fault-run.ts';
import { DATABASE_KILLS, KillablePostgres } from './harness/killable-postgres.ts';
import { checkMutations } from './harness/mutation-check.ts';
import { LOST_COMMIT, mutationControls } from './harness/mutation-controls.ts';
import { MutationLoad } from './harness/mutation-load.ts';
import { recovered } from './harness/recovery.ts';
import { ServerRoom } from './harness/server-room.ts';

const PROCESSES = 2;
const PER_SECOND = 200;
const MUTATIONS_BETWEEN = 40;
/** Of the reference: without a restart of the server. */
const RECOVERS_WITHIN_MS = 10 * SECOND;

/** R2: PostgreSQL is killed with -9, its head, all of it, or one backend; the servers live on and find it again. */
export const killDatabase: FaultRun = {
  id: 'R2', title: 'kill -9 of PostgreSQL under load', unit: 'kills', full: 100, quick: 3, budgetMinutes: 11,
  async run(_serverUrl, part) {
    const postgres = await KillablePostgres.open();
    let room: ServerRoom | null = null;
    let working: MutationLoad | null = null;
    try {
      const made = await faultDatabase(postgres.url);
      const desk = await withDatabase(made.url, openDesk);
      const servers = await ServerRoom.open(made.url, PROCESSES);
      room = servers;
      const name = `r2-${part.seed}-${part.from}`;
      const load = new MutationLoad({ desk, urls: () => servers.urls, perSecond: PER_SECOND, seed: part.seed + part.from, name });
      working = load;
      const { done, worstRecoveryMs, findings } = await killing({ postgres, servers, load }, part);
      const journal = await load.end();
      await servers.close();
      part.say(`${journal.said.length} mutations acknowledged; checking them`);
      const wrong = await checkMutations(made.url, journal.said, name);
      return {
        done, figures: { acknowledged: journal.said.length, unknown: journal.unknown, repeated: journal.repeated, worstRecoveryMs },
        findings: [...servers.findings, ...findings, ...journal.findings, ...wrong],
      };
    } finally {
      working?.abandon();
      await room?.close();
      await postgres.close();
    }
  },
  async controls(serverUrl) {
    return [...(await mutationControls(serverUrl, LOST_COMMIT)), await neverReady(), await endsByItself()];
  },
};

interface Scene {
  readonly postgres: KillablePostgres;
  readonly servers: ServerRoom;
  readonly load: MutationLoad;
}

async function killing({ postgres, servers, load }: Scene, part: Part): Promise<{ done: number; worstRecoveryMs: number; findings: string[] }> {
  const draw = new Draw(part.seed + part.from);
  const findings: string[] = [];
  let worstRecoveryMs = 0;
  let done = part.from;
  for (; done < part.upTo && !part.over(); done += 1) {
    const before = load.done;
    await until('clients work again', () => load.done >= before + MUTATIONS_BETWEEN, 120_000);
    await wait(draw.whole(0, 1000));
    const what = DATABASE_KILLS[done % DATABASE_KILLS.length]!;
    await postgres.kill(what, (pids) => draw.pick(pids));
    const recovery = await recovered(servers.urls, RECOVERS_WITHIN_MS);
    worstRecoveryMs = Math.max(worstRecoveryMs, recovery.milliseconds);
    findings.push(...recovery.findings.map((finding) => `kill ${done + 1} (${what}): ${finding}`));
    if (done % 10 === 9) part.say(`${done + 1} kills, ${load.done} mutations`);
  }
  return { done, worstRecoveryMs, findings };
}

async function neverReady(): Promise<Control> {
  const server = createServer((_request, response) => void response.writeHead(503).end('{"status":"not ready"}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const { findings } = await recovered([`http://127.0.0.1:${port}`], 300);
  await new Promise((done) => server.close(done));
  return { planted: 'a server that never finds its database again', findings };
}

/** What an unhandled rejection does to a process. */
async function endsByItself(): Promise<Control> {
  const room = await ServerRoom.open('', 1, async () => {
    const child = spawn(process.execPath, ['-e', 'Promise.reject(new Error("planted"))'], { stdio: 'ignore' });
    return { url: 'http://127.0.0.1:1', child, complaints: () => [], end: async (signal) => void child.kill(signal) };
  });
  await until('it has ended', () => room.findings.length > 0);
  await room.close();
  return { planted: 'a server that ends by an unhandled rejection', findings: room.findings };
}
