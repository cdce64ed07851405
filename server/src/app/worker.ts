import type { EventConsumer } from '../kernel/feature.ts';
import type { Database } from '../platform/db/database.ts';
import { startChores, type RunningChores } from '../platform/jobs/chores.ts';
import { TimerWorker } from '../platform/jobs/timer-worker.ts';
import type { EventTailer } from '../platform/live/event-tailer.ts';
import { log } from '../platform/log/log.ts';
import { FEATURES } from './features.ts';

/** The timers of every feature, woken by what the log brings: a command that moves a timer always leaves an event. */
export function startWorker(database: Database, tailer: EventTailer): TimerWorker {
  const worker = new TimerWorker(database, FEATURES.flatMap(({ timers }) => timers ?? []));
  const consumers = FEATURES.flatMap((feature) => feature.consumers ?? []);
  tailer.onEvents((events) => {
    worker.wake();
    for (const consumer of consumers) if (events.some(({ type }) => consumer.eventTypes.includes(type))) follow(database, consumer, worker);
  });
  for (const consumer of consumers) follow(database, consumer, worker);
  worker.start();
  return worker;
}

/** What it leaves behind are due timers. If it fails, its cursor stays and the next event of its kind, or the next start, tries again. */
function follow(database: Database, consumer: EventConsumer, worker: TimerWorker): void {
  consumer.run(database).then(() => worker.wake(), (error: unknown) => log.error({ err: error, consumer: consumer.name }, 'a consumer of the event log failed'));
}

/** What every feature looks after from time to time. */
export function startAllChores(database: Database): RunningChores {
  return startChores(database, FEATURES.flatMap(({ chores }) => chores ?? []));
}
