import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addItem, circulatePapers, decideItem, removeItem, vote } from '../../server/src/features/change/change-cab-agenda.service.ts';
import { addCabMember, removeCabMember } from '../../server/src/features/change/change-cab-member.service.ts';
import { callMeeting, cancelMeeting, closeMeeting, editMeeting, openMeeting } from '../../server/src/features/change/change-cab-meeting.service.ts';
import { findMeeting, listMeetings, listMembers, waitingForCab } from '../../server/src/features/change/change-cab.queries.ts';
import { PersonEntity, RoleGrantEntity } from '../../server/src/features/access/access.entity.ts';
import { permissionsOfRole } from '../../server/src/features/access/access.rules.ts';
import { steer } from '../../server/src/features/change/change-approve.service.ts';
import { schedule } from '../../server/src/features/change/change-schedule.service.ts';
import { CabMeetingEntity, CabVoteEntity } from '../../server/src/features/change/change-planning.entity.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import { CHANGE_POLICY } from '../../server/src/seed/policy-change.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { Refusal } from '../../server/src/kernel/refusal.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { ChangeStory, type ChangeInDatabase } from '../support/change-story.ts';
import { appoint } from '../support/planning-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await ChangeStory.start();
afterAll(() => story.desk.open.close());
const { database, people } = story;
const TEST = SYSTEM('test');
const { manager } = people;
const members: Actor[] = [];

beforeAll(async () => {
  for (const name of ['ana', 'bo', 'cy', 'dan', 'eve']) members.push(await person(name, 'cab-member'));
  await appoint(story, ...members);
});

async function person(name: string, role: string): Promise<Actor> {
  const id = newId();
  await database.change(TEST, async ({ em, now }) => {
    em.create(PersonEntity, { id, name, email: `${name}@cab.example`, phone: null, locale: 'en', customerId: null, passwordHash: null, active: true, createdAt: await now(), version: 1 });
    await em.flush();
    em.create(RoleGrantEntity, { id: newId(), personId: id, role, customerId: null, teamId: null });
  });
  return { kind: 'person', id, name, grants: [{ role, permissions: permissionsOfRole(role), customerId: null, teamId: null }], customerId: null, teamIds: [], origin: 'test' };
}

/** A meeting, told as somebody who has just read it. */
class Meeting {
  readonly id: string;

  private constructor(id: string) {
    this.id = id;
  }

  static async call(): Promise<Meeting> {
    return new Meeting(await callMeeting(database, manager, { title: 'Weekly CAB', startsAt: shanghai('2026-03-04 14:00'), place: 'Room 301' }));
  }

  async tell<Input>(command: (d: typeof database, actor: Actor, input: Input & { id: string; expectedVersion: number }) => Promise<string>, input: Input, by: Actor = manager): Promise<this> {
    const { version } = await database.em.findOneOrFail(CabMeetingEntity, { id: this.id });
    await command(database, by, { ...input, id: this.id, expectedVersion: version });
    return this;
  }

  async refusal<Input>(command: (d: typeof database, actor: Actor, input: Input & { id: string; expectedVersion: number }) => Promise<string>, input: Input, by: Actor = manager): Promise<string> {
    return refusalOf(() => this.tell(command, input, by));
  }

  async seen(by: Actor = manager) {
    const meeting = await findMeeting(database, by, { id: this.id });
    if (!meeting) throw new Error('the meeting is there');
    return meeting;
  }

  async item(change: ChangeInDatabase): Promise<string> {
    return (await this.seen()).items.find((item) => item.change.id === change.id)?.id ?? 'none';
  }

  async votes(change: ChangeInDatabase, cast: readonly (readonly [Actor, string])[]): Promise<this> {
    for (const [actor, word] of cast) await vote(database, actor, { meetingId: this.id, itemId: await this.item(change), vote: word });
    return this;
  }

  async onAgenda(change: ChangeInDatabase): Promise<this> {
    await change.paper('change-plan');
    await this.tell(circulatePapers, { changeId: change.id });
    return this.tell(addItem, { changeId: change.id });
  }
}

async function refusalOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

const important = (title: string): Promise<ChangeInDatabase> => story.inApproval('important', { title });
const [ana, bo, cy, dan, eve] = [0, 1, 2, 3, 4].map((index) => () => members[index]!);
const everybody = (word: string) => members.map((member) => [member, word] as const);

