import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { safeNext, SignInPage } from './sign-in-page.tsx';

afterEach(cleanup);

test('ORG-04 after signing in one is led only to a page of this site', () => {
  expect(safeNext('/incident/INC-000001?x=1')).toBe('/incident/INC-000001?x=1');
  expect(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', null].map(safeNext)).toEqual(Array.from({ length: 5 }, () => '/'));
});

test('ORG-04 a refused sign-in says why', async () => {
  renderDesk(<SignInPage />, {
    answers: { SignIn: () => ({ signIn: { __typename: 'SignInPayload', viewer: null, userErrors: [{ __typename: 'UserError', code: 'WRONG_CREDENTIALS', message: 'E-mail or password is wrong.', field: null }] } }) },
  });
  fireEvent.change(screen.getByLabelText('E-mail'), { target: { value: 'desk@example.com' } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'no' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText('E-mail or password is wrong.');
});
