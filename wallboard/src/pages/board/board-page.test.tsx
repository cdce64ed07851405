import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createBoardFeed, type BoardFeed } from '../../lib/feed/board-feed.ts';
import { boardClock, boardCounters, boardDelta, boardRow, boardSnapshot } from '../../lib/feed/board-row.fixture.ts';
import type { BoardUpdate } from '../../lib/feed/feed-reducer.ts';
import type { Locale } from '../../lib/messages/translator.ts';
import { BoardPage } from './board-page.tsx';
import { screenOf, textSizes } from './legibility.ts';

const NOW = '2026-03-02T01:00:00Z';

let open: BoardFeed | null = null;
afterEach(() => {
  cleanup();
  open?.stop();
  vi.useRealTimers();
});

/** A board page whose server is the test; time stands still unless the test moves it. */
function wall(locale: Locale = 'en') {
  vi.useFakeTimers();
  let send: (update: BoardUpdate) => void = () => {};
  const feed = createBoardFeed({
    monotonic: () => performance.now(),
    nextFrame: (task) => { setTimeout(task, 0); },
    timers: { random: () => 0, after: (ms, task) => { const id = setTimeout(task, ms); return () => clearTimeout(id); } },
    open: (_after, sink) => { send = sink.update; return { close: () => {} }; },
  });
  open = feed;
  render(<BoardPage feed={feed} locale={locale} sizes={textSizes(screenOf(''))} hasToken />);
  return {
    send: (update: BoardUpdate) => act(() => {
      send(update);
      vi.advanceTimersByTime(0);
    }),
    pass: (ms: number) => act(() => vi.advanceTimersByTime(ms)),
    text: () => document.body.textContent ?? '',
    figures: () => [...document.querySelectorAll('.clock-figure')].map((figure) => figure.textContent),
  };
}

test('WBD-01 before the first snapshot the board says that it connects', () => {
  const { text } = wall('zh-CN');
  expect(text()).toBe('正在连接…');
});

test('WBD-01 a row shows level, number, title, customer, team, holder and its countdown', () => {
  const { send, pass, figures } = wall();
  send(boardSnapshot({ serverTime: NOW, rows: [boardRow({ clock: boardClock({ dueAt: '2026-03-02T01:12:34Z' }) })] }));
  for (const word of ['LV2', 'INC-000001', 'Core switch unreachable', 'Huadong Bank', 'Network 王伟', 'In progress']) screen.getByText(word);
  expect(figures()).toEqual(['◆12:34']);
  pass(4100);
  expect(figures()).toEqual(['◆12:30']);
});

test('WBD-09 the same row in Chinese, with the zone of the board', () => {
  const { send, text } = wall('zh-CN');
  send(boardSnapshot({ serverTime: NOW, rows: [boardRow({ clock: boardClock({ dueAt: '2026-03-02T01:12:34Z' }) })] }));
  for (const word of ['网络组 王伟', '解决 09:12 到期', 'GMT+8', '09:00:00']) expect(text()).toContain(word);
});

test('WBD-03 suspended and breached differ by shape and word', () => {
  const { send } = wall();
  const suspended = boardRow({
    id: 's', order: 'b', state: 'SUSPENDED', clock: boardClock({ state: 'PAUSED', dueAt: null, remainingSeconds: 1800 }),
    suspension: { category: 'awaiting-user', categoryEn: "awaiting user's reply", categoryZh: '等待用户回复', text: null, since: '2026-03-01T22:00:00Z', expectedEndAt: null, flagged: false },
  });
  const breached = boardRow({ id: 'b', order: 'a', clock: boardClock({ dueAt: '2026-03-02T00:59:48Z', breachedAt: '2026-03-02T00:59:48.001Z' }) });
  send(boardSnapshot({ serverTime: NOW, rows: [suspended, breached] }));
  const cells = [...document.querySelectorAll<HTMLElement>('.clock')].map((cell) => [cell.dataset['shape'], cell.textContent]);
  expect(cells).toEqual([['breached', '▲+00:12Resolve over 08:59'], ['suspended', '❚❚30:00Resolve suspended']]);
  screen.getByText("awaiting user's reply 3 h 0 min");
});

