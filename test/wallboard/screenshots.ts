import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';
import { demoSignIns } from '../../server/src/seed/demo.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { ADMIN_SCENES, CUSTOMER_SCENES, INCIDENT_SCENES, PROCESS_SCENES, README_PICTURES, type Scene } from '../support/picture-scenes.ts';
import { smallPicture } from '../support/small-picture.ts';
import { startProcess } from '../support/start-process.ts';
import { until } from '../support/until.ts';

/**
 * Takes pictures of the real demo: `node --import tsx test/wallboard/screenshots.ts [--at=ADDRESS] [--into=FOLDER]`.
 * Without the address of a running demo it starts one of its own and ends it; without a folder it renews the README's pictures,
 * with one it takes every page in both languages. `--only=change,cmdb`, `--theme=light`, `--width`, `--height` narrow or vary that.
 */
const README_FOLDER = join(PROJECT_DIRECTORY, 'wallboard', 'docs');
const LARGEST = 250_000;
const LOCALES = [['zh', 'zh-CN'], ['en', 'en']] as const;

type Locale = (typeof LOCALES)[number];

interface Wanted {
  readonly folder: string;
  readonly theme: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly scenes: (locale: Locale) => readonly Scene[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    at: { type: 'string' }, into: { type: 'string' }, only: { type: 'string' }, theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '1920' }, height: { type: 'string', default: '1080' },
  } });
  const only = values.only?.split(',');
  const all = [...INCIDENT_SCENES, ...CUSTOMER_SCENES, ...ADMIN_SCENES, ...PROCESS_SCENES].filter(({ name }) => only?.includes(name) ?? true);
  const wanted: Wanted = {
    folder: values.into ?? README_FOLDER, theme: values.theme, viewport: { width: Number(values.width), height: Number(values.height) },
    scenes: ([short]) => (values.into === undefined ? all.filter(({ name }) => README_PICTURES.has(`${name}-${short}`)) : all),
  };
  mkdirSync(wanted.folder, { recursive: true });
  const demo = values.at === undefined ? await ownDemo() : { url: values.at, end: async () => undefined };
  const browser = await openBrowser();
  try {
    const failed: string[] = [];
    for (const locale of LOCALES) failed.push(...await takeAll(browser, demo.url, { locale, wanted }));
    if (failed.length > 0) throw new Error(`Not taken:\n${failed.join('\n')}`);
  } finally {
    await browser.close();
    await demo.end();
  }
}

/** Those of one person share a page; answers what went wrong, so that one bad page does not hide the others. */
async function takeAll(browser: Browser, url: string, { locale, wanted }: { readonly locale: Locale; readonly wanted: Wanted }): Promise<string[]> {
  const failed: string[] = [];
  for (const [person, scenes] of Map.groupBy(wanted.scenes(locale), (scene) => scene.person ?? 'service.manager')) {
    const page = await openPage(browser, { locale: locale[1], viewport: wanted.viewport });
    await page.addInitScript(`localStorage.setItem('watchfloor.theme', '${wanted.theme}')`);
    await signIn(page, url, person);
    for (const scene of scenes) {
      const name = `${scene.name}-${locale[0]}-1080.png`;
      await takeScene(page, url, { scene, path: join(wanted.folder, name) }).catch((error: unknown) => failed.push(`${name}: ${String(error)}`));
    }
    await page.context().close();
  }
  return failed;
}

async function takeScene(page: Page, url: string, { scene, path }: { readonly scene: Scene; readonly path: string }): Promise<void> {
  const address = typeof scene.path === 'string' ? scene.path : await scene.path(async (query) => askAt(page, url, query));
  await page.goto(url + address);
  await page.locator(scene.ready).first().waitFor();
  await page.waitForLoadState('networkidle');
  await scene.before?.(page);
  await page.evaluate(() => document.fonts.ready);
  const picture = await smallPicture(page, await page.screenshot({ animations: 'disabled' }));
  writeFileSync(path, picture);
  console.log(`${path} ${Math.round(picture.length / 1000)} kB`);
  if (path.startsWith(README_FOLDER) && picture.length > LARGEST) throw new Error(`${picture.length} bytes; pictures of the README stay below ${LARGEST}.`);
}

async function signIn(page: Page, url: string, person: string): Promise<void> {
  const { email, password } = demoSignIns.find((one) => one.email.startsWith(`${person}@`)) ?? demoSignIns[0]!;
  await page.request.post(`${url}/graphql`, { data: { query: 'mutation In($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }', variables: { input: { email, password } } } });
}

async function askAt<Answer>(page: Page, url: string, query: string): Promise<Answer> {
  const answer = await page.request.post(`${url}/graphql`, { data: { query } });
  const { data, errors } = await answer.json() as { data: Answer | null; errors?: unknown };
  if (data === null || data === undefined || errors !== undefined) throw new Error(`The demo refused ${query}: ${JSON.stringify(errors)}`);
  return data;
}

async function ownDemo(): Promise<{ url: string; end(): Promise<unknown> }> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'watchfloor-pictures-'));
  const demo = startProcess({ dataDirectory, args: [] });
  await until('the demo is loaded', () => demo.child.exitCode !== null || /running at http/.test(demo.said()), 600_000);
  const url = await demo.address();
  return {
    url,
    end: async () => {
      demo.kill('SIGTERM');
      await demo.end();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

await main();
