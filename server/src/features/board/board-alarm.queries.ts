import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import type { Board } from './board.entity.ts';
import { boardScope, type AlarmLine } from './board.queries.ts';
import { withinScope } from './open-incidents.queries.ts';
import type { VisibleScope } from './visible-scope.rules.ts';

/** More incidents than these ring on no board that a person silences with one key. */
const MOST_AT_ONCE = 1000;
const MOST_LISTED = 50;

const RINGING = `(exists (select from alarm a where a.ticket_id = n.ticket_id and a.acknowledged_at is null and a.ended_at is null)
  or exists (select from escalation e where e.ticket_id = n.ticket_id and e.acknowledged_at is null))`;

/** Incidents of a board that ring, in the order in which they are locked. */
export async function ringingIncidents(em: Em, board: Board, scope: VisibleScope): Promise<string[]> {
  const { sql, parameters } = boardScope(board, scope);
  const rows = await em.execute<{ id: string }[]>(
    `select n.ticket_id as id from open_incident n where (${sql}) and ${RINGING} order by n.ticket_id limit ${MOST_AT_ONCE}`, [...parameters],
  );
  return rows.map(({ id }) => id);
}

/** The incident of an alarm or of that id, if the actor may see it. */
export async function alarmIncident(em: Em, scope: VisibleScope, { alarmId, incidentId }: { readonly alarmId: string | null; readonly incidentId: string | null }): Promise<string | null> {
  const { sql, parameters } = withinScope(scope);
  const rows = await em.execute<{ id: string }[]>(
    `select t.id from ticket t where t.kind = 'incident' and (${sql})
     and t.id = coalesce(?::uuid, (select ticket_id from alarm where id = ?::uuid), (select ticket_id from escalation where id = ?::uuid))`,
    [...parameters, incidentId, alarmId, alarmId],
  );
  return rows[0]?.id ?? null;
}

/** Everything that rings for somebody, the sounding ones first, the newest first. */
export async function ringingList(em: Em, scope: VisibleScope): Promise<{ count: number; alarms: AlarmLine[] }> {
  const { sql, parameters } = withinScope(scope);
  const rows = await em.execute<(AlarmLine & { count: number })[]>(
    `with ringing as (
       select id, kind, clock as detail, '[]'::jsonb as told, false as early, ticket_id, raised_at from alarm where acknowledged_at is null and ended_at is null
       union all select id, 'escalated', step, addressees, early, ticket_id, fired_at from escalation where acknowledged_at is null
     )
     select r.id, r.kind, r.detail, r.told as "to", r.early, t.id as "incidentId", t.number, t.title, i.level, cu.name as customer, ${ms('r.raised_at')} as "raisedAt",
       null as "acknowledgedBy", null::float8 as "acknowledgedAt", count(*) over ()::int as count
     from ringing r join ticket t on t.id = r.ticket_id join incident i on i.ticket_id = t.id join customer cu on cu.id = t.customer_id
     where t.closed_at is null and (${sql}) order by r.kind = 'escalated', r.raised_at desc, r.id limit ${MOST_LISTED}`,
    [...parameters],
  );
  return { count: rows[0]?.count ?? 0, alarms: rows.map(({ count: _all, ...line }) => line) };
}
