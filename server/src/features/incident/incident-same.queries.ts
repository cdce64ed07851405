import type { Actor } from '../../kernel/actor.ts';
import type { Em } from '../../platform/db/orm.ts';
import { incidentsById } from './incident.queries.ts';
import type { Incident } from './incident.types.ts';

export interface SameQuery {
  readonly customerId: string;
  readonly source?: string | null;
  readonly ciId?: string | null;
  readonly symptom?: string | null;
}

/** More than this is no help at intake. */
const MOST = 10;

/**
 * INC-15 同一事件: the open incidents of the same customer that agree in everything given of source, CI and symptom.
 * Without a CI or symptom nothing is the same. Oldest first: new reports attach to the first one.
 */
export async function sameIncidents(em: Em, actor: Actor, { customerId, source, ciId, symptom }: SameQuery): Promise<Incident[]> {
  if (!ciId && !symptom?.trim()) return [];
  const rows = await em.execute<{ id: string }[]>(
    `select t.id from ticket t join incident i on i.ticket_id = t.id
     where t.customer_id = ?::uuid and t.closed_at is null and t.kind = 'incident'
       and (?::text is null or lower(i.source) = lower(?::text))
       and (?::uuid is null or exists (select 1 from ticket_ci c where c.ticket_id = t.id and c.ci_id = ?::uuid))
       and (?::text is null or lower(i.symptom) = lower(?::text))
     order by t.opened_at, t.id limit ${MOST}`,
    [customerId, source?.trim() || null, source?.trim() || null, ciId ?? null, ciId ?? null, symptom?.trim() || null, symptom?.trim() || null],
  );
  const found = await incidentsById(em, actor, rows.map(({ id }) => id));
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
