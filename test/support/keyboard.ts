import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { choose, typeTime } from './browser.ts';

/** A text, an option by part of its label, a tick, an instant, or an item of the register by its name. */
export type Typed = string | boolean | Date | { readonly ci: string };

const MOST_STOPS = 200;

interface Stop {
  readonly there: boolean;
  readonly seen: boolean;
  readonly what: string;
}

/** Where the focus is, and whether somebody who looks at the page sees it there (WCAG 2.4.7, 2.4.11). */
function stopAt(page: Page, target: Locator | null): Promise<Stop> {
  const look = (wanted: Element | null): Stop => {
    const at = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
    const { width, height, top, bottom, left, right } = at.getBoundingClientRect();
    const inView = width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    return { there: at === wanted, seen: inView && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'), what: at === document.body ? 'nowhere' : at.outerHTML.slice(0, 160) };
  };
  return target === null ? page.evaluate(look, null) : target.evaluate(look);
}

/** Presses Tab, or Shift+Tab to go back, until the element has the focus; every stop on the way must be seen. */
export async function go(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const { there, seen, what } = await stopAt(page, target);
    if (!seen && what !== 'nowhere') throw new Error(`The focus is not seen at ${what}`);
    if (there) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(target)} is not reached by ${key}.`);
}

/** The focus is somewhere on the page, and seen there. */
export async function expectFocus(page: Page): Promise<void> {
  // A form that closes hands the focus on a moment later: one look for both, until they hold together.
  await expect.poll(async () => {
    const { seen, what } = await stopAt(page, null);
    return what === 'nowhere' || seen ? { nowhere: what === 'nowhere', seen } : `not seen at ${what}`;
  }, { timeout: 5000 }).toEqual({ nowhere: false, seen: true });
}

/** Goes to a button or link and presses Enter. */
export async function enter(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await go(page, target, key);
  await page.keyboard.press('Enter');
}

/** Goes to a field and replaces what stands in it. */
export async function write(page: Page, field: Locator, text: string): Promise<void> {
  await go(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

export async function tick(page: Page, box: Locator, on: boolean): Promise<void> {
  await go(page, box);
  if ((await box.isChecked()) !== on) await page.keyboard.press('Space');
  expect(await box.isChecked()).toBe(on);
}

/** Carries out an action of a record's page by keyboard alone; afterwards the focus is still on the page. */
export async function actByKeys(page: Page, action: string, fields: Readonly<Record<string, Typed>> = {}): Promise<void> {
  const button = page.locator(`.actions [data-action="${action}"]`);
  await button.waitFor({ state: 'attached' }).catch(async () => { throw new Error(`${action} is not offered: ${await page.locator('main').innerText()}`); });
  if (!(await button.isVisible())) await enter(page, page.locator('.more-actions > summary').first());
  await enter(page, button);
  await page.locator('.action-form').waitFor();
  await fillByKeys(page, fields);
  await sendByKeys(page);
}

export async function fillByKeys(page: Page, fields: Readonly<Record<string, Typed>>): Promise<void> {
  const form = page.locator('form.action-form');
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`);
    if (typeof value === 'boolean') await tick(page, field, value);
    else if (value instanceof Date) {
      await go(page, field);
      await typeTime(page, field, value);
    } else if (typeof value === 'object') await chooseItem(page, form.locator(`.field:has(input[type=hidden][name="${name}"])`), value.ci);
    else if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
      await field.locator('option', { hasText: value }).first().waitFor({ state: 'attached' });
      await go(page, field);
      await choose(page, field, value);
    } else await write(page, field, value);
  }
}

/** Typing the whole name is enough once the register has answered. */
async function chooseItem(page: Page, field: Locator, name: string): Promise<void> {
  await write(page, field.locator('input[list]'), name);
  await expect.poll(() => field.locator('input[type=hidden]').inputValue()).not.toBe('');
}

/** Sends the open form; what the server refuses fails the test with its words. */
export async function sendByKeys(page: Page): Promise<void> {
  const form = page.locator('form.action-form');
  const refused = form.locator('.refusal').first();
  // What was refused before stands there until the next answer.
  const before = await refused.isVisible();
  await enter(page, form.locator('button[type=submit]'));
  const closed = form.waitFor({ state: 'detached' });
  await (before ? closed : Promise.race([closed, refused.waitFor().catch(() => {})]));
  if (await refused.isVisible()) throw new Error((await form.locator('.refusal').allInnerTexts()).join(' '));
  await expectFocus(page);
}
