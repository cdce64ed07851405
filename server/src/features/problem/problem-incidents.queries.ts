import type { Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';

/** What a problem needs to know of an incident that it looks into. Incidents are read here and nowhere else in this feature, never written. */
export interface IncidentFacts {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly teamId: string | null;
  readonly description: string;
  readonly technicalClass: string;
  readonly symptom: string | null;
  /** The most severe confirmed level in its life (D-42). */
  readonly highestLevel: string;
  readonly serviceDeliveryManagerId: string | null;
  readonly openedAt: Instant;
}

/** Locks the incident's row, so that two who open a problem for it come one after the other (D-42). Null when there is none. */
export async function lockIncident(em: Em, incidentId: string): Promise<IncidentFacts | null> {
  const locked = await em.execute<unknown[]>(`select id from ticket where id = ? and kind = 'incident' for update`, [incidentId]);
  return locked.length === 0 ? null : (await incidentFacts(em, [incidentId]))[0] ?? null;
}

export async function incidentFacts(em: Em, ids: readonly string[]): Promise<IncidentFacts[]> {
  return em.execute<IncidentFacts[]>(
    `select t.id, t.number, t.customer_id as "customerId", t.team_id as "teamId", i.description, i.technical_class as "technicalClass", i.symptom,
       i.highest_level as "highestLevel", a.service_delivery_manager_id as "serviceDeliveryManagerId", (extract(epoch from t.opened_at) * 1000)::float8 as "openedAt"
     from ticket t join incident i on i.ticket_id = t.id left join agreement a on a.id = i.agreement_id where t.id = any(?::uuid[]) order by t.id`,
    [`{${ids.join(',')}}`],
  );
}

/** The open problem that looks into an incident; there is at most one (D-42). */
export async function openProblemOf(em: Em, incidentId: string): Promise<{ id: string; number: string } | null> {
  const rows = await em.execute<{ id: string; number: string }[]>(
    `select t.id, t.number from ticket_link l join ticket t on t.id = l.from_id
     where l.to_id = ? and l.kind = 'problem-of' and t.kind = 'problem' and t.closed_at is null order by t.id limit 1`, [incidentId],
  );
  return rows[0] ?? null;
}
