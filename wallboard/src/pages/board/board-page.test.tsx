import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createBoardFeed, type BoardFeed } from '../../lib/feed/board-feed.ts';
import { boardAlarm, boardClock, boardCounters, boardDelta, boardRow, boardSnapshot } from '../../lib/feed/board-row.fixture.ts';
import type { BoardUpdate } from '../../lib/feed/feed-reducer.ts';
import { boardEnglish } from '../../lib/messages/board/en.ts';
import { boardChinese } from '../../lib/messages/board/zh-CN.ts';
import type { Locale } from '../../lib/messages/translator.ts';
import { BoardPage } from './board-page.tsx';
import { screenFaults, screenOf, textSizes } from './legibility.ts';

const NOW = '2026-03-02T01:00:00Z';

let open: BoardFeed | null = null;
afterEach(() => {
  cleanup();
  open?.stop();
  vi.useRealTimers();
});

/** A board page whose server is the test; time stands still unless the test moves it. */
function wall(locale: Locale = 'en', address = '') {
  vi.useFakeTimers();
  let send: (update: BoardUpdate) => void = () => {};
  const feed = createBoardFeed({
    monotonic: () => performance.now(),
    nextFrame: (task) => { setTimeout(task, 0); },
    timers: { random: () => 0, after: (ms, task) => { const id = setTimeout(task, ms); return () => clearTimeout(id); } },
    open: (_after, sink) => { send = sink.update; return { close: () => {} }; },
  });
  open = feed;
  render(<BoardPage feed={feed} locale={locale} catalog={locale === 'en' ? boardEnglish : boardChinese} sizes={textSizes(screenOf(address))} hasToken faults={screenFaults(address)} />);
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

test('SLA-11 a board by risk says so, and how likely each row is missed', () => {
  window.history.replaceState(null, '', '?sort=risk');
  const { send, text } = wall();
  send(boardSnapshot({ serverTime: NOW, rows: [boardRow({ risk: 82 })] }));
  window.history.replaceState(null, '', window.location.pathname);
  for (const word of ['82 % risk', 'by risk · ']) expect(text()).toContain(word);
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

test('SLA-07 WBD-03 what rings and handoffs to accept stand beside the list until taken, then who took it and when', () => {
  const { send, pass, text } = wall();
  const escalated = boardAlarm({ kind: 'ESCALATED', detail: 'escalation-1', to: ['service-delivery-manager: 王伟'], early: true, raisedAt: '2026-03-02T00:35:00Z' });
  send(boardSnapshot({
    serverTime: NOW, counters: boardCounters({ open: 1, alarmsUnacknowledged: 2, handoffsWaiting: 1 }), alarms: [boardAlarm({ id: 'b', raisedAt: '2026-03-02T00:50:00Z' }), escalated],
    rows: [boardRow({ handoff: { id: 'h', fromTeam: 'Network', fromTeamZh: '网络组', toTeam: 'Database', toTeamZh: '数据库组', since: '2026-03-01T23:00:00Z', ageingStep: 1 } })],
  }));
  for (const word of ['2 to acknowledge', 'at any desk', '▲ Resolve over Core switch unreachable', '⚑ Escalation 1 (early) → Delivery manager 王伟', '25 min', 'Network ⇄ Database', '2 h 0 min']) {
    expect(text()).toContain(word);
  }
  pass(1000);
  send(boardDelta({ upserts: [boardRow()], newAlarms: [boardAlarm({ acknowledgedBy: '周敏', acknowledgedAt: '2026-03-02T01:00:00Z' })], counters: boardCounters({ open: 1 }) }));
  for (const word of ['Nothing to acknowledge', '✓ 周敏 09:00']) expect(text()).toContain(word);
});

test('WBD-03 a screen says that alarms are taken at a desk; who is signed in takes one with a, all with Shift+A, or by a button', async () => {
  const { send, text } = wall();
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => { sent.push(JSON.parse(body).variables.input); return new Response('{}'); });
  const ringing = boardSnapshot({ alarms: [boardAlarm(), boardAlarm({ id: 'a2', incidentId: 'i2', number: 'INC-000002' })], counters: boardCounters({ alarmsUnacknowledged: 2 }) });
  send(ringing);
  fireEvent.keyDown(window, { key: 'a' });
  expect([sent, text().includes('at any desk'), document.querySelectorAll('button').length]).toEqual([[], true, 0]);
  send({ ...ringing, mayAcknowledge: true });
  act(() => vi.advanceTimersByTime(300));
  fireEvent.keyDown(window, { key: 'a' });
  fireEvent.keyDown(window, { key: 'a', ctrlKey: true });
  fireEvent.keyDown(window, { key: 'A', shiftKey: true });
  fireEvent.click(screen.getByRole('button', { name: 'Acknowledge the alarms of INC-000002' }));
  fireEvent.click(screen.getByRole('button', { name: 'Take all' }));
  expect(sent).toEqual([{ incidentId: 'i1' }, { boardId: 'b1' }, { incidentId: 'i2' }, { boardId: 'b1' }]);
  vi.unstubAllGlobals();
});

test('WBD-01 today\'s changes stand with their window, how they stand and their number; what does not fit is counted', () => {
  const { send, text } = wall();
  const work = (index: number, standing: 'RUNNING' | 'SCHEDULED') => ({
    id: `c${index}`, kind: 'CHANGE' as const, number: `CHG-000000${index}`, title: 'Replace the relay', category: 'GENERAL' as const, standing,
    windowStartAt: `2026-03-02T0${index}:00:00Z`, windowEndAt: `2026-03-02T0${index}:30:00Z`,
  });
  send(boardSnapshot({ today: { from: '2026-03-01T16:00:00Z', items: [work(1, 'RUNNING'), { ...work(2, 'SCHEDULED'), windowStartAt: '2026-03-01T14:00:00Z' }], total: 21 } }));
  for (const word of ['Changes today21', '09:00–09:30', '▶ runningCHG-1 Replace the relay', '…–10:30', '○ scheduledCHG-2', '+ 19 more']) expect(text()).toContain(word);
});

test('WBD-01 a flood, a major incident and a freeze hang over the board in that order; the fourth is counted', () => {
  const { send, text } = wall();
  const banner = { from: '2026-03-02T00:00:00Z', to: '2026-03-02T10:00:00Z', number: null };
  send(boardSnapshot({
    serverTime: NOW, counters: boardCounters({ newAlarms: 11 }), bannerCount: 4,
    banners: [{ ...banner, kind: 'MAJOR_INCIDENT', id: 'm', title: 'Core down', to: null, number: 'INC-7' }, { ...banner, kind: 'FREEZE', id: 'f', title: 'Spring' }, { ...banner, kind: 'FREEZE', id: 'g', title: 'Audit', from: '2026-03-02T09:00:00Z' }],
  }));
  const band = document.querySelector('.band')?.textContent;
  expect(band).toBe('≋ ALARM FLOOD: 11 new in 10 min, one tone for all‼ Major incident INC-7 Core down❄ Change freeze Spring until 18:00+ 2 more');
  send(boardSnapshot({ serverTime: NOW, counters: boardCounters({ newAlarms: 10 }), banners: [{ ...banner, kind: 'FREEZE', id: 'g', title: 'Audit', from: '2026-03-02T09:00:00Z' }], bannerCount: 1 }));
  act(() => vi.advanceTimersByTime(1500));
  // Ten would not have begun it, but five keep it up.
  expect(text()).toContain('ALARM FLOOD: 10 new');
  expect(text()).toContain('Change freeze Audit 17:00 to 18:00');
});

test.each([
  ['en', '?diagonal=abc', '⚠ Address: diagonal=abc is not 20–200 inches; drawn for 65'], ['zh-CN', '?seat=99', '⚠ 地址 seat=99 无效：应为 0.5–30 米，暂按 4 米'],
  ['en', '?diagonal=65&seat=8', '⚠ Not legible from 8 m on 65″: sit within 5.2 m, or take 100″'],
] as const)('W1 WBD-10 a board in %s whose address is %s says what is wrong and what is allowed', (locale, address, said) => {
  const { send } = wall(locale, address);
  send(boardSnapshot({ serverTime: NOW }));
  expect(document.querySelector('.notice.SCREEN')?.textContent).toBe(said);
});

test('W1 WBD-10 a board whose address is right says nothing about its screen', () => {
  const { send } = wall('en', '?diagonal=65&seat=4');
  send(boardSnapshot({ serverTime: NOW }));
  expect(document.querySelector('.notice')).toBeNull();
});
