/**
 * W15: every page of the demo × two languages × two themes with axe-core, and no horizontal scroll bar at 1080p and 4K:
 * `node --import tsx test/load/every-page.bench.ts --at=ADDRESS-OF-A-RUNNING-DEMO [--only=queue,change] [--looks=2]`. A line for each
 * fault; ends with 1 when there is one, or when a route of the desk has no scene.
 */
import { parseArgs } from 'node:util';
import { openBrowser } from '../support/browser.ts';
import { deskRoutes, routesWithout } from '../support/desk-routes.ts';
import { DemoWalk, EVERY_LOOK, EVERY_SCENE } from '../support/every-page.ts';

const { values } = parseArgs({ options: { at: { type: 'string' }, only: { type: 'string' }, looks: { type: 'string', default: '4' } } });
if (values.at === undefined) throw new Error('Name the address of a running demo: --at=http://127.0.0.1:4000');
const only = values.only?.split(',');
const scenes = EVERY_SCENE.filter(({ name }) => only?.includes(name) ?? true);
const looks = EVERY_LOOK.slice(0, Number(values.looks));
const browser = await openBrowser();
const walk = new DemoWalk(browser, values.at);
const began = performance.now();
let faults = 0;
for (const scene of scenes) {
  for (const look of looks) {
    const found = await walk.faults(scene, look).catch((error: unknown) => [`${scene.name} ${look.locale} ${look.theme}: not shown: ${String(error).split('\n')[0]}`]);
    faults += found.length;
    for (const line of found) console.log(line);
  }
}
await browser.close();
const missing = only === undefined ? routesWithout(walk.seen, deskRoutes()) : [];
console.log(`${scenes.length} scenes in ${looks.length} looks: ${faults} faults, in ${((performance.now() - began) / 1000).toFixed(0)} s${missing.length > 0 ? `; no scene shows ${missing.join(', ')}` : ''}`);
if (faults > 0) process.exitCode = 1;
