import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isWallKey, keysAreOn, switchKeys } from '../lib/letter-keys.ts';
import { useKeysOn, useLetterKeys } from './use-letter-keys.ts';

let pressed: string[] = [];
beforeEach(() => {
  localStorage.clear();
  pressed = [];
});
afterEach(cleanup);

function Page() {
  useLetterKeys({ j: () => pressed.push('j'), 'g q': () => pressed.push('g q') });
  return <><p>{useKeysOn() ? 'on' : 'off'}</p><input aria-label="note" /><div role="dialog"><button type="button">inside</button></div></>;
}

const press = (...keys: readonly string[]): void => keys.forEach((key) => fireEvent.keyDown(document.body, { key }));

test('WBD-04 WCAG 2.1.4 keys of one letter work until they are switched off, and again when they are switched on', () => {
  render(<Page />);
  press('j', 'g', 'q');
  expect(pressed).toEqual(['j', 'g q']);
  act(() => switchKeys(false));
  screen.getByText('off');
  press('j', 'g', 'q');
  expect(pressed).toEqual(['j', 'g q']);
  act(() => switchKeys(true));
  press('j');
  expect(pressed).toEqual(['j', 'g q', 'j']);
});

test('WBD-04 WCAG 2.1.4 the choice is kept: a page that is opened later has them off, and one in another tab follows', () => {
  switchKeys(false);
  render(<Page />);
  press('j');
  expect([pressed, keysAreOn()]).toEqual([[], false]);
  localStorage.setItem('watchfloor.queue.keys', 'on');
  act(() => { window.dispatchEvent(new StorageEvent('storage', { key: 'watchfloor.queue.keys' })); });
  press('j');
  expect(pressed).toEqual(['j']);
});

test('WBD-04 a field and a dialog keep what is typed into them, the browser its own keys', () => {
  render(<Page />);
  for (const place of [screen.getByLabelText('note'), screen.getByText('inside')]) fireEvent.keyDown(place, { key: 'j' });
  fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
  expect(pressed).toEqual([]);
});

test('WBD-02 WCAG 2.1.4 a wall\'s keys are off with keys=0 in its address, and where the browser has them switched off', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  const at = (address: string): boolean => {
    window.history.replaceState(null, '', address);
    return isWallKey(plain);
  };
  expect([at('/board'), at('/board?keys=0'), at('/screen?keys=1')]).toEqual([true, false, true]);
  expect(isWallKey({ ...plain, ctrlKey: true })).toBe(false);
  switchKeys(false);
  expect(at('/board')).toBe(false);
});
