import { afterAll, describe, expect, test } from 'vitest';
import { myWorkSection, type MyWorkSectionName } from '../../server/src/features/board/my-work.queries.ts';
import { acknowledge, acceptHandedOver, escalate, handOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { feedback, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { assign } from '../../server/src/features/incident/incident-work.service.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { NoticeDesk } from '../support/notice-desk.ts';

const desk = await NoticeDesk.start();
const { story } = desk;
const { database, people, teams } = story;
afterAll(() => story.open.close());
const acme = story.customer('Acme').agreement();
const section = async (who: Actor, name: MyWorkSectionName) => (await myWorkSection(database.em, who, name)).items.map(({ recordId }) => recordId);
const give = { teamId: teams.engineers, holderId: people.engineer.id, reason: null };
const suspension = { category: 'awaiting-user', text: 'Waits', pastedMail: null, expectedEndAt: Date.parse('2026-03-04T02:00:00Z') };

describe('INC-21 WBD-13 my work', () => {
  test('INC-18 INC-21 what I hold stands in the order of work: level first, suspended last', async () => {
    const low = await (await acme.incident({ level: 'LV4' })).tell('desk', assign, give);
    const high = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, give);
    const waiting = await (await (await acme.incident({ level: 'LV3' })).tell('desk', assign, give)).tell('engineer', suspend, suspension);
    expect(await section(people.engineer, 'held')).toEqual([high.id, low.id, waiting.id]);
    expect(await section(people.colleague, 'held')).toEqual([]);
  });

  test('WBD-13 D-37 what the customer has answered moves from held to feedback', async () => {
    const incident = await (await (await acme.incident({ level: 'LV3' })).tell('desk', assign, give)).tell('engineer', suspend, suspension);
    expect(await section(people.engineer, 'feedback')).not.toContain(incident.id);
    await incident.tell('desk', feedback, { text: 'Back', channel: 'phone' });
    expect([await section(people.engineer, 'feedback'), (await section(people.engineer, 'held')).includes(incident.id)]).toEqual([[incident.id], false]);
  });

  test('WBD-13 HND-01 HND-02 a handoff waits with the team that gets it, and stays in sight of its first contact', async () => {
    const incident = await (await acme.incident({ level: 'LV3' })).tell('desk', assign, give);
    expect(await section(people.senior, 'handoffs')).toEqual([]);
    const { firstContactEngineerId } = await incident.facts();
    const firstContact = Object.values(people).find(({ id }) => id === firstContactEngineerId)!;
    expect(await section(firstContact, 'handedOver')).toEqual(firstContact.id === people.engineer.id ? [] : expect.arrayContaining([incident.id]));
    await incident.tell('engineer', handOver, { toTeamId: teams.seniors, reason: 'Beyond us', tried: 'All', requestedAction: 'Look' });
    expect([await section(people.senior, 'handoffs'), await section(people.colleague, 'handoffs'), (await section(firstContact, 'handedOver')).includes(incident.id)]).toEqual([[incident.id], [], true]);
    // It is not unassigned work of theirs as long as it waits.
    expect(await section(people.senior, 'unassigned')).not.toContain(incident.id);
    await incident.tell('senior', acceptHandedOver, {});
    expect([await section(people.senior, 'handoffs'), await section(people.senior, 'held')]).toEqual([[], [incident.id]]);
  });

  test('WBD-13 SLA-07 an escalation waits for the person it is addressed to until it is acknowledged', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await incident.tell('serviceManager', escalate, { step: 'escalation-1', reason: 'Urgent', to: [] });
    expect([await section(people.slaOwner, 'alarms'), await section(people.colleague, 'alarms')]).toEqual([[incident.id], []]);
    const [escalation] = await incident.escalations();
    await incident.tell('slaOwner', acknowledge, { escalationId: escalation!.id });
    expect(await section(people.slaOwner, 'alarms')).toEqual([]);
  });

  test('WBD-13 a section shows 50 and counts all', async () => {
    const before = (await myWorkSection(database.em, people.colleague, 'unassigned')).total;
    for (let made = before; made < 51; made += 1) await acme.incident({ level: 'LV3' });
    const { items, total } = await myWorkSection(database.em, people.colleague, 'unassigned');
    expect([items.length, total]).toEqual([50, 51]);
  });

  test('WBD-13 ORG-03 whoever may not read a customer\'s records has none of them here; a customer has no such page', async () => {
    const elsewhere = await story.customer('Borealis').agreement().customerId();
    const limited: Actor = { ...people.engineer, grants: people.engineer.grants.map((grant) => ({ ...grant, customerId: elsewhere })) };
    for (const name of ['held', 'unassigned', 'feedback', 'handedOver'] as const) expect(await section(limited, name)).toEqual([]);
    await expect(myWorkSection(database.em, story.contactOf(elsewhere), 'held')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('WBD-13 tasks and followed are read without fault', async () => {
    const incident = await acme.incident({ level: 'LV3' });
    await database.em.execute('insert into ticket_follower (ticket_id, person_id, followed_at) values (?, ?, now())', [incident.id, people.senior.id]);
    expect([await section(people.senior, 'followed'), await section(people.senior, 'tasks')]).toEqual([[incident.id], []]);
  });
});
