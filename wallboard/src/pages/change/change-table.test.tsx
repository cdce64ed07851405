import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { ChangeFilters } from './change-filters.tsx';
import { ChangeTable } from './change-table.tsx';

afterEach(cleanup);

const node = {
  id: 'c1', number: 'CHG-0000007', title: '【紧急变更】Failover', subject: 'Failover', state: 'REVIEW' as const, category: 'EMERGENCY' as const, risk: 'high', priority: 'urgent',
  customer: { id: 'k', name: 'Huadong Bank' }, owner: { id: 'o', name: 'Wang Lei' }, implementer: null, openedAt: '2026-03-02T02:00:00Z',
  responseDueAt: '2026-03-02T04:00:00Z', responseMissedAt: null, respondedAt: '2026-03-02T03:00:00Z', windowStartAt: null, windowEndAt: null, outcome: null, debtDueAt: null, debtMissedAt: '2026-03-04T10:00:00Z',
};
test.each([['en', 'Emergency', 'Debts overdue'], ['zh-CN', '紧急', '欠账逾期']] as const)('WBD-09 the list speaks %s and leads to the change', (locale, category, flag) => {
  renderDesk(<ChangeTable edges={[{ node }]} />, { at: '/changes', locale });
  const link = screen.getByRole('link', { name: 'CHG-0000007' });
  expect(link.getAttribute('href')).toBe('/changes/CHG-0000007');
  expect(screen.getAllByText(category).length).toBeGreaterThan(0);
  expect(screen.getByText(flag)).toBeTruthy();
});

test('WBD-04 a filter that is clicked stands in the address, and leaves it when it is clicked again', async () => {
  const { address } = renderDesk(<ChangeFilters customers={[{ id: 'k', name: 'Huadong Bank' }]} total={3} />, { at: '/changes' });
  fireEvent.click(screen.getByRole('button', { name: 'Major', pressed: false }));
  fireEvent.click(screen.getByRole('button', { name: 'Review', pressed: false }));
  fireEvent.change(screen.getByRole('combobox', { name: 'Customer' }), { target: { value: 'k' } });
  await waitFor(() => expect(address()).toBe('/changes?category=MAJOR&customer=k&state=REVIEW'));
  fireEvent.click(screen.getByRole('button', { name: 'Major', pressed: true }));
  await waitFor(() => expect(address()).toBe('/changes?customer=k&state=REVIEW'));
  expect(screen.getByRole('status').textContent).toBe('3 changes');
});
