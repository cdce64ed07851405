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
  let looked: Promise<void> = Promise.resolve();
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
    look: (_view: unknown, looker: (look: Look) => Promise<unknown>) => {
      const { seq } = head();
      const until = looked;
      return looker({
        em: {} as Em, now: 1000 + logged.length, seq, evaluate: async () => ({}),
        eventsSince: async (from) => {
          since.push(from);
          await until;
          return between(from, seq);
        },
      });
    },
  } as unknown as Readings;
  const cohort = new Cohort(view, { database: { em: {} } as Database, tailer, version: 'v', readings });
  const heard: object[] = [];
  const welcomes: object[] = [];
  const told = Promise.withResolvers<void>();
  const listener = ({ message }: { message: object }): void => {
    heard.push(message);
    told.resolve();
  };
  const ended = (): void => undefined;
  const join = (seq: number | null) => cohort.join(seq === null ? null : { epoch: 'e', seq }, listener, ended, ({ message }) => welcomes.push(message));
  const log = (...events: LoggedEvent[]) => {
    logged.push(...events);
    cohort.hear(events);
  };
  return {
    join, log, heard, welcomes, since, told: told.promise, leave: () => cohort.leave(listener, ended),
    holdRecall: (hold: Promise<void>) => (recalled = () => hold), holdLooks: (hold: Promise<void>) => (looked = hold),
  };
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

test('LIV-02 a look that began before a screen came does not stand for what nobody heard since', async () => {
  const { join, leave, log, heard, welcomes, since, told, holdLooks } = fixture();
  await join(null);
  const hold = Promise.withResolvers<void>();
  holdLooks(hold.promise);
  log(event(11));
  await expect.poll(() => since).toEqual([10]);
  // The look is under way, up to 11; the last screen leaves, and nobody hears of 12.
  leave();
  log(event(12));
  const joined = join(11);
  hold.resolve();
  await joined;
  log(event(13));
  await told;
  expect({ welcome: welcomes.at(-1), heard }).toEqual({ welcome: { kind: 'resume', toSeq: 12 }, heard: [{ kind: 'delta', seqs: [13] }] });
});
