import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { itemsOf } from './grouped-rows.ts';
import { QueueGrid } from './queue-grid.tsx';
import { rememberPlace } from './queue-place.ts';

beforeAll(() => {
  // happy-dom lays nothing out; the window of a virtual list needs a height.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 520 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1200 });
});
afterEach(() => {
  cleanup();
  // Every test begins at the same entry of the history.
  rememberPlace('default', { top: 0, active: null });
});

const keys = Array.from({ length: 10_000 }, (_, index) => ({ id: `i${index}`, order: String(index).padStart(6, '0'), version: 1 }));

function body(id: string) {
  return {
    __typename: 'Incident', id, number: `INC-${id}`, version: 1, title: `Title ${id}`, state: 'IN_PROGRESS', started: true, level: 'LV2', urgeCount: 0, pingPong: false,
    feedbackArrivedAt: null, reportedAt: '2026-03-02T00:00:00Z', updatedAt: '2026-03-02T00:00:00Z', category: 'other', customer: { __typename: 'CustomerName', id: 'k', name: 'Huadong Bank' }, team: null, holder: null, clocks: [], suspensions: [], handoffs: [],
  };
}

const grid = () => renderDesk(<QueueGrid items={itemsOf(keys, false, new Set())} />, { at: '/queue', answers: { QueueRows: ({ ids }) => ({ nodes: (ids as string[]).map(body) }) } });

test('WBD-04 ten thousand rows are a grid that says its true size, with at most sixty in the page', () => {
  grid();
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
  expect(document.querySelectorAll('.grid-row').length).toBeLessThanOrEqual(60);
  expect(document.querySelector('.grid-row')?.getAttribute('aria-rowindex')).toBe('2');
});

test('WBD-04 bodies are fetched for the visible window only, at most a hundred at once', async () => {
  const { asked } = grid();
  await screen.findByText('Title i0');
  const ids = asked.flatMap(({ variables }) => variables['ids'] as string[]);
  expect(ids.length).toBeLessThanOrEqual(60);
  expect(ids).not.toContain('i9999');
});

test('WBD-04 j and k move, Enter opens', async () => {
  const { address } = grid();
  await screen.findByText('Title i0');
  const list = screen.getByRole('grid');
  for (const key of ['j', 'j', 'j', 'k']) fireEvent.keyDown(list, { key });
  expect(list.getAttribute('aria-activedescendant')).toBe('row-i1');
  expect(document.querySelector('[data-active="true"]')?.id).toBe('row-i1');
  fireEvent.keyDown(list, { key: 'Enter' });
  await waitFor(() => expect(address()).toBe('/incident/INC-i1'));
});

test('WBD-04 keys of the browser stay the browser\'s', () => {
  grid();
  const list = screen.getByRole('grid');
  fireEvent.keyDown(list, { key: 'j', ctrlKey: true });
  expect(list.getAttribute('aria-activedescendant')).toBeNull();
});

test('WBD-04 the active row stays in the page however far one scrolls, so that it is still named', async () => {
  grid();
  await screen.findByText('Title i0');
  const list = screen.getByRole('grid');
  fireEvent.keyDown(list, { key: 'j' });
  const scroller = document.querySelector('.grid-scroll')!;
  scroller.scrollTop = 260_000;
  fireEvent.scroll(scroller);
  await waitFor(() => expect(document.getElementById('row-i5000')).not.toBeNull());
  expect(list.getAttribute('aria-activedescendant')).toBe('row-i0');
  expect(document.getElementById('row-i0')).not.toBeNull();
  expect(document.querySelectorAll('.grid-row').length).toBeLessThanOrEqual(60);
});

test('WBD-04 bands are rows of a treegrid that open and close by keyboard', async () => {
  const toggled: (string | null)[] = [];
  const rows = keys.slice(0, 4).map((key, index) => ({ ...key, group: index < 3 ? 'net' : null, dueAt: index === 0 ? '2026-03-02T02:00:00.000Z' : null, breached: index === 0 }));
  renderDesk(<QueueGrid items={itemsOf(rows, true, new Set())} grouped bandLabel={(key) => key ?? 'none'} onToggleBand={(key) => toggled.push(key)} />, { at: '/queue', answers: { QueueRows: ({ ids }) => ({ nodes: (ids as string[]).map(body) }) } });
  const list = screen.getByRole('treegrid');
  expect(list.getAttribute('aria-rowcount')).toBe('7');
  const band = document.getElementById('band-net')!;
  expect([band.getAttribute('aria-expanded'), band.getAttribute('aria-level'), band.textContent]).toEqual(['true', '1', expect.stringContaining('1 breached')]);
  expect(document.getElementById('row-i1')?.getAttribute('aria-posinset')).toBe('2');
  fireEvent.keyDown(list, { key: 'Home' });
  fireEvent.keyDown(list, { key: 'ArrowRight' });
  expect(toggled).toEqual([]);
  fireEvent.keyDown(list, { key: 'ArrowLeft' });
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(toggled).toEqual(['net', 'net']);
});

test('WBD-04 WCAG 2.1.4 with keys of one letter off, letters do nothing and arrows still move', async () => {
  localStorage.setItem('watchfloor.queue.keys', 'off');
  grid();
  await screen.findByText('Title i0');
  const list = screen.getByRole('grid');
  fireEvent.keyDown(list, { key: 'j' });
  expect(list.getAttribute('aria-activedescendant')).toBeNull();
  fireEvent.keyDown(list, { key: 'ArrowDown' });
  expect(list.getAttribute('aria-activedescendant')).toBe('row-i0');
  localStorage.removeItem('watchfloor.queue.keys');
});
