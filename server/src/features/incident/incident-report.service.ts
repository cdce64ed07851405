import type { Actor } from '../../kernel/actor.ts';
import { may } from '../../kernel/actor.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Em } from '../../platform/db/orm.ts';
import { calendarsFor } from '../calendar/calendar.service.ts';
import type { Level } from '../service-level/service-level.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { FAULT_REPORT, faultReportOf, type FaultReport } from './incident-report.rules.ts';

interface ReportRow {
  readonly id: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly highestLevel: Level;
  readonly closureCode: string | null;
  readonly solvedAt: Instant | null;
  readonly attachedAt: Instant | null;
}

const ROWS = `
select t.id, t.customer_id as "customerId", t.team_id as "teamId", i.highest_level as "highestLevel", i.closure_code as "closureCode",
  (extract(epoch from coalesce((select max(s.from_at) from ticket_span s where s.ticket_id = t.id and s.state = 'awaiting-feedback'), t.closed_at)) * 1000)::float8 as "solvedAt",
  (extract(epoch from (select min(a.recorded_at) from attachment a where a.ticket_id = t.id and a.paper = '${FAULT_REPORT}')) * 1000)::float8 as "attachedAt"
from ticket t join incident i on i.ticket_id = t.id`;

/** INC-16: the fault report of one incident; null when it owes none. In the working days of the customer's 5×8 calendar. */
export async function faultReport(database: Database, id: string): Promise<FaultReport | null> {
  const rows = await database.em.execute<ReportRow[]>(`${ROWS} where t.id = ?`, [id]);
  const row = rows[0];
  return row ? judge(database, database.em, row) : null;
}

/** Incidents that owe a fault report, longest due first; those of the last 400 days that the actor may see, at most `first`. */
export async function faultReportsOwed(database: Database, actor: Actor, first: number): Promise<{ id: string; report: FaultReport }[]> {
  const { em } = database;
  const now = await database.time.read(em);
  const { policies } = await policiesAt(database, em, now);
  const rows = await em.execute<ReportRow[]>(
    `${ROWS} where i.highest_level = any(?::text[]) and t.external_source is null and t.opened_at > to_timestamp(?) - interval '400 days'
       and not exists (select from attachment a where a.ticket_id = t.id and a.paper = '${FAULT_REPORT}') order by t.opened_at, t.id limit 1000`,
    [`{${policies['fault-report'].levels.join(',')}}`, now / 1000],
  );
  const judged = await Promise.all(rows.filter((row) => may(actor, 'incident.read', row)).map(async ({ id, ...row }) => ({ id, report: await judge(database, em, { id, ...row }) })));
  return judged.flatMap(({ id, report }) => (report ? [{ id, report }] : [])).toSorted((a, b) => a.report.dueAt - b.report.dueAt || (a.id < b.id ? -1 : 1)).slice(0, first);
}

async function judge(database: Database, em: Em, row: ReportRow): Promise<FaultReport | null> {
  const now = await database.time.read(em);
  const { policies } = await policiesAt(database, em, now);
  const calendars = await calendarsFor(database, em);
  const office = calendars.idByKey['5x8'];
  if (office === undefined) return null;
  const counts = row.closureCode === null || (policies.intake.closureCodes.find(({ key }) => key === row.closureCode)?.countsForAttainment ?? true);
  return faultReportOf({ ...row, counts }, policies['fault-report'], calendars.resolve(calendars.refFor(office, row.customerId)), now);
}
