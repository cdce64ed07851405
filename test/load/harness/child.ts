import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { PROJECT_DIRECTORY } from '../../../server/src/platform/config.ts';

/** A process of its own that can be asked. */
export interface Child<Ready> {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: Ready;
  /** Asks by name and waits for the answer. */
  ask<Answer>(name: string, value?: unknown): Promise<Answer>;
  end(): Promise<void>;
}

interface Spoken {
  readonly ready?: unknown;
  readonly answered?: number;
  readonly answer?: unknown;
  readonly failed?: string;
}

/** Starts a script below the project folder with Node, so that what it uses is measured apart from us. */
export async function startChild<Ready>(script: string, environment: Readonly<Record<string, string>>, flags: readonly string[] = []): Promise<Child<Ready>> {
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', script], {
    cwd: PROJECT_DIRECTORY, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const ready = Promise.withResolvers<unknown>();
  child.on('message', (spoken: Spoken) => {
    if ('ready' in spoken) return ready.resolve(spoken.ready);
    const asked = waiting.get(spoken.answered!);
    waiting.delete(spoken.answered!);
    if (spoken.failed === undefined) asked?.resolve(spoken.answer);
    else asked?.reject(new Error(`${script}: ${spoken.failed}`));
  });
  child.once('exit', (code, signal) => {
    const gone = new Error(`${script} has ended (${code ?? signal}).`);
    for (const { reject } of [ready, ...waiting.values()]) reject(gone);
  });
  let asked = 0;
  return {
    pid: child.pid!,
    ready: (await ready.promise) as Ready,
    ask: (name, value) => {
      const answer = Promise.withResolvers<unknown>();
      waiting.set(++asked, answer);
      child.send({ asked, name, value });
      return answer.promise as Promise<never>;
    },
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 8000);
      await gone;
      clearTimeout(patience);
    },
  };
}

/** The child's side: says that it is ready, then answers. It ends with its parent. */
export function serveParent(ready: unknown, answers: Readonly<Record<string, (value: never) => unknown>>, end: () => unknown = () => undefined): void {
  process.on('message', async ({ asked, name, value }: { asked: number; name: string; value: never }) => {
    try {
      const answer = answers[name];
      if (!answer) throw new Error(`Nobody answers "${name}".`);
      process.send!({ answered: asked, answer: await answer(value) });
    } catch (error) {
      process.send!({ answered: asked, failed: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.once('disconnect', () => process.exit(1));
  process.once('SIGTERM', async () => {
    await end();
    process.exit(0);
  });
  process.send!({ ready });
}

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used so far, all threads, user and system. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
