import { afterAll, expect, test } from 'vitest';
import { incidentByNumber } from '../../server/src/features/incident/incident.queries.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
const { people, database } = story;
afterAll(() => story.open.close());

const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();

test('INC-21 ORG-03 of two incidents that had one number in their systems everybody finds the one that they may see', async () => {
  const theirs = await acme.incident({ level: 'LV3' });
  const ours = await globex.incident({ level: 'LV3' });
  for (const [index, { id }] of [theirs, ours].entries()) await database.em.execute(`update ticket set external_number = 'SN-1', external_source = ? where id = ?`, [`system-${index}`, id]);
  const found = async (actor: Parameters<typeof incidentByNumber>[1]) => (await incidentByNumber(database.em, actor, 'SN-1'))?.id;
  expect(await found(story.contactOf(await acme.customerId()))).toBe(theirs.id);
  expect(await found(story.contactOf(await globex.customerId()))).toBe(ours.id);
  expect([theirs.id, ours.id]).toContain(await found(people.serviceManager));
  expect(await found(story.contactOf(await story.customer('Initech').agreement().customerId()))).toBeUndefined();
});
