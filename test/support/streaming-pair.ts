import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres, type LaunchedPostgres } from '../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../server/src/platform/db/migrate.ts';

export interface StreamingPair {
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  stopReplica(): Promise<void>;
  /** At the same address as before. */
  startReplica(): Promise<void>;
  stop(): Promise<void>;
}

const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** A migrated PostgreSQL and a real streaming replica of it: copied while it stood still, then following its log. */
export async function streamingPair(): Promise<StreamingPair> {
  const folder = mkdtempSync(join(tmpdir(), 'watchfloor-test-pair-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  const places = { primary: join(folder, 'primary'), replica: join(folder, 'replica') };
  const first = await launchPostgres({ dataDirectory: places.primary, settings: QUICK });
  await migrate(first.url);
  await first.stop();
  cpSync(places.primary, places.replica, { recursive: true });
  writeFileSync(join(places.replica, 'cluster', 'standby.signal'), '');
  const primary = await launchPostgres({ dataDirectory: places.primary, settings: QUICK });
  const { hostname, port, username, password } = new URL(primary.url);
  const settings = { ...QUICK, primary_conninfo: `host=${hostname} port=${port} user=${username} password=${password}`, wal_retrieve_retry_interval: '200ms' };
  let replica: LaunchedPostgres | null = await launchPostgres({ dataDirectory: places.replica, settings });
  const stopReplica = async (): Promise<void> => {
    await replica?.stop();
    replica = null;
  };
  return {
    primaryUrl: primary.url, replicaUrl: replica.url, stopReplica,
    startReplica: async () => void (replica = await launchPostgres({ dataDirectory: places.replica, settings })),
    stop: async () => {
      await stopReplica();
      await primary.stop();
      remove();
    },
  };
}
