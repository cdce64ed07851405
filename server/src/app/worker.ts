import type { Database } from '../platform/db/database.ts';
import { startChores, type RunningChores } from '../platform/jobs/chores.ts';
import { ConsumerWorker } from '../platform/jobs/consumer-worker.ts';
import { TimerWorker } from '../platform/jobs/timer-worker.ts';
import type { EventTailer } from '../platform/live/event-tailer.ts';
import { FEATURES } from './features.ts';

/** The timers of every feature, woken by what the log brings: a command that moves a timer always leaves an event. */
export function startWorker(database: Database, tailer: EventTailer): TimerWorker {
  const worker = new TimerWorker(database, FEATURES.flatMap(({ timers }) => timers ?? []));
  tailer.onEvents(() => worker.wake());
  worker.start();
  return worker;
}

/** What follows from the log, woken by what it brings. */
export function startConsumers(database: Database, tailer: EventTailer): ConsumerWorker {
  const worker = new ConsumerWorker(database, FEATURES.flatMap(({ consumers }) => consumers ?? []));
  tailer.onEvents(() => worker.wake());
  worker.start();
  return worker;
}

/** What every feature looks after from time to time. */
export function startAllChores(database: Database): RunningChores {
  return startChores(database, FEATURES.flatMap(({ chores }) => chores ?? []));
}
