import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { relateCis } from '../../server/src/features/cmdb/cmdb-relation.service.ts';
import { record } from '../../server/src/features/incident/incident-record.service.ts';
import { linkCi } from '../../server/src/features/incident/incident-work.service.ts';
import { releaseCauses } from '../../server/src/features/release/release.consumer.ts';
import { linkCause, settleCause } from '../../server/src/features/release/release-cause.service.ts';
import { causesOf, causingReleases } from '../../server/src/features/release/release.queries.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ReleaseStory, type ReleaseInDatabase } from '../support/release-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ReleaseStory.start();
const { database, desk } = story;
afterAll(() => desk.open.close());
beforeEach(() => void desk.at('2026-03-02 10:00'));

const acme = desk.customer('Globex').agreement();
/** An incident of the release's customer on those CIs. */
async function incident(ciIds: readonly string[], at: string, more: object = {}) {
  desk.at(at);
  const id = await record(database, desk.people.desk, {
    customerId: story.customerId, title: 'ERP is slow', description: 'Slow.', channel: 'phone', category: 'hotline', technicalClass: 'software', level: 'LV3', ciId: ciIds[0] ?? null, ...more,
  });
  const rows = await database.em.execute<{ number: string }[]>('select number from ticket where id = ?', [id]);
  return { id, number: rows[0]!.number };
}
const follow = async (): Promise<void> => { while (await consumeOnce(database, releaseCauses)) { /* until it has caught up */ } };
const dependsOn = (sourceId: string, targetId: string) => database.change(SYSTEM('story'), (change) => relateCis(change, { sourceId, type: 'depends_on', targetId, authorisation: { kind: 'exception', reason: 'Story.' } }));
const deployedAt = async (release: ReleaseInDatabase) => (await release.facts()).deployedAt;

describe('REL-06 suggestions', () => {
  test('REL-06 an incident on a CI of the release within seven days is suggested; a millisecond later, or before the deployment, it is not', async () => {
    const ci = await story.ci('erp-edges');
    await incident([ci], '2026-03-02 09:59:59.999');
    desk.at('2026-03-02 10:00');
    const release = await story.deployed([ci]);
    expect(await deployedAt(release)).toBe(shanghai('2026-03-02 10:00'));
    const first = await incident([ci], '2026-03-02 10:00');
    const last = await incident([ci], '2026-03-09 10:00');
    await incident([ci], '2026-03-09 10:00:00.001');
    await follow();
    expect(await release.causes()).toEqual([`${first.number} suggested`, `${last.number} suggested`]);
  });

  test('REL-06 an incident on something that rests on a CI of the release is suggested with path and hours; on what it rests upon it is not', async () => {
    const [portal, app, db, disk] = [await story.ci('portal'), await story.ci('app'), await story.ci('db'), await story.ci('disk')];
    await dependsOn(portal, app);
    await dependsOn(app, db);
    await dependsOn(db, disk);
    const release = await story.deployed([db]);
    const above = await incident([portal], '2026-03-03 16:30');
    await incident([disk], '2026-03-03 16:31');
    await incident([await story.ci('elsewhere')], '2026-03-03 16:32');
    await follow();
    const [cause] = await causesOf(database.em, story.people.manager, release.id);
    expect(cause).toMatchObject({
      number: above.number, state: 'suggested', decidedBy: null,
      evidence: { ciName: 'portal', releaseCiName: 'db', path: ['portal', 'app', 'db'], hoursAfterDeployment: 30.5, watchDays: 7 },
    });
    expect(await release.causes()).toHaveLength(1);
    expect((await causingReleases(database.em, story.people.manager, above.id)).map(({ id, state }) => ({ id, state }))).toEqual([{ id: release.id, state: 'suggested' }]);
  });

  test('REL-06 a CI linked later brings the suggestion, once however often it is heard of', async () => {
    const ci = await story.ci('erp-later');
    const release = await story.deployed([ci]);
    const told = await incident([], '2026-03-04 09:00');
    await follow();
    expect(await release.causes()).toEqual([]);
    const link = () => database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [told.id]).then(([row]) => linkCi(database, SYSTEM('story'), { id: told.id, expectedVersion: row!.version, ciId: ci, cause: true }));
    await link();
    await follow();
    await link();
    await follow();
    expect(await release.causes()).toEqual([`${told.number} suggested`]);
    expect((await release.events()).filter((type) => type === 'release.causeSuggested')).toHaveLength(1);
  });

  test('REL-06 the incident counts from when it happened, not from when it was reported', async () => {
    const ci = await story.ci('erp-occurred');
    const release = await story.deployed([ci]);
    await incident([ci], '2026-03-02 11:00', { occurredAt: shanghai('2026-03-02 09:00') });
    await follow();
    expect(await release.causes()).toEqual([]);
  });

  test('REL-06 the watch window is the policy of that time', async () => {
    const ci = await story.ci('erp-policy');
    const release = await story.deployed([ci]);
    const rows = await database.em.execute<{ version: number }[]>(`select max(version) as version from policy_version where key = 'release'`);
    await editPolicy(database, SYSTEM('story'), { key: 'release', expectedVersion: rows[0]!.version, body: { watchDays: 1 }, validFrom: shanghai('2026-03-02 10:30'), reason: 'Trial.' });
    await incident([ci], '2026-03-03 10:00:00.001');
    await follow();
    expect(await release.causes()).toEqual([]);
    const [newest] = await database.em.execute<{ version: number }[]>(`select max(version) as version from policy_version where key = 'release'`);
    await editPolicy(database, SYSTEM('story'), { key: 'release', expectedVersion: newest!.version, body: { watchDays: 7 }, validFrom: shanghai('2026-03-02 10:31'), reason: 'Back.' });
  });

  test('REL-06 two processes that follow at once suggest once', async () => {
    const ci = await story.ci('erp-twice');
    const release = await story.deployed([ci]);
    const told = await incident([ci], '2026-03-03 09:00');
    await Promise.all([follow(), follow(), follow()]);
    expect(await release.causes()).toEqual([`${told.number} suggested`]);
  });
});

