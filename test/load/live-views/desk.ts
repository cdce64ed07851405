import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { SYSTEM } from '../../../server/src/kernel/actor.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { newId } from '../../../server/src/platform/time/new-id.ts';
import type { PlainDesk } from '../../support/plain-desk.ts';

const COMMITS_A_SECOND = 50;

/** So many open incidents, written some hundred at a time. */
export async function openIncidents(desk: PlainDesk, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (let from = 0; from < count; from += 250) {
    await desk.database.change(SYSTEM('bench'), async (change) => {
      for (const id of ids.slice(from, from + 250)) await desk.add(change, id);
    });
  }
  return ids;
}

/** Who hears of changes, and by when they were made. */
export interface Told {
  /** Just before the events are appended and COMMIT is sent. */
  changed(id: string, version: number, at: number): void;
}

/** Changes every incident once a second: 50 commits, each of a fiftieth of them. Answers how many commits there were. */
export async function changeAll(desk: PlainDesk, ids: readonly string[], milliseconds: number, told: Told): Promise<number> {
  const rows = ids.length / COMMITS_A_SECOND;
  const running = new Set<Promise<unknown>>();
  const began = performance.now();
  let commits = 0;
  for (; performance.now() - began < milliseconds; commits += 1) {
    const early = began + (commits * 1000) / COMMITS_A_SECOND - performance.now();
    if (early > 0) await wait(early);
    // A desk does not pile up what it cannot write.
    while (running.size >= 4) await Promise.race(running);
    const from = (commits % COMMITS_A_SECOND) * rows;
    const one: Promise<unknown> = changeSome(desk.database, desk, ids.slice(from, from + rows), told).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  return commits;
}

async function changeSome(database: Database, desk: PlainDesk, ids: readonly string[], told: Told): Promise<void> {
  await database.change(SYSTEM('bench'), async ({ em, emit, now }) => {
    const rows = await em.execute<{ id: string; version: number }[]>(
      'update ticket set version = version + 1, title = ? || version where id = any(?::uuid[]) returning id, version', ['Turn ', `{${ids.join(',')}}`],
    );
    const occurredAt = await now();
    for (const { id, version } of rows) {
      emit({ type: 'incident.logged', subjectKind: 'incident', subjectId: id, ticketId: id, occurredAt, customerId: desk.customers.acme, teamIds: [desk.teams.net], after: { version } });
      told.changed(id, version, performance.now());
    }
  });
}
