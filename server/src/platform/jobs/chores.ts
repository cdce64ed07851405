import type { Chore } from '../../kernel/feature.ts';
import type { Database } from '../db/database.ts';
import { log } from '../log/log.ts';

const MINUTE_MS = 60_000;

export interface RunningChores {
  /** Starts none any more and waits for those at work. */
  close(): Promise<void>;
}

/** Does each chore now and then every so many minutes. One that fails is logged and tried again at its next turn. */
export function startChores(database: Database, chores: readonly Chore[]): RunningChores {
  const working = new Set<Promise<void>>();
  const turn = (chore: Chore): void => {
    const work = attempt(database, chore).finally(() => working.delete(work));
    working.add(work);
  };
  const timers = chores.map((chore) => {
    turn(chore);
    return setInterval(() => turn(chore), chore.everyMinutes * MINUTE_MS).unref();
  });
  return {
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(working);
    },
  };
}

async function attempt(database: Database, chore: Chore): Promise<void> {
  try {
    await chore.run(database);
  } catch (error) {
    log.error({ err: error, chore: chore.name }, 'a chore failed; it is tried again at its next turn');
  }
}
