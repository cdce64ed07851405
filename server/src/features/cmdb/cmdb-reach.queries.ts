import type { Actor } from '../../kernel/actor.ts';
import { visibleCustomers } from '../../kernel/actor-guard.ts';
import { toIso, type Instant } from '../../kernel/instant.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';

export interface Reach {
  readonly classes: { class: string; count: number }[];
  readonly services: { id: string; key: string; name: string; nameZh: string; ciIds: string[] }[];
  readonly customers: { id: string; name: string; importance: string; ciCount: number; agreements: string[] }[];
}

interface Reached {
  /** The items asked about; they are not counted among the classes. */
  readonly rootIds: readonly string[];
  readonly ids: readonly string[];
  readonly asOf: Instant | null;
  /** Which agreements are in force. */
  readonly at: Instant;
}

/**
 * What the reached items come to: how many of each class, services of the catalogue that rest on one (AGR-06), customers whose items they are
 * or whose agreement names an item or such a service. One statement, because 100,000 ids are sent once. A customer's people see their own,
 * and of services those that an agreement of theirs names.
 */
export async function reachOf(em: Em, actor: Actor, { rootIds, ids, asOf, at }: Reached): Promise<Reach> {
  const visible = visibleCustomers(actor, 'cmdb.read');
  const [all, customers] = [visible === 'all', textArray(visible === 'all' ? [] : visible)];
  const then = asOf === null ? [] : [toIso(asOf), toIso(asOf)];
  const [reach] = await em.execute<Reach[]>(SQL(asOf === null ? 'l.valid_to is null' : 'l.valid_from <= ? and (l.valid_to is null or l.valid_to > ?)'), [
    textArray([...rootIds, ...ids]), all, customers, textArray(rootIds), toIso(at), toIso(at), ...then, all, customers, all, customers,
  ]);
  return reach ?? { classes: [], services: [], customers: [] };
}

const SQL = (inForce: string): string => `
with reached as materialized (select unnest(?::uuid[]) as id),
item as materialized (select c.id, c.class, c.customer_id from reached join ci c on c.id = reached.id where ? or c.customer_id = any(?::uuid[])),
kind as (select class, count(*)::int as count from item where id <> all(?::uuid[]) group by class),
promise as materialized (
  select a.customer_id, a.number, n.service_id, n.ci_id from agreement_line n join agreement a on a.id = n.agreement_id
  where a.starts_at <= ? and a.ends_at > ? and n.ended_at is null),
rests as materialized (select l.service_id, l.ci_id from service_ci l join reached on reached.id = l.ci_id where ${inForce}),
offered as (
  select s.id, s.key, s.name, s.name_zh as "nameZh", to_jsonb((array_agg(distinct r.ci_id))[1:20]) as "ciIds" from rests r join service s on s.id = r.service_id
  where s.active and (? or exists (select 1 from promise p where p.service_id = s.id and p.customer_id = any(?::uuid[]))) group by s.id order by s.key limit 200),
owed as (
  select customer_id, id as ci_id, null::text as agreement from item where customer_id is not null
  union all select p.customer_id, null, p.number from promise p where p.ci_id in (select id from reached) or p.service_id in (select service_id from rests)),
customer_reached as (
  select u.id, u.name, u.importance, count(distinct o.ci_id)::int as "ciCount", coalesce(jsonb_agg(distinct o.agreement) filter (where o.agreement is not null), '[]') as agreements
  from owed o join customer u on u.id = o.customer_id where ? or u.id = any(?::uuid[]) group by u.id
  order by array_position(array['key', 'important', 'normal'], u.importance), u.name, u.id limit 200)
select
  coalesce((select jsonb_agg(to_jsonb(kind) order by count desc, class) from kind), '[]') as classes,
  coalesce((select jsonb_agg(to_jsonb(offered) order by key) from offered), '[]') as services,
  coalesce((select jsonb_agg(to_jsonb(customer_reached) order by array_position(array['key', 'important', 'normal'], importance), name, id) from customer_reached), '[]') as customers`;
