import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../../server/src/platform/config.ts';

const ROUTE = /<Route (?:path="([^"]*)"|(index)) element=\{(.*)\} \/>/g;
/** What only leads elsewhere, or is everything that no other route takes. */
const LEADS_ELSEWHERE = /<(Navigate|Elsewhere)\b/;

/** Every address pattern of the desk's and the customers' pages, as the sources have them: `/changes/:number`. */
export function deskRoutes(): string[] {
  const sources = globSync('wallboard/src/{app,pages}/**/*.tsx', { cwd: PROJECT_DIRECTORY }).filter((path) => !/\.test\.|\.fixture\./.test(path))
    .map((path) => readFileSync(join(PROJECT_DIRECTORY, path), 'utf8'));
  const home = new Map(sources.flatMap((text) => [...text.matchAll(/export function (\w+Routes)\b/g)].map(([, name]) => [name!, text] as const)));
  const app = sources.find((text) => text.includes('export function DeskApp('));
  if (app === undefined) throw new Error('Must hold: the desk begins with DeskApp.');
  const found = new Set(routesIn(app, '', home));
  // Customers' people get another set of pages in place of the desk's.
  const customers = home.get('MyRoutes');
  if (customers !== undefined) for (const route of routesIn(customers, '', home)) found.add(route);
  return [...found].toSorted();
}

function routesIn(text: string, base: string, home: ReadonlyMap<string, string>): string[] {
  return [...text.matchAll(ROUTE)].flatMap(([, path = '', , element = '']) => {
    if (path === '*' || LEADS_ELSEWHERE.test(element)) return [];
    const whole = `${base}/${path}`.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, '');
    if (!path.endsWith('/*')) return [whole];
    const below = home.get(/<(\w+Routes)\b/.exec(element)?.[1] ?? '');
    if (below === undefined) throw new Error(`Nothing is known of the routes below ${whole}: ${element}`);
    return routesIn(below, whole.slice(0, -2), home);
  });
}

/** Those patterns that none of the addresses fits. A pattern with the fewest parameters takes an address, as the router does it. */
export function routesWithout(addresses: readonly string[], routes: readonly string[]): string[] {
  const seen = new Set(addresses.map((address) => {
    const { pathname } = new URL(address, 'http://desk');
    return routes.filter((route) => new RegExp(`^${route.replaceAll(/:[^/]+/g, '[^/]+')}$`).test(pathname)).toSorted((a, b) => a.split(':').length - b.split(':').length)[0];
  }));
  return routes.filter((route) => !seen.has(route));
}