describe('CHG-05 papers and agenda', () => {
  test('CHG-05 an important change goes on the agenda only when its papers were circulated before', async () => {
    const [meeting, change] = [await Meeting.call(), await important('Papers')];
    expect(await meeting.refusal(addItem, { changeId: change.id })).toContain('circulate its papers to the members first');
    expect(await meeting.refusal(circulatePapers, { changeId: change.id })).toContain('no change plan 变更方案 attached');
    await meeting.onAgenda(change);
    const { items } = await meeting.seen();
    expect(items.map(({ change: { circulation } }) => [circulation?.papers.map(({ name }) => name), circulation?.members.map(({ name }) => name), circulation?.circulatedBy]))
      .toEqual([[['change-plan.pdf'], ['ana', 'bo', 'cy', 'dan', 'eve'], 'manager']]);
    expect(await meeting.refusal(addItem, { changeId: change.id })).toContain('ALREADY_DONE');
    await meeting.tell(openMeeting, { presentIds: [] });
    expect(await meeting.refusal(circulatePapers, { changeId: change.id })).toContain('MOVE_NOT_ALLOWED');
  });

  test('CHG-05 only a change that waits for approval; a major one after steering, as the waiting list says', async () => {
    const meeting = await Meeting.call();
    const accepted = await story.accepted('important', { title: 'Too early' });
    expect(await meeting.refusal(addItem, { changeId: accepted.id })).toContain('the CAB decides on changes that wait for approval');
    const major = await story.inApproval('major', { title: 'Major one' });
    const waits = async (): Promise<boolean> => (await waitingForCab(database, manager, meeting.id)).some(({ id }) => id === major.id);
    expect(await waits()).toBe(false);
    await major.tell('departmentManager', steer, { approved: true });
    expect(await waits()).toBe(true);
    await meeting.onAgenda(major);
    expect(await waits()).toBe(false);
    await meeting.tell(removeItem, { itemId: await meeting.item(major) });
    expect(await waits()).toBe(true);
  });

  test('CHG-05 which categories need papers is policy', async () => {
    const [meeting, change] = [await Meeting.call(), await important('Without papers')];
    await editPolicy(database, TEST, { key: 'change', expectedVersion: 1, body: { ...CHANGE_POLICY, cabPapersBeforehand: [] } });
    await meeting.tell(addItem, { changeId: change.id });
    expect((await meeting.seen()).items).toHaveLength(1);
    await editPolicy(database, TEST, { key: 'change', expectedVersion: 2, body: CHANGE_POLICY });
  });
});

describe('CHG-05 votes', () => {
  test('CHG-05 an absent member votes beforehand, and not in the meeting; who is there votes in it and may change it', async () => {
    const [meeting, change] = [await Meeting.call(), await important('Voting')];
    await meeting.onAgenda(change);
    await meeting.votes(change, [[ana!(), 'against']]);
    await meeting.tell(openMeeting, { presentIds: [bo!().id, cy!().id] });
    await meeting.votes(change, [[bo!(), 'for'], [cy!(), 'abstain'], [cy!(), 'for']]);
    expect(await refusalOf(() => meeting.votes(change, [[dan!(), 'for']]))).toContain('an absent member votes before the meeting is opened');
    expect(await refusalOf(() => meeting.votes(change, [[ana!(), 'for']]))).toContain('MOVE_NOT_ALLOWED');
    const [item] = (await meeting.seen()).items;
    expect(item?.votes.map(({ person: { name }, vote: word, beforehand }) => `${name} ${word} ${beforehand}`)).toEqual(['ana against true', 'bo for false', 'cy for false']);
    expect(item?.tally).toEqual({ entitled: 5, voted: 3, inFavour: 2, against: 1, abstained: 0, needed: 3, quorate: true, carried: true });
    expect([(await meeting.seen(bo!())).items[0]?.mayNotVote, (await meeting.seen(dan!())).items[0]?.mayNotVote === null]).toEqual([null, false]);
  });

  test('CHG-05 nobody votes on their own change, nor does who was not called', async () => {
    const [meeting, change] = [await Meeting.call(), await important('Own')];
    await meeting.onAgenda(change);
    for (const column of ['requester_id', 'owner_id', 'implementer_id']) {
      const before = await database.em.execute<{ id: string }[]>(`select ${column} as id from change where ticket_id = ?`, [change.id]);
      await database.em.execute(`update change set ${column} = ? where ticket_id = ?`, [ana!().id, change.id]);
      expect(await refusalOf(() => meeting.votes(change, [[ana!(), 'for']]))).toContain('Nobody votes on their own change');
      await database.em.execute(`update change set ${column} = ? where ticket_id = ?`, [before[0]!.id, change.id]);
    }
    const stranger = await person('fay', 'cab-member');
    expect(await refusalOf(() => meeting.votes(change, [[stranger, 'for']]))).toContain('Only a member who was called');
    expect(await refusalOf(() => meeting.votes(change, [[people.owner, 'for']]))).toContain('FORBIDDEN');
    expect(await refusalOf(() => meeting.votes(change, [[bo!(), 'perhaps']]))).toContain('INVALID_INPUT');
    expect(await database.em.count(CabVoteEntity, { itemId: await meeting.item(change) })).toBe(0);
  });

  test('CHG-05 five members who vote at once have five votes', async () => {
    const [meeting, change] = [await Meeting.call(), await important('At once')];
    await meeting.onAgenda(change);
    const itemId = await meeting.item(change);
    await Promise.all([...members, ...members].map((member) => vote(database, member, { meetingId: meeting.id, itemId, vote: 'for' })));
    expect((await meeting.seen()).items[0]?.tally).toMatchObject({ voted: 5, inFavour: 5 });
  });
});

