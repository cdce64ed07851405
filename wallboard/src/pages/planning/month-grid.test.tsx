import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { dayByKey, MonthGrid } from './month-grid.tsx';

test('WBD-08 every key of the calendar leads where its hint says', () => {
  const from = (key: string): string | null => dayByKey(key, '2026-03-04', '2026-01-15');
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 't', 'x'].map(from)).toEqual([
    '2026-03-03', '2026-03-05', '2026-02-25', '2026-03-11', '2026-02-04', '2026-04-04', '2026-03-02', '2026-03-08', '2026-01-15', null,
  ]);
});

test('WBD-08 keys that come faster than the page is drawn add up', () => {
  const asked: string[] = [];
  renderDesk(<MonthGrid day="2026-03-04" today="2026-03-04" entries={[]} freezes={[]} onDay={(day) => asked.push(day)} />);
  const grid = screen.getByRole('grid');
  for (const key of ['ArrowRight', 'ArrowRight', 'PageDown']) fireEvent.keyDown(grid, { key });
  expect(asked).toEqual(['2026-03-05', '2026-03-06', '2026-04-06']);
  expect(screen.getAllByRole('gridcell')).toHaveLength(42);
  expect(screen.getAllByRole('gridcell').filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
});
