import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { MentionField } from './mention-field.tsx';

afterEach(cleanup);

const person = (id: string, name: string, changes: object = {}) => ({ __typename: 'Person', id, name, email: `${id}@demo.example`, active: true, customerId: null, ...changes });
const PEOPLE = [person('liqiang', '李强'), person('linan', 'Li Nan'), person('gone', '李晓', { active: false }), person('gu', '顾医生', { customerId: 'k1' })];

/** The field in a form that Escape closes, as the forms of the desk are. */
function field() {
  let closed = 0;
  const answers = { MentionPeople: ({ search }: Readonly<Record<string, unknown>>) => ({ people: PEOPLE.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(String(search))) }) };
  const { asked } = renderDesk(<form onKeyDown={({ key }) => { if (key === 'Escape') closed += 1; }}><div className="field"><MentionField aria-label="Text" /></div></form>, { answers });
  return { area: screen.getByLabelText<HTMLTextAreaElement>('Text'), asked, closed: () => closed };
}

function type(area: HTMLTextAreaElement, text: string, init: { readonly isComposing?: boolean } = {}): void {
  area.value = text;
  area.setSelectionRange(text.length, text.length);
  fireEvent(area, new InputEvent('input', { bubbles: true, ...init }));
}

const options = (): readonly string[] => screen.queryAllByRole('option').map(({ textContent }) => textContent ?? '');
const active = (area: HTMLTextAreaElement): string | undefined => document.getElementById(area.getAttribute('aria-activedescendant') ?? '')?.textContent ?? undefined;

test('WBD-13 an @ offers people who are there, narrowed by what is typed; how many there are is said', async () => {
  const { area } = field();
  type(area, '请 @');
  await waitFor(() => expect(options()).toEqual(['李强 liqiang@demo.example', 'Li Nan linan@demo.example', '顾医生 gu@demo.example · customer contact']));
  expect(screen.getByRole('status').textContent).toBe('3 people: arrows choose, Enter inserts, Escape closes');
  const list = screen.getByRole('listbox', { name: 'People to mention' });
  expect([area.getAttribute('aria-controls'), area.getAttribute('aria-autocomplete')]).toEqual([list.id, 'list']);
  type(area, '请 @nan');
  expect(options()).toEqual(['Li Nan linan@demo.example']);
  type(area, '请 @nanx');
  expect([options(), screen.getByRole('status').textContent, area.hasAttribute('aria-activedescendant')]).toEqual([[], '', false]);
});

test('WBD-13 arrows go round, Enter inserts the name as the server reads it, and the list stays away from then on', async () => {
  const { area } = field();
  type(area, '@li');
  await waitFor(() => expect(options()).toHaveLength(2));
  fireEvent.keyDown(area, { key: 'ArrowUp' });
  expect(active(area)).toContain('Li Nan');
  fireEvent.keyDown(area, { key: 'ArrowDown' });
  fireEvent.keyDown(area, { key: 'ArrowDown' });
  expect(active(area)).toContain('Li Nan');
  expect(fireEvent.keyDown(area, { key: 'Enter' })).toBe(false);
  expect([area.value, area.selectionStart, options()]).toEqual(['@Li Nan ', 8, []]);
  type(area, '@Li Nan p');
  expect(options()).toEqual([]);
  expect(fireEvent.keyDown(area, { key: 'Enter' })).toBe(true);
});

test('WBD-13 Escape closes the list alone, and the form only when pressed again', async () => {
  const { area, closed } = field();
  type(area, '@');
  await waitFor(() => expect(options()).toHaveLength(3));
  fireEvent.keyDown(area, { key: 'Escape' });
  expect([options(), closed()]).toEqual([[], 0]);
  type(area, '@l');
  expect(options()).toEqual([]);
  fireEvent.keyDown(area, { key: 'Escape' });
  expect(closed()).toBe(1);
});

test('WBD-09 WBD-13 an input method composes undisturbed: no list, its Enter chooses nobody, and what it has written is looked for', async () => {
  const { area } = field();
  type(area, '@');
  await waitFor(() => expect(options()).toHaveLength(3));
  fireEvent.compositionStart(area);
  type(area, '@li', { isComposing: true });
  expect(options()).toEqual([]);
  fireEvent.keyDown(area, { key: 'Enter', isComposing: true });
  expect(area.value).toBe('@li');
  type(area, '@李', { isComposing: true });
  fireEvent.compositionEnd(area);
  await waitFor(() => expect(options()).toEqual(['李强 liqiang@demo.example']));
  // Some browsers say of the key that ended a composition only that it was one: 229.
  fireEvent.keyDown(area, { key: 'Enter', keyCode: 229 });
  expect(area.value).toBe('@李');
  fireEvent.keyDown(area, { key: 'Tab' });
  expect(area.value).toBe('@李强 ');
});

test('WBD-13 the mouse inserts as well; an address is no mention, and without an @ nothing is asked or loaded', async () => {
  const { area, asked } = field();
  type(area, 'no mention');
  expect([screen.queryByRole('status'), asked]).toEqual([null, []]);
  type(area, 'li@demo.example');
  await screen.findByRole('status');
  expect([options(), asked]).toEqual([[], []]);
  type(area, '请@李');
  await screen.findByRole('option', { name: /李强/ });
  fireEvent.mouseDown(screen.getByRole('option', { name: /李强/ }));
  expect(area.value).toBe('请@李强 ');
});
