import { expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import type { Em } from '../db/orm.ts';
import { Cohort } from './cohort.ts';
import type { EventTailer } from './event-tailer.ts';
import type { LiveView } from './live-view.ts';
import type { LoggedEvent } from './logged-event.ts';
import type { Look, Readings } from './readings.ts';

function event(seq: number, ticketId = 'mine'): LoggedEvent {
  return { seq, type: 'incident.logged', subjectKind: 'incident', subjectId: 's', ticketId, customerId: null, teamIds: [], occurredAt: 0, after: null, before: null, reason: null, mark: null };
}

/** A log that grows by hand, and a view that tells the seqs it was asked about. */
function fixture() {
  const logged: LoggedEvent[] = [];
  const since: number[] = [];
  let recalled: () => Promise<void> = async () => undefined;
  const head = () => ({ epoch: 'e', seq: 10 + logged.length });
  const between = async (from: number, to: number) => logged.filter(({ seq }) => seq > from && seq <= to);
  const tailer = {
    get head() { return head(); },
    healthy: true, toldUpTo: 0,
    between: (_read: unknown, { from, to }: { from: number; to: number }) => between(from, to),
  } as unknown as EventTailer;
  const view: LiveView<unknown> = {
    key: 'k', concerns: ({ ticketId }) => ticketId === 'mine', changesByTime: () => false, evaluate: async () => ({}), recall: () => recalled(),
    snapshot: () => ({ kind: 'snapshot' }), heartbeat: () => ({ kind: 'heartbeat' }), resume: (_state, _touched, { toSeq }) => ({ kind: 'resume', toSeq }),
    delta: (_before, _after, { events }) => (events.length === 0 ? null : { kind: 'delta', seqs: events.map(({ seq }) => seq) }),
  };
  const readings = {
    look: (_view: unknown, looker: (look: Look) => Promise<unknown>) => looker({
      em: {} as Em, now: 1000 + logged.length, seq: head().seq, evaluate: async () => ({}),
      eventsSince: (from) => {
        since.push(from);
        return between(from, head().seq);
      },
    }),
  } as unknown as Readings;
  const cohort = new Cohort(view, { database: { em: {} } as Database, tailer, version: 'v', readings });
  const heard: object[] = [];
  const told = Promise.withResolvers<void>();
  const join = (seq: number | null) => cohort.join(seq === null ? null : { epoch: 'e', seq }, ({ message }) => {
    heard.push(message);
    told.resolve();
  }, () => undefined, () => undefined);
  const log = (...events: LoggedEvent[]) => {
    logged.push(...events);
    cohort.hear(events);
  };
  return { join, log, heard, since, told: told.promise, holdRecall: (hold: Promise<void>) => (recalled = () => hold) };
}

test('LIV-02 a change that comes while the first screen catches up is told without waiting for a heartbeat', async () => {
  const { join, log, heard, told, holdRecall } = fixture();
  const hold = Promise.withResolvers<void>();
  holdRecall(hold.promise);
  log(event(11));
  const joined = join(10);
  // The catching up is under way, and nobody listens yet.
  await new Promise((done) => setImmediate(done));
  log(event(12));
  hold.resolve();
  await joined;
  await told;
  expect(heard).toEqual([{ kind: 'delta', seqs: [12] }]);
});

test('LIV-02 what did not concern a view is not looked through again', async () => {
  const { join, log, heard, told, since } = fixture();
  await join(null);
  log(event(11, 'other'), event(12, 'other'), event(13), event(14, 'other'));
  await told;
  expect(since).toEqual([12]);
  expect(heard).toEqual([{ kind: 'delta', seqs: [13] }]);
});
