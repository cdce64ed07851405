import type { Permission } from '../../kernel/permission.ts';
import type { Em } from '../../platform/db/orm.ts';
import { textArray } from '../../platform/db/text-array.ts';
import { ROLES } from '../access/access.rules.ts';

/** Ids of active people of ours who hold a permission for that customer, by any of their roles. */
export async function peopleWith(em: Em, permission: Permission, customerId: string): Promise<string[]> {
  const roles = ROLES.filter(({ permissions }) => permissions.includes(permission)).map(({ key }) => key);
  const rows = await em.execute<{ id: string }[]>(
    `select distinct p.id from person p join role_grant g on g.person_id = p.id
     where p.active and p.customer_id is null and g.role = any(?::text[]) and (g.customer_id is null or g.customer_id = ?) order by p.id limit 1000`,
    [textArray(roles), customerId],
  );
  return rows.map(({ id }) => id);
}