describe('REL-06 decisions', () => {
  const suspected = async (name: string) => {
    const ci = await story.ci(name);
    const release = await story.deployed([ci]);
    const told = await incident([ci], '2026-03-03 09:00');
    await follow();
    const [cause] = await causesOf(database.em, story.people.manager, release.id);
    return { ci, release, told, causeId: cause!.id };
  };

  test('REL-06 what a person rejected is never suggested again, and stays as it was decided', async () => {
    const { ci, release, told, causeId } = await suspected('erp-rejected');
    await release.tell(desk.people.engineer, settleCause, { causeId, confirm: false, reason: 'Disk was full.' });
    const [{ version } = { version: 0 }] = await database.em.execute<{ version: number }[]>('select version from ticket where id = ?', [told.id]);
    await linkCi(database, SYSTEM('story'), { id: told.id, expectedVersion: version, ciId: ci, cause: true });
    await follow();
    expect(await release.causes()).toEqual([`${told.number} rejected`]);
  });

  test('REL-06 a suggestion does not make the form stale that a person has open; two who decide at once: one is refused', async () => {
    const { release, causeId } = await suspected('erp-race');
    const { version } = await release.ticket();
    const decide = (confirm: boolean) => settleCause(database, story.people.manager, { id: release.id, expectedVersion: version, causeId, confirm, reason: 'x' });
    const results = await Promise.allSettled([decide(true), decide(false)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'STALE_VERSION' } });
  });

  test('REL-06 a person links an incident explicitly; one that began before the deployment, or another customer\'s, is refused', async () => {
    const ci = await story.ci('erp-linked');
    const before = await incident([], '2026-03-02 09:30');
    desk.at('2026-03-02 10:00');
    const release = await story.deployed([ci]);
    const after = await incident([], '2026-03-20 09:00');
    const linked = (ticketId: string) => release.tell('manager', linkCause, { ticketId, reason: 'Same stack trace.' });
    await expect(linked(before.id)).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'ticketId' });
    await linked(after.id);
    expect(await release.causes()).toEqual([`${after.number} confirmed`]);
    await expect(linked(after.id)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await expect(linked(newId())).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'ticketId' });
    await expect(release.tell('auditor', linkCause, { ticketId: after.id, reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('REL-06 a customer does not see another customer\'s incident among the causes', async () => {
    const shared = await story.ci('shared-switch', null);
    const release = await story.deployed([shared]);
    const foreign = await incident([shared], '2026-03-03 09:00', { customerId: await acme.customerId() });
    await follow();
    expect((await causesOf(database.em, story.people.manager, release.id)).map(({ number }) => number)).toEqual([foreign.number]);
    expect(await causesOf(database.em, story.contact, release.id)).toEqual([]);
  });
});
