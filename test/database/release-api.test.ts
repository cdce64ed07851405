import { afterAll, describe, expect, test } from 'vitest';
import { createFreeze } from '../../server/src/features/change/change-freeze-edit.service.ts';
import { deploy } from '../../server/src/features/release/release-deploy.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { openApi } from '../support/open-api.ts';
import { PACKAGE, ReleaseStory } from '../support/release-story.ts';
import { shanghai } from '../support/story-world.ts';

const api = await openApi();
const story = await ReleaseStory.start();
afterAll(() => Promise.all([api.close(), story.desk.open.close()]));
const { ask, ids, actors } = api;
await api.person('owner', 'release-owner');
await api.person('manager', 'release-manager');

const raise = `mutation ($input: RaiseReleaseInput!) { raiseRelease(input: $input) { release { id number version state outcome plannedMonth releaseVersion owner { name } plan { background } gates { stage standing lacks { code field } } } userErrors { code field message } } }`;
const command = (name: string, type: string): string => `mutation ($input: ${type}!) { ${name}(input: $input) { release { version state } userErrors { code field detail } } }`;
const input = () => ({ customerId: ids['Acme'], title: 'ERP 4.2', version: '4.2', plannedMonth: '2026-03' });

describe('REL-01 API-02 API-03 releases through the API', () => {
  test('REL-01 API-01 raised, found by id, by number and as a node; its stages, and what each lacks, are answered', async () => {
    const { data } = await ask('owner', raise, { input: input() });
    const { release } = data.raiseRelease;
    expect(release).toMatchObject({ number: expect.stringMatching(/^REL-/), version: 1, state: 'PLANNING', outcome: 'OPEN', plannedMonth: '2026-03', releaseVersion: '4.2', owner: { name: 'owner' }, plan: { background: null } });
    expect(release.gates.map(({ stage, standing, lacks }: { stage: string; standing: string; lacks: unknown[] }) => `${stage} ${standing} ${lacks.length}`)).toEqual([
      'PLANNING HERE 15', 'CONTENT_REVIEW AHEAD 0', 'TEST_ENVIRONMENT AHEAD 0', 'ACCEPTANCE AHEAD 3', 'TRIAL_RUN AHEAD 2', 'GO_LIVE_PLAN AHEAD 5', 'APPROVAL AHEAD 0', 'COMMUNICATION AHEAD 2',
      'DEPLOYMENT AHEAD 7', 'CMDB_UPDATE AHEAD 6', 'CLOSED AHEAD 1', 'REPORTED AHEAD 0',
    ]);
    const found = await ask('desk', `{ byId: release(id: "${release.id}") { number } byNumber: release(number: "${release.number.toLowerCase()}") { id } node(id: "${release.id}") { id ... on Release { title timeline { type actor } } } }`);
    expect(found.data).toEqual({ byId: { number: release.number }, byNumber: { id: release.id }, node: { id: release.id, title: 'ERP 4.2', timeline: [{ type: 'release.raised', actor: 'owner' }] } });
  });

  test('API-02 API-03 refusals name code and field; a stale version, a key used twice and a foreign role are told apart', async () => {
    const { data } = await ask('owner', raise, { input: { ...input(), idempotencyKey: 'api-release-1' } });
    const { id, version } = data.raiseRelease.release;
    expect((await ask('owner', raise, { input: { ...input(), idempotencyKey: 'api-release-1' } })).data.raiseRelease.release.id).toBe(id);
    expect((await ask('owner', raise, { input: { ...input(), title: 'Other', idempotencyKey: 'api-release-1' } })).data.raiseRelease.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }]);
    expect((await ask('owner', raise, { input: { ...input(), version: ' ' } })).data.raiseRelease).toMatchObject({ release: null, userErrors: [{ code: 'MISSING_FIELD', field: 'version' }] });
    const submit = command('submitReleaseContent', 'ReleaseInput');
    expect((await ask('owner', submit, { input: { id, expectedVersion: version } })).data.submitReleaseContent.userErrors).toMatchObject([{ code: 'MISSING_FIELD', field: 'background' }]);
    expect((await ask('owner', submit, { input: { id, expectedVersion: version + 1 } })).data.submitReleaseContent.userErrors).toMatchObject([{ code: 'STALE_VERSION', detail: { version } }]);
    expect((await ask('owner', submit, { input: { id: 'x', expectedVersion: 1 } })).data.submitReleaseContent.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect((await ask('desk', submit, { input: { id, expectedVersion: version } })).errors).toEqual(['FORBIDDEN']);
    expect((await ask(null, `{ release(id: "${id}") { id } }`)).errors).toEqual(['UNAUTHENTICATED']);
    const sums = await ask('owner', command('setReleasePackage', 'SetReleasePackageInput'), { input: { id, expectedVersion: version, name: 'a', sha256: '12', location: 'b' } });
    expect(sums.data.setReleasePackage.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'sha256' }]);
  });

  test('API-03 the same function lists an action and guards it', async () => {
    const { data } = await ask('owner', raise, { input: input() });
    const { id } = data.raiseRelease.release;
    const offered = async (who: string) => (await ask(who, `{ release(id: "${id}") { availableActions { action allowed lacks { code } } } }`)).data.release.availableActions;
    const allowed = (await offered('owner')).filter((one: { allowed: boolean }) => one.allowed).map(({ action }: { action: string }) => action);
    expect(allowed).toEqual(['editRelease', 'editReleasePlan', 'editGoLivePlan', 'nameReleaseReviewer', 'withdrawReleaseReviewer', 'setReleasePackage', 'linkReleaseCi', 'unlinkReleaseCi', 'carryChange', 'dropChange', 'scheduleRelease', 'recordReleaseBaseline', 'cancelRelease']);
    expect((await offered('auditor')).filter((one: { allowed: boolean }) => one.allowed)).toEqual([]);
  });

  test('ORG-03 a customer sees their own release without the trail; another customer\'s does not exist for them', async () => {
    const mine = (await ask('owner', raise, { input: input() })).data.raiseRelease.release;
    const foreign = (await ask('owner', raise, { input: { ...input(), customerId: ids['Borealis'] } })).data.raiseRelease.release;
    expect((await ask('contact', `{ release(id: "${mine.id}") { title timeline { type } } }`)).data.release).toEqual({ title: 'ERP 4.2', timeline: [] });
    expect((await ask('contact', `{ release(id: "${foreign.id}") { title } }`)).data.release).toBeNull();
    const list = (await ask('contact', '{ releases(first: 100) { totalCount edges { node { customer { name } } } } }')).data.releases;
    expect(new Set(list.edges.map(({ node }: { node: { customer: { name: string } } }) => node.customer.name))).toEqual(new Set(['Acme']));
    expect(list.totalCount).toBe(list.edges.length);
  });

  test('REL-08 WBD-01 a wallboard that may only read its board sees the coming deployments, and no release', async () => {
    const { data } = await ask('owner', raise, { input: { ...input(), title: 'On the wall' } });
    const { id, version } = data.raiseRelease.release;
    await ask('owner', command('scheduleRelease', 'ScheduleReleaseInput'), { input: { id, expectedVersion: version, windowStartAt: '2026-03-02T12:00:00Z', windowEndAt: '2026-03-02T14:00:00Z' } });
    actors['screen'] = { ...SYSTEM('screen'), kind: 'token', grants: [{ role: 'screen', permissions: new Set(['board.read']), customerId: null, teamId: null }] } as Actor;
    expect((await ask('screen', '{ releasesToday { title state windowStartAt } }')).data.releasesToday).toEqual([{ title: 'On the wall', state: 'PLANNING', windowStartAt: '2026-03-02T12:00:00Z' }]);
    expect((await ask('desk', '{ releaseYearPlan(year: 2026) { title month } }')).data.releaseYearPlan).toContainEqual({ title: 'On the wall', month: '2026-03' });
    expect((await ask('screen', '{ releases { totalCount } }')).errors).toEqual(['FORBIDDEN']);
    expect((await ask('screen', `{ release(id: "${id}") { id } }`)).errors).toEqual(['FORBIDDEN']);
  });
});

describe('FRZ-01 REL-03 a freeze that comes after the planning', () => {
  test('FRZ-01 REL-03 a deployment does not begin inside a freeze that was declared later; when it is over by then, it does', async () => {
    const ci = await story.ci('frozen');
    const change = await story.change({ ciIds: [ci] });
    const release = await story.release({ ciIds: [ci], changeIds: [change.id] });
    await release.to('deployment');
    await release.prepare();
    await createFreeze(story.database, SYSTEM('story'), {
      name: 'Safeguard', reason: 'Visit', origin: 'safeguard', startsAt: shanghai('2026-03-02 09:00'), endsAt: shanghai('2026-03-02 11:00'), customerIds: [story.customerId], serviceIds: [], ciIds: [], allowedCategories: [],
    });
    const start = () => release.tell('owner', deploy, { changeId: change.id, sha256: PACKAGE });
    story.desk.at('2026-03-02 10:59:59.999');
    await expect(start()).rejects.toMatchObject({ code: 'FREEZE', message: expect.stringContaining('Safeguard') });
    story.desk.at('2026-03-02 11:00');
    await start();
  });
});
