import type { Actor } from '../../kernel/actor.ts';
import { requirePermission } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Use } from '../../kernel/use.ts';
import type { Em } from '../../platform/db/orm.ts';
import { countUses } from '../../platform/db/uses.ts';

interface Asked {
  readonly id: string;
  readonly now: Instant;
}

// Records and CIs live above customers and services; they are read here because what somebody needs must not go.

/** What still needs a customer: its open records, its agreements that have not ended. */
export async function usesOfCustomer(em: Em, actor: Actor, { id, now }: Asked): Promise<Use[]> {
  requirePermission(actor, 'customer.edit', { customerId: id });
  return countUses(em, `select 'ticket' as kind, number as name from ticket where customer_id = ?::uuid and closed_at is null
    union all select 'agreement', number from agreement where customer_id = ?::uuid and ends_at > ?::timestamptz`, [id, id, toIso(now)]);
}

/** What still needs a service: its open incidents, the agreements that name it and have not ended; and what it rests on. */
export async function usesOfService(em: Em, actor: Actor, { id, now }: Asked): Promise<Use[]> {
  requirePermission(actor, 'agreement.edit');
  return countUses(em, `select 'ticket' as kind, t.number as name from incident i join ticket t on t.id = i.ticket_id where i.service_id = ?::uuid and t.closed_at is null
    union select 'agreement', a.number from agreement_line l join agreement a on a.id = l.agreement_id where l.service_id = ?::uuid and l.ended_at is null and a.ends_at > ?::timestamptz
    union select 'ci', c.name from service s cross join jsonb_array_elements_text(s.ci_ids) used(id) join ci c on c.id = used.id::uuid where s.id = ?::uuid`, [id, id, toIso(now), id]);
}
