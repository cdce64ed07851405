import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import readXlsxFile from 'read-excel-file/node';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR } from '../../server/src/kernel/instant.ts';
import { press } from '../support/browser.ts';
import { openDesk } from '../support/browser-desk.ts';
import { putChange, type ChangeFacts } from '../support/metric-story.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const room = await openDesk();
const now = await room.server.database.now();
/** In the middle of the quarter before, in Shanghai: no test depends on the day on which it runs. */
const lastQuarter = quarterBefore(now);
beforeAll(async () => {
  for (let n = 0; n < 10; n += 1) await put(n === 0 ? 'failed' : 'successful', 'major');
  for (let n = 0; n < 7; n += 1) await put(n < 2 ? 'rolled-back' : 'successful', 'general');
}, 60_000);
afterAll(() => room.close());

function quarterBefore(at: number): { key: string; middle: number } {
  const { year, month } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Shanghai');
  const first = new Temporal.PlainYearMonth(year, month - ((month - 1) % 3)).subtract({ months: 3 });
  return { key: `${first.year}-Q${(first.month + 2) / 3}`, middle: first.add({ months: 1 }).toPlainDate({ day: 15 }).toZonedDateTime('Asia/Shanghai').epochMilliseconds };
}

function put(outcome: NonNullable<ChangeFacts['outcome']>, category: NonNullable<ChangeFacts['category']>, closed = lastQuarter.middle): Promise<string> {
  const iso = (at: number): string => new Date(at).toISOString();
  return putChange(room.server.database, {
    customerId: room.desk.customerId, category, submitted: iso(closed - 5 * DAY), due: iso(closed - 2 * DAY), responded: iso(closed - 4 * DAY), started: iso(closed - 3 * HOUR),
    ended: iso(closed - 2 * HOUR), closed: iso(closed), outcome, outage: 5,
  });
}

/** Every number of a page's tables: "figure part period value", undefined ones without value. */
async function shownOn(page: Page): Promise<string[]> {
  await page.locator('[data-section=CHANGES] .metric-card').first().waitFor();
  return page.locator('[data-section=CHANGES] .metric-card').evaluateAll((cards) => cards.flatMap((card) =>
    [...card.querySelectorAll('.metric-table tbody tr')].flatMap((row) =>
      [...row.querySelectorAll('td[data-period]')].map((cell) =>
        `${card.getAttribute('data-figure')} ${row.getAttribute('data-part')} ${cell.getAttribute('data-period')} ${cell.querySelector('[data-value]')?.getAttribute('data-value')}`))));
}

test('MET-03 MET-04 page, API and exported file show equal numbers', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`);
  const shown = await shownOn(page);
  expect(shown).toContain(`change-success major ${lastQuarter.key} 90`);
  expect(shown).toContain(`change-success general ${lastQuarter.key} 71.43`);
  const answer = await page.request.post(`${room.server.url}/graphql`, {
    data: {
      query: 'query($period: String) { metrics(section: CHANGES, period: $period) { figures { key besideOf overall { values { period value } } parts { key values { period value } } } } }',
      variables: { period: lastQuarter.key },
    },
  });
  type Values = { key?: string; values: { period: string; value: number | null }[] };
  const { data } = (await answer.json()) as { data: { metrics: { figures: { key: string; besideOf: string | null; overall: Values; parts: Values[] }[] } } };
  const answered = data.metrics.figures.filter(({ besideOf }) => besideOf === null)
    .flatMap(({ key, overall, parts }) => [...parts, { ...overall, key: '' }].flatMap((part) => part.values.map(({ period, value }) => `${key} ${part.key} ${period} ${value ?? ''}`)));
  expect(shown).toEqual(answered);
  const href = await page.getByRole('link', { name: '导出 XLSX' }).first().getAttribute('href');
  const file = await page.request.get(room.server.url + href);
  const [sheet] = await readXlsxFile(await file.body());
  const exported = sheet!.data.slice(1).filter((row) => row[13] !== 'change-undecided').map((row) => `${row[13]} ${row[14] ?? ''} ${row[2]} ${row[5] ?? ''}`);
  expect(exported.toSorted()).toEqual(shown.toSorted());
});

/** Rows of a CSV file without line breaks in its cells. */
function cellsOf(text: string): string[][] {
  return text.replace('\uFEFF', '').split('\r\n').filter((line) => line !== '').map((line) => (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '').replaceAll(/^"|"$/g, '')));
}

test.each(['CHANGES', 'RELEASES', 'INCIDENTS', 'PROBLEMS'] as const)('W17 MET-04 every number of %s is the same on the page, in CSV and in XLSX', async (section) => {
  const tab = { CHANGES: 'quarter', RELEASES: 'quarter', INCIDENTS: 'incidents', PROBLEMS: 'problems' }[section];
  const page = await room.page('manager', `/metrics/${tab}?period=${lastQuarter.key}`);
  await page.locator(`[data-section=${section}] .metric-card`).first().waitFor();
  const shown = await page.locator(`[data-section=${section}] .metric-card`).evaluateAll((cards) => cards.flatMap((card) => [...card.querySelectorAll('.metric-table tbody tr')].flatMap((row) =>
    [...row.querySelectorAll('td[data-period]')].map((cell) => `${card.getAttribute('data-figure')} ${row.getAttribute('data-part')} ${cell.getAttribute('data-period')} ${cell.querySelector('[data-value]')?.getAttribute('data-value')}`))));
  const file = async (format: string) => page.request.get(`${room.server.url}/downloads/metrics?section=${section.toLowerCase()}&period=${lastQuarter.key}&format=${format}`);
  const csv = new Set(cellsOf(await (await file('csv')).text()).slice(1).map((row) => `${row[13]} ${row[14]} ${row[2]} ${row[5]}`));
  const [sheet] = await readXlsxFile(await (await file('xlsx')).body());
  const xlsx = new Set(sheet!.data.slice(1).map((row) => `${row[13]} ${row[14] ?? ''} ${row[2]} ${row[5] ?? ''}`));
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((one) => !csv.has(one))).toEqual([]);
  expect(shown.filter((one) => !xlsx.has(one))).toEqual([]);
  expect(csv).toEqual(xlsx);
  console.log(`W17 ${section}: ${shown.length} numbers of the page equal in CSV and XLSX (${csv.size} in each file)`);
});

test('W17 MET-01 the records behind a bar as a file are as many as the bar says', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}&figure=change-count`);
  const total = Number(await page.locator('.metric-drawer [data-total]').getAttribute('data-total'));
  const href = await page.locator('.metric-drawer .metric-total a').getAttribute('href');
  const rows = cellsOf(await (await page.request.get(room.server.url + href)).text());
  expect([rows.length - 1, total]).toEqual([17, 17]);
  expect(rows[0]).toContain('时区');
});

