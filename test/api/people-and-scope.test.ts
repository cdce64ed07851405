import { afterAll, describe, expect, test } from 'vitest';
import { authenticate } from '../../server/src/features/access/access.service.ts';
import { CiEntity, CiRelationEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DAY, openApi, START } from '../support/open-api.ts';

const { database, time, close, ask, cookies, actors, ids, calendarId } = await openApi();
afterAll(close);

describe('ORG-04 viewer', () => {
  test('ORG-04 signing in sets the cookie, signing out clears it', async () => {
    expect(cookies.at(-1)).toMatch(/^[\w-]{43}$/);
    const { data } = await ask('desk', '{ viewer { name locale tokenKind person { email } roles { role customer { name } team { name } } customer { name } teams { name } permissions } }');
    expect(data.viewer).toMatchObject({
      name: 'desk', locale: 'ZH_CN', tokenKind: null, person: { email: 'desk@example.com' }, roles: [{ role: 'service-desk', customer: null, team: null }], customer: null, teams: [],
    });
    expect(data.viewer.permissions).toContain('incident.close');
    expect(data.viewer.permissions).not.toContain('policy.edit');
    const extra = await ask(null, 'mutation { signIn(input: { email: "desk@example.com", password: "correct horse 9" }) { viewer { name } } }');
    expect(extra.errors).toBeUndefined();
    await ask(null, 'mutation { signOut { userErrors { code } } }');
    expect(cookies.at(-1)).toBeNull();
  });

  test('ORG-04 a wrong password is a user error, and nobody is nobody', async () => {
    const { data } = await ask(null, 'mutation { signIn(input: { email: "desk@example.com", password: "wrong" }) { viewer { name } userErrors { code field } } }');
    expect(data.signIn).toEqual({ viewer: null, userErrors: [{ code: 'WRONG_CREDENTIALS', field: 'password' }] });
    expect((await ask(null, '{ viewer { name } }')).data).toEqual({ viewer: null });
    expect((await ask(null, '{ teams { id } }')).errors).toEqual(['UNAUTHENTICATED']);
  });
});

