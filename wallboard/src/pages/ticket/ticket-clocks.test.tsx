import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { createTicker } from '../../lib/ticking/ticker.ts';
import { TickerProvider } from '../../lib/ticking/live-text.tsx';
import type { Ticket } from './actions/action-form-types.ts';
import { TicketClocks } from './ticket-clocks.tsx';
import { clockOf, ticketOf } from './ticket.fixture.ts';

afterEach(cleanup);

type Clock = Ticket['clocks'][number];

const resolution = clockOf();

function clocks(...given: readonly (Clock | Partial<Ticket>)[]): void {
  const list = given.filter((one): one is Clock => 'kind' in one);
  const rest = given.find((one): one is Partial<Ticket> => !('kind' in one));
  const ticker = createTicker(() => Date.parse('2026-03-02T06:00:00Z'), { after: () => () => {} });
  renderDesk(<TickerProvider ticker={ticker}><TicketClocks ticket={ticketOf({ clocks: list, ...rest })} /></TickerProvider>);
}

test('SLA-09 the arithmetic of a clock lists what counted, what did not and why, and the sum', () => {
  clocks(resolution);
  const rows = [...document.querySelectorAll('.arithmetic tbody tr')].map((row) => [...row.querySelectorAll('td')].slice(2).map((cell) => cell.textContent));
  expect(rows).toEqual([['closed hours', '30 min', '—'], ['counted', '1 h', '1 h'], ['suspended · user-busy', '1 h', '—'], ['counted', '1 h', '1 h']]);
  expect(document.querySelector('.arithmetic tfoot')?.textContent).toBe('Sum3 h 30 min2 h');
  expect([...document.querySelectorAll('.sums span')].map((one) => one.textContent)).toEqual([
    'counted 2 h + closed hours 30 min + suspended 1 h = 3 h 30 min', 'Target 4 h − counted 2 h = 2 h left',
  ]);
});

test('SLA-09 the band is to scale in real time and tells what counted from what did not, and why', () => {
  clocks(resolution);
  const axis = 7.5 * 1.02;
  const parts = [...document.querySelectorAll<HTMLElement>('.clock-band .band-part')].map((part) => [part.dataset['reason'], Number.parseFloat(part.style.left).toFixed(1), part.title]);
  expect(parts).toEqual([
    ['closed-hours', '0.0', 'closed hours'], ['counted', (50 / axis).toFixed(1), 'counted'], ['suspended', (150 / axis).toFixed(1), 'suspended · user-busy'], ['counted', (250 / axis).toFixed(1), 'counted'],
  ]);
});

test('SLA-09 INC-07 a pause names why and by whom it was', () => {
  const spell = {
    id: 's1', category: 'user-busy', categoryZh: '用户忙', categoryEn: 'User busy', text: 'In a meeting', from: '2026-03-02T02:00:00Z', to: '2026-03-02T03:00:00Z', expectedEndAt: null,
    suspendedBy: '王伟', resumedBy: '王伟', flagged: false, seconds: 3600, correctedBy: null, correctedReason: null,
  };
  clocks({ suspensions: [spell] }, resolution);
  expect(document.querySelector<HTMLElement>('.band-part[data-reason="suspended"]')?.title).toBe('suspended · user-busy · In a meeting · suspended by 王伟');
});

test('SLA-09 marks of the due instant, of what fired and of what will; a met clock has its own, a breached one too', () => {
  const marks = (): string[] => [...document.querySelectorAll<HTMLElement>('.band-mark')].map((mark) => mark.dataset['mark'] ?? '');
  clocks({ ...resolution, firings: [{ step: 'warning-50', at: '2026-03-02T04:00:00Z', firedAt: '2026-03-02T04:00:00Z', late: false, withdrawnAt: null }], coming: [{ step: 'warning-75', at: '2026-03-02T05:00:00Z' }] });
  expect(marks()).toEqual(['fired', 'coming', 'due']);
  cleanup();
  clocks({ ...resolution, outcome: 'MET', state: 'STOPPED', metAt: '2026-03-02T09:00:00Z', breachedAt: '2026-03-02T08:00:00Z' });
  expect(marks()).toEqual(['due', 'breach', 'met']);
});

test('SLA-11 an open clock says how likely it is missed and from what, or that there is too little history', () => {
  const said = (): (string | null)[] => [...document.querySelectorAll('.clock-forecast')].map((one) => one.textContent);
  clocks(clockOf({ forecast: { probabilityPercent: 72, samples: 143, basis: 'TEAM_LEVEL', lack: null } }));
  expect(said()).toEqual(['72 % likely to miss, from 143 like incidents (same team and level)']);
  cleanup();
  clocks(clockOf({ forecast: { probabilityPercent: null, samples: 1, basis: null, lack: 'TOO_LITTLE_HISTORY' } }));
  expect(said()).toEqual(['Too little history for a forecast (1 like incident that took as long)']);
  cleanup();
  clocks(resolution);
  expect(said()).toEqual([]);
});

test('SLA-08 D-46 a duty of the desk that was missed is told as such and never looks like a breach', () => {
  clocks({ deskDuties: [{ ...resolution, id: 'd1', kind: 'DESK_DISPATCH', breachedAt: '2026-03-02T00:40:00Z' }] }, resolution);
  screen.getByText('missed, still owed');
  expect(document.querySelectorAll('.clock-card[data-breached="true"]')).toHaveLength(0);
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
