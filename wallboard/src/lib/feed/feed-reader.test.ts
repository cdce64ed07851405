import { expect, test } from 'vitest';
import { readFeed, type AttemptEnd, type FeedTimers } from './feed-reader.ts';
import type { FeedCursor, FeedMark } from './feed-update.ts';

const beat = { asOf: '2026-03-02T01:00:00Z', serverTime: '2026-03-02T01:00:00Z', version: 'v1' };
const snapshot = (seq: string, epoch = 'e1'): FeedMark => ({ kind: 'snapshot', epoch, seq, ...beat });
const delta = (fromSeq: string, toSeq: string): FeedMark => ({ kind: 'delta', fromSeq, toSeq, asOf: beat.asOf });

/** A clock moved by hand, and a server that records every connection it was asked for. */
function fixture() {
  let now = 0;
  let tasks: { at: number; task: () => void }[] = [];
  const timers: FeedTimers = {
    random: () => 0,
    after(ms, task) {
      const entry = { at: now + ms, task };
      tasks.push(entry);
      return () => { tasks = tasks.filter((other) => other !== entry); };
    },
  };
  const advance = (ms: number): void => {
    const until = now + ms;
    for (;;) {
      const next = tasks.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      tasks = tasks.filter((entry) => entry !== next);
      now = next.at;
      next.task();
    }
    now = until;
  };
  const asked: { after: FeedCursor | null; reached: () => void; update: (mark: FeedMark) => void; end: (end: AttemptEnd) => void; closed: boolean; at: number }[] = [];
  const applied: FeedMark[] = [];
  const reader = readFeed<FeedMark>({
    timers,
    markOf: (mark) => mark,
    onUpdate: (mark) => applied.push(mark),
    open(after, sink) {
      const entry = { after, ...sink, closed: false, at: now };
      asked.push(entry);
      return { close: () => { entry.closed = true; } };
    },
  });
  const lost: AttemptEnd = { cursorRefused: false, detail: '1006' };
  return { reader, advance, asked, applied, lost, last: () => asked[asked.length - 1]!, pending: () => tasks.length };
}

test('LIV-02 after a break the reader asks with the cursor of the last update that it applied', () => {
  const { asked, advance, last, lost } = fixture();
  expect(last().after).toBeNull();
  last().update(snapshot('10'));
  last().update(delta('10', '12'));
  last().update({ kind: 'heartbeat', seq: '15', ...beat });
  last().end(lost);
  advance(500);
  expect(asked).toHaveLength(2);
  expect(last().after).toEqual({ epoch: 'e1', seq: '15' });
});

test('LIV-02 a gap is not applied and leads to a fresh snapshot', () => {
  const { asked, applied, advance, last } = fixture();
  last().update(snapshot('10'));
  last().update(delta('11', '12'));
  expect(applied).toEqual([snapshot('10')]);
  expect(asked[0]!.closed).toBe(true);
  advance(500);
  expect(last().after).toBeNull();
});

test('LIV-02 a refused cursor leads to a fresh snapshot', () => {
  const { advance, last } = fixture();
  last().update(snapshot('10'));
  last().end({ cursorRefused: true, detail: '4429 CURSOR_TOO_OLD' });
  advance(500);
  expect(last().after).toBeNull();
});

test('LIV-02 what a left connection still says is not heard', () => {
  const { asked, applied, advance, last, lost } = fixture();
  last().update(snapshot('10'));
  last().end(lost);
  advance(500);
  asked[0]!.update(delta('10', '11'));
  asked[0]!.end(lost);
  expect(applied).toHaveLength(1);
  expect(asked).toHaveLength(2);
});

test.each([['that is in trouble', true, 15_000], ['that nobody opens', false, 500]] as const)('WBD-02 the reader never gives up at a door %s, and waits at most as long', (_door, answers, most) => {
  const { asked, advance, last, lost } = fixture();
  for (let count = 0; count < 2000; count += 1) {
    if (answers) last().reached();
    last().end(lost);
    while (asked.length < count + 2) advance(500);
  }
  const waits = asked.slice(1).map((entry, index) => entry.at - asked[index]!.at);
  expect(Math.max(...waits)).toBe(most);
});

test('WBD-02 silence for 12 s ends a half-open connection; 11.999 s does not', () => {
  const { asked, advance, last } = fixture();
  last().update(snapshot('10'));
  advance(11_999);
  expect(asked[0]!.closed).toBe(false);
  advance(1);
  expect(asked[0]!.closed).toBe(true);
  advance(500);
  expect(asked).toHaveLength(2);
});

test('WBD-02 a door that nobody opens is left after 6 s', () => {
  const { asked, advance } = fixture();
  advance(6499);
  expect(asked.map((entry) => entry.at)).toEqual([0]);
  advance(1);
  expect(asked.map((entry) => entry.at)).toEqual([0, 6500]);
});

test('WBD-02 a connection that is open and never tells anything is left after 20 s', () => {
  const { asked, advance, last } = fixture();
  last().reached();
  advance(20_499);
  expect(asked.map((entry) => entry.at)).toEqual([0]);
  advance(1);
  expect(asked.map((entry) => entry.at)).toEqual([0, 20_500]);
});

test('WBD-02 a server that breaks every stream at once is not hammered', () => {
  const { asked, advance, last, lost } = fixture();
  const wait = (ms: number): void => {
    last().update(snapshot('10'));
    last().end(lost);
    advance(ms);
  };
  for (const ms of [500, 1000, 2000, 4000, 8000, 15_000]) wait(ms);
  expect(asked.map((entry) => entry.at)).toEqual([0, 500, 1500, 3500, 7500, 15_500, 30_500]);
});

test('WBD-02 a stream that lived 10 s makes the next wait short again', () => {
  const { asked, advance, last, lost } = fixture();
  for (const ms of [500, 1000, 2000, 4000]) {
    last().reached();
    last().end(lost);
    advance(ms);
  }
  last().update(snapshot('10'));
  advance(10_000);
  last().end(lost);
  advance(500);
  expect(asked).toHaveLength(6);
});

test('WBD-02 a nudge tries at once while waiting, and does nothing while connected', () => {
  const { reader, asked, last, lost, advance } = fixture();
  for (const ms of [500, 1000, 2000, 4000, 8000]) {
    last().reached();
    last().end(lost);
    advance(ms);
  }
  last().reached();
  last().end(lost);
  reader.nudge();
  expect(asked).toHaveLength(7);
  reader.nudge();
  expect(asked).toHaveLength(7);
});

test('WBD-02 a stopped reader leaves no timer and no connection behind', () => {
  const { reader, asked, advance, last, pending } = fixture();
  last().update(snapshot('10'));
  reader.stop();
  expect(asked[0]!.closed).toBe(true);
  expect(pending()).toBe(0);
  advance(60_000);
  expect(asked).toHaveLength(1);
});
