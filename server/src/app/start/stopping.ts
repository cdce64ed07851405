import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Stopping {
  /** Aborted as soon as a stop is wanted. */
  readonly signal: AbortSignal;
  /** Resolves then. */
  readonly wanted: Promise<void>;
}

/** A second Ctrl-C this much later no longer waits for a clean end; a package manager may forward the first one twice. */
const IMPATIENCE_MS = 1000;
const LOOK_AROUND_MS = 500;

/** Listens for Ctrl-C, SIGTERM, a closed terminal, and for the end of those that started us. */
export function listenForStop(): Stopping {
  const controller = new AbortController();
  let since = 0;
  const stop = () => {
    if (controller.signal.aborted && performance.now() - since > IMPATIENCE_MS) process.exit(130);
    if (controller.signal.aborted) return;
    since = performance.now();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  process.once('disconnect', stop);
  process.channel?.unref();
  watchStarters(stop);
  const wanted = new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve(), { once: true }));
  return { signal: controller.signal, wanted };
}

/**
 * `pnpm start` is a chain: npx, pnpm, a shell, this process. Whoever kills the first one with -9 means all of it,
 * but a kill -9 is not passed on, so we look whether the chain is still whole.
 */
function watchStarters(stop: () => void): void {
  if (process.platform !== 'linux' || process.env['npm_lifecycle_event'] === undefined) return;
  const chain = chainOfStarters();
  const timer = setInterval(() => {
    if (chain.some(({ pid, parent }) => parentOf(pid) !== parent)) stop();
  }, LOOK_AROUND_MS);
  timer.unref();
}

interface Link {
  readonly pid: number;
  readonly parent: number;
}

function chainOfStarters(): readonly Link[] {
  const chain: Link[] = [];
  let pid = process.pid;
  for (;;) {
    const parent = parentOf(pid);
    if (parent === null || parent <= 1 || !isStarter(parent)) return chain;
    chain.push({ pid, parent });
    pid = parent;
  }
}

/** A package manager, or the shell that one uses to run a script. */
function isStarter(pid: number): boolean {
  const [program = '', ...words] = read(`/proc/${pid}/cmdline`).split('\0');
  if (/(^|\/)(sh|dash|bash)$/.test(program)) return words[0] === '-c' && /pnpm|start\.ts/.test(words[1] ?? '');
  return /pnpm|npx|npm/.test([program, ...words].join(' '));
}

/** The fourth field; the second one, the name, may itself hold spaces and brackets. */
function parentOf(pid: number): number | null {
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ');
  return fields?.[1] === undefined ? null : Number(fields[1]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
