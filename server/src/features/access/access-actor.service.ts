import type { Actor } from '../../kernel/actor.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { actorOfPerson } from './access.queries.ts';

/** What these people may do, by their id: for work that tells people of things while they do not ask. Those who left are not there. */
export async function actorsOf(em: Em, personIds: Iterable<string>, origin: string): Promise<ReadonlyMap<string, Actor>> {
  const rows = await em.execute<Parameters<typeof actorOfPerson>[0][]>(
    `select '' as "credentialId", p.id as "personId", p.name, p.customer_id as "customerId",
       coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'customerId', g.customer_id, 'teamId', g.team_id) order by g.role, g.id) from role_grant g where g.person_id = p.id), '[]') as roles,
       coalesce((select jsonb_agg(m.team_id order by m.team_id) from team_member m where m.person_id = p.id), '[]') as "teamIds"
     from person p where p.active and p.id = any(?::uuid[]) order by p.id`, [textArray(new Set(personIds))],
  );
  return new Map(rows.map((row) => [row.personId, actorOfPerson(row, origin)]));
}