test('SLA-12 a clock outside its hours says when it goes on', () => {
  const { send, figures } = wall();
  const clock = boardClock({ outsideHours: true, resumesAt: '2026-03-09T01:00:00Z', remainingBusinessSeconds: 14_400 });
  send(boardSnapshot({ serverTime: '2026-03-06T12:00:00Z', rows: [boardRow({ clock })] }));
  expect(figures()).toEqual(['☾resumes Mon 09:00']);
});

test('WBD-01 what does not fit is counted, with the next breach among it', () => {
  const rows = Array.from({ length: 12 }, (_, index) => boardRow({
    id: `i${index}`, order: String(index).padStart(3, '0'), clock: boardClock({ dueAt: `2026-03-02T05:${String(10 + index)}:00Z` }),
  }));
  const { send } = wall();
  send(boardSnapshot({ serverTime: NOW, rows, counters: boardCounters({ open: 4212 }) }));
  expect(document.querySelectorAll('.row')).toHaveLength(8);
  screen.getByText('+ 4204 more — next breach at 13:18');
});

test('WBD-02 after ten seconds of silence the age is shown, after thirty the board is stale, and both clear by themselves', () => {
  const { send, pass, text } = wall();
  send(boardSnapshot({ serverTime: NOW, rows: [boardRow({ clock: boardClock({ dueAt: '2026-03-02T03:00:00Z' }) })] }));
  pass(10_000);
  expect(text()).not.toContain('OLD');
  pass(1000);
  expect(text()).toContain('DATA 11 s OLD');
  pass(20_000);
  expect(text()).toContain('STALE SINCE 09:00:00');
  expect(document.querySelector('.clock')?.textContent).toBe('2:00:00last known 09:00:00');
  expect(text()).toContain('Core switch unreachable');
});

test('WBD-02 recovery clears the banner at once', () => {
  const { send, pass, text } = wall();
  send(boardSnapshot({ serverTime: NOW }));
  pass(11_500);
  expect(text()).toContain('OLD');
  send(boardDelta());
  pass(500);
  expect(text()).not.toContain('OLD');
});

test('D-27 a replay at another speed is said, speed 1 is not', () => {
  const { send, pass, text } = wall();
  const board = boardSnapshot().board;
  send(boardSnapshot({ board: { ...board, replaySpeed: 60 } }));
  expect(text()).toContain('Replay at ×60 — SLA figures are distorted');
  pass(1000);
  send(boardSnapshot({ board: { ...board, replaySpeed: 1 } }));
  expect(text()).not.toContain('Replay');
});

test('SLA-07 escalations to acknowledge and handoffs to accept stand beside the list until taken', () => {
  const { send, pass, text } = wall();
  send(boardSnapshot({
    serverTime: NOW, counters: boardCounters({ open: 1, escalationsUnacknowledged: 1, handoffsWaiting: 1 }),
    rows: [boardRow({
      escalation: { id: 'e', step: 'escalation-1', firedAt: '2026-03-02T00:35:00Z', to: ['service-delivery-manager: 王伟'], early: false, late: false },
      handoff: { id: 'h', fromTeam: 'Network', fromTeamZh: '网络组', toTeam: 'Database', toTeamZh: '数据库组', since: '2026-03-01T23:00:00Z', ageingStep: 1 },
    })],
  }));
  for (const word of ['1 to acknowledge', '⚑ Escalation 1 → Delivery manager 王伟', '25 min', 'Network ⇄ Database', '2 h 0 min']) expect(text()).toContain(word);
  pass(1000);
  send(boardDelta({ upserts: [boardRow()] }));
  expect(text()).toContain('No escalation waiting');
});
