import type { Browser, Page } from 'playwright-core';
import { demoSignIns } from '../../server/src/seed/demo.ts';
import { violations } from './axe.ts';
import { openPage } from './browser.ts';
import { ADMIN_SCENES, BEGUN_SCENES, CUSTOMER_SCENES, INCIDENT_SCENES, PROCESS_SCENES, type Ask, type Scene } from './picture-scenes.ts';

/** Every page of the demo: those of the pictures, and what nobody takes a picture of. */
export const EVERY_SCENE: readonly Scene[] = [
  { name: 'sign-in', path: '/sign-in', ready: '.sign-in button', person: 'nobody' },
  { name: 'rate', path: '/rate/a-link-that-is-used-up', ready: 'main', person: 'nobody' },
  { name: 'reset', path: '/reset/a-link-that-is-used-up', ready: 'main', person: 'nobody' },
  ...INCIDENT_SCENES, ...PROCESS_SCENES, ...ADMIN_SCENES, ...CUSTOMER_SCENES, ...BEGUN_SCENES,
];

export interface Look {
  readonly locale: 'zh-CN' | 'en';
  readonly theme: 'dark' | 'light';
}

export const EVERY_LOOK: readonly Look[] = [
  { locale: 'zh-CN', theme: 'dark' }, { locale: 'en', theme: 'light' }, { locale: 'zh-CN', theme: 'light' }, { locale: 'en', theme: 'dark' },
];

const SCREENS = [{ width: 3840, height: 2160 }, { width: 1920, height: 1080 }];

/** Walks a running demo page by page; nobody signs in twice. */
export class DemoWalk {
  /** Addresses that were shown. */
  readonly seen: string[] = [];
  private readonly browser: Browser;
  private readonly url: string;
  private readonly pages = new Map<string, Page>();

  constructor(browser: Browser, url: string) {
    this.browser = browser;
    this.url = url;
  }

  /** What is wrong with a page in one look, a line each: what axe-core finds, and what stands out to the right at 4K and 1080p. */
  async faults(scene: Scene, { locale, theme }: Look): Promise<string[]> {
    const page = await this.pageOf(scene.person ?? 'service.manager', { locale, theme });
    await page.goto(this.url + (typeof scene.path === 'string' ? scene.path : await scene.path(this.ask(page))));
    await page.locator(scene.ready).first().waitFor();
    await scene.before?.(page);
    this.seen.push(page.url());
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    const found = [...(await violations(page)), ...(await tooWide(page))];
    const lang = await page.evaluate(() => document.documentElement.lang);
    if (lang !== locale && scene.bilingual !== true) found.push(`says that it is in ${lang}`);
    return found.map((what) => `${scene.name} ${locale} ${theme}: ${what}`);
  }

  private async pageOf(person: string, { locale, theme }: Look): Promise<Page> {
    const key = `${person} ${locale} ${theme}`;
    const kept = this.pages.get(key);
    if (kept !== undefined) return kept;
    const page = await openPage(this.browser, { locale });
    page.setDefaultTimeout(30_000);
    await page.addInitScript(`localStorage.setItem('watchfloor.theme', '${theme}')`);
    const signIn = demoSignIns.find(({ email }) => email.startsWith(`${person}@`));
    if (signIn !== undefined) {
      const input = { email: signIn.email, password: signIn.password };
      await page.request.post(`${this.url}/graphql`, { data: { query: 'mutation In($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }', variables: { input } } });
    }
    this.pages.set(key, page);
    return page;
  }

  private ask(page: Page): Ask {
    return async <Answer>(query: string): Promise<Answer> => {
      const answer = await page.request.post(`${this.url}/graphql`, { data: { query } });
      const { data, errors } = (await answer.json()) as { data: Answer | null; errors?: unknown };
      if (data === null || errors !== undefined) throw new Error(`The demo refused ${query}: ${JSON.stringify(errors)}`);
      return data;
    };
  }
}

/** The smaller screen is set again at the end. */
async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > screen.width) found.push(`${width} px wide on ${screen.width}`);
  }
  return found;
}
