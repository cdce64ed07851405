import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFocusFree, keepFocus } from './keep-focus.ts';

let stop = (): void => {};
const get = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
/** Two frames after what changed: a page that sets the focus itself has done so. */
const settled = async (): Promise<void> => {
  for (let frame = 0; frame < 4; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
};

beforeEach(() => {
  document.body.innerHTML = '<main id="page"><button id="other">Other</button><section id="acts"><button id="open">Open</button><form id="form"><input id="text"><button id="send">Send</button></form></section></main>';
  stop = keepFocus(document);
  for (const id of ['other', 'open', 'text', 'send']) get(id).focus();
});
afterEach(() => stop());

test('WBD-11 the focus of a form that closes goes back to what opened it', async () => {
  get('form').remove();
  await settled();
  expect(document.activeElement?.id).toBe('open');
});

test('WBD-11 where that is gone too, the region has it, and no stop of Tab stays behind', async () => {
  get('form').remove();
  get('open').remove();
  await settled();
  expect(document.activeElement?.id).toBe('acts');
  get('other').focus();
  expect(get('acts').hasAttribute('tabindex')).toBe(false);
});

test('WBD-11 on another page its main has it, once it is there', async () => {
  get('page').remove();
  await settled();
  document.body.innerHTML = '<main id="next"></main>';
  await settled();
  expect(document.activeElement?.id).toBe('next');
});

test('WBD-11 what a page focuses itself, or who points, is left alone', async () => {
  get('form').remove();
  get('other').focus();
  await settled();
  expect(document.activeElement?.id).toBe('other');
  get('other').dispatchEvent(new Event('pointerdown', { bubbles: true }));
  get('other').remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});

test('WBD-11 a page that knows better only later may take the focus from where it was kept, but not from where somebody put it', async () => {
  expect(isFocusFree()).toBe(false);
  get('form').remove();
  expect(isFocusFree()).toBe(true);
  await settled();
  expect([document.activeElement?.id, isFocusFree()]).toEqual(['open', true]);
  get('other').focus();
  expect(isFocusFree()).toBe(false);
});
