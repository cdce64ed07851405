import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { crowd } from '../support/board-scene.ts';
import { openDesk } from '../support/browser-desk.ts';

const room = await openDesk();
afterAll(() => room.close());
const page = await room.page('manager', '/board');

const SCREENS = [{ width: 1920, height: 1080 }, { width: 3840, height: 2160 }];

/** Texts that may end in "…": they are as long as somebody made them. All others must be whole. */
const MAY_BE_SHORTENED = '.row-title, .row-facts > *, .entry-text, .notice, .alarm .age, .head h1, .head-version';

/**
 * What does not fit: scroll bars, and texts that are cut by the screen or by a box around them. Looks at the ink of a line, a full
 * letter's height about its middle, as the box of a line is taller than what is drawn in it. A text that may be shortened
 * must at least have its place inside.
 */
function misfits(one: Page): Promise<string[]> {
  return one.evaluate((mayBeShortened) => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push(`page ${root.scrollWidth}×${root.scrollHeight}`);
    const screen = new DOMRect(0, 0, innerWidth, innerHeight);
    for (const element of document.querySelectorAll<HTMLElement>('.board *')) {
      const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
      if (!text || element.getClientRects().length === 0) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const line = range.getBoundingClientRect();
      const { left, right } = element.closest(mayBeShortened)?.getBoundingClientRect() ?? line;
      const middle = (line.top + line.bottom) / 2;
      const half = Number.parseFloat(getComputedStyle(element).fontSize) / 2;
      const boxes: [string, DOMRect][] = [['the screen', screen]];
      for (let around: Element | null = element; around && !around.matches('.board'); around = around.parentElement) {
        if (around.matches('.tile, .row') || getComputedStyle(around).overflow !== 'visible') boxes.push([String(around.className), around.getBoundingClientRect()]);
      }
      for (const [name, box] of boxes) {
        const out = Math.max(box.left - left, right - box.right, box.top - (middle - half), middle + half - box.bottom);
        if (out > 1) found.push(`"${(text.textContent ?? '').slice(0, 30)}" is ${Math.round(out)} px outside ${name}`);
      }
    }
    return found;
  }, MAY_BE_SHORTENED);
}

/** Every misfit on both screens in both languages. */
async function everywhere(open: number): Promise<string[]> {
  const found: string[] = [];
  for (const lang of ['zh-CN', 'en']) {
    await page.goto(`${room.server.url}/board?lang=${lang}`);
    await page.locator('.tile[data-kind=open] strong', { hasText: new RegExp(`^${new Intl.NumberFormat('en').format(open).replace(',', '[,  ]?')}$`) }).waitFor();
    if (open > 0) await page.locator('.row .clock-figure').first().waitFor();
    for (const screen of SCREENS) {
      await page.setViewportSize(screen);
      found.push(...(await misfits(page)).map((what) => `${lang} ${screen.width}: ${what}`));
    }
  }
  return found;
}

test('WBD-01 the board fits 1080p and 4K in both languages, empty and with one, nine, five hundred and ten thousand open incidents', async () => {
  expect(await everywhere(0)).toEqual([]);
  await room.desk.incident({ title: '核心交换机无响应' });
  expect(await everywhere(1)).toEqual([]);
  await room.desk.mixed();
  for (const title of ['机房空调告警', '门禁系统离线']) await room.desk.incident({ title, level: 'LV3' });
  expect(await everywhere(9)).toEqual([]);
  await room.desk.copies(491);
  expect(await everywhere(500)).toEqual([]);
  const rows = await page.locator('.row').count();
  await page.locator('.foot', { hasText: new RegExp(`${500 - rows} more`) }).waitFor();
  await room.desk.copies(9500, 491);
  expect(await everywhere(10_000)).toEqual([]);
}, 300_000);

test('WBD-01 a title as long as it may be is shortened in its place', async () => {
  await room.desk.incident({ title: '门诊楼三层东侧护士站与药房之间的接入交换机持续丢包'.repeat(5), level: 'LV1', reportedMinutesAgo: 9 });
  await page.goto(`${room.server.url}/board?lang=zh-CN`);
  const title = page.locator('.row-title', { hasText: '护士站' });
  await title.waitFor();
  expect(await title.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    expect(await misfits(page)).toEqual([]);
  }
});

test('WBD-01 W2 banners, alarms, today\'s work and long names fit as well, wherever the shift against burning in stands', async () => {
  await crowd(room.desk);
  for (const lang of ['zh-CN', 'en']) {
    for (const person of ['manager', 'screen'] as const) {
      const one = person === 'manager' ? page : await room.page(null, `/board?lang=${lang}&token=${(await room.desk.screenToken()).plain}&sound=1`);
      if (person === 'manager') await one.goto(`${room.server.url}/board?lang=${lang}&sound=1`);
      await one.locator('.notice.MAJOR_INCIDENT').first().waitFor();
      await one.locator('.work').first().waitFor();
      for (const screen of SCREENS) {
        await one.setViewportSize(screen);
        // Corners of the path: 0, 30, 60 and 90 s of its two minutes; and each side of the header.
        for (const seconds of [0, 30.1, 60.1, 90.1]) {
          await one.evaluate((at) => {
            for (const motion of document.querySelector('.board')?.getAnimations() ?? []) { motion.pause(); motion.currentTime = at * 1000; }
          }, seconds);
          expect(await misfits(one), `${lang} ${screen.width} ${person} at ${seconds} s`).toEqual([]);
        }
      }
      if (person === 'screen') await one.context().close();
    }
  }
  expect(await page.locator('.side-section[data-kind=today] h2 b').innerText()).toBe('24');
  expect(await page.locator('.notice-more').innerText()).toBe('+ 1 more');
});

test('WBD-10 a big room with a small screen gets bigger letters, still without scrolling', async () => {
  for (const lang of ['zh-CN', 'en']) {
    await page.goto(`${room.server.url}/board?lang=${lang}&diagonal=55&seat=6`);
    await page.locator('.row .clock-figure').first().waitFor();
    for (const screen of SCREENS) {
      await page.setViewportSize(screen);
      expect(await misfits(page), `${lang} ${screen.width}`).toEqual([]);
    }
  }
});
