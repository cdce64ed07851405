import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
];

/** Debian's Chromium, or the one that CHROMIUM_PATH names. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch(howToStart());
}

/** The same with a folder for its cookies, which every tab shares, and a port on which another program may steer it. */
export function openSteeredBrowser(folder: string, port: number): Promise<BrowserContext> {
  const how = howToStart();
  return chromium.launchPersistentContext(folder, { ...how, args: [...how.args, `--remote-debugging-port=${port}`] });
}

function howToStart() {
  // In English whatever the machine speaks, so that time inputs have one order; pages have a language of their own.
  const env = { ...process.env, LANGUAGE: 'en_US', LANG: 'en_US.UTF-8' };
  return { executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium', headless: true, args: FLAGS, env };
}

const FULL_HD = { width: 1920, height: 1080 };

export interface PageOptions {
  readonly locale?: 'zh-CN' | 'en';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A browser of its own, as another person at another desk; in Shanghai. What its scripts throw fails the test that uses it. */
export async function openPage(browser: Browser, { locale = 'zh-CN', viewport = FULL_HD }: PageOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: locale === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai' });
  await context.addInitScript(`localStorage.getItem('watchfloor.locale') ?? localStorage.setItem('watchfloor.locale', '${locale}')`);
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

const MOST_STOPS = 150;

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} is not reached by Tab.`);
}

/** Types into a field that is reached by Tab. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Chooses from a list by its arrow keys. */
export async function choose(page: Page, list: Locator, option: string): Promise<void> {
  await list.locator('option', { hasText: option }).first().waitFor({ state: 'attached' });
  await tabTo(page, list);
  const steps = await list.evaluate((element, wanted) => {
    if (!(element instanceof HTMLSelectElement)) throw new Error('This is no list.');
    const at = [...element.options].findIndex(({ text }) => text.includes(wanted));
    return at - element.selectedIndex;
  }, option);
  for (let step = 0; step < Math.abs(steps); step += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
}

/** Reaches a button by Tab and presses it. */
export async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

/** Types a local time as the browser's English input takes it: month, day, year, hour of twelve, minute, half of the day. */
export async function typeTime(page: Page, field: Locator, at: Date): Promise<void> {
  await tabTo(page, field);
  const shown = new Intl.DateTimeFormat('en-US', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: true,
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => shown.find((one) => one.type === type)?.value ?? '';
  await page.keyboard.type(`${part('month')}${part('day')}${part('year')}`);
  // A year may have six digits: the input waits for more.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(`${part('hour')}${part('minute')}${part('dayPeriod')}`);
}
