import { afterAll, describe, expect, test } from 'vitest';
import { decideEntry, holdReview, prepareReview } from '../../server/src/features/review/review.service.ts';
import { ReviewEntryEntity, ReviewMeetingEntity, type ReviewEntry } from '../../server/src/features/review/review.entity.ts';
import { openProblemFor } from '../../server/src/features/problem/problem-open.service.ts';
import { linkCi } from '../../server/src/features/incident/incident-work.service.ts';
import { addCi, DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const { database } = story;
const { serviceManager, engineer } = story.people;
const acme = story.customer('Acme').agreement();

type Report = NonNullable<Parameters<typeof acme.incident>[0]>;
const at = (local: string, input: Report = {}): Promise<IncidentInDatabase> => {
  story.at(local);
  return acme.incident(input);
};
const closedAs = (incident: IncidentInDatabase, code: string, local: string): Promise<unknown> => database.em.transactional(async (em) => {
  await em.execute(`update incident set state = 'closed', closure_code = ? where ticket_id = ?`, [code, incident.id]);
  await em.execute('update ticket set closed_at = ?::timestamptz where id = ?', [new Date(shanghai(local)).toISOString(), incident.id]);
});
const entries = async (meetingId: string): Promise<ReviewEntry[]> => database.em.find(ReviewEntryEntity, { meetingId }, { orderBy: { list: 'asc', label: 'asc' } });
const shown = async (meetingId: string): Promise<string[]> => (await entries(meetingId)).map(({ list, label, incidentIds, decision }) => `${list} ${label} ${incidentIds.length} ${decision ?? '?'}`);
const versionOf = async (id: string): Promise<number> => (await database.em.findOneOrFail(ReviewMeetingEntity, { id })).version;

// The month of March 2026 in Shanghai, with neighbours on both sides of each edge.
const before = await at('2026-02-28 23:59', { symptom: 'Edge' });
const first = await at('2026-03-01 00:00', { symptom: 'Edge' });
const last = await at('2026-03-31 23:59', { symptom: 'Edge' });
await at('2026-04-01 00:00', { symptom: 'Edge' });
const ciId = await addCi(story, await acme.customerId(), 'core-01');
for (const day of ['05', '06', '07']) await (await at(`2026-03-${day} 10:00`, { symptom: 'Single words', technicalClass: 'network' })).tell('desk', linkCi, { ciId, cause: false });
const alone = await at('2026-03-10 10:00', { symptom: 'Alone', title: 'Worked around' });
await closedAs(alone, 'workaround', '2026-03-31 23:59');
await closedAs(before, 'workaround', '2026-04-01 00:00');
const alarm = await at('2026-03-12 10:00', { symptom: 'Alone' });
await closedAs(alarm, 'false-alarm', '2026-03-12 11:00');

describe('INC-25 the incident review of a month', () => {
  test('INC-25 a month that is not over, or is none, cannot be reviewed; only by those who may', async () => {
    story.at('2026-04-01 00:00');
    story.open.time.current -= 1;
    await expect(prepareReview(database, serviceManager, { month: '2026-03' })).rejects.toMatchObject({ code: 'OUT_OF_RANGE', field: 'month' });
    story.at('2026-04-01 00:00');
    for (const month of ['2026-13', '2026-3', 'March']) await expect(prepareReview(database, serviceManager, { month })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'month' });
    await expect(prepareReview(database, engineer, { month: '2026-03' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('INC-25 the agenda: repeated incidents of the month in the organisation\'s calendar, and those closed with a workaround in it', async () => {
    story.at('2026-04-02 09:00');
    const [id] = await Promise.all(Array.from({ length: 4 }, () => prepareReview(database, serviceManager, { month: '2026-03' })));
    // "Single words" and core-01 are the same three incidents: one point.
    expect(await shown(id!)).toEqual(['repeated Edge 2 ?', 'repeated core-01 3 ?', `workaround ${(await alone.ticket()).number} Worked around 1 ?`]);
    expect((await entries(id!))[0]!.incidentIds.toSorted()).toEqual([first.id, last.id].toSorted());
    expect((await database.em.findOneOrFail(ReviewMeetingEntity, { id: id! })).figures).toMatchObject({ reported: 7, closed: 2, workaround: 1, byLevel: { LV2: 7 } });
    expect(await story.count('review_meeting', `month = '2026-03'`)).toBe(1);
  });

  test('INC-25 problem: opened for all incidents of the point, the open problem of one of them is taken', async () => {
    const id = await prepareReview(database, serviceManager, { month: '2026-03' });
    const point = (await entries(id)).find(({ label }) => label === 'core-01')!;
    const problemId = await database.change(serviceManager, (change) => openProblemFor(database, change, { incidentId: point.incidentIds[1]!, title: 'Earlier', reason: 'test' }));
    const command = { id, expectedVersion: await versionOf(id), entryId: point.id };
    await decideEntry(database, serviceManager, { ...command, decision: 'problem', reason: 'Third time' });
    expect((await entries(id)).find(({ label }) => label === 'core-01')).toMatchObject({ decision: 'problem', reason: 'Third time', resultId: problemId, decidedBy: 'serviceManager' });
    expect(await story.count('ticket_link', `from_id = '${problemId}' and kind = 'problem-of'`)).toBe(3);
    await expect(decideEntry(database, serviceManager, { ...command, expectedVersion: await versionOf(id), decision: 'none', reason: 'x' })).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'entryId' });
  });

  test('INC-25 change: raised for the point; a change that is refused leaves no decision', async () => {
    const id = await prepareReview(database, serviceManager, { month: '2026-03' });
    const point = (await entries(id)).find(({ list }) => list === 'workaround')!;
    const command = { id, expectedVersion: await versionOf(id), entryId: point.id, decision: 'change' as const, category: 'general', risk: 'low' };
    await expect(decideEntry(database, serviceManager, { ...command, type: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'type' });
    expect((await entries(id)).find(({ list }) => list === 'workaround')!.decision).toBeNull();
    await decideEntry(database, serviceManager, { ...command, type: 'system' });
    const { resultId } = (await entries(id)).find(({ list }) => list === 'workaround')!;
    expect(await story.count('ticket_link', `from_id = '${resultId}' and to_id = '${alone.id}' and kind = 'change-for'`)).toBe(1);
  });

  test('INC-25 none needs a reason; held only when every point is decided, and frozen then', async () => {
    const id = await prepareReview(database, serviceManager, { month: '2026-03' });
    const point = (await entries(id)).find(({ decision }) => decision === null)!;
    const hold = async (attendees: string[]): Promise<string> => holdReview(database, serviceManager, { id, expectedVersion: await versionOf(id), attendees, minutes: 'Agreed.' });
    await expect(hold(['Wang'])).rejects.toMatchObject({ code: 'MISSING_FIELD', message: expect.stringContaining('1 of 3 points'), detail: { open: 1 } });
    const command = { id, expectedVersion: await versionOf(id), entryId: point.id, decision: 'none' as const };
    await expect(decideEntry(database, serviceManager, command)).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'reason' });
    await decideEntry(database, serviceManager, { ...command, reason: 'Once a quarter is fine' });
    await expect(hold([])).rejects.toMatchObject({ code: 'MISSING_FIELD', field: 'attendees' });
    await hold(['Wang', 'Li']);
    const frozen = await shown(id);
    await expect(prepareReview(database, serviceManager, { month: '2026-03' })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    await expect(decideEntry(database, serviceManager, { ...command, expectedVersion: await versionOf(id), reason: 'x' })).rejects.toMatchObject({ code: 'ALREADY_DONE', field: 'id' });
    await expect(hold(['Wang'])).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    expect(await shown(id)).toEqual(frozen);
  });
});
