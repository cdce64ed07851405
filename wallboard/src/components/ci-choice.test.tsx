import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../app/desk.fixture.tsx';
import { CiChoice } from './ci-choice.tsx';

afterEach(cleanup);

const ITEMS = [{ __typename: 'Ci', id: 'c1', name: 'pay-portal', class: 'application' }, { __typename: 'Ci', id: 'c2', name: 'pay-portal-2', class: 'application' }];

function choice(): { readonly last: () => string | undefined; readonly type: (text: string) => void } {
  const chosen: string[] = [];
  renderDesk(<><label htmlFor="item">Item</label><CiChoice id="item" onChoose={(id) => chosen.push(id)} /></>, { answers: { FindCis: ({ search }) => ({ cis: ITEMS.filter(({ name }) => name.includes(String(search))) }) } });
  return { last: () => chosen.at(-1), type: (text) => fireEvent.change(screen.getByLabelText('Item'), { target: { value: text } }) };
}

test('INC-03 a name that is pasted whole is the item as soon as the register has answered', async () => {
  const { last, type } = choice();
  type('pay-portal');
  expect(last()).toBe('');
  await waitFor(() => expect(last()).toBe('c1'));
});

test('INC-03 part of a name is no item yet, and what is taken back is none any more', async () => {
  const { last, type } = choice();
  type('pay-portal-2');
  await waitFor(() => expect(last()).toBe('c2'));
  type('pay-port');
  await waitFor(() => expect(last()).toBe(''));
});
