import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';
import { demoSignIns } from '../../server/src/seed/demo.ts';
import { openBrowser, openPage } from '../support/browser.ts';
import { smallPicture } from '../support/small-picture.ts';
import { startProcess } from '../support/start-process.ts';
import { until } from '../support/until.ts';

/**
 * Takes the pictures of the README from the real demo: `node --import tsx test/wallboard/screenshots.ts [address]`.
 * Without the address of a running demo it starts one of its own and ends it.
 */
const FOLDER = join(PROJECT_DIRECTORY, 'wallboard', 'docs');
const LARGEST = 400_000;
const LOCALES = [['zh', 'zh-CN'], ['en', 'en']] as const;

async function main(given: string | undefined): Promise<void> {
  const demo = given === undefined ? await ownDemo() : { url: given, end: async () => undefined };
  const browser = await openBrowser();
  try {
    for (const locale of LOCALES) await takeAll(browser, demo.url, locale);
  } finally {
    await browser.close();
    await demo.end();
  }
}

async function takeAll(browser: Browser, url: string, [short, locale]: (typeof LOCALES)[number]): Promise<void> {
  const page = await openPage(browser, { locale });
  await signIn(page, url);
  await page.goto(`${url}/board?lang=${locale}`);
  await page.locator('.row .clock-figure').first().waitFor();
  await take(page, `board-${short}-1080.png`);
  await page.goto(`${url}/queue`);
  await page.locator('.grid-row .cell-title b').first().waitFor();
  await page.waitForLoadState('networkidle');
  await take(page, `queue-${short}-1080.png`);
  await page.goto(`${url}/incident/${await tellingIncident(page)}`);
  await page.locator('.timeline li').first().waitFor();
  // The clock with the longest arithmetic.
  const rows = await page.locator('.clock-card').evaluateAll((cards) => cards.map((card) => card.querySelectorAll('tbody tr').length));
  await page.locator('.clock-card summary').nth(rows.indexOf(Math.max(...rows))).click();
  await take(page, `ticket-${short}-1080.png`);
  await page.context().close();
}

async function signIn(page: Page, url: string): Promise<void> {
  const { email, password } = demoSignIns.find((one) => one.email.startsWith('service.manager')) ?? demoSignIns[0]!;
  await ask(page, `${url}/graphql`, 'mutation In($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }', { input: { email, password } });
}

/** An incident that shows much: open, suspended or handed over before, and talked about. */
async function tellingIncident(page: Page): Promise<string> {
  const query = `{ incidents(first: 100, filter: { openOnly: true }) { edges { node { number pendingTotalSeconds handoffs { id } workLog { id } escalations { id } suspensions { id } } } } }`;
  const { data } = (await ask(page, `${new URL(page.url()).origin}/graphql`, query)) as { data: { incidents: { edges: { node: Telling }[] } } };
  const worth = (node: Telling): number => 2 * Math.min(2, node.handoffs.length) + 2 * Math.min(2, node.suspensions.length) + Math.min(3, node.workLog.length) + Math.min(1, node.escalations.length);
  const best = data.incidents.edges.map(({ node }) => node).toSorted((a, b) => worth(b) - worth(a) || a.number.localeCompare(b.number))[0];
  if (!best) throw new Error('The demo has no open incident.');
  return best.number;
}

interface Telling {
  readonly number: string;
  readonly handoffs: readonly unknown[];
  readonly workLog: readonly unknown[];
  readonly escalations: readonly unknown[];
  readonly suspensions: readonly unknown[];
}

async function ask(page: Page, address: string, query: string, variables: object = {}): Promise<unknown> {
  const answer = await page.request.post(address, { data: { query, variables } });
  return answer.json();
}

async function take(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const picture = await smallPicture(page, await page.screenshot({ animations: 'disabled' }));
  writeFileSync(join(FOLDER, name), picture);
  console.log(`${name} ${Math.round(picture.length / 1000)} kB`);
  if (picture.length > LARGEST) throw new Error(`${name} has ${picture.length} bytes; pictures of the README stay below ${LARGEST}.`);
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

await main(process.argv[2]);
