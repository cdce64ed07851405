import { graphql } from 'graphql';
import { FEATURES } from '../../server/src/app/features.ts';
import { graphqlSchema } from '../../server/src/app/schema.ts';
import { createPerson, grantRole } from '../../server/src/features/access/access-people.service.ts';
import { authenticate } from '../../server/src/features/access/access.service.ts';
import { calendarsFor } from '../../server/src/features/calendar/calendar.service.ts';
import { createAgreement } from '../../server/src/features/customer/customer-agreement.service.ts';
import { createSite } from '../../server/src/features/customer/customer-place.service.ts';
import { createCustomer } from '../../server/src/features/customer/customer.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import type { RequestContext } from '../../server/src/platform/graphql/context.ts';
import { seedPolicy } from '../../server/src/seed/policy.ts';
import { openDatabase } from './open-database.ts';

export const START = Date.parse('2026-03-02T01:00:00Z');
export const DAY = 86_400_000;
const system = SYSTEM('test');
const PASSWORD = 'correct horse 9';

/** The schema on a database with two customers, their agreements and one person of each kind, asked without HTTP between. */
export async function openApi() {
  const { database, time, close } = await openDatabase(START);
  const schema = await graphqlSchema();
  const cookies: (string | null)[] = [];
  const actors: Record<string, Actor> = {};
  const ids: Record<string, string> = {};

  /** Answers as a client sees them: plain data, and the codes of top-level errors. */
  async function ask(who: string | null, source: string, variableValues: Record<string, unknown> = {}, locale: 'zh-CN' | 'en' = 'en') {
    const context: Omit<RequestContext, 'live'> = {
      database, actor: who === null ? null : (actors[who] ?? null), origin: 'http 10.1.1.1', loaders: new Map(), locale,
      nodeKinds: FEATURES.flatMap((feature) => feature.nodes ?? []), setSessionCookie: (token) => cookies.push(token),
    };
    const result = await graphql({ schema, source, variableValues, contextValue: context });
    const errors = result.errors?.map(({ originalError, message }) => (originalError && 'code' in originalError ? originalError.code : message));
    return { data: JSON.parse(JSON.stringify(result.data ?? null)), errors };
  }

  /** Makes a person with a role and signs them in as anybody would. */
  async function person(name: string, role: string, { grantCustomerId, customerId }: { grantCustomerId?: string; customerId?: string } = {}) {
    const email = `${name}@example.com`;
    const { id } = await createPerson(database, system, { name, email, password: PASSWORD, customerId: customerId ?? null });
    await grantRole(database, system, { personId: id, role, customerId: grantCustomerId ?? null });
    await ask(null, `mutation { signIn(input: { email: "${email}", password: "${PASSWORD}" }) { viewer { name } } }`);
    const actor = await authenticate(database, { cookieToken: cookies.at(-1) ?? null, origin: 'http 10.1.1.1' });
    if (!actor) throw new Error('not signed in');
    actors[name] = actor;
    ids[name] = id;
  }

  await seedPolicy(database);
  const calendarId = (await calendarsFor(database, database.em)).idByKey['5x8'] ?? '';
  for (const name of ['Acme', 'Borealis']) {
    const { id: customerId } = await createCustomer(database, system, { name, fullName: `${name} Ltd`, timeZone: 'Asia/Shanghai' });
    await createSite(database, system, { customerId, name: `${name} Pudong` });
    const agreement = await createAgreement(database, system, {
      customerId, number: `AGR-${name}`, name: `${name} service`, tier: 'vip', calendarId, startsAt: START - DAY, endsAt: START + 30 * DAY,
      levelCriteria: { LV1: { criteria: { zh: '产线停工', en: 'The line stands still' }, examples: { zh: '无', en: 'none' } } },
    });
    Object.assign(ids, { [name]: customerId, [`${name} agreement`]: agreement.id });
  }
  await person('admin', 'administrator');
  await person('desk', 'service-desk');
  await person('auditor', 'auditor');
  await person('contact', 'customer-contact', { customerId: ids['Acme'] ?? '' });
  await person('limited', 'service-desk', { grantCustomerId: ids['Borealis'] ?? '' });
  return { database, time, close, ask, cookies, actors, ids, calendarId, person };
}
