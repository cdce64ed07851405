import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { switchKeys } from '../../lib/letter-keys.ts';
import { useWorkKeys } from './use-work-keys.ts';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

function Rows({ onAct, onReload }: { readonly onAct: () => void; readonly onReload: () => void }) {
  const page = useRef<HTMLElement>(null);
  useWorkKeys(page, async () => onReload());
  return <main ref={page}><ul>{['one', 'two'].map((name) => <li key={name}><a data-work-link href={`/${name}`}>{name}</a><button type="button" onClick={onAct}>take</button></li>)}</ul></main>;
}

function rows(): () => readonly [string, string] {
  let done = '';
  render(<Rows onAct={() => { done += 'a'; }} onReload={() => { done += 'r'; }} />);
  return () => [document.activeElement?.textContent ?? '', done];
}

const press = (...keys: readonly string[]): void => keys.forEach((key) => fireEvent.keyDown(document.activeElement ?? document.body, { key }));

test('WBD-13 j and k walk over the rows and stop at their ends, a does what the row offers, r asks again', () => {
  const state = rows();
  press('j', 'j', 'j');
  expect(state()[0]).toBe('two');
  press('k', 'k', 'a', 'r');
  expect(state()).toEqual(['one', 'ar']);
});

test('WBD-13 WCAG 2.1.4 switched off they do nothing', () => {
  switchKeys(false);
  const state = rows();
  screen.getByText('one').focus();
  press('j', 'a', 'r');
  expect(state()).toEqual(['one', '']);
});
