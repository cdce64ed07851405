import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { QueueGrid } from './queue-grid.tsx';

beforeAll(() => {
  // happy-dom lays nothing out; the window of a virtual list needs a height.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 520 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 1200 });
});
afterEach(cleanup);

const keys = Array.from({ length: 10_000 }, (_, index) => ({ id: `i${index}`, order: String(index).padStart(6, '0'), version: 1 }));

function body(id: string) {
  return {
    __typename: 'Incident', id, number: `INC-${id}`, version: 1, title: `Title ${id}`, state: 'IN_PROGRESS', started: true, level: 'LV2', urgeCount: 0, pingPong: false,
    feedbackArrivedAt: null, reportedAt: '2026-03-02T00:00:00Z', customer: { __typename: 'CustomerName', id: 'k', name: 'Huadong Bank' }, team: null, holder: null, clocks: [], suspensions: [], handoffs: [],
  };
}

const grid = () => renderDesk(<QueueGrid keys={keys} />, { at: '/queue', answers: { QueueRows: ({ ids }) => ({ nodes: (ids as string[]).map(body) }) } });

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
  expect(document.querySelector('[aria-selected="true"]')?.id).toBe('row-i1');
  fireEvent.keyDown(list, { key: 'Enter' });
  await waitFor(() => expect(address()).toBe('/incident/INC-i1'));
});

test('WBD-04 keys of the browser stay the browser\'s', () => {
  grid();
  const list = screen.getByRole('grid');
  fireEvent.keyDown(list, { key: 'j', ctrlKey: true });
  expect(list.getAttribute('aria-activedescendant')).toBeNull();
});
