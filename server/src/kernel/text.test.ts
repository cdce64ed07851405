import { expect, test } from 'vitest';
import { optionalText, requiredText } from './text.ts';

test('API-02 a text at its limit is taken, one character more is refused with both numbers', () => {
  expect(requiredText(` ${'x'.repeat(10)} `, 'title', 10)).toBe('x'.repeat(10));
  expect(() => requiredText('x'.repeat(11), 'title', 10)).toThrow('"title" must be at most 10 characters, got 11.');
  expect(() => requiredText('  ', 'title', 10)).toThrow('"title" must be given: 1–10 characters.');
});

test('API-02 a blank text that may be left out is none', () => {
  expect([optionalText('  ', 'note'), optionalText(null, 'note'), optionalText(' a ', 'note')]).toEqual([null, null, 'a']);
});
