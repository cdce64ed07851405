import { afterAll, expect, test } from 'vitest';
import { answerSatisfaction, askSatisfaction, rateIncident } from '../../server/src/features/incident/incident-satisfaction.service.ts';
import { satisfactionOf } from '../../server/src/features/incident/incident.queries.ts';
import { accept, close, propose } from '../../server/src/features/incident/incident-solve.service.ts';
import { take } from '../../server/src/features/incident/incident-work.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const { database } = story.open;
const visitor: Actor = { ...SYSTEM('one-time-link'), kind: 'token' };

async function solved() {
  const acme = story.customer().agreement('vip');
  const told = await acme.incident({ level: 'LV3', caller: 'Li' });
  await told.tell('engineer', take, {});
  await told.tell('engineer', propose, { solution: 'Swapped the disk.', causeClass: 'unknown' });
  const contact = story.contactOf(await acme.customerId());
  await told.tell(contact, accept, {});
  return { told, contact, id: (await told.ticket()).id };
}

async function closed() {
  const facts = await solved();
  await facts.told.tell('desk', close, { closureCode: 'successful' });
  return facts;
}

const logged = (id: string, type: string) => database.em.execute<{ after: Record<string, unknown> }[]>(`select payload->'after' as after from event_log where ticket_id = ? and type = ?`, [id, type]);

test('INC-17 on closing the customer, the engineer and the SLA owner are told', async () => {
  const { told, id } = await closed();
  const { customerId } = await told.ticket();
  const [event] = await logged(id, 'incident.closed');
  expect(event?.after['notified']).toEqual([`customer ${customerId}`, `engineer ${story.people.engineer.id}`, `sla-owner ${story.people.slaOwner.id}`]);
});

test('INC-17 the one-time link rates once, without signing in, and is told only when it is made', async () => {
  const { id } = await closed();
  const first = await askSatisfaction(database, story.people.desk, id);
  const secret = await askSatisfaction(database, story.people.desk, id);
  await expect(answerSatisfaction(database, visitor, { secret: first, score: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'secret' });
  for (const score of [0, 6, 2.5]) await expect(answerSatisfaction(database, visitor, { secret, score })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'score' });
  expect(await satisfactionOf(database.em, id)).toBeNull();
  await answerSatisfaction(database, visitor, { secret, score: 5, text: ' Quick. ' });
  expect(await satisfactionOf(database.em, id)).toMatchObject({ score: 5, text: 'Quick.', answeredBy: 'one-time link' });
  await expect(answerSatisfaction(database, visitor, { secret, score: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(askSatisfaction(database, story.people.desk, id)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  const everything = JSON.stringify(await database.em.execute('select * from event_log')) + JSON.stringify(await database.em.execute('select * from satisfaction'));
  expect([everything.includes(secret), everything.includes(first)]).toEqual([false, false]);
});

test('INC-17 a low score proposes a complaint and never reopens; 3 proposes none', async () => {
  for (const [score, complaintProposed] of [[2, true], [3, false]] as const) {
    const { told, contact, id } = await closed();
    await rateIncident(database, contact, { id, score });
    expect((await logged(id, 'incident.rated')).map(({ after }) => [after['score'], after['complaintProposed']])).toEqual([[score, complaintProposed]]);
    expect((await told.facts()).state).toBe('closed');
  }
});

test('INC-17 ORG-03 only a closed incident, only the desk asks, only the own customer rates, only once', async () => {
  const open = await solved();
  await expect(askSatisfaction(database, story.people.desk, open.id)).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  const { contact, id } = await closed();
  await expect(askSatisfaction(database, story.people.engineer, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(rateIncident(database, story.people.desk, { id, score: 5 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(rateIncident(database, open.contact, { id, score: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await rateIncident(database, contact, { id, score: 4 });
  await expect(rateIncident(database, contact, { id, score: 1 })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
});
