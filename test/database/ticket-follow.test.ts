import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { followedRecords, followingOf, followRecord, unfollowRecord } from '../../server/src/features/ticket/ticket-follow.service.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { DeskStory } from '../support/desk-story.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
beforeEach(() => void story.at('2026-03-02 10:00'));

const { database } = story;
const { desk, engineer } = story.people;
const acme = story.customer('Acme').agreement();
const globex = story.customer('Globex').agreement();
const numbers = async (actor: typeof desk): Promise<string[]> => (await followedRecords(database.em.fork(), actor, 50)).map(({ number }) => number);
const followEvents = async (incident: { events(): Promise<{ type: string }[]> }): Promise<string[]> =>
  (await incident.events()).map(({ type }) => type).filter((type) => type.startsWith('ticket.'));

describe('INC-21 following a record', () => {
  test('INC-21 who follows a record finds it in the list of what they follow, the others do not', async () => {
    const incident = await acme.incident();
    await followRecord(database, engineer, incident.id);
    const { number } = await incident.ticket();
    expect(await numbers(engineer)).toEqual([number]);
    expect(await numbers(desk)).toEqual([]);
    expect(await followingOf(database.em.fork(), engineer, incident.id)).toEqual({ mine: true, followers: 1 });
    expect(await followingOf(database.em.fork(), desk, incident.id)).toEqual({ mine: false, followers: 1 });
    await unfollowRecord(database, engineer, incident.id);
    expect(await numbers(engineer)).toEqual([]);
  });

  test('INC-21 following and no longer following are events of the record, each told once', async () => {
    const incident = await acme.incident();
    const { version } = await incident.ticket();
    for (let i = 0; i < 2; i += 1) await followRecord(database, engineer, incident.id);
    for (let i = 0; i < 2; i += 1) await unfollowRecord(database, engineer, incident.id);
    expect(await followEvents(incident)).toEqual(['ticket.followed', 'ticket.unfollowed']);
    // A colleague's open form does not become stale by it.
    expect((await incident.ticket()).version).toBe(version);
  });

  test('INC-21 ORG-03 a contact follows their own organisation\'s records, another\'s do not exist for them', async () => {
    const own = await acme.incident();
    const other = await globex.incident();
    const contact = story.contactOf(await acme.customerId());
    await followRecord(database, contact, own.id);
    await expect(followRecord(database, contact, other.id)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'id' });
    expect(await followingOf(database.em.fork(), contact, other.id)).toBeNull();
    expect(await numbers(contact)).toEqual([(await own.ticket()).number]);
    // Moved to another organisation, the contact loses sight of it.
    expect(await numbers(story.contactOf(await globex.customerId()))).toEqual([]);
  });

  test('INC-21 ORG-03 whoever reads a record follows it, an auditor too; a contact neither follows nor unfollows another\'s', async () => {
    const [own, other] = [await acme.incident(), await globex.incident()];
    const auditor = { ...engineer, grants: [{ role: 'auditor', permissions: permissionsOfRole('auditor'), customerId: null, teamId: null }] };
    await followRecord(database, auditor, own.id);
    expect(await followingOf(database.em.fork(), auditor, own.id)).toEqual({ mine: true, followers: 1 });
    await unfollowRecord(database, auditor, own.id);
    expect(await followEvents(own)).toEqual(['ticket.followed', 'ticket.unfollowed']);
    const contact = story.contactOf(await acme.customerId());
    await expect(unfollowRecord(database, contact, other.id)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'id' });
    expect(await followEvents(other)).toEqual([]);
  });

  test('INC-21 only a person follows, and only a record that there is', async () => {
    const incident = await acme.incident();
    await expect(followRecord(database, SYSTEM('timer'), incident.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(followRecord(database, engineer, newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
