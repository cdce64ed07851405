import { Client } from 'pg';
import { vi } from 'vitest';

/** Listens to every statement of this process, the followers of the event log left out: they ask by their own clock. */
export function watchStatements(): { during(work: () => Promise<unknown>): Promise<readonly string[]>; stop(): void } {
  const spy = vi.spyOn(Client.prototype, 'query');
  return {
    during: async (work) => {
      const before = spy.mock.calls.length;
      await work();
      return spy.mock.calls.slice(before).map(textOf).filter((text) => !/event_log|pg_stat_activity|listen/i.test(text) || /ticket/.test(text));
    },
    stop: () => spy.mockRestore(),
  };
}

function textOf([given]: readonly unknown[]): string {
  if (typeof given === 'string') return given;
  return typeof given === 'object' && given !== null && 'text' in given ? String(given.text) : '';
}
