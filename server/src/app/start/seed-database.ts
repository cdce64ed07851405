import { migrate } from '../../platform/db/migrate.ts';
import { demoSignIns, loadDemo } from '../../seed/demo.ts';
import { loadEmpty } from '../../seed/empty.ts';
import { seedPolicy } from '../../seed/policy.ts';
import { withSeedDatabase } from '../../seed/seed-connection.ts';
import type { Progress } from './progress.ts';
import { seedOnce, type Seed } from './seeding.ts';

export interface SeedOptions {
  readonly databaseUrl: string;
  readonly seed: Seed;
  readonly progress: Progress;
}

/** Fills an empty database with the demo, or with what real use begins with; answers what it holds, null for an older one. */
export async function seedDatabase({ databaseUrl, seed, progress }: SeedOptions): Promise<Seed | null> {
  const fill = (tell: (state: string) => void) => (seed === 'demo' ? fillWithDemo(databaseUrl, tell) : fillForUse(databaseUrl, progress));
  const { seeded, holds } = await progress.step(
    seed === 'demo' ? 'Demo' : 'Policy',
    (tell) => seedOnce(databaseUrl, { seed, afterClearing: () => migrate(databaseUrl), fill: () => fill(tell), complete: () => withSeedDatabase(databaseUrl, seedPolicy) }),
    (done) => (done.seeded ? 'loaded' : 'kept what is there'),
  );
  return seeded ? seed : holds;
}

function fillWithDemo(databaseUrl: string, tell: (state: string) => void): Promise<void> {
  return loadDemo({ databaseUrl, onProgress: (done, total, label) => tell(`${label} ${count(done)} of ${count(total)}`) });
}

/** The password is printed before the seeding counts as done: a kill in between prints a second one, but loses none. */
async function fillForUse(databaseUrl: string, progress: Progress): Promise<void> {
  const { email, password } = await loadEmpty({ databaseUrl });
  progress.line(`\n  The administrator is ${email}, password ${password}\n  It is shown this once: note it, then change it.\n`);
}

/** Who may sign in to the demo, one line each. */
export function demoSignInLines(): readonly string[] {
  const width = Math.max(...demoSignIns.map(({ email }) => email.length));
  return demoSignIns.map(({ email, password, role }) => `  ${email.padEnd(width)}  ${password}  ${role}`);
}

function count(n: number): string {
  return n.toLocaleString('en');
}
