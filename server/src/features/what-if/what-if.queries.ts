import type { Instant } from '../../kernel/instant.ts';
import { ms } from '../../platform/db/ms.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import type { ClockBook } from '../clock/clock-book.rules.ts';
import type { ClockFactRow, ClockFiringRow, ClockRow } from '../clock/clock.entity.ts';
import type { Level } from '../service-level/service-level.rules.ts';

/** An open incident with what its clocks are planned by. */
export interface OpenIncident {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly customerId: string;
  readonly customer: string;
  readonly level: Level;
  readonly onSiteNeeded: boolean | null;
  readonly reportedAt: Instant;
  readonly lastEventAt: Instant;
  readonly agreementId: string | null;
  readonly agreementLineId: string | null;
  readonly waitingHandoffId: string | null;
}

/** Open incidents by id, a batch after `after`; with an agreement only its own. */
export async function openIncidents(em: Em, { after, limit, agreementId }: { after: string; limit: number; agreementId: string | null }): Promise<OpenIncident[]> {
  return em.execute<OpenIncident[]>(
    `select t.id, t.number, t.title, t.customer_id as "customerId", c.name as customer, i.level, i.on_site_needed as "onSiteNeeded", ${ms('i.reported_at')} as "reportedAt",
       ${ms('t.last_event_at')} as "lastEventAt", i.agreement_id as "agreementId", i.agreement_line_id as "agreementLineId",
       (select h.id from handoff h where h.ticket_id = t.id and h.state = 'waiting' order by h.requested_at, h.id limit 1) as "waitingHandoffId"
     from ticket t join incident i on i.ticket_id = t.id join customer c on c.id = t.customer_id
     where t.kind = 'incident' and t.closed_at is null and (? = '' or t.id > nullif(?, '')::uuid) and (? = '' or i.agreement_id = nullif(?, '')::uuid)
     order by t.id limit ?`,
    [after, after, agreementId ?? '', agreementId ?? '', limit],
  );
}

export async function countOpenIncidents(em: Em, agreementId: string | null): Promise<number> {
  const rows = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from ticket t join incident i on i.ticket_id = t.id
     where t.kind = 'incident' and t.closed_at is null and (? = '' or i.agreement_id = nullif(?, '')::uuid)`,
    [agreementId ?? '', agreementId ?? ''],
  );
  return rows[0]?.count ?? 0;
}

const FACTS = `select id, ticket_id as "ticketId", kinds, subject_id as "subjectId", seq, ${ms('at')} as at, ${ms('known_at')} as "knownAt", body,
  ${ms('withdrawn_at')} as "withdrawnAt", withdrawn_reason as "withdrawnReason" from clock_fact where ticket_id = any(?::uuid[]) order by ticket_id, seq`;
const CLOCKS = `select id, ticket_id as "ticketId", kind, subject_id as "subjectId", state, outcome, ${ms('start_at')} as "startAt", ${ms('due_at')} as "dueAt", target_ms::float8 as "targetMs",
  remaining_ms::float8 as "remainingMs", ${ms('breached_at')} as "breachedAt", ${ms('announced_at')} as "announcedAt", breach_team_id as "breachTeamId", breach_holder_id as "breachHolderId",
  ${ms('met_at')} as "metAt", misses, calendar_ref as "calendarRef", calendar_version as "calendarVersion", policy, candidates, ${ms('next_at')} as "nextAt"
  from clock where ticket_id = any(?::uuid[]) order by ticket_id, id`;
const FIRINGS = `select id, clock_id as "clockId", ticket_id as "ticketId", step, occurrence, ${ms('at')} as at, ${ms('fired_at')} as "firedAt", late, mark,
  ${ms('withdrawn_at')} as "withdrawnAt", withdrawn_reason as "withdrawnReason" from clock_firing where ticket_id = any(?::uuid[]) order by ticket_id, id`;

/** The clocks of those tickets with their history, as plain values that nobody saves. */
export async function booksOf(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, ClockBook>> {
  const wanted = [textArray(ids)];
  const facts = Map.groupBy(await em.execute<ClockFactRow[]>(FACTS, wanted), ({ ticketId }) => ticketId);
  const clocks = Map.groupBy(await em.execute<ClockRow[]>(CLOCKS, wanted), ({ ticketId }) => ticketId);
  const firings = Map.groupBy(await em.execute<ClockFiringRow[]>(FIRINGS, wanted), ({ ticketId }) => ticketId);
  return new Map(ids.map((ticketId) => [ticketId, { ticketId, facts: facts.get(ticketId) ?? [], clocks: clocks.get(ticketId) ?? [], firings: firings.get(ticketId) ?? [] }]));
}