test.each(['zh-CN', 'en'] as const)('MET-01 presentation in %s: a figure a screen, forward and back by keys over both sections, and Escape ends it', async (locale) => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`, { locale });
  await press(page, page.getByRole('button', { name: locale === 'en' ? 'Present' : '演示', exact: true }));
  const at = (slide: string) => page.locator(`.metric-present[data-slide="${slide}"] header h2`).waitFor();
  await at('CHANGES.0');
  await page.keyboard.press('ArrowRight');
  await at('CHANGES.1');
  await page.keyboard.press('PageUp');
  await at('CHANGES.0');
  expect(await page.locator('.metric-present').evaluate((element) => element.scrollHeight <= element.clientHeight)).toBe(true);
  await page.evaluate(AXE);
  expect(await page.evaluate(`axe.run('.metric-present', { runOnly: ['wcag2a', 'wcag2aa'] }).then((result) => result.violations.map(({ id }) => id))`)).toEqual([]);
  await page.keyboard.press('End');
  await page.locator('.metric-present[data-slide^="RELEASES."] header h2').waitFor();
  await page.keyboard.press('Home');
  await at('CHANGES.0');
  await page.keyboard.press('Escape');
  await page.locator('.metric-present').waitFor({ state: 'detached' });
  await page.locator('.metric-card').first().waitFor();
});

test('MET-04 printed on A4 landscape no chart is wider than its card, and bars are hatched', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`);
  await page.locator('.metric-card svg.recharts-surface').first().waitFor();
  await page.setViewportSize({ width: 1047, height: 718 });
  await page.emulateMedia({ media: 'print' });
  const over = await page.locator('.metric-card').evaluateAll((cards) => cards.flatMap((card) => [...card.querySelectorAll('.metric-chart svg.recharts-surface')].filter((svg) => svg.getBoundingClientRect().right > card.getBoundingClientRect().right + 1).map(() => card.getAttribute('data-figure'))));
  expect(over).toEqual([]);
  expect(await page.locator('[data-figure=change-count] path[fill^="url(#hatch"]').count()).toBeGreaterThan(1);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(/MediaBox ?\[0 0 841(\.\d+)? 59[45]/.test(pdf.toString('latin1'))).toBe(true);
});

