import { createPerson, grantRole } from '../features/access/access-people.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import { newSecret } from '../platform/time/new-secret.ts';
import { withSeedDatabase } from './seed-connection.ts';
import { seedPolicy } from './policy.ts';

const EMAIL = 'admin@watchfloor.example';

/** What real use begins with: the policy, and one administrator whose password is told this once. */
export async function loadEmpty({ databaseUrl }: { readonly databaseUrl: string }): Promise<{ email: string; password: string }> {
  return withSeedDatabase(databaseUrl, async (database) => {
    await seedPolicy(database);
    const actor = SYSTEM('seed');
    const password = newSecret().slice(0, 20);
    const person = await createPerson(database, actor, { name: '系统管理员 Administrator', email: EMAIL, password });
    await grantRole(database, actor, { personId: person.id, role: 'administrator' });
    return { email: EMAIL, password };
  });
}
