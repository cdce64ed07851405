import { afterAll, describe, expect, test } from 'vitest';
import { createPerson, grantRole, revokeRole } from '../../server/src/features/access/access-people.service.ts';
import { acceptHandedOver, escalate, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { feedback, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { assign, log, take, urge } from '../../server/src/features/incident/incident-work.service.ts';
import { NOTICES_CONSUMER } from '../../server/src/features/notification/notice.consumer.ts';
import { noticesOf, unreadNotices } from '../../server/src/features/notification/notice.queries.ts';
import { markNoticesRead, removeOldNotices, setNoticeKind } from '../../server/src/features/notification/notice.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { consumeOnce } from '../../server/src/platform/jobs/consumer-worker.ts';
import { NoticeDesk } from '../support/notice-desk.ts';

const desk = await NoticeDesk.start();
const { story } = desk;
const { database, people, teams } = story;
afterAll(() => story.open.close());

const acme = story.customer('Acme').agreement();
const toEngineer = { teamId: teams.engineers, holderId: people.engineer.id, reason: null };

describe('WBD-13 who is told', () => {
  test('WBD-13 an incident that is given to me is a notice of mine; the one who gave it has none', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    expect((await desk.kinds('engineer', incident.id)).toSorted()).toEqual(['assigned', 'unassigned']);
    expect(await desk.kinds('desk', incident.id)).toEqual([]);
  });

  test('WBD-13 what I take myself is no news to me', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await desk.catchUp();
    const before = await desk.kinds('engineer', incident.id);
    await incident.tell('engineer', take, {});
    expect(await desk.kinds('engineer', incident.id)).toEqual(before);
  });

  test('WBD-13 INC-05 what comes to my team unassigned is told to each of its members, and to no other team', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    expect(await desk.kinds('colleague', incident.id)).toEqual(['unassigned']);
    expect(await desk.kinds('senior', incident.id)).toEqual([]);
  });

  test('WBD-13 HND-02 a handoff is told to the team that gets it, the decision to the one who gave it', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    await incident.tell('engineer', handOver, { toTeamId: teams.seniors, reason: 'Beyond us', tried: 'All', requestedAction: 'Please look' });
    expect(await desk.kinds('senior', incident.id)).toEqual(['handed-over']);
    await incident.tell('senior', acceptHandedOver, {});
    expect((await desk.kinds('engineer', incident.id))[0]).toBe('handoff-decided');
    const [notice] = await desk.all('engineer');
    expect([notice?.by, notice?.step]).toEqual(['senior', 'accepted']);
  });

  test('WBD-13 SLA-15 an escalation is told to the person whom the agreement names, SLA owner and service manager besides', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await incident.tell('serviceManager', escalate, { step: 'escalation-1', reason: 'The director called', to: [] });
    expect(await desk.kinds('slaOwner', incident.id)).toContain('escalated');
    expect(await desk.kinds('technicalManager', incident.id)).toContain('escalated');
    // Technical manager by role, but not the one of this agreement; and nobody is told of an own act.
    expect(await desk.kinds('lead', incident.id)).not.toContain('escalated');
    expect(await desk.kinds('serviceManager', incident.id)).not.toContain('escalated');
  });

  test('WBD-13 D-37 feedback on a suspended incident is told to holder and first contact at once', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    await incident.tell('engineer', suspend, { category: 'awaiting-user', text: 'Waits for the customer', pastedMail: null, expectedEndAt: Date.parse('2026-03-04T02:00:00Z') });
    await incident.tell('desk', feedback, { text: 'It is back', channel: 'phone' });
    expect(await desk.kinds('engineer', incident.id)).toContain('feedback');
  });

  test('WBD-13 @name in the work log tells those who may read the record, under that weightier kind', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await incident.tell('desk', log, { kind: 'note', text: '@senior please look; not mail@engineer.example', customerVisible: false, minutes: null });
    expect(await desk.kinds('senior', incident.id)).toEqual(['mentioned']);
    expect(await desk.kinds('engineer', incident.id)).not.toContain('mentioned');
  });
});

