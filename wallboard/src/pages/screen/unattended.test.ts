import { afterEach, expect, test, vi } from 'vitest';
import { browserTimers } from '../../lib/feed/browser-timers.ts';
import { isQuiet } from './daily-reload.ts';
import { isAcknowledged } from './screen-boards.ts';
import { judge } from './watchdog.ts';

afterEach(() => { vi.useRealTimers(); });

test('W13 a page that has not answered for more than 15 s is frozen; at 15 s it is not yet', () => {
  const at = (now: number) => judge({ answeredAt: 0, paintedAt: now, askedAt: now - 1000 }, now).frozen;
  expect([at(15_000), at(15_001)]).toEqual([false, true]);
});

test('W13 a page that answers but has painted nothing for more than 15 s is frozen; a hidden one, which need not paint, is not', () => {
  const visible = (now: number) => judge({ answeredAt: now, paintedAt: 0, askedAt: now - 1000 }, now).frozen;
  expect([visible(15_000), visible(15_001)]).toEqual([false, true]);
  // The worker moves paintedAt along with every answer of a hidden page.
  expect(judge({ answeredAt: 99_000, paintedAt: 99_000, askedAt: 99_000 }, 100_000).frozen).toBe(false);
});

test('W13 after the sleep of the machine the watch begins anew instead of reloading', () => {
  const woken = judge({ answeredAt: 0, paintedAt: 0, askedAt: 1000 }, 7_200_000);
  expect(woken).toEqual({ frozen: false, state: { answeredAt: 7_200_000, paintedAt: 7_200_000, askedAt: 7_200_000 } });
});

test('W13 once a day it starts anew: in the small hours, after ten quiet minutes, with nothing to acknowledge', () => {
  const quiet = { upMs: 20 * 3_600_000, hour: 3, sinceNewsMs: 600_000, unacknowledged: 0 };
  expect(isQuiet(quiet)).toBe(true);
  for (const not of [{ upMs: 20 * 3_600_000 - 1 }, { hour: 2 }, { hour: 5 }, { sinceNewsMs: 599_999 }, { unacknowledged: 1 }]) expect(isQuiet({ ...quiet, ...not })).toBe(false);
});

test('W13 a wait beyond 2³¹ ms does not end at once', () => {
  vi.useFakeTimers();
  const task = vi.fn<() => void>();
  browserTimers.after(2 ** 31 + 5000, task);
  vi.advanceTimersByTime(2 ** 31 + 4999);
  expect(task).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(task).toHaveBeenCalledOnce();
  const cancel = browserTimers.after(2 ** 32, task);
  vi.advanceTimersByTime(2 ** 31);
  cancel();
  vi.advanceTimersByTime(2 ** 32);
  expect(task).toHaveBeenCalledOnce();
});

test('WBD-02 an incident is acknowledged when something rang and nothing does any more', () => {
  const alarm = { id: 'x', kind: 'NEW_LV1', detail: null, incidentId: 'i', number: 'INC-1', title: '', level: 'LV1', customer: '', raisedAt: '', acknowledgedBy: null } as const;
  const view = (...acknowledgedAt: (string | null)[]) => ({ alarms: acknowledgedAt.map((at) => ({ ...alarm, acknowledgedAt: at })) as never });
  expect([isAcknowledged(view(), 'i'), isAcknowledged(view(null), 'i'), isAcknowledged(view('t', null), 'i'), isAcknowledged(view('t', 't'), 'i'), isAcknowledged(view('t'), 'other')]).toEqual([false, false, false, true, false]);
});