describe('CHG-05 decision and minutes', () => {
  const sitting = async (change: ChangeInDatabase, cast: readonly (readonly [Actor, string])[]): Promise<Meeting> => {
    const meeting = await (await Meeting.call()).onAgenda(change);
    await meeting.tell(openMeeting, { presentIds: members.map(({ id }) => id) });
    return meeting.votes(change, cast);
  };

  test('CHG-05 with two of five there is no quorum, with three there is: closing writes the approval into the change', async () => {
    const change = await important('Quorum');
    const meeting = await sitting(change, [[ana!(), 'for'], [bo!(), 'for']]);
    const item = async () => ({ itemId: await meeting.item(change), decision: 'approved' });
    expect(await meeting.refusal(decideItem, await item())).toContain('2 of 5 members have voted, 3 are needed');
    await meeting.votes(change, [[cy!(), 'against']]);
    await meeting.tell(decideItem, await item());
    expect([await change.state(), (await change.facts()).approvedAt]).toEqual(['approval', null]);
    expect(await meeting.refusal(closeMeeting, { minutes: ' ' })).toContain('MISSING_FIELD');
    await meeting.tell(closeMeeting, { minutes: 'All were heard.' });
    expect((await change.facts()).approvedAt).not.toBeNull();
    const rows = await database.em.execute<{ step: string; decision: string; given: string; note: string }[]>('select step, decision, given, note from change_approval where ticket_id = ?', [change.id]);
    expect(rows).toMatchObject([{ step: 'cab', decision: 'approved', given: 'meeting' }]);
    expect(rows[0]?.note).toContain('2 for, 1 against, 0 abstained, 5 entitled');
    expect(await meeting.seen()).toMatchObject({ state: 'closed', minutes: 'All were heard.', quorumPercent: 60 });
    await change.tell('owner', schedule, { windowStartAt: shanghai('2026-03-07 22:00'), windowEndAt: shanghai('2026-03-08 02:00') });
    expect(await change.state()).toBe('scheduled');
  });

  test('CHG-05 the quorum is policy, fixed when the meeting is opened', async () => {
    const version = (await database.em.execute<{ v: number }[]>(`select max(version) as v from policy_version where key = 'change'`))[0]!.v;
    await editPolicy(database, TEST, { key: 'change', expectedVersion: version, body: { ...CHANGE_POLICY, cabQuorumPercent: 40 } });
    const change = await important('Less');
    const meeting = await sitting(change, [[ana!(), 'for'], [bo!(), 'for']]);
    await editPolicy(database, TEST, { key: 'change', expectedVersion: version + 1, body: CHANGE_POLICY });
    await meeting.tell(decideItem, { itemId: await meeting.item(change), decision: 'approved' });
    expect((await meeting.seen()).items[0]?.tally.needed).toBe(2);
  });

  test('CHG-05 a no sends the change back to planning with its reason; deferring leaves it waiting for another meeting', async () => {
    const [lost, later] = [await important('Lost'), await important('Later')];
    const meeting = await Meeting.call();
    for (const change of [lost, later]) await meeting.onAgenda(change);
    await meeting.tell(openMeeting, { presentIds: members.map(({ id }) => id) });
    await meeting.votes(lost, everybody('against'));
    const items = { lost: await meeting.item(lost), later: await meeting.item(later) };
    expect(await meeting.refusal(decideItem, { itemId: items.lost, decision: 'approved' })).toContain('was not carried: 0 for, 5 against');
    expect(await meeting.refusal(decideItem, { itemId: items.lost, decision: 'refused' })).toContain('MISSING_FIELD');
    await meeting.tell(decideItem, { itemId: items.lost, decision: 'refused', note: 'No fallback' });
    expect(await meeting.refusal(closeMeeting, { minutes: 'x' })).toContain('has no decision');
    await meeting.tell(decideItem, { itemId: items.later, decision: 'deferred', note: 'Owner is away' });
    await meeting.tell(closeMeeting, { minutes: 'Two items.' });
    expect([await lost.state(), await later.state()]).toEqual(['planning', 'approval']);
    expect((await waitingForCab(database, manager, null)).map(({ id }) => id)).toContain(later.id);
    expect((await lost.events()).some((event) => event.startsWith('change.rejected'))).toBe(true);
  });

  test('CHG-05 nobody decides on or closes over their own change; all decisions are written or none', async () => {
    const [first, own] = [await important('Somebody else\'s'), await important('The manager\'s')];
    const meeting = await Meeting.call();
    for (const change of [first, own]) await meeting.onAgenda(change);
    await meeting.tell(openMeeting, { presentIds: members.map(({ id }) => id) });
    for (const change of [first, own]) {
      await meeting.votes(change, everybody('for'));
      await meeting.tell(decideItem, { itemId: await meeting.item(change), decision: 'approved' });
    }
    await database.em.execute('update change set requester_id = ? where ticket_id = ?', [manager.id, own.id]);
    expect(await meeting.refusal(decideItem, { itemId: await meeting.item(own), decision: 'approved' })).toContain('Nobody decides on their own change');
    expect(await meeting.refusal(closeMeeting, { minutes: 'x' })).toContain('FORBIDDEN');
    expect([(await first.facts()).approvedAt, (await meeting.seen()).state]).toEqual([null, 'open']);
    const second = await person('gil', 'change-manager');
    await meeting.tell(closeMeeting, { minutes: 'Closed by another change manager.' }, second);
    expect([(await first.facts()).approvedAt, (await own.facts()).approvedAt].includes(null)).toBe(false);
  });
});

