import { readdirSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { compileMessage } from './compile-message.ts';
import { formatMessage } from './format-message.ts';
import { LOCALES, type Locale } from './translator.ts';

const areas = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Numbers on both sides of each plural form, and of the thousands' separator. */
const NUMBERS = [0, 1, 2, 5, 21, 999, 1000, 1234567.5];

const ours = (text: string, values: Record<string, string | number>, locale: Locale = 'en'): string => formatMessage(compileMessage(text), values, locale);

describe('WBD-09 messages', () => {
  test.each(LOCALES)('each message of %s reads as intl-messageformat writes it', async (locale) => {
    let compared = 0;
    for (const area of areas) {
      const catalog = Object.values((await import(`./${area}/${locale}.ts`)) as Record<string, Record<string, string>>)[0] ?? {};
      for (const text of Object.values(catalog)) {
        const peer = new IntlMessageFormat(text, locale);
        for (const number of NUMBERS) {
          // Whatever a message calls its values, it gets them.
          const values: Record<string, string | number> = new Proxy({}, { get: () => number, has: () => true, getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: number }) });
          expect(ours(text, values, locale), `${area}: ${text}`).toBe(String(peer.format(values)));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(5000);
  });

  test('an exact number goes before its plural form, and # is the number nearest around it', () => {
    expect(ours('{n, plural, =1 {just one} one {# item} other {# items}}', { n: 1 })).toBe('just one');
    expect(ours('{n, plural, one {# item} other {# items}}', { n: 1200 })).toBe('1,200 items');
    expect(ours('{n, plural, one {one, {m, plural, one {#} other {# of #}}} other {#}}', { n: 1, m: 3 })).toBe('one, 3 of 3');
    expect(ours('{kind, select, first {line 1} other {line ?}}', { kind: 'second' })).toBe('line ?');
  });

  test('a value that is missing is an error, not a gap', () => {
    expect(() => ours('{count, number} open', {})).toThrow('has a value for count');
  });

  test.each(['{at, date, short}', '{n, number, percent}', '<b>bold</b>', '{n, selectordinal, one {#st} other {#th}}', '{n, plural, offset:1 one {#} other {#}}'])('%s is refused while building', (text) => {
    expect(() => compileMessage(text)).toThrow('A message may hold');
  });
});
