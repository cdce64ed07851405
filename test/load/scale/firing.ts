import { ENTITIES } from '../../../server/src/app/entities.ts';
import { Database } from '../../../server/src/platform/db/database.ts';
import { createOrm } from '../../../server/src/platform/db/orm.ts';
import { cloneId, cloneIncidents } from '../harness/cloned-incidents.ts';
import type { Started } from '../harness/started.ts';
import { clockWorker, type Template } from '../timers/ours.ts';
import { costOf, type Meter } from './cost.ts';
import { removeIncidents } from './fill.ts';
import type { Served, Task } from './tasks.ts';

/** Numbers of the copies of a round: above those of the filling. */
const FROM = 2_000_000;

/** Among all armed clocks so many incidents of which one is due, fired by a worker of this process as fast as it can; for each of them. */
export async function firing(started: Started, { client, url, stories, meter: ofServer }: Served, due: number): Promise<Task> {
  const orm = started.ends(await createOrm(url, ENTITIES, 8), (opened) => opened.close(true));
  const live = new Database(orm);
  // One that nobody works at, and one whose resolution breaches next.
  const ids = stories.open.slice(0, 2).map((id) => cloneId(id, '1')).join(', ');
  // Copies share whatever is no key.
  await client.query(`update ticket set external_number = null where id in (${ids})`);
  const { rows: templates } = await client.query<Template>(`select ticket_id as id, (extract(epoch from due_at) * 1000)::float8 as "dueAt" from timer where ticket_id in (${ids})`);
  const { rows: [own] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const meter: Meter = { ...ofServer, own: new Set([own!.pid]), serverPid: process.pid };
  const each = due / templates.length;
  return {
    name: 'timers, one firing', growth: 'log n',
    measure: async () => {
      for (const { id, dueAt } of templates) await cloneIncidents(client, { templateId: id, from: FROM, to: FROM + each - 1, shiftMs: String(Date.now() - dueAt) });
      const copies = templates.map(({ id }) => `select ${cloneId(id, 'n')} as id from generate_series($1::int, $2::int) n`).join(' union all ');
      const names = (await client.query<{ id: string }>(copies, [FROM, FROM + each - 1])).rows.map(({ id }) => id);
      const waited = new Set(names);
      const { promise, resolve } = Promise.withResolvers<void>();
      const worker = clockWorker(live, (name) => {
        if (waited.delete(name) && waited.size === 0) resolve();
      });
      const cost = await costOf(meter, 1, async () => {
        worker.start();
        await promise;
      });
      await worker.close();
      await removeIncidents(client, names);
      return { postgres: cost.postgres / due, server: cost.server / due, elapsed: cost.elapsed / due };
    },
  };
}
