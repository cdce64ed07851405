import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FeedTimers } from '../../lib/feed/feed-reader.ts';
import type { OwnScreen, ScreenApi } from './screen-api.ts';
import { liveAsScreen } from './screen-life.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const SCREEN: OwnScreen = { id: 's', name: 'East', place: null, boards: [{ boardId: 'b', seconds: 30 }], locale: 'ZH_CN', diagonalInches: 65, seatMetres: 4, sound: true, version: 1 };
const timers: FeedTimers = { after: (ms, task) => { const id = setTimeout(task, ms); return () => clearTimeout(id); }, random: () => 0 };
const iso = (ms: number): string => new Date(ms).toISOString();

/** A server that answers as it is set; codes are counted. */
function world(own: OwnScreen | 'refused' = 'refused') {
  const server = { own: own as OwnScreen | 'refused' | 'away', pairing: 'NONE' as Awaited<ReturnType<ScreenApi['pairing']>>, limited: false };
  const calls = { report: 0, pairing: 0, start: 0 };
  const api: ScreenApi = {
    report: async () => { calls.report += 1; return server.own; },
    pairing: async () => { calls.pairing += 1; return server.pairing; },
    startPairing: async () => {
      calls.start += 1;
      if (server.limited) return 'limited';
      server.pairing = 'WAITING';
      // The device's own clock is a day behind the server's.
      return { code: `CODE000${calls.start}`, serverTime: iso(Date.now() + 86_400_000), expiresAt: iso(Date.now() + 86_400_000 + 600_000) };
    },
  };
  const life = liveAsScreen({ api, timers, monotonic: () => Date.now(), report: () => ({ version: '', userAgent: '', width: 0, height: 0, problems: [] }) });
  return { server, calls, life, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

test('WBD-10 an unknown device shows a code, a new one 30 s before the old ends, whatever its own clock says', async () => {
  const { life, calls, pass } = world();
  await pass(0);
  expect(life.state()).toMatchObject({ kind: 'pairing', code: 'CODE0001', revoked: false });
  await pass(568_000);
  expect(calls.start).toBe(1);
  await pass(4000);
  expect(life.state()).toMatchObject({ code: 'CODE0002' });
});

test('WBD-10 within 2 s of the code being entered it shows its boards, and within 5 s other settings', async () => {
  const { life, server, pass } = world();
  await pass(1000);
  Object.assign(server, { own: SCREEN, pairing: 'PAIRED' });
  await pass(2000);
  expect(life.state()).toEqual({ kind: 'bound', screen: SCREEN });
  server.own = { ...SCREEN, diagonalInches: 75, version: 2 };
  await pass(5000);
  expect(life.state()).toMatchObject({ screen: { diagonalInches: 75 } });
});

test('WBD-10 a revoked screen says so and waits with a code; a nudge asks at once', async () => {
  const { life, server, pass } = world(SCREEN);
  await pass(2000);
  Object.assign(server, { own: 'refused', pairing: 'REVOKED' });
  life.nudge();
  await pass(0);
  expect(life.state()).toMatchObject({ kind: 'pairing', revoked: true });
  await pass(572_000);
  expect(life.state()).toMatchObject({ kind: 'pairing', code: 'CODE0002', revoked: true });
});

test('WBD-02 while the server is away a bound screen stays what it is, and it asks for ever', async () => {
  const { life, server, calls, pass } = world(SCREEN);
  await pass(0);
  server.own = 'away';
  await pass(86_400_000);
  expect(life.state()).toMatchObject({ kind: 'bound' });
  expect(calls.report).toBeGreaterThan(5000);
  server.own = SCREEN;
  const before = calls.report;
  await pass(15_000);
  expect(calls.report).toBeGreaterThan(before);
});

test('WBD-10 a device whose address asked too often waits a minute and asks again', async () => {
  const { life, server, calls, pass } = world();
  server.limited = true;
  await pass(59_000);
  expect([life.state().kind, calls.start]).toEqual(['limited', 1]);
  server.limited = false;
  await pass(1500);
  expect(life.state()).toMatchObject({ kind: 'pairing' });
});
