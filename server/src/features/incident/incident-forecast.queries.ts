import { toIso, type Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { FORECAST_KINDS, type EndedClocks, type ForecastGroup, type StandingClock } from '../clock/clock-forecast.rules.ts';

/** The newest closed incidents that a forecast looks at: more would hardly change a share, and cost memory in every process. */
const MOST_CLOSED = 20_000;
const KINDS = FORECAST_KINDS.map((kind) => `'${kind}'`).join(', ');

/** Durations of the clocks that ended by being met, late or in time, grouped by all that they may have in common (SLA-11). */
export function endedClocks(em: Em, since: Instant): Promise<EndedClocks[]> {
  return em.execute<EndedClocks[]>(
    `select c.kind, split_part(c.calendar_ref, '@', 1) as "calendarId", i.level, i.category, t.team_id as "teamId",
       jsonb_agg(c.target_ms - c.remaining_ms) as durations
     from (select id, team_id from ticket where kind = 'incident' and closed_at >= ?::timestamptz order by closed_at desc, id limit ${MOST_CLOSED}) t
       join incident i on i.ticket_id = t.id join clock c on c.ticket_id = t.id
     where c.state = 'stopped' and c.outcome = 'met' and c.remaining_ms is not null and c.kind in (${KINDS})
     group by 1, 2, 3, 4, 5`,
    [toIso(since)],
  );
}

/** An open clock that is not breached, with what it is compared by. */
export interface OpenClock extends Omit<ForecastGroup, 'calendarId'>, StandingClock {
  readonly clockId: string;
  readonly ticketId: string;
  readonly calendarRef: string;
  /** Escalation 1 has been raised: by hand, early, or at its threshold. */
  readonly escalated: boolean;
  /** As it was written last; null: none. */
  readonly risk: number | null;
}

/**
 * A page of the open clocks, in order of ticket and clock; it starts after the last one of the page before. The first two
 * conditions are word for word those of the partial index.
 */
export function openClocks(em: Em, after: Pick<OpenClock, 'ticketId' | 'clockId'> | null, limit: number): Promise<OpenClock[]> {
  return em.execute<OpenClock[]>(
    `select c.id as "clockId", c.ticket_id as "ticketId", c.kind, c.state, ${ms('c.due_at')} as "dueAt", c.remaining_ms::float8 as "remainingMs", c.target_ms::float8 as "targetMs",
       c.calendar_ref as "calendarRef", i.level, i.category, t.team_id as "teamId", r.percent as risk,
       c.kind = 'resolution' and exists (select from escalation e where e.ticket_id = t.id and e.step = 'escalation-1') as escalated
     from clock c join ticket t on t.id = c.ticket_id join incident i on i.ticket_id = t.id left join incident_risk r on r.ticket_id = t.id
     where c.state <> 'stopped' and c.kind <> 'handoff' and c.breached_at is null and c.kind in (${KINDS}) and t.closed_at is null${after === null ? '' : ' and (c.ticket_id, c.id) > (?::uuid, ?::uuid)'}
     order by c.ticket_id, c.id limit ?`,
    after === null ? [limit] : [after.ticketId, after.clockId, limit],
  );
}

/** What the forecast of one incident's clocks compares by. */
export interface ForecastFacts extends Pick<ForecastGroup, 'level' | 'category' | 'teamId'> {
  readonly ticketId: string;
}

export function forecastFacts(em: Em, ids: readonly string[]): Promise<ForecastFacts[]> {
  return em.execute<ForecastFacts[]>(
    `select t.id as "ticketId", i.level, i.category, t.team_id as "teamId" from ticket t join incident i on i.ticket_id = t.id where t.id = any(?::uuid[])`, [textArray(ids)],
  );
}

/** Writes the risks that have changed, in one statement and in one order, as several processes may do it at once. */
export async function writeRisks(em: Em, risks: readonly { readonly ticketId: string; readonly percent: number }[]): Promise<void> {
  if (risks.length === 0) return;
  await em.execute(
    `insert into incident_risk (ticket_id, percent)
     select r."ticketId", r.percent from jsonb_to_recordset(?::jsonb) as r ("ticketId" uuid, percent smallint) order by 1
     on conflict (ticket_id) do update set percent = excluded.percent where incident_risk.percent <> excluded.percent`,
    [JSON.stringify(risks)],
  );
}

/** Takes out what is not foretold any more: incidents that have closed, and those of which nothing can be said. */
export async function removeRisks(em: Em, unknown: readonly string[]): Promise<void> {
  await em.execute(
    `delete from incident_risk r where r.ticket_id = any(?::uuid[])
       or not exists (select from clock c where c.ticket_id = r.ticket_id and c.state <> 'stopped' and c.breached_at is null and c.kind in (${KINDS}))`,
    [textArray(unknown)],
  );
}
