import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { serverProcess, type ServerProcess } from '../../support/server-process.ts';

/** What a server holds after a forced collection. */
export interface Holdings {
  readonly heapMb: number;
  readonly rssMb: number;
  readonly sockets: number;
  readonly timers: number;
  /** In the heap, open or not. */
  readonly webSockets: number;
}

/** Connections to the database come and go within the pool, and a timer of theirs with each. */
const SURPLUS = 20;
/** What was used last is kept here and there until the next takes its place. */
const LAST_USED = 3;
const SETTLED_MS = 1000;
/** Compiled code and the events kept for screens that come back. */
const HEAP_SURPLUS_MB = 12;
/** So small that a socket (25 kB) or a closure that keeps one cannot hide in it. */
const HEAP_BYTES_EACH = 500;

/** A server that can be asked what it holds; `preload`: with a defect. */
export const countedServer = (databaseUrl: string, { port = 0, preload = [] }: { readonly port?: number; readonly preload?: readonly string[] } = {}): Promise<ServerProcess> =>
  serverProcess(databaseUrl, { port, preload: ['./test/faults/harness/tell-holdings.ts', ...preload], flags: ['--expose-gc'] });

export function holdingsOf({ child }: ServerProcess): Promise<Holdings> {
  return new Promise((done, failed) => {
    const ended = (): void => failed(new Error('The server has ended.'));
    const hear = (told: unknown): void => {
      if (typeof told !== 'object' || told === null || !('holdings' in told)) return;
      child.off('message', hear).off('exit', ended);
      done(told.holdings as Holdings);
    };
    child.on('message', hear).once('exit', ended);
    child.send('holdings');
  });
}

/** Waits until the sockets are as few as before, or the time is over: a collection a second would cost more than what is measured. */
export async function settledHoldings(server: ServerProcess, { atMost, withinMs }: { readonly atMost: Pick<Holdings, 'sockets'>; readonly withinMs: number }): Promise<Holdings> {
  const began = performance.now();
  while (socketsOf(server.child.pid!) > atMost.sockets + SURPLUS && performance.now() - began < withinMs) await wait(250);
  // What a closed connection leaves to be done is done by then.
  await wait(SETTLED_MS);
  return holdingsOf(server);
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((file) => linkOf(join(folder, file)).startsWith('socket:')).length;
}

/** Empty for one that was closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

export interface Twice {
  readonly before: Holdings;
  readonly after: Holdings;
  /** How often in between something came that may have left something behind. */
  readonly times: number;
}

/** What is held afterwards and was not before; nothing when all was given back. */
export function leaks({ before, after, times }: Twice): string[] {
  const counted = (['sockets', 'timers', 'webSockets'] as const).flatMap((name) => {
    const most = before[name] + (name === 'webSockets' ? LAST_USED : SURPLUS);
    return after[name] > most ? [`a server holds ${after[name]} ${name} when everybody is gone; before it were ${before[name]}`] : [];
  });
  const mostMb = before.heapMb + HEAP_SURPLUS_MB + (times * HEAP_BYTES_EACH) / 1e6;
  if (after.heapMb <= mostMb) return counted;
  return [...counted, `a server holds ${after.heapMb.toFixed(1)} MB when everybody is gone; before it were ${before.heapMb.toFixed(1)}, and ${times} came in between`];
}

/** ERROR means that someone should get up: nobody should for what others do to their connections. */
export function complaintsFound(servers: readonly Pick<ServerProcess, 'complaints'>[]): string[] {
  const complaints = servers.flatMap((server) => server.complaints());
  return complaints.length === 0 ? [] : [`servers complain: ${complaints.length} × ${complaints.slice(0, 3).join(' ').slice(0, 1000)}`];
}
