import { expect, test } from 'vitest';
import { createBoardFeed } from './board-feed.ts';
import { boardCounters, boardDelta, boardHeartbeat, boardRow, boardSnapshot } from './board-row.fixture.ts';
import type { BoardUpdate } from './feed-reducer.ts';

function fixture() {
  let elapsed = 1000;
  const frames: (() => void)[] = [];
  const later: { ms: number; task: () => void }[] = [];
  let send: (update: BoardUpdate) => void = () => {};
  const feed = createBoardFeed({
    monotonic: () => elapsed,
    nextFrame: (task) => { frames.push(task); },
    timers: { random: () => 0, after: (ms, task) => { if (ms <= 250) later.push({ ms, task }); return () => {}; } },
    open(_after, sink) {
      send = sink.update;
      return { close: () => {} };
    },
  });
  let commits = 0;
  feed.subscribe(() => { commits += 1; });
  const frame = (): void => frames.splice(0).forEach((task) => task());
  const pass = (ms: number): void => {
    elapsed += ms;
    later.splice(0).forEach((entry) => entry.task());
  };
  return { feed, send: (update: BoardUpdate) => send(update), frame, pass, commits: () => commits };
}

test('LIV-02 a hundred deltas between two frames are one change of the page', () => {
  const { feed, send, frame, commits } = fixture();
  send(boardSnapshot());
  for (let seq = 10; seq < 110; seq += 1) {
    send(boardDelta({ fromSeq: String(seq), toSeq: String(seq + 1), upserts: [boardRow({ id: String(seq) })] }));
  }
  expect(feed.state().view).toBeNull();
  frame();
  expect(commits()).toBe(1);
  expect(feed.state().view?.rows).toHaveLength(100);
});

test('WBD-01 the page changes at most four times a second', () => {
  const { feed, send, frame, pass, commits } = fixture();
  send(boardSnapshot());
  frame();
  send(boardDelta({ counters: boardCounters({ open: 7 }) }));
  frame();
  expect(commits()).toBe(1);
  pass(250);
  frame();
  expect(commits()).toBe(2);
  expect(feed.state().view?.counters.open).toBe(7);
});

test('LIV-03 snapshots and heartbeats set the clock', () => {
  const { feed, send, pass } = fixture();
  send(boardSnapshot({ serverTime: '2026-03-02T01:00:00Z' }));
  pass(5000);
  send(boardHeartbeat({ serverTime: '2026-03-02T01:00:05Z' }));
  expect(feed.clock.now()).toBe(Date.parse('2026-03-02T01:00:05Z'));
});

test('WBD-02 what was heard last is known by the monotonic clock, a gap counts as nothing heard', () => {
  const { feed, send, pass } = fixture();
  expect(feed.lastHeardAt()).toBeNull();
  send(boardSnapshot());
  pass(4000);
  send(boardDelta({ fromSeq: '99', toSeq: '100' }));
  expect(feed.lastHeardAt()).toBe(1000);
});
