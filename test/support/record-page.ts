import type { Locator, Page } from 'playwright-core';
import type { OpenDesk, PersonKey, ProcessPerson } from './browser-desk.ts';

/** A text, an option by part of its label, a tick, or an item of the register by its name. */
export type FieldValue = string | boolean | { readonly ci: string };

/** Brings somebody's browser, one each, to an address. */
export function browsersOf(room: OpenDesk): (person: PersonKey | ProcessPerson, path: string) => Promise<Page> {
  const pages = new Map<string, Page>();
  return async (person, path) => {
    const open = pages.get(person);
    if (open !== undefined) await open.goto(room.server.url + path);
    const page = open ?? (await room.page(person, path));
    pages.set(person, page);
    return page;
  };
}

/** Carries out an action of a record's page by its name: opens its form, fills it in and sends it. What the server refuses fails the test with its words. */
export async function act(page: Page, action: string, fields: Readonly<Record<string, FieldValue>> = {}): Promise<void> {
  await openAction(page, action);
  await fillIn(page.locator('.action-form'), fields);
  await sendForm(page, action);
}

/** Sends the open form and waits until the page has taken the answer. */
export async function sendForm(page: Page, action: string): Promise<void> {
  const form = page.locator('.action-form');
  await form.locator('button[type=submit]').click();
  const refused = form.locator('.refusal').first();
  await Promise.race([form.waitFor({ state: 'detached' }), refused.waitFor()]);
  if (await refused.isVisible()) throw new Error(`${action} was refused: ${(await form.locator('.refusal').allInnerTexts()).join(' ')}`);
}

/** What the server says to an action that it refuses. */
export async function refusalOf(page: Page, action: string, fields: Readonly<Record<string, FieldValue>> = {}): Promise<string> {
  await openAction(page, action);
  const form = page.locator('.action-form');
  await fillIn(form, fields);
  await form.locator('button[type=submit]').click();
  const refused = form.locator('.refusal').first();
  await refused.waitFor();
  const text = await refused.innerText();
  await form.getByRole('button', { name: '取消' }).click();
  return text;
}

async function openAction(page: Page, action: string): Promise<void> {
  const button = page.locator(`.actions [data-action="${action}"]`);
  const offered = await button.waitFor({ state: 'attached' }).then(() => true, () => false);
  if (!offered) throw new Error(`${action} is not offered at ${page.url()}:\n${await page.locator('body').innerText()}`);
  if (!(await button.isVisible())) await page.locator('.more-actions > summary').first().click();
  await button.click();
  await page.locator('.action-form').waitFor();
}

async function fillIn(form: Locator, fields: Readonly<Record<string, FieldValue>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object') await chooseCi(form, name, value.ci);
    else await fill(form.locator(`[name="${name}"]`), value);
  }
}

/** What is typed becomes an item once the list that comes up has it. */
async function chooseCi(form: Locator, name: string, ci: string): Promise<void> {
  const input = form.locator(`.field:has(input[type=hidden][name="${name}"]) input[list]`);
  await input.fill(ci.slice(0, -1));
  await form.locator(`datalist option[value="${ci}"]`).waitFor({ state: 'attached' });
  await input.fill(ci);
}

async function fill(field: Locator, value: string | boolean): Promise<void> {
  if (typeof value === 'boolean') return field.setChecked(value);
  const tag = await field.evaluate((element) => element.tagName);
  if (tag === 'SELECT') {
    await field.locator('option', { hasText: value }).first().waitFor({ state: 'attached' });
    const chosen = await field.locator('option', { hasText: value }).first().getAttribute('value');
    await field.selectOption(chosen ?? value);
    return;
  }
  await field.fill(value);
}

/** Waits until the page shows the text. */
export const see = (page: Page, text: string | RegExp, within = 'main'): Promise<void> => page.locator(within).filter({ hasText: text }).first().waitFor();