describe('WBD-13 never to somebody who may not see it', () => {
  test('WBD-13 ORG-03 a customer contact who is mentioned is told only of what the customer may see, and only of the own organisation', async () => {
    const own = await createPerson(database, SYSTEM('test'), { name: 'Contact Wu', email: 'wu@acme.example', customerId: await acme.customerId() });
    await grantRole(database, SYSTEM('test'), { personId: own.id, role: 'customer-contact' });
    const other = await createPerson(database, SYSTEM('test'), { name: 'Contact Xu', email: 'xu@b.example', customerId: await story.customer('Borealis').agreement().customerId() });
    await grantRole(database, SYSTEM('test'), { personId: other.id, role: 'customer-contact' });
    const asked = (id: string, customerId: string | null): Actor => ({ ...people.customer, id, customerId });
    const incident = await acme.incident({ level: 'LV3' });
    await incident.tell('desk', log, { kind: 'note', text: '@Contact Wu @Contact Xu inside', customerVisible: false, minutes: null });
    expect(await desk.kinds(asked(own.id, own.customerId), incident.id)).toEqual([]);
    await incident.tell('desk', log, { kind: 'note', text: '@Contact Wu @Contact Xu outside', customerVisible: true, minutes: null });
    expect(await desk.kinds(asked(own.id, own.customerId), incident.id)).toEqual(['mentioned']);
    await desk.catchUp();
    expect(await story.count('notice', `person_id = '${other.id}'`)).toBe(0);
  });

  test('WBD-13 ORG-03 a notice is gone from list and count as soon as its record may not be read any more', async () => {
    const person = await createPerson(database, SYSTEM('test'), { name: 'Zhou Limited', email: 'zhou@example.com' });
    const grant = await grantRole(database, SYSTEM('test'), { personId: person.id, role: 'engineer', customerId: await acme.customerId() });
    const permissions = permissionsOfRole('engineer');
    const with_ = (grants: Actor['grants']): Actor => ({ ...people.engineer, id: person.id, grants });
    const incident = await acme.incident({ level: 'LV3' });
    await incident.tell('desk', log, { kind: 'note', text: '@Zhou Limited have a look', customerVisible: false, minutes: null });
    await desk.catchUp();
    const before = with_([{ role: 'engineer', permissions, customerId: await acme.customerId(), teamId: null }]);
    expect([await unreadNotices(database.em, before), (await desk.all(before)).length]).toEqual([1, 1]);
    await revokeRole(database, SYSTEM('test'), grant.id);
    const elsewhere = with_([{ role: 'engineer', permissions, customerId: await story.customer('Cetus').agreement().customerId(), teamId: null }]);
    expect([await unreadNotices(database.em, elsewhere), (await desk.all(elsewhere)).length, await unreadNotices(database.em, with_([]))]).toEqual([0, 0, 0]);
    // Nor is one made any more.
    await incident.tell('desk', log, { kind: 'note', text: '@Zhou Limited and again', customerVisible: false, minutes: null });
    await desk.catchUp();
    expect(await story.count('notice', `person_id = '${person.id}'`)).toBe(1);
  });
});

