import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';

type Catalog = Readonly<Record<string, string>>;

const areas = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const catalogOf = async (area: string, language: string): Promise<Catalog> => Object.values((await import(`./${area}/${language}.ts`)) as Record<string, Catalog>)[0] ?? {};
const CATALOGS = await Promise.all(areas.map(async (area) => ({ area, chinese: await catalogOf(area, 'zh-CN'), english: await catalogOf(area, 'en') })));

/** The names of the values that a message needs, whatever its plural or select forms. */
function placeholders(message: string, locale: string): readonly string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && 'value' in value && typeof value.value === 'string' && [1, 2, 3, 4, 5, 6].includes(value.type as number)) names.add(value.value);
      Object.values(value).forEach(walk);
    }
  };
  walk(new IntlMessageFormat(message, locale).getAst());
  return [...names].sort();
}

const source = readdirSync(`${import.meta.dirname}/../..`, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('messages/') && !name.includes('generated/') && !name.includes('.test.'))
  .map((name) => readFileSync(`${import.meta.dirname}/../../${name}`, 'utf8')).join('\n');

/** Keys are written out, or built from a word of the schema: t(`level.${row.level}`), t(`change.state.${state}`). */
function isUsed(key: string): boolean {
  const words = key.split('.');
  const prefixes = words.slice(0, -1).map((_, index) => words.slice(0, index + 1).join('.'));
  return [`'${key}'`, `"${key}"`].some((form) => source.includes(form)) || prefixes.some((prefix) => source.includes(`\`${prefix}.\${`));
}

test.each(CATALOGS)('WBD-09 $area: Chinese and English have the same keys', ({ chinese, english }) => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
});

test.each(CATALOGS)('WBD-09 $area: both languages parse and use the same values', ({ chinese, english }) => {
  const differing = Object.keys(chinese).filter((key) => placeholders(chinese[key] ?? '', 'zh-CN').join() !== placeholders(english[key] ?? '', 'en').join());
  expect(differing).toEqual([]);
});

test.each(CATALOGS)('WBD-09 $area: no message is left over', ({ chinese }) => {
  expect(Object.keys(chinese).filter((key) => !isUsed(key))).toEqual([]);
});
