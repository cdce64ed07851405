import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

export interface Recovery {
  readonly milliseconds: number;
  readonly findings: readonly string[];
}

/** Waits until every process says that it is ready again; one that does not in time is a finding. */
export async function recovered(urls: readonly string[], withinMs: number): Promise<Recovery> {
  const began = performance.now();
  const waiting = new Map(urls.map((url) => [url, 'it was not asked']));
  while (waiting.size > 0 && performance.now() - began <= withinMs) {
    await Promise.all([...waiting.keys()].map(async (url) => {
      const trouble = await readiness(url);
      if (trouble === null) waiting.delete(url);
      else waiting.set(url, trouble);
    }));
    if (waiting.size > 0) await wait(50);
  }
  return {
    milliseconds: performance.now() - began,
    findings: [...waiting.values()].map((trouble) => `a server is not ready ${withinMs / 1000} s after its database was there again: ${trouble}`),
  };
}

async function readiness(url: string): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    return answer.ok ? null : (await answer.text()).slice(0, 200);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
