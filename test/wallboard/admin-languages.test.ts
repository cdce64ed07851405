import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { POLICY_KEYS } from '../../server/src/features/service-level/service-level.rules.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
await room.desk.mixed();
afterAll(() => room.close());

const idOf = async (table: string, where: string): Promise<string> =>
  (await room.desk.database.em.execute<{ id: string }[]>(`select id from ${table} where ${where} limit 1`))[0]?.id ?? '';
const PAGES: readonly (readonly [path: string, ready: string])[] = [
  ['/admin/people', 'tbody td a'], [`/admin/people/${room.desk.people['network'] ?? ''}`, '.admin-columns td'], ['/admin/teams', 'tbody td a'], [`/admin/teams/${room.desk.teams['network'] ?? ''}`, '.admin-columns td'],
  ['/admin/customers', 'tbody td a'], [`/admin/customers/${room.desk.customerId}`, '.admin-stack td'], ['/admin/agreements', 'tbody td a'], [`/admin/agreements/${await idOf('agreement', 'true')}`, '.agreement-lines'],
  ['/admin/services', 'tbody td'], ['/admin/policies', '.policy-cards a'], ['/admin/calendars', 'tbody td a'], [`/admin/calendars/${await idOf('calendar', "key = '5x8'")}`, '.hours'], ['/admin/tokens', 'main h1'], ['/admin/audit', 'tbody td'],
  ...POLICY_KEYS.map((key) => [`/admin/policies/${key}`, '.policy-editor'] as const),
];

/** What the page says of its own: no keys, rows of the spec, names of people and records, nor what was typed into it. */
const said = (page: Page): Promise<string[]> => page.evaluate(() => {
  for (const button of document.querySelectorAll<HTMLButtonElement>('.new-record')) button.click();
  document.querySelectorAll('details').forEach((details) => (details.open = true));
  const walker = document.createTreeWalker(document.querySelector('.admin') ?? document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentElement;
    if (place?.closest('code, textarea, script, style, .spec, .diff, datalist, .admin [lang], .audit-filters + * tbody') == null) found.push(node.textContent ?? '');
  }
  for (const element of document.querySelectorAll('.admin [aria-label], .admin [title], .admin [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
  }
  return [...new Set(found.map((text) => text.trim()).filter((text) => text !== ''))];
});

/** What people and records are called does not change with the language. */
const names = await room.desk.database.em.execute<{ name: string }[]>('select name from person union select name from customer union select full_name from customer union select name from agreement union select name from site order by 1');
const withoutNames = (text: string): string => names.toSorted((a, b) => b.name.length - a.name.length).reduce((rest, { name }) => rest.replaceAll(name, ''), text)
  // Addresses, zones, keys of the API, and values that a text leaves room for.
  // A language is called in its own words; who wrote the first versions, and what the trail is asked for, are keys.
  .replaceAll(/iCalendar|\.ics|English|简体中文|^seed$|^policy, person, .*$/g, '')
  // Keys of teams that the policy names and this small desk has not founded.
  .replaceAll(/(senior-engineers|technical-managers|duty|vendor|server|application|database)(?=、|$)/g, '')
  .replaceAll(/\S+@\S+|[A-Z][a-z]+\/[A-Z][a-z]+|[a-z]+(\.[a-zA-Z]+)+|\{\w+\}/g, '');

async function strays(locale: 'zh-CN' | 'en', stray: (text: string) => boolean): Promise<string[]> {
  const page = await room.page('admin', '/admin/people', { locale });
  const found: string[] = [];
  for (const [path, ready] of PAGES) {
    await page.goto(`${room.server.url}${path}`);
    await page.locator(ready).first().waitFor();
    found.push(...(await said(page)).filter((text) => stray(withoutNames(text))).map((text) => `${path}: ${text}`));
  }
  await page.context().close();
  return found;
}

test('WBD-09 WBD-11 no admin page in Chinese says a word in English', async () => {
  expect(await strays('zh-CN', (text) => /[a-z]{3,}/.test(text))).toEqual([]);
}, 300_000);

test('WBD-09 WBD-11 no admin page in English says a word in Chinese', async () => {
  expect(await strays('en', (text) => /\p{Script=Han}/u.test(text))).toEqual([]);
}, 300_000);