describe('CHG-05 who and when', () => {
  test('CHG-05 the change manager calls; members do not, customers see nothing of it', async () => {
    const input = { title: 'x', startsAt: shanghai('2026-03-04 14:00') };
    await expect(callMeeting(database, ana!(), input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(callMeeting(database, manager, { ...input, startsAt: shanghai('2026-03-02 09:59') })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'startsAt' });
    await expect(callMeeting(database, manager, { ...input, memberIds: [people.owner.id] })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'memberIds' });
    for (const work of [async () => listMeetings(database.em, story.contact, {}), async () => findMeeting(database, story.contact, { number: 'CAB-0000001' }), async () => listMembers(database.em, story.contact)] as const) {
      expect(await refusalOf(work)).toContain('FORBIDDEN');
    }
    const meeting = await Meeting.call();
    expect(await meeting.refusal(cancelMeeting, { reason: 'x' }, ana!())).toContain('FORBIDDEN');
    await meeting.tell(cancelMeeting, { reason: 'Holiday' });
    expect(await meeting.refusal(openMeeting, { presentIds: [] })).toContain('MOVE_NOT_ALLOWED');
  });

  test('CHG-05 a member needs a role that may vote, is there once, and stays called after leaving the list', async () => {
    const { em } = database;
    await expect(addCabMember(database, manager, { personId: people.owner.id, speaksFor: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'personId' });
    await expect(addCabMember(database, manager, { personId: ana!().id, speaksFor: 'x' })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await expect(addCabMember(database, ana!(), { personId: bo!().id, speaksFor: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const meeting = await Meeting.call();
    const list = await listMembers(em, manager);
    const { id } = list.find(({ person: one }) => one.id === eve!().id)!;
    await removeCabMember(database, manager, { id });
    expect([(await listMembers(em, manager)).length, (await meeting.seen()).seats.length]).toEqual([4, 5]);
    await appoint(story, eve!());
  });

  test('API-03 a meeting is edited by its version, the same key calls one meeting, pages follow one another', async () => {
    const input = { title: 'Keyed', startsAt: shanghai('2026-03-09 14:00'), idempotencyKey: 'cab-call-0001' };
    const id = await callMeeting(database, manager, input);
    expect(await callMeeting(database, manager, input)).toBe(id);
    await editMeeting(database, manager, { id, expectedVersion: 1, title: 'Renamed', memberIds: [ana!().id] });
    await expect(editMeeting(database, manager, { id, expectedVersion: 1, title: 'Again' })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    expect(await findMeeting(database, manager, { id })).toMatchObject({ title: 'Renamed', seats: [{ person: { name: 'ana' } }] });
    const first = await listMeetings(database.em, manager, { first: 2 });
    const second = await listMeetings(database.em, manager, { first: 100, after: first.pageInfo.endCursor });
    const numbers = [...first.edges, ...second.edges].map(({ node }) => node.number);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage, new Set(numbers).size, first.edges[0]?.node.title]).toEqual([true, false, await story.desk.count('cab_meeting'), 'Renamed']);
    await expect(listMeetings(database.em, manager, { first: 101 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' });
    await expect(listMeetings(database.em, manager, { after: 'xyz' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
    expect(await story.desk.auditProblems()).toEqual([]);
  });
});
