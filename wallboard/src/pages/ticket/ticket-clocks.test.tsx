import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { createTicker } from '../../lib/ticking/ticker.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import type { Ticket } from './actions/action-form-types.ts';
import { TicketClocks } from './ticket-clocks.tsx';
import { ticketOf } from './ticket.fixture.ts';

afterEach(cleanup);

type Clock = Ticket['clocks'][number];

const resolution: Clock = {
  id: 'c1', kind: 'RESOLUTION', state: 'RUNNING', outcome: 'NONE', startAt: '2026-03-02T00:30:00Z', dueAt: '2026-03-02T08:00:00Z', remainingSeconds: 7200,
  elapsedSeconds: 7200, targetSeconds: 14_400, percent: 50, breachedAt: null, announcedAt: null, metAt: null, outsideHours: false, resumesAt: null,
  timeZone: 'Asia/Shanghai', calendarVersion: 1, policy: 'level table v1', firings: [], candidates: [], breachHeldBy: null, misses: 0,
  explanation: {
    countedSeconds: 7200, truncated: false, intervals: [
      { from: '2026-03-02T00:30:00Z', to: '2026-03-02T01:00:00Z', reason: 'closed-hours', detail: null, seconds: 1800 },
      { from: '2026-03-02T01:00:00Z', to: '2026-03-02T02:00:00Z', reason: 'counted', detail: null, seconds: 3600 },
      { from: '2026-03-02T02:00:00Z', to: '2026-03-02T03:00:00Z', reason: 'suspended', detail: 'user busy', seconds: 3600 },
      { from: '2026-03-02T03:00:00Z', to: '2026-03-02T04:00:00Z', reason: 'counted', detail: null, seconds: 3600 },
    ],
  },
};

function clocks(...list: readonly Clock[]): void {
  const ticker = createTicker(() => Date.parse('2026-03-02T06:00:00Z'), { after: () => () => {} });
  renderDesk(<TickerProvider ticker={ticker}><TicketClocks ticket={ticketOf({ clocks: list })} /></TickerProvider>);
}

test('SLA-09 the arithmetic of a clock lists what counted, what did not and why, and the sum', () => {
  clocks(resolution);
  const rows = [...document.querySelectorAll('.arithmetic tbody tr')].map((row) => [...row.querySelectorAll('td')].slice(2).map((cell) => cell.textContent));
  expect(rows).toEqual([['closed hours', '—'], ['counted', '1 h'], ['suspended · user busy', '—'], ['counted', '1 h']]);
  expect(document.querySelector('.arithmetic tfoot')?.textContent).toBe('Sum2 h');
});

test('SLA-09 the bar is to scale and tells counted from uncounted', () => {
  clocks(resolution);
  const parts = [...document.querySelectorAll<HTMLElement>('.arithmetic-bar i')].map((part) => [part.dataset['counted'], Number(part.style.flexGrow).toFixed(3)]);
  expect(parts).toEqual([['false', '0.143'], ['true', '0.286'], ['false', '0.286'], ['true', '0.286']]);
});

test('SLA-01 an open clock counts down, a met one says how it ended', () => {
  clocks(resolution, { ...resolution, id: 'c2', kind: 'RESPONSE', state: 'STOPPED', outcome: 'MET', metAt: '2026-03-02T01:00:00Z' });
  screen.getByText('2:00:00');
  screen.getByText('met in time');
});

test('SLA-14 a clock met after its breach says late', () => {
  clocks({ ...resolution, state: 'STOPPED', outcome: 'MET', breachedAt: '2026-03-02T08:00:00.001Z', breachHeldBy: { team: 'Network', holder: '王伟' } });
  screen.getByText('met late');
  expect(document.body.textContent).toContain('Network · 王伟');
});
