import { expect, test } from 'vitest';
import { mentionAt, mentionOf } from './mention-text.ts';

const typed = (text: string): unknown => mentionAt(text, text.length);

test('WBD-13 a mention begins with an @ that begins a word, as the server reads it', () => {
  expect(typed('请 @')).toEqual({ start: 2, query: '' });
  expect(typed('@李')).toEqual({ start: 0, query: '李' });
  expect(typed('，@wang')).toEqual({ start: 1, query: 'wang' });
  expect(typed('＠李')).toEqual({ start: 0, query: '李' });
  expect(typed('li@example')).toBeNull();
  expect(typed('li@')).toBeNull();
  expect(typed('请@李')).toEqual({ start: 1, query: '李' });
});

test('WBD-13 a Latin name may have one space, a Chinese one is over at its first', () => {
  expect(typed('@Li Na')).toEqual({ start: 0, query: 'Li Na' });
  expect(typed('@Li Na ')).toBeNull();
  expect(typed('@李强 请')).toBeNull();
  expect(typed('@ 李')).toBeNull();
  expect(typed('@李\n强')).toBeNull();
  expect(typed(`@${'a'.repeat(31)}`)).toBeNull();
});

test('WBD-13 what counts is where the caret stands', () => {
  expect(mentionAt('@李强 与 @王', 3)).toEqual({ start: 0, query: '李强' });
  expect(mentionAt('@李强 与 @王', 2)).toEqual({ start: 0, query: '李' });
  expect(mentionAt('@李强 与 @王', 0)).toBeNull();
});

test('WBD-13 the name is written, or what is before the @ of the address where two have that name', () => {
  const [wang, other, li] = [{ id: '1', name: '王海涛', email: 'wang@x.example' }, { id: '2', name: '王海涛', email: 'wht2@x.example' }, { id: '3', name: 'Li Na', email: 'li@x.example' }];
  expect(mentionOf(li!, [wang!, li!])).toBe('@Li Na ');
  expect(mentionOf(other!, [wang!, other!])).toBe('@wht2 ');
});
