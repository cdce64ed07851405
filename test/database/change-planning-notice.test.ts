import { afterAll, describe, expect, test } from 'vitest';
import { confirm, recordCab, steer } from '../../server/src/features/change/change-approve.service.ts';
import { PersonEntity } from '../../server/src/features/access/access.entity.ts';
import { complete, recordOutage, rollBack } from '../../server/src/features/change/change-implement.service.ts';
import { cancel, replan } from '../../server/src/features/change/change-life.service.ts';
import { noticesOfChange } from '../../server/src/features/change/change-planning.queries.ts';
import { reschedule, schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { CiEntity } from '../../server/src/features/cmdb/cmdb.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ChangeStory, type ChangeInDatabase } from '../support/change-story.ts';
import { addCi } from '../support/desk-story.ts';
import { dependsOn, follow } from '../support/planning-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const { database, customerId } = story;
const TEST = SYSTEM('test');

await database.change(TEST, async ({ em, now }) => {
  const createdAt = await now();
  for (const [name, of, active] of [['Contact of Acme', customerId, true], ['Gone from Acme', customerId, false]] as const) {
    em.create(PersonEntity, { id: newId(), name, email: `${name.replaceAll(' ', '.')}@acme.example`, phone: null, locale: 'en', customerId: of, passwordHash: null, active, createdAt, version: 1 });
  }
  await em.nativeUpdate(CiEntity, { id: story.ciId }, { ownerName: 'owner' });
});

/** Notices of a change, oldest first: occasion and to whom. */
async function sent(change: ChangeInDatabase): Promise<string[]> {
  await follow(story);
  return (await noticesOfChange(database.em, story.people.manager, change.id)).toReversed().map(({ occasion, audience, addressee }) => `${occasion}: ${audience} ${addressee}`).sort();
}
const texts = async (change: ChangeInDatabase, occasion: string): Promise<string[]> =>
  [...new Set((await noticesOfChange(database.em, story.people.manager, change.id)).filter((notice) => notice.occasion === occasion).map(({ textEn }) => textEn))];
const toAll = (occasion: string): string[] => ['ci-owner owner', 'customer-contact Contact of Acme', 'service-desk desk'].map((to) => `${occasion}: ${to}`);

describe('CHG-15 before', () => {
  test('CHG-15 approved and scheduled: desk, the customer\'s contacts and the owners of the CIs are told, and it is on record', async () => {
    const change = await story.inApproval('general', { title: 'Told before', expectedResult: 'Mail goes on' });
    expect(await sent(change)).toEqual([]);
    await change.approveAll('general');
    expect(await sent(change)).toEqual(toAll('approved'));
    await change.tell('owner', schedule, { windowStartAt: shanghai('2026-03-07 22:00'), windowEndAt: shanghai('2026-03-08 02:00') });
    expect(await sent(change)).toEqual([...toAll('approved'), ...toAll('scheduled')]);
    const { number, title } = await change.ticket();
    expect(await texts(change, 'scheduled')).toEqual([`${number} ${title}: the change is scheduled. Window 2026-03-07 22:00 to 2026-03-08 02:00 (Asia/Shanghai). Expected effect: Mail goes on`]);
    expect((await change.events()).filter((event) => event.startsWith('change.noticesSent'))).toHaveLength(2);
    await change.tell('owner', reschedule, { windowStartAt: shanghai('2026-03-14 22:00'), windowEndAt: shanghai('2026-03-15 02:00') });
    await follow(story);
    expect((await texts(change, 'scheduled'))[0]).toContain('has been moved. Window 2026-03-14 22:00');
  });

  test('CHG-15 a major change is told when the last approval is there, not at the first', async () => {
    const change = await story.inApproval('major', { title: 'Three words' });
    await change.tell('departmentManager', steer, { approved: true });
    await change.tell('manager', recordCab, { approved: true });
    expect(await sent(change)).toEqual([]);
    await change.tell(story.contact, confirm, { approved: true });
    expect(await sent(change)).toEqual(toAll('approved'));
  });

  test('CHG-15 whoever depends on the CI is told too, with the customer whose it is', async () => {
    const other = await story.desk.customer('Globex').agreement().customerId();
    const [low, high] = [await addCi(story.desk, null, 'shared-storage'), await addCi(story.desk, other, 'globex-erp')];
    await dependsOn(story, high, low);
    await database.change(TEST, async ({ em, now }) => {
      await em.nativeUpdate(CiEntity, { id: high }, { ownerName: 'Grace' });
      em.create(PersonEntity, { id: newId(), name: 'Contact of Globex', email: 'c@globex.example', phone: null, locale: 'en', customerId: other, passwordHash: null, active: true, createdAt: await now(), version: 1 });
    });
    const change = await story.inApproval('general', { title: 'Storage', ciIds: [low] });
    await change.approveAll('general');
    expect(await sent(change)).toEqual(['ci-owner Grace', 'customer-contact Contact of Acme', 'customer-contact Contact of Globex', 'service-desk desk'].map((to) => `approved: ${to}`));
    expect((await noticesOfChange(database.em, story.contact, change.id)).map(({ addressee }) => addressee)).toEqual(['Contact of Acme']);
  });

  test('CHG-15 what was told is told off again when it does not happen; what nobody heard of is not', async () => {
    const quiet = await story.accepted('general', { title: 'Quiet' });
    await quiet.tell('requester', cancel, { reason: 'Not needed' });
    expect(await sent(quiet)).toEqual([]);
    const loud = await story.scheduled('general', { title: 'Loud' });
    await loud.tell('owner', replan, { reason: 'Internal quarrel' });
    expect(await sent(loud)).toEqual([...toAll('approved'), ...toAll('called-off'), ...toAll('scheduled')]);
    expect((await texts(loud, 'called-off')).join()).not.toContain('quarrel');
  });
});

describe('CHG-15 after', () => {
  test('CHG-15 start, result and outage are told with their minutes', async () => {
    const change = await story.started('general', { title: 'Told after' });
    await change.tell('implementer', recordOutage, { system: 'Mail', minutes: 12, keySystem: true });
    story.at('2026-03-07 23:30');
    await change.tell('implementer', complete, { remark: 'New relay in service.' });
    expect(await sent(change)).toEqual([...toAll('approved'), ...toAll('outage'), ...toAll('result'), ...toAll('scheduled'), ...toAll('started')]);
    expect((await texts(change, 'outage'))[0]).toContain('an outage of Mail of 12 minutes');
    expect((await texts(change, 'result'))[0]).toContain('implementation is complete. New relay in service.');
  });

  test('CHG-15 a rollback is told as what it is', async () => {
    story.at('2026-03-02 10:00');
    const change = await story.started('general', { title: 'Back' });
    await change.tell('implementer', rollBack, { remark: 'Certificates did not match.' });
    await follow(story);
    expect((await texts(change, 'result'))[0]).toContain('did not succeed and was rolled back');
  });

  test('CHG-15 nobody is told twice, however often the log is followed', async () => {
    story.at('2026-03-02 10:00');
    const change = await story.scheduled('general', { title: 'Once' });
    await Promise.all([follow(story), follow(story)]);
    expect(await sent(change)).toEqual([...toAll('approved'), ...toAll('scheduled')]);
  });
});