describe('ORG-04 API tokens', () => {
  const create = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { created { plain token { id name scopes lastUsedAt revokedAt } } userErrors { code field } } }';

  test('ORG-04 a token is shown once, acts within its scopes, keeps its last use, expires and can be revoked', async () => {
    time.current = START;
    const made = await ask('admin', create, { input: { name: 'monitoring', kind: 'INTEGRATOR', scopes: ['team.read'], expiresAt: '2026-03-03T01:00:00Z' } });
    const { plain, token } = made.data.createToken.created;
    expect(token).toMatchObject({ name: 'monitoring', scopes: ['team.read'], lastUsedAt: null, revokedAt: null });
    const bearer = () => authenticate(database, { bearer: plain, origin: 'api 10.2.2.2' });
    actors['token'] = (await bearer()) ?? SYSTEM('nobody');
    expect((await ask('token', '{ teams { id } viewer { name tokenKind } }')).data).toEqual({ teams: [], viewer: { name: 'monitoring', tokenKind: 'INTEGRATOR' } });
    expect((await ask('token', '{ people { id } }')).errors).toEqual(['FORBIDDEN']);
    expect((await ask('admin', '{ tokens { name lastUsedAt } }')).data.tokens).toEqual([{ name: 'monitoring', lastUsedAt: '2026-03-02T01:00:00Z' }]);
    time.current = START + 59_999;
    await bearer();
    expect((await ask('admin', '{ tokens { lastUsedAt } }')).data.tokens).toEqual([{ lastUsedAt: '2026-03-02T01:00:00Z' }]);
    time.current = START + 60_000;
    await bearer();
    expect((await ask('admin', '{ tokens { lastUsedAt } }')).data.tokens).toEqual([{ lastUsedAt: '2026-03-02T01:01:00Z' }]);
    time.current = START + DAY - 1;
    expect(await bearer()).not.toBeNull();
    time.current = START + DAY;
    await expect(bearer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    time.current = START;
    await ask('admin', `mutation { revokeToken(input: { tokenId: "${token.id}" }) { token { revokedAt } userErrors { code } } }`);
    await expect(bearer()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(authenticate(database, { bearer: 'wf_made-up', origin: 'x' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('D-27 only a token that may acts for a person of another system', async () => {
    const token = async (scopes: string[]) => (await ask('admin', create, { input: { name: 'replay', kind: 'INTEGRATOR', scopes } })).data.createToken.created.plain;
    const acting = (bearer: string, onBehalfOf: string) => authenticate(database, { bearer, onBehalfOf, origin: 'api 10.2.2.2' });
    const allowed = await token(['incident.work', 'act.onBehalfOf']);
    expect(await acting(allowed, '%E7%8E%8B%E4%BC%9F')).toMatchObject({ name: 'replay', onBehalfOf: '王伟' });
    await expect(acting(allowed, '%E7')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'onBehalfOf' });
    await expect(acting(await token(['incident.work']), 'Wang')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('ORG-03 a screen can only read its board', async () => {
    const boardId = newId();
    const input = { name: 'wall', kind: 'SCREEN' };
    expect((await ask('admin', create, { input })).data.createToken.userErrors).toEqual([{ code: 'MISSING_FIELD', field: 'boardId' }]);
    expect((await ask('admin', create, { input: { ...input, boardId, scopes: ['incident.work'] } })).data.createToken.userErrors).toEqual([{ code: 'INVALID_INPUT', field: 'scopes' }]);
    const { plain } = (await ask('admin', create, { input: { ...input, boardId } })).data.createToken.created;
    const screen = await authenticate(database, { bearer: plain, origin: 'ws 10.3.3.3' });
    expect(screen).toMatchObject({ kind: 'token', boardIds: [boardId], customerId: null });
    expect([...(screen?.grants[0]?.permissions ?? [])]).toEqual(['board.read']);
  });

  test('ORG-04 a token needs a known permission and an end in the future; only the administrator makes one', async () => {
    const input = { name: 'x', kind: 'INTEGRATOR' };
    const errors = async (more: object) => (await ask('admin', create, { input: { ...input, ...more } })).data.createToken.userErrors;
    expect(await errors({ scopes: ['everything'] })).toEqual([{ code: 'INVALID_INPUT', field: 'scopes' }]);
    expect(await errors({ scopes: [] })).toEqual([{ code: 'MISSING_FIELD', field: 'scopes' }]);
    expect(await errors({ scopes: ['team.read'], expiresAt: '2026-03-02T01:00:00Z' })).toEqual([{ code: 'OUT_OF_RANGE', field: 'expiresAt' }]);
    expect((await ask('desk', create, { input: { ...input, scopes: ['team.read'] } })).errors).toEqual(['FORBIDDEN']);
  });
});

describe('ORG-01 people and roles', () => {
  const grant = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { grant { id role } userErrors { code field } } }';

  test('ORG-01 a person holds several roles; an unknown one, a second time, and a staff role for a contact are refused', async () => {
    const { data } = await ask('admin', grant, { input: { personId: ids['desk'], role: 'engineer' } });
    expect(data.grantRole.grant.role).toBe('engineer');
    const refused = async (input: object) => (await ask('admin', grant, { input })).data.grantRole.userErrors[0].code;
    expect(await refused({ personId: ids['desk'], role: 'engineer' })).toBe('ALREADY_DONE');
    expect(await refused({ personId: ids['desk'], role: 'king' })).toBe('INVALID_INPUT');
    expect(await refused({ personId: ids['contact'], role: 'engineer' })).toBe('INVALID_INPUT');
    expect(await refused({ personId: newId(), role: 'engineer' })).toBe('NOT_FOUND');
    expect((await ask('desk', grant, { input: { personId: ids['desk'], role: 'administrator' } })).errors).toEqual(['FORBIDDEN']);
  });

  test('ORG-01 the last administrator stays', async () => {
    const { data } = await ask('admin', '{ viewer { roles { id role } } }');
    const revoke = await ask('admin', `mutation { revokeRole(input: { grantId: "${data.viewer.roles[0].id}" }) { userErrors { code } } }`);
    expect(revoke.data.revokeRole.userErrors).toEqual([{ code: 'MOVE_NOT_ALLOWED' }]);
    const leave = await ask('admin', `mutation { updatePerson(input: { id: "${ids['admin']}", expectedVersion: 1, active: false }) { userErrors { code } } }`);
    expect(leave.data.updatePerson.userErrors).toEqual([{ code: 'MOVE_NOT_ALLOWED' }]);
  });

  test('API-03 a person is changed on the version that was read, and an e-mail belongs to one', async () => {
    const update = (expectedVersion: number, more: string) => ask('admin', `mutation { updatePerson(input: { id: "${ids['auditor']}", expectedVersion: ${expectedVersion}, ${more} }) { person { phone version } userErrors { code field } } }`);
    expect((await update(1, 'phone: "123"')).data.updatePerson).toEqual({ person: { phone: '123', version: 2 }, userErrors: [] });
    expect((await update(1, 'phone: "456"')).data.updatePerson.userErrors).toEqual([{ code: 'STALE_VERSION', field: 'expectedVersion' }]);
    expect((await update(2, 'email: "DESK@example.com"')).data.updatePerson.userErrors).toEqual([{ code: 'NOT_UNIQUE', field: 'email' }]);
  });
});

describe('ORG-03 scope', () => {
  test('ORG-03 a contact sees only their own organisation, a limited grant only its customer', async () => {
    const names = async (who: string) => (await ask(who, '{ customers { edges { node { name sites { name } } } } }')).data.customers.edges.map((edge: { node: { name: string } }) => edge.node.name);
    expect(await names('desk')).toEqual(['Acme', 'Borealis']);
    expect(await names('contact')).toEqual(['Acme']);
    expect(await names('limited')).toEqual(['Borealis']);
  });

  test('ORG-03 a foreign record is answered like one that is not there', async () => {
    const query = (customerId: string | undefined) => ask('contact', `{ customer(id: "${customerId}") { name } agreements(customerId: "${customerId}") { number } }`);
    expect((await query(ids['Borealis'])).data).toEqual({ customer: null, agreements: [] });
    expect((await query(newId())).data).toEqual({ customer: null, agreements: [] });
    expect((await query(ids['Acme'])).data).toEqual({ customer: { name: 'Acme' }, agreements: [{ number: 'AGR-Acme' }] });
    const coverage = (customerId: string | undefined) => ask('contact', `{ coverage(customerId: "${customerId}") { covered } }`);
    expect((await coverage(ids['Borealis'])).errors).toEqual((await coverage(newId())).errors);
    expect((await coverage(ids['Acme'])).data).toEqual({ coverage: { covered: true } });
    expect((await ask('contact', '{ people { id } }')).errors).toEqual(['FORBIDDEN']);
  });

  test('ORG-03 configuration items of others, and relations to them, are left out', async () => {
    const em = database.em;
    const ci = (name: string, customerId: string | null) => em.create(CiEntity, { id: newId(), externalId: name, class: 'server', name, status: 'in use', customerId, ownerName: null, site: null, attributes: {}, createdAt: START, updatedAt: START, version: 1 });
    const [ours, theirs, nobodys] = [ci('acme-db', ids['Acme'] ?? null), ci('borealis-db', ids['Borealis'] ?? null), ci('core-switch', null)];
    em.create(CiRelationEntity, { id: newId(), sourceId: ours.id, type: 'depends on', targetId: nobodys.id });
    em.create(CiRelationEntity, { id: newId(), sourceId: theirs.id, type: 'depends on', targetId: ours.id });
    await em.flush();
    const query = '{ cis { name relations { type outgoing ci { name } } } }';
    expect((await ask('desk', query)).data.cis.map((row: { name: string }) => row.name)).toEqual(['acme-db', 'borealis-db', 'core-switch']);
    const [acme] = (await ask('desk', '{ cis(search: "ACME") { relations { outgoing ci { name } } } }')).data.cis;
    expect(acme.relations).toHaveLength(2);
    expect(acme.relations).toEqual(expect.arrayContaining([{ outgoing: true, ci: { name: 'core-switch' } }, { outgoing: false, ci: { name: 'borealis-db' } }]));
    expect((await ask('contact', query)).data.cis).toEqual([{ name: 'acme-db', relations: [] }]);
    expect((await ask('contact', `{ ci(id: "${theirs.id}") { name } }`)).data).toEqual({ ci: null });
    expect((await ask('desk', '{ cis(search: "%") { name } }')).data.cis).toEqual([]);
  });

  test('ORG-03 node finds what one may see, and null for the rest', async () => {
    const query = (who: string) => ask(who, `{ nodes(ids: ["${ids['Acme']}", "${ids['Borealis']}", "${ids['desk']}", "${ids['Acme agreement']}", "${newId()}", "no-uuid"]) { __typename id } }`);
    const kinds = async (who: string) => (await query(who)).data.nodes.map((node: { __typename: string } | null) => node?.__typename ?? null);
    expect(await kinds('desk')).toEqual(['Customer', 'Customer', 'Person', 'Agreement', null, null]);
    expect(await kinds('contact')).toEqual(['Customer', null, null, 'Agreement', null, null]);
  });

  test('API-02 an id that is none, and a record that is not there, are user errors', async () => {
    const create = (leadId: string) => ask('admin', `mutation { createTeam(input: { key: "t", name: "T", nameZh: "T", line: 1, leadId: "${leadId}" }) { userErrors { code field } } }`);
    expect((await create('no-uuid')).data.createTeam.userErrors).toEqual([{ code: 'INVALID_INPUT', field: null }]);
    const agreement = `customerId: "${ids['Acme']}", number: "X", name: "X", calendarId: "${calendarId}", startsAt: "2026-01-01T00:00:00Z", endsAt: "2027-01-01T00:00:00Z"`;
    const { data } = await ask('admin', `mutation { createAgreement(input: { ${agreement}, slaOwnerId: "${newId()}" }) { userErrors { code field } } }`);
    expect(data.createAgreement.userErrors).toEqual([{ code: 'NOT_FOUND', field: 'slaOwnerId' }]);
  });

  test('API-01 customers come in pages that neither repeat nor skip', async () => {
    const page = (after: string) => ask('desk', `{ customers(first: 1${after}) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`);
    const first = (await page('')).data.customers;
    expect(first).toMatchObject({ edges: [{ node: { name: 'Acme' } }], pageInfo: { hasNextPage: true } });
    const second = (await page(`, after: "${first.pageInfo.endCursor}"`)).data.customers;
    expect(second).toMatchObject({ edges: [{ node: { name: 'Borealis' } }], pageInfo: { hasNextPage: false } });
    expect((await ask('desk', '{ customers(first: 101) { edges { cursor } } }')).errors).toEqual(['OUT_OF_RANGE']);
    expect((await ask('desk', '{ customers(after: "***") { edges { cursor } } }')).errors).toEqual(['INVALID_INPUT']);
  });
});
