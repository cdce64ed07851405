import type { Database } from '../../platform/db/database.ts';
import { policiesAt } from '../service-level/service-level.service.ts';

const SUMS = ['submitted', 'awaiting', 'decided', 'in_time', 'closed', 'begun', 'successful', 'completed_in_window', 'reviewed', 'missed_result', 'caused_incident', 'outage_minutes'];

/** Rows of a month are only added, as differences; folded together they stay few (decisions/0009). Several processes may do it at once. */
export async function foldMonths(database: Database): Promise<void> {
  const total = SUMS.map((name) => `sum(${name})`);
  // One statement: whoever reads beside it sees either all of the old rows or the new ones.
  await database.em.execute(
    `with many as (select month, customer_id, team_id, category from metric_month group by 1, 2, 3, 4 having count(*) > 1),
       held as (select m.id from metric_month m join many x on x.month = m.month and x.customer_id = m.customer_id and x.category = m.category and x.team_id is not distinct from m.team_id
         order by m.id limit 100000 for update of m skip locked),
       gone as (delete from metric_month m using held h where m.id = h.id returning m.*)
     insert into metric_month (month, customer_id, team_id, category, ${SUMS.join(', ')})
     select month, customer_id, team_id, category, ${total.join(', ')} from gone group by 1, 2, 3, 4
     having ${total.map((sum) => `${sum} <> 0`).join(' or ')}`,
  );
}

/** Counts everything again when policy names another zone than the stored months are of (D-12); until then figures are counted from the changes. */
export async function followZone(database: Database): Promise<void> {
  const em = database.em;
  // A server may be up a moment before its first policy is.
  const seeded = await em.execute<{ yes: boolean }[]>(`select exists (select from policy_version where key = 'metrics') as yes`);
  if (!seeded[0]!.yes) return;
  const { policies } = await policiesAt(database, em, await database.now());
  const stored = await em.execute<{ zone: string }[]>('select time_zone as zone from metric_zone where id = 1');
  if (stored[0]?.zone === policies.metrics.timeZone) return;
  await em.transactional(async (inner) => {
    // Counting a million changes takes 14–87 s: longer than a server's statements may.
    await inner.execute(`select set_config('statement_timeout', '0', true)`);
    await inner.execute('select rebuild_metric_months(?)', [policies.metrics.timeZone]);
  });
}

/** How many changes are kept, and what the stored sums say otherwise than the changes themselves: nothing, always (MET-03). */
export async function checkSums(database: Database): Promise<{ readonly changes: number; readonly differences: readonly object[] }> {
  const rows = await database.em.execute<{ n: number }[]>('select count(*)::int as n from metric_change');
  return { changes: rows[0]!.n, differences: await differentMonths(database) };
}

/** At most a hundred of them, each side's row. */
export async function differentMonths(database: Database): Promise<readonly object[]> {
  const added = SUMS.map((name) => `sum(${name}) as ${name}`).join(', ');
  const side = (rows: string): string => `select month, customer_id, team_id, category, ${added} from ${rows} group by 1, 2, 3, 4 having ${SUMS.map((name) => `sum(${name}) <> 0`).join(' or ')}`;
  const stored = side('metric_month');
  const counted = side(`(select c.* from metric_zone z cross join (select f as fact from metric_change_facts() f) f cross join lateral metric_contributions(f.fact, z.time_zone) c) x`);
  return database.em.execute(`(${stored} except ${counted}) union all (${counted} except ${stored}) limit 100`);
}