describe('WBD-13 once, and not too often', () => {
  test('WBD-13 the same kind for the same record within five minutes is one notice with a count; at five minutes it is a new one', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    await desk.catchUp();
    story.at('2026-03-02 11:00:00');
    await incident.tell('desk', urge, { text: 'Hurry' });
    story.at('2026-03-02 11:04:59');
    await incident.tell('desk', urge, { text: 'Please hurry' });
    expect(await desk.kinds('engineer', incident.id)).toContain('feedback ×2');
    story.at('2026-03-02 11:09:59');
    await incident.tell('desk', urge, { text: 'Still waiting' });
    expect((await desk.kinds('engineer', incident.id)).filter((kind) => kind.startsWith('feedback'))).toEqual(['feedback', 'feedback ×2']);
  });

  test('WBD-13 one that was read is not counted further', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    await incident.tell('desk', urge, { text: 'Hurry' });
    await desk.catchUp();
    await markNoticesRead(database, people.engineer, null);
    await incident.tell('desk', urge, { text: 'Hurry more' });
    expect((await desk.kinds('engineer', incident.id)).filter((kind) => kind.startsWith('feedback'))).toEqual(['feedback', 'feedback']);
    expect(await unreadNotices(database.em, people.engineer)).toBe(1);
  });

  test('WBD-13 killed in the middle it has made nothing; handed everything again it makes nothing twice', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    const before = await story.count('notice');
    const killed = { ...NOTICES_CONSUMER, async consume(...given: Parameters<typeof NOTICES_CONSUMER.consume>) { await NOTICES_CONSUMER.consume(...given); throw new Error('killed'); } };
    await expect(consumeOnce(database, killed)).rejects.toThrow('killed');
    expect(await story.count('notice')).toBe(before);
    await Promise.all([desk.catchUp(), desk.catchUp(), desk.catchUp()]);
    await desk.catchUp();
    expect((await desk.kinds('engineer', incident.id)).filter((kind) => kind === 'assigned')).toHaveLength(1);
    const rows = () => database.em.execute<object[]>('select id, count, last_seq from notice order by id');
    const after = await rows();
    await database.em.execute(`update consumer_position set seq = 0 where name = 'notices'`);
    await desk.catchUp();
    expect(await rows()).toEqual(after);
  });

  test('WBD-13 D-25 imported history tells nobody', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await desk.catchUp();
    const before = await story.count('notice');
    await database.change(SYSTEM('import'), async (change) => change.emit({
      type: 'incident.assigned', subjectKind: 'incident', subjectId: incident.id, ticketId: incident.id, occurredAt: await change.now(), after: { holderId: people.senior.id }, mark: 'imported',
    }));
    await desk.catchUp();
    expect(await story.count('notice')).toBe(before);
  });
});

describe('WBD-13 reading, and what one wants to be shown', () => {
  test('WBD-13 one or all are marked as read, only of one\'s own', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, toEngineer);
    await desk.catchUp();
    await markNoticesRead(database, people.colleague, null);
    const [newest] = (await desk.all('engineer')).filter(({ recordId }) => recordId === incident.id);
    const before = await unreadNotices(database.em, people.engineer);
    expect(await markNoticesRead(database, people.colleague, [newest!.id])).toBe(0);
    expect(await markNoticesRead(database, people.engineer, [newest!.id])).toBe(1);
    expect(await unreadNotices(database.em, people.engineer)).toBe(before - 1);
    await markNoticesRead(database, people.engineer, null);
    expect(await unreadNotices(database.em, people.engineer)).toBe(0);
  });

  test('WBD-13 a kind that is turned off is not made; escalations cannot be turned off', async () => {
    await setNoticeKind(database, people.colleague, 'unassigned', false);
    const incident = await acme.incident({ level: 'LV3' });
    expect(await desk.kinds('colleague', incident.id)).toEqual([]);
    expect((await desk.kinds('engineer', incident.id))).toEqual(['unassigned']);
    await expect(setNoticeKind(database, people.colleague, 'escalated', false)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'kind' });
  });

  test('WBD-13 notices are kept for 90 days, and go then', async () => {
    await acme.incident({ level: 'LV3' });
    await desk.catchUp();
    const newest = (await database.em.execute<{ at: number }[]>('select (extract(epoch from max(last_at)) * 1000)::float8 as at from notice'))[0]!.at;
    const inDays = (days: number, less = 0): void => { story.open.time.current = newest + days * 86_400_000 - less; };
    inDays(90, 1);
    await removeOldNotices(database);
    expect(await story.count('notice')).toBeGreaterThan(0);
    inDays(90);
    await removeOldNotices(database);
    expect(await story.count('notice')).toBe(0);
  });

  test('WBD-13 pages of the list follow each other without gap, and a bad cursor names its field', async () => {
    for (let made = 0; made < 5; made += 1) await acme.incident({ level: 'LV3' });
    await desk.catchUp();
    const em = database.em;
    const first = await noticesOf(em, people.engineer, { first: 3, after: null, unreadOnly: true });
    const second = await noticesOf(em, people.engineer, { first: 3, after: first.pageInfo.endCursor, unreadOnly: true });
    expect([first.edges.length, first.pageInfo.hasNextPage, first.unread]).toEqual([3, true, 5]);
    expect(new Set([...first.edges, ...second.edges].map(({ node }) => node.id)).size).toBe(5);
    await expect(noticesOf(em, people.engineer, { first: 3, after: 'nonsense', unreadOnly: false })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
    expect(await story.auditProblems()).toEqual([]);
  });
});
