import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPostgres } from '../../../server/src/platform/db/embedded/launch-postgres.ts';
import { migrate } from '../../../server/src/platform/db/migrate.ts';
import { onServer, urlOf } from '../../support/on-server.ts';
import type { Started } from '../harness/started.ts';
import { parentOf } from '../processes/family.ts';
import { fill } from './fill.ts';
import { tellStories, type Stories } from './stories.ts';

/** How many incidents a desk has ever had, and how many of them are open. */
export interface DeskSize {
  readonly incidents: number;
  readonly open: number;
}

/** A database of that size. */
export interface FilledDesk extends DeskSize {
  readonly url: string;
  readonly stories: Stories;
}

/** Filled databases on one PostgreSQL, whose process is `postmaster`. */
export interface FilledDesks {
  readonly desks: readonly FilledDesk[];
  readonly postmaster: number;
}

/** Only while rows are made: nothing of it survives a crash, and nothing has to. */
const FILLING = {
  fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '8GB', autovacuum: 'off',
  shared_buffers: '2GB', maintenance_work_mem: '1GB', checkpoint_timeout: '1h',
};
/** As installed, but nobody cleans up in the middle of a measurement. */
const MEASURING = { autovacuum: 'off' };
/** The next timers of open incidents are due from three hours after the filling. */
const GOOD_FOR_MS = 2 * 3_600_000;

interface Note {
  readonly filledAt: number;
  readonly stories: Stories;
  readonly sizes: readonly DeskSize[];
}

/**
 * A database for each size. With `SCALE_FOLDER` they are kept in that folder and used again for two hours; otherwise they
 * go when the measurement ends.
 */
export async function filledDesks(started: Started, sizes: readonly DeskSize[], say: (line: string) => void): Promise<FilledDesks> {
  const kept = process.env['SCALE_FOLDER'];
  const folder = kept ?? started.ends(mkdtempSync(join(tmpdir(), 'watchfloor-bench-')), (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  const file = join(folder, 'filled.json');
  const note = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Note) : await fillAll(folder, sizes, say);
  if (Date.now() - note.filledAt > GOOD_FOR_MS) throw new Error(`What is in ${folder} was filled more than two hours ago: its timers are due. Delete it.`);
  const missing = sizes.find((size) => !note.sizes.some((one) => nameOf(one) === nameOf(size)));
  if (missing) throw new Error(`${folder} has no desk of ${missing.incidents} incidents with ${missing.open} open. Delete it.`);
  writeFileSync(file, JSON.stringify(note));
  const postgres = started.ends(await launchPostgres({ dataDirectory: folder, settings: MEASURING }), (running) => running.stop());
  const desks = sizes.map((size) => ({ ...size, url: urlOf(postgres.url, nameOf(size)), stories: note.stories }));
  for (const { url } of desks) await migrate(url);
  // Whatever answers us is a child of the process that accepts connections.
  const postmaster = await onServer(postgres.url, async (client) => parentOf((await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid));
  return { desks, postmaster };
}

async function fillAll(folder: string, sizes: readonly DeskSize[], say: (line: string) => void): Promise<Note> {
  const postgres = await launchPostgres({ dataDirectory: folder, settings: FILLING });
  try {
    await migrate(postgres.url);
    const stories = await tellStories(postgres.url);
    const filledAt = Date.now();
    for (const size of sizes) {
      const began = performance.now();
      const name = nameOf(size);
      await onServer(urlOf(postgres.url, 'postgres'), (client) => client.query(`create database ${name} template watchfloor`));
      const url = urlOf(postgres.url, name);
      await fill(url, stories, { ...size, filledAt });
      say(`filled ${size.incidents} incidents, ${size.open} open, in ${((performance.now() - began) / 1000).toFixed(0)} s: ${await bytesOf(url)}`);
    }
    return { filledAt, stories, sizes };
  } finally {
    await postgres.stop();
  }
}

function nameOf({ incidents, open }: DeskSize): string {
  return `desk_${incidents}_${open}`;
}

async function bytesOf(url: string): Promise<string> {
  return onServer(url, async (client) => (await client.query<{ bytes: string }>('select pg_size_pretty(pg_database_size(current_database())) as bytes')).rows[0]!.bytes);
}
