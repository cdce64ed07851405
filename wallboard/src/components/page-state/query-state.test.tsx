import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { QueryState } from './query-state.tsx';

afterEach(cleanup);

interface Names { readonly names: readonly string[] }

const refetch = vi.fn();
const show = (result: { readonly data?: Names; readonly previousData?: Names; readonly error?: unknown }, locale: 'zh-CN' | 'en' = 'en') => renderDesk(
  <QueryState result={{ ...result, refetch }} isEmpty={({ names }) => names.length === 0} empty={<p>No teams yet.</p>}>
    {({ names }) => <ul>{names.map((name) => <li key={name}>{name}</li>)}</ul>}
  </QueryState>, { locale },
);
const state = (): string | null => document.querySelector('[data-page-state]')?.getAttribute('data-page-state') ?? null;
const coded = (code: string, message: string) => new CombinedGraphQLErrors({ errors: [{ message, extensions: { code } }] });
const http = (status: number) => new ServerError('no', { response: new Response('', { status }), bodyText: '' });

test('WBD-09 before the first answer a page says that it loads, in the reader\'s language', () => {
  show({}, 'zh-CN');
  expect(state()).toBe('loading');
  expect(screen.getByRole('status').textContent).toBe('正在加载…');
});

test('ready: what came is shown, and nothing else is said', () => {
  show({ data: { names: ['Network'] } });
  expect(screen.getByText('Network')).toBeTruthy();
  expect(state()).toBeNull();
});

test('empty: says of what there is nothing', () => {
  show({ data: { names: [] } });
  expect(state()).toBe('empty');
  expect(screen.getByText('No teams yet.')).toBeTruthy();
});

test('ORG-03 forbidden: says so, and is not mistaken for empty', () => {
  show({ error: coded('FORBIDDEN', 'You need "team.edit".') });
  expect(state()).toBe('forbidden');
  expect(screen.getByText('You need "team.edit".')).toBeTruthy();
});

test('failed: nobody answered; one may ask again', () => {
  show({ error: new TypeError('Failed to fetch') });
  expect(state()).toBe('failed');
  expect(document.querySelector('[data-fault]')?.getAttribute('data-fault')).toBe('away');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(refetch).toHaveBeenCalledTimes(1);
});

test('failed: a gateway without its server is away, a server that fails is a fault, a wrong question is refused', () => {
  const kindOf = (error: unknown): string | null => {
    cleanup();
    show({ error });
    return document.querySelector('[data-fault]')?.getAttribute('data-fault') ?? null;
  };
  expect([http(500), http(502), http(503), coded('INTERNAL_SERVER_ERROR', 'x'), coded('BAD_USER_INPUT', 'x')].map(kindOf)).toEqual(['fault', 'away', 'away', 'fault', 'refused']);
});

test('WBD-02 stale: a refresh that failed leaves what was known, and says that it is old', () => {
  show({ previousData: { names: ['Network'] }, error: new TypeError('Failed to fetch') });
  expect(screen.getByText('Network')).toBeTruthy();
  expect(state()).toBe('stale');
  expect(screen.getByRole('alert').textContent).toContain('This is what was known before. The server cannot be reached just now.');
});
