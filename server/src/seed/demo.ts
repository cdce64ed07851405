import { makeDemoChanges } from './demo-changes.ts';
import { makeDemoCustomerStories } from './demo-customer-stories.ts';
import { makeDemoProcesses } from './demo-processes.ts';
import { makeDemoHandovers, makeDemoNotices } from './demo-shifts.ts';
import { DemoStage } from './demo-stage.ts';
import { importDemoCmdb } from './demo-cmdb.ts';
import { makeDemoConfiguration } from './demo-configuration.ts';
import { importDemoIncidents } from './demo-incidents.ts';
import { readDemoLog } from './demo-log.ts';
import { selectDemo } from './demo-selection.ts';
import { liveDemoTouches } from './demo-touches.ts';
import { demoItems, makeDemoWorld } from './demo-world.ts';
import { DEMO_DOMAIN, DEMO_PASSWORD, DEMO_PEOPLE, DEMO_SIGN_IN_WORDS } from './people.ts';
import { seedPolicy } from './policy.ts';
import { withSeedDatabase } from './seed-connection.ts';

export interface DemoLoading {
  /** Migrated and empty. */
  readonly databaseUrl: string;
  readonly onProgress?: (done: number, total: number, label: string) => void;
}

/** Who may sign in to the demo; all with one password. */
export const demoSignIns: readonly { readonly email: string; readonly password: string; readonly role: string }[] = DEMO_PEOPLE.flatMap(({ key, signIn }) =>
  signIn === null ? [] : [{ email: `${signIn}@${DEMO_DOMAIN}`, password: DEMO_PASSWORD, role: DEMO_SIGN_IN_WORDS[key] ?? key }]);

/**
 * Fills an empty database with the demo: a provider with its people and customers, the CIs of `server/data`, and a few
 * thousand incidents of the real log laid into the recent past, some open in every state.
 */
export async function loadDemo({ databaseUrl, onProgress = () => undefined }: DemoLoading): Promise<void> {
  await withSeedDatabase(databaseUrl, async (database) => {
    onProgress(0, 1, 'people and customers');
    await seedPolicy(database);
    const made = await makeDemoWorld(database);
    await importDemoCmdb(database, made);
    await makeDemoConfiguration(database, made);
    const world = { ...made, items: await demoItems(database) };
    const now = await database.now();
    const log = await readDemoLog(now);
    const selection = selectDemo(log);
    // The log's history and the made-up one have nothing to do with each other yet: two hands are quicker than one.
    await Promise.all([
      importDemoIncidents(database, { log, selection, world, now }, (done, total) => onProgress(done, total, 'incidents')),
      makeDemoChanges(await DemoStage.open(database, world, now)),
    ]);
    await liveDemoTouches(database, world);
    await makeDemoProcesses(await DemoStage.open(database, world, now));
    await makeDemoCustomerStories(await DemoStage.open(database, world, now));
    await makeDemoHandovers(await DemoStage.open(database, world, now));
    await makeDemoNotices(database);
  });
}
