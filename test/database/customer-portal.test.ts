import { afterAll, describe, expect, test } from 'vitest';
import { attach, readAttachment } from '../../server/src/features/ticket/ticket-attachment.service.ts';
import { filesOf } from '../../server/src/features/ticket/ticket-history.service.ts';
import { incidentsById } from '../../server/src/features/incident/incident.queries.ts';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { feedback, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { record, type RecordInput } from '../../server/src/features/incident/incident-record.service.ts';
import { rateIncident } from '../../server/src/features/incident/incident-satisfaction.service.ts';
import { accept, close, propose, refuse } from '../../server/src/features/incident/incident-solve.service.ts';
import { take } from '../../server/src/features/incident/incident-work.service.ts';
import { cursorOf, myIncidents, RATE_DAYS, type MyQuestion } from '../../server/src/features/portal/portal.queries.ts';
import type { Actor } from '../../server/src/kernel/actor.ts';
import { DAY } from '../../server/src/kernel/instant.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const { database } = story.open;
const question = (view: MyQuestion['view'], more: Partial<MyQuestion> = {}): MyQuestion =>
  ({ view, text: null, first: 100, after: null, now: story.open.time.current, onCustomer: ['awaiting-user', 'user-busy', 'customer-duty'], leftOut: ['duplicate', 'withdrawn'], ...more });
const seen = async (actor: Actor, view: MyQuestion['view'], more: Partial<MyQuestion> = {}) =>
  (await myIncidents(database.em, actor, question(view, more))).incidents.map(({ number, turn }) => `${number} ${turn}`);

async function customer() {
  const acme = story.customer().agreement('vip');
  const customerId = await acme.customerId();
  return { acme, customerId, contact: story.contactOf(customerId) };
}

const report = (customerId: string, more: Partial<RecordInput> = {}): RecordInput => ({
  customerId, title: 'No network', description: 'Third floor', channel: 'web', category: 'other', technicalClass: 'other', impact: 2, urgency: 2, ...more,
});

describe('WBD-12 whose turn it is', () => {
  test('WBD-12 INC-07 an incident on hold for the customer waits for them until they answer; one on hold for a vendor never does', async () => {
    const { acme, contact } = await customer();
    const asked = await acme.incident({ level: 'LV3' });
    const vendor = await acme.incident({ level: 'LV3' });
    for (const [told, category] of [[asked, 'awaiting-user'], [vendor, 'awaiting-vendor']] as const) {
      await told.tell('engineer', take, {});
      await told.tell('engineer', suspend, { category, text: 'Which car?', expectedEndAt: story.open.time.current + DAY });
    }
    const { number } = await asked.ticket();
    expect(await seen(contact, 'waiting')).toEqual([`${number} answer`]);
    await asked.tell(contact, feedback, { text: 'Car 7.', channel: 'web' });
    expect(await seen(contact, 'waiting')).toEqual([]);
    expect((await seen(contact, 'open')).length).toBe(2);
  });

  test('WBD-12 D-03 INC-17 a solution waits for a word; the word, or a refusal with its reason, ends the turn', async () => {
    const { acme, contact } = await customer();
    const told = await acme.incident({ level: 'LV3' });
    await told.tell('engineer', take, {});
    await told.tell('engineer', propose, { solution: 'Swapped the cable.', causeClass: 'unknown' });
    const { number } = await told.ticket();
    expect(await seen(contact, 'waiting')).toEqual([`${number} confirm`]);
    await told.tell(contact, refuse, { reason: 'Still down.' });
    expect(await seen(contact, 'waiting')).toEqual([]);
    await told.tell('engineer', propose, { solution: 'Swapped the switch.', causeClass: 'unknown' });
    expect(await seen(contact, 'waiting')).toEqual([`${number} confirm`]);
    await told.tell(contact, accept, {});
    expect(await seen(contact, 'waiting')).toEqual([]);
  });

  test('WBD-12 INC-17 a closed incident waits for a rating up to thirty days, one of another process never', async () => {
    const { acme, contact } = await customer();
    const told = await acme.incident({ level: 'LV3' });
    await told.tell('engineer', take, {});
    await told.tell('engineer', propose, { solution: 'Done.', causeClass: 'unknown' });
    await told.tell(contact, accept, {});
    await told.tell('desk', close, { closureCode: 'successful' });
    const withdrawn = await acme.incident({ level: 'LV3' });
    await withdrawn.tell('desk', close, { closureCode: 'withdrawn', reason: 'It was nothing.' });
    const { number, id, closedAt } = await told.ticket();
    expect(await seen(contact, 'waiting')).toEqual([`${number} rate`]);
    const edge = (closedAt ?? 0) + RATE_DAYS * DAY;
    expect(await seen(contact, 'waiting', { now: edge - 1 })).toEqual([`${number} rate`]);
    expect(await seen(contact, 'waiting', { now: edge })).toEqual([]);
    await rateIncident(database, contact, { id, score: 5 });
    expect(await seen(contact, 'waiting')).toEqual([]);
    expect((await myIncidents(database.em, contact, question('closed'))).counts).toEqual({ open: 0, waiting: 0, closed: 2 });
  });
});

describe('WBD-12 ORG-03 the customer\'s list', () => {
  test('ORG-03 holds no other customer\'s incidents, and is nobody\'s but a customer\'s', async () => {
    const { acme, contact } = await customer();
    const other = await customer();
    await acme.incident({ title: 'Mine' });
    await other.acme.incident({ title: 'Theirs' });
    expect((await myIncidents(database.em, contact, question('open'))).incidents.map(({ title }) => title)).toEqual(['Mine']);
    await expect(myIncidents(database.em, story.people.desk, question('open'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('WBD-12 is searched by number, title and reporter, and paged in a total order', async () => {
    const { acme, contact } = await customer();
    for (const title of ['100% full', 'Printer', 'Scanner']) await acme.incident({ title, caller: title === 'Printer' ? 'Zhang' : 'Li' });
    const titles = async (text: string | null) => (await myIncidents(database.em, contact, question('open', { text }))).incidents.map(({ title }) => title);
    expect([await titles('zhang'), await titles('100%'), (await titles(null)).length]).toEqual([['Printer'], ['100% full'], 3]);
    const first = await myIncidents(database.em, contact, question('open', { first: 2 }));
    expect(first.hasNextPage).toBe(true);
    const rest = await myIncidents(database.em, contact, question('open', { first: 2, after: cursorOf(first.incidents[1]!) }));
    expect([rest.incidents.length, rest.hasNextPage]).toEqual([1, false]);
    expect(new Set([...first.incidents, ...rest.incidents].map(({ id }) => id)).size).toBe(3);
    await expect(myIncidents(database.em, contact, question('open', { after: 'x' }))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
  });
});

describe('WBD-12 INC-03 a customer reports a fault', () => {
  test('WBD-12 D-20 it waits for assignment at the service desk, its level proposed and not confirmed', async () => {
    const { customerId, contact } = await customer();
    const id = await record(database, contact, report(customerId));
    const row = (await incidentsById(database.em, story.people.desk, [id])).get(id);
    expect(row).toMatchObject({ state: 'awaiting-assignment', level: 'LV3', proposedLevel: 'LV3', levelConfirmed: false, channel: 'web', holder: null, firstContactEngineer: null });
    expect(row?.team?.id).toBe(story.teams.desk);
  });

  test.each([
    ['level', { level: 'LV1' }], ['teamId', { teamId: '00000000-0000-4000-8000-000000000000' }], ['difficulty', { difficulty: 'hard' }], ['sendElsewhere', { sendElsewhere: { process: 'other', reason: 'x' } }],
    ['duplicateOfId', { duplicateOfId: '00000000-0000-4000-8000-000000000000' }], ['reportedAt', { reportedAt: 0 }], ['source', { source: 'mail' }], ['externalNumber', { externalNumber: 'X1' }],
  ] as const)('ORG-03 INC-04 "%s" is the receiver\'s to say', async (field, more) => {
    const { customerId, contact } = await customer();
    await expect(record(database, contact, report(customerId, more as Partial<RecordInput>))).rejects.toMatchObject({ code: 'FORBIDDEN', field });
    expect(await story.count('ticket', `customer_id = '${customerId}'`)).toBe(0);
  });

  test('ORG-03 only for themselves, only by the web', async () => {
    const { customerId, contact } = await customer();
    const other = await customer();
    await expect(record(database, contact, report(other.customerId))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(record(database, contact, report(customerId, { channel: 'phone' }))).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'channel' });
  });

  test('SLA-06 ORG-03 a customer raises by hand, and names no addressee and no step of ours', async () => {
    const { acme, contact } = await customer();
    const told = await acme.incident({ level: 'LV2' });
    await expect(told.tell(contact, escalate, { step: 'escalation-2', to: [], reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'step' });
    await expect(told.tell(contact, escalate, { step: 'manual', to: ['the boss'], reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'step' });
    await told.tell(contact, escalate, { step: 'manual', to: [], reason: 'Patients wait.' });
    expect(await story.count('escalation', `ticket_id = '${(await told.ticket()).id}' and step = 'manual'`)).toBe(1);
  });
});

test('ORG-03 INC-03 a file of ours stays ours unless it is meant for the customer; theirs is always theirs', async () => {
  const { acme, contact } = await customer();
  const { id } = await (await acme.incident()).ticket();
  const file = { ticketId: id, mediaType: 'text/plain', content: Buffer.from('x') };
  const ours = await attach(database, story.people.desk, { ...file, name: 'dump.txt' });
  const meant = await attach(database, story.people.desk, { ...file, name: 'guide.txt', customerVisible: true });
  const theirs = await attach(database, contact, { ...file, name: 'photo.txt', customerVisible: false });
  expect((await filesOf(database.em, contact, id)).map(({ name }) => name).toSorted()).toEqual(['guide.txt', 'photo.txt']);
  expect((await filesOf(database.em, story.people.desk, id)).length).toBe(3);
  await expect(readAttachment(database, contact, ours)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await readAttachment(database, contact, meant)).name).toBe('guide.txt');
  expect((await readAttachment(database, contact, theirs)).name).toBe('photo.txt');
});
