import type { Client } from 'pg';
import { fireDueClocks } from '../../../server/src/features/incident/incident-timers.service.ts';
import type { TimerHandler } from '../../../server/src/kernel/feature.ts';
import type { Database } from '../../../server/src/platform/db/database.ts';
import { textArray } from '../../../server/src/platform/db/text-array.ts';
import { TimerWorker } from '../../../server/src/platform/jobs/timer-worker.ts';
import { DAY } from '../../../server/src/kernel/instant.ts';
import { cloneId, cloneIncidents } from '../harness/cloned-incidents.ts';
import type { Firing } from './fired.ts';

const MONTH = 30 * DAY;

/** What the clones of an incident are due for: its timer stands at `dueAt`. */
export interface Template {
  readonly id: string;
  readonly dueAt: number;
}

/** The incidents' own handler: clocks judged, firings, events and escalations written, the timer moved on. */
export function realClocks(live: Database, client: Client, templates: readonly Template[]): Firing {
  let used = 1_000_000;
  let armed: readonly string[] = [];
  let worker: TimerWorker | null = null;
  return {
    key: 'ours',
    arm: async (count, firstDue, spreadMs) => {
      const each = count / templates.length;
      const names = new Map<string, number>();
      for (const [index, { id, dueAt }] of templates.entries()) {
        const from = used;
        used += each;
        // The templates take turns, so that every stretch of the second has some of each.
        const offset = `((n - ${from}) * ${templates.length} + ${index}) * ${spreadMs / count}::float8`;
        await setTimer(client, id, dueAt);
        await cloneIncidents(client, { templateId: id, from, to: used - 1, shiftMs: `${firstDue - dueAt} + round(${offset})` });
        // A template that fired would be another one in the next round.
        await setTimer(client, id, dueAt + MONTH);
        const { rows } = await client.query<{ id: string; due: number }>(
          `select ticket_id as id, (extract(epoch from due_at) * 1000)::float8 as due from generate_series($1::int, $2::int) n join timer on ticket_id = ${cloneId(id, 'n')}`, [from, used - 1],
        );
        for (const { id: name, due } of rows) names.set(name, due);
      }
      armed = [...names.keys()];
      return names;
    },
    start: async (fired) => {
      worker = clockWorker(live, fired);
      worker.start();
    },
    stop: async () => {
      await worker?.close();
      // What fired is due again for its next threshold: not in this measurement.
      await client.query(`update timer set due_at = due_at + interval '30 days' where ticket_id = any($1::uuid[])`, [armed]);
    },
    // Of each incident the events of the thresholds that fell due: warned, or breached and escalated.
    effects: async (names) => {
      const { rows } = await client.query<{ id: string; most: number }>(
        `select id, max(times)::int as most from
           (select ticket_id as id, type, payload->'after'->>'clock', payload->'after'->>'step', count(*) as times from event_log
            where ticket_id = any($1::uuid[]) and type in ('clock.warned', 'clock.breached', 'escalation.raised') group by 1, 2, 3, 4) as per group by id`, [names],
      );
      return new Map(rows.map(({ id, most }) => [id, most]));
    },
  };
}

async function setTimer(client: Client, incidentId: string, dueAt: number): Promise<void> {
  await client.query('update timer set due_at = to_timestamp($2::float8 / 1000) where ticket_id = $1', [incidentId, dueAt]);
}

/** A worker that fires the clocks of incidents, and says of which. */
export function clockWorker(live: Database, fired: (name: string) => void): TimerWorker {
  return new TimerWorker(live, [told({ purpose: 'clocks', handle: (_, id) => fireDueClocks(live, id), handleMany: (_, ids) => fireDueClocks(live, ...ids) }, fired)]);
}

/** As the peers': one row for each timer, nothing judged. The same worker, with a handler that only leaves its mark. */
export function bareTimers(live: Database, client: Client): Firing {
  let used = 0;
  let worker: TimerWorker | null = null;
  const handleMany = async (_database: object, ids: readonly string[]): Promise<void> => {
    await live.em.execute(
      `with taken as materialized (select ticket_id, due_at from timer where ticket_id = any(?::uuid[]) and purpose = 'bare' and due_at <= clock_timestamp() for update skip locked),
         gone as (delete from timer using taken where timer.ticket_id = taken.ticket_id and timer.purpose = 'bare')
       insert into bench_effect (contender, name) select 'bare', ticket_id::text from taken`, [textArray(ids)],
    );
  };
  return {
    key: 'ours, bare',
    arm: async (count, firstDue, spreadMs) => {
      const from = used;
      used += count;
      const { rows } = await client.query<{ id: string; due: number }>(
        `insert into timer (ticket_id, purpose, due_at) select md5('bare' || n)::uuid, 'bare', to_timestamp(($3::float8 + round((n - $1) * $4::float8)) / 1000)
         from generate_series($1::int, $2::int) n returning ticket_id as id, (extract(epoch from due_at) * 1000)::float8 as due`, [from, used - 1, firstDue, spreadMs / count],
      );
      return new Map(rows.map(({ id, due }) => [id, due]));
    },
    start: async (fired) => {
      worker = new TimerWorker(live, [told({ purpose: 'bare', handle: (database, id) => handleMany(database, [id]), handleMany }, fired)]);
      worker.start();
    },
    stop: async () => worker?.close(),
    effects: (names) => effectsOf(client, 'bare', names),
  };
}

export async function effectsOf(client: Client, contender: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ name: string; times: number }>(
    'select name, count(*)::int as times from bench_effect where contender = $1 and name = any($2::text[]) group by name', [contender, names],
  );
  return new Map(rows.map(({ name, times }) => [name, times]));
}

function told(handler: TimerHandler, fired: (name: string) => void): TimerHandler {
  return {
    purpose: handler.purpose,
    handle: async (database, id) => {
      await handler.handle(database, id);
      fired(id);
    },
    ...(handler.handleMany ? {
      handleMany: async (database: object, ids: readonly string[]) => {
        await handler.handleMany?.(database, ids);
        for (const id of ids) fired(id);
      },
    } : {}),
  };
}
