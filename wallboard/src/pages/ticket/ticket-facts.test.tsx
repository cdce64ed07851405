import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { ticketOf } from './ticket.fixture.ts';
import { TicketFacts } from './ticket-facts.tsx';

afterEach(cleanup);

const ITEMS = [{ id: 'c1', name: 'core-sw-1', class: 'switch', cause: true }, { id: 'c2', name: 'core-sw-2', class: 'switch', cause: false }];

test('WBD-05 CMDB-04 from each item of the incident one gets to what its failure reaches', () => {
  renderDesk(<TicketFacts ticket={ticketOf({ cis: ITEMS })} />);
  expect(screen.getAllByRole('link').map((link) => [link.getAttribute('aria-label'), link.getAttribute('href')])).toEqual([
    ['Impact graph of core-sw-1', '/cmdb/ci/c1'], ['Impact graph of core-sw-2', '/cmdb/ci/c2'],
  ]);
  expect(screen.getByText(/core-sw-1/).textContent).toBe('core-sw-1 (cause) Impact graph');
});

test('WBD-05 an incident without items says nothing of them', () => {
  renderDesk(<TicketFacts ticket={ticketOf()} />);
  expect(screen.queryByText('Configuration items')).toBeNull();
});
