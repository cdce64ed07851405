import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres } from '../../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../../server/src/platform/db/migrate.ts';
import type { Started } from './started.ts';

/** A migrated database on a PostgreSQL of its own; answers its address. */
export async function benchDatabase(started: Started, settings: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = started.ends(mkdtempSync(join(tmpdir(), 'watchfloor-bench-')), (path) => rmSync(path, { recursive: true, force: true }));
  const postgres = started.ends(await launchPostgres({ dataDirectory: folder, settings }), (running) => running.stop());
  await migrate(postgres.url);
  return postgres.url;
}