test('D-11 CHG-14 90 % is shown as not meeting "> 90 %", in words', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`);
  const cell = page.locator(`[data-figure=change-success] tr[data-part=major] td[data-period="${lastQuarter.key}"]`);
  await cell.waitFor();
  expect(await cell.getAttribute('data-met')).toBe('false');
  // What is said before it names the figure to those who listen.
  expect((await cell.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/(^|: )✕ 90% 9 \/ 10$/);
});

test('MET-01 a bar opens the records behind it, by keyboard, and the address bar keeps them', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`);
  await press(page, page.locator(`[data-figure=change-success] tr[data-part=major] td[data-period="${lastQuarter.key}"] button`));
  const drawer = page.locator('.metric-drawer');
  await drawer.locator('[data-total="10"]').waitFor();
  expect(await drawer.locator('tbody tr').count()).toBe(10);
  await press(page, drawer.getByRole('button', { name: '仅计入分母' }));
  await drawer.locator('[data-total="1"]').waitFor();
  await page.reload();
  await drawer.locator('[data-total="1"]').waitFor();
  await press(page, drawer.getByRole('button', { name: '按客户' }));
  await drawer.getByRole('row', { name: /申江医院/ }).filter({ hasText: '14 / 17' }).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
});

test('MET-05 a change that closes moves the open page', async () => {
  const page = await room.page('manager', '/metrics/quarter');
  const value = page.locator('[data-figure=change-outage] .metric-value');
  await page.locator('[data-figure=change-outage] .metric-value[data-value="0"]').waitFor();
  await page.evaluate(() => Reflect.set(window, 'sameDocument', true));
  await put('successful', 'important', now);
  // What the closing of a change tells the feed; how it closes is the change feature's own test.
  const { SYSTEM } = await import('../../server/src/kernel/actor.ts');
  await room.server.database.change(SYSTEM('test'), async (change) => {
    const rows = await change.em.execute<{ id: string }[]>(`select id from ticket where kind = 'change' order by closed_at desc limit 1`);
    const id = rows[0]!.id;
    change.emit({ type: 'change.closed', subjectKind: 'change', subjectId: id, ticketId: id, customerId: room.desk.customerId, occurredAt: await change.now() });
  });
  await page.locator('[data-figure=change-outage] .metric-value[data-value="5"]').waitFor();
  expect(await value.innerText()).toContain('5');
  expect(await page.evaluate(() => Reflect.get(window, 'sameDocument'))).toBe(true);
});

test('MET-04 a chart is saved as a picture of its own, in colours that are written out', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`, { locale: 'en' });
  const card = page.locator('[data-figure=change-count]');
  await card.locator('svg.recharts-surface').first().waitFor();
  const saved = async (kind: 'SVG' | 'PNG'): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('button', { name: kind }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  };
  const svg = (await saved('SVG')).toString();
  expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('Changes submitted');
  expect(svg).not.toContain('var(--');
  expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG');
});

test('MET-04 the printed page is light and leaves out what can only be clicked', async () => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}`);
  await page.locator('.metric-card').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.desk-head').isVisible()).toBe(false);
  expect(await page.locator('.metric-filters').isVisible()).toBe(false);
  expect(await page.locator('[data-figure=change-success] .metric-table').isVisible()).toBe(true);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
});

test('CHG-19 the change report is written, issued and frozen on its page', async () => {
  const month = new Date(lastQuarter.middle).toISOString().slice(0, 7);
  const page = await room.page('manager', `/metrics/reports/${month}`);
  const field = (name: string) => page.locator(`textarea[name=${name}]`);
  await field('analysis').fill('重大变更十次，失败一次。');
  await field('actions').fill('回退方案须预演。');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('草稿：数字随记录变化').waitFor();
  await page.getByRole('button', { name: '发布并冻结' }).click();
  await page.getByText(/已由 郭晓燕 发布/).waitFor();
  const success = page.locator('tr[data-figure=change-success][data-part=major] [data-value]');
  expect(await success.getAttribute('data-value')).toBe('90');
  await put('failed', 'major');
  await page.reload();
  await page.getByText('内容与发布时一致').waitFor();
  expect(await success.getAttribute('data-value')).toBe('90');
  expect(await field('analysis').count()).toBe(0);
});

test('ORG-03 who may not see metrics has no way there', async () => {
  const page = await room.page('network', '/metrics/quarter');
  await page.getByRole('alert').first().waitFor();
  expect(await page.locator('.metric-card').count()).toBe(0);
  expect(await page.getByRole('link', { name: '指标', exact: true }).count()).toBe(0);
});

test.each([['zh-CN', 'dark'], ['en', 'light']] as const)('WBD-09 WBD-03 the metrics pages pass axe-core in %s, %s, with a bar open', async (locale, theme) => {
  const page = await room.page('manager', `/metrics/quarter?period=${lastQuarter.key}&figure=change-success`, { locale });
  await page.locator('.metric-drawer tbody tr').first().waitFor();
  await page.locator('[data-section=RELEASES] .metric-card').first().waitFor();
  if (theme === 'light') await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
  await page.evaluate(AXE);
  const found = (await page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`)) as string[];
  expect(found).toEqual([]);
});
