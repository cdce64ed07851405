import { ENTITIES } from '../app/entities.ts';
import { createPerson, grantRole } from '../features/access/access-people.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { Database } from '../platform/db/database.ts';
import { createOrm } from '../platform/db/orm.ts';
import { newSecret } from '../platform/time/new-secret.ts';
import { seedPolicy } from './policy.ts';

/** For real use: the seeded policy and one administrator, whose password is answered this once. */
export async function loadEmpty({ databaseUrl }: { readonly databaseUrl: string }): Promise<{ email: string; password: string }> {
  const orm = await createOrm(databaseUrl, ENTITIES, 4);
  try {
    const database = new Database(orm);
    const actor = SYSTEM('seed');
    await seedPolicy(database);
    const email = 'administrator@watchfloor.local';
    const password = newSecret();
    const person = await createPerson(database, actor, { name: 'Administrator', email, password, locale: 'zh-CN' });
    await grantRole(database, actor, { personId: person.id, role: 'administrator' });
    return { email, password };
  } finally {
    await orm.close(true);
  }
}
