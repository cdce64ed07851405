import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { start } from '../../server/src/features/change/change-implement.service.ts';
import { askApproval, plan } from '../../server/src/features/change/change-life.service.ts';
import { askOwners, assess, editPlan, stateOn, trim } from '../../server/src/features/change/change-plan.service.ts';
import { addNote } from '../../server/src/features/change/change-review.service.ts';
import { addTask, editTask, endTask, removeTask, sendTasks, startTask } from '../../server/src/features/change/change-task.service.ts';
import { ChangeTaskEntity, type ChangeTask } from '../../server/src/features/change/change-work.entity.ts';
import { workLogOf } from '../../server/src/features/ticket/ticket-history.service.ts';
import { ChangeStory, type ChangeInDatabase } from '../support/change-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

let story: ChangeStory;
beforeAll(async () => { story = await ChangeStory.start(); });
beforeEach(() => { story.at('2026-03-02 10:00'); });
afterAll(() => story.desk.open.close());

const tasksOf = ({ id }: ChangeInDatabase): Promise<ChangeTask[]> => story.database.em.find(ChangeTaskEntity, { ticketId: id }, { orderBy: { seq: 'asc' } });
const TIMES = { plannedStartAt: shanghai('2026-03-07 22:00'), plannedEndAt: shanghai('2026-03-07 23:00') };

describe('tasks', () => {
  test('CHG-07 sent out before the window, with planned and actual times of each', async () => {
    const change = await story.scheduled('general');
    await change.tell('owner', addTask, { title: 'Tell the users', implementerId: story.people.requester.id, ...TIMES });
    story.at('2026-03-07 21:59');
    expect(await change.refusal('implementer', start, {})).toContain('MOVE_NOT_ALLOWED: Its window has not begun');
    await change.tell('owner', sendTasks, {});
    story.at('2026-03-07 22:00');
    await change.tell('implementer', start, {});
    const [swap, tell] = await tasksOf(change);
    await change.tell('implementer', startTask, { taskId: swap!.id });
    story.at('2026-03-07 22:40');
    await change.tell('implementer', endTask, { taskId: swap!.id, done: true });
    expect(await change.refusal('requester', endTask, { taskId: tell!.id, done: false })).toBe('MISSING_FIELD: "remark" must be given: 1–2000 characters.');
    await change.tell('requester', endTask, { taskId: tell!.id, done: false, remark: 'Nobody answered.' });
    expect((await tasksOf(change)).map(({ title, sentAt, plannedStartAt, startedAt, endedAt, done }) => [title, inShanghai(sentAt), inShanghai(plannedStartAt), inShanghai(startedAt), inShanghai(endedAt), done])).toEqual([
      ['Swap the relay', '2026-03-02 10:00', '2026-03-07 22:00', '2026-03-07 22:00', '2026-03-07 22:40', true],
      ['Tell the users', '2026-03-07 21:59', '2026-03-07 22:00', '2026-03-07 22:40', '2026-03-07 22:40', false],
    ]);
  });

  test('CHG-07 not sent when the window has begun: the window is moved first', async () => {
    const change = await story.scheduled('general');
    await change.tell('owner', addTask, { title: 'Late idea', implementerId: story.people.implementer.id, ...TIMES });
    story.at('2026-03-07 22:00');
    expect(await change.refusal('owner', sendTasks, {})).toContain('MOVE_NOT_ALLOWED: Tasks go out before the window');
    expect(await change.refusal('implementer', start, {})).toBe('MISSING_FIELD: The task "Late idea" has not been sent to its implementer.');
  });

  test('CHG-07 a task that was changed must be sent again; one outside the fixed window is refused', async () => {
    const change = await story.scheduled('general');
    const [task] = await tasksOf(change);
    expect(task!.sentAt).not.toBeNull();
    expect(await change.refusal('owner', sendTasks, {})).toBe('ALREADY_DONE: Every task has been sent.');
    expect(await change.refusal('owner', editTask, { taskId: task!.id, plannedEndAt: shanghai('2026-03-08 02:01') })).toContain('OUT_OF_RANGE: A task lies inside the window');
    await change.tell('owner', editTask, { taskId: task!.id, plannedEndAt: shanghai('2026-03-08 02:00') });
    expect((await tasksOf(change))[0]?.sentAt).toBeNull();
    expect(await change.refusal('owner', addTask, { title: 'x', implementerId: story.people.implementer.id, plannedStartAt: TIMES.plannedEndAt, plannedEndAt: TIMES.plannedEndAt })).toContain('OUT_OF_RANGE: A task must end after it begins');
    await change.tell('owner', removeTask, { taskId: task!.id });
    expect(await tasksOf(change)).toEqual([]);
  });

  test('CHG-07 a stranger to the task neither starts nor ends it', async () => {
    const change = await story.started('general');
    const [task] = await tasksOf(change);
    expect(await change.refusal('requester', startTask, { taskId: task!.id })).toBe('FORBIDDEN: Only its implementer, the implementer or the owner of the change may do this.');
    expect(await change.refusal('auditor', startTask, { taskId: task!.id })).toContain('FORBIDDEN');
  });
});

describe('papers of the plan', () => {
  test('CHG-17 owners of the CIs are asked once each and say what they think; the assessment is made before and again after', async () => {
    const change = await story.accepted('general');
    await change.tell('owner', plan, {});
    expect(await change.refusal('owner', stateOn, { ciId: story.ciId, agrees: true, text: 'Fine.' })).toBe('MOVE_NOT_ALLOWED: Nobody has been asked.');
    await change.tell('owner', askOwners, {});
    expect(await change.refusal('owner', askOwners, {})).toBe('ALREADY_DONE: The owners of all its CIs have been asked.');
    await change.tell('configurationManager', stateOn, { ciId: story.ciId, agrees: false, text: 'Not on a Saturday.' });
    const rows = await story.database.em.execute<object[]>('select agrees, text, stated_by, requested_by from change_statement where ticket_id = ?', [change.id]);
    expect(rows).toEqual([{ agrees: false, text: 'Not on a Saturday.', stated_by: 'configurationManager', requested_by: 'owner' }]);
    const sections = [{ section: 'cost', text: 'None.' }];
    expect(await change.refusal('owner', assess, { phase: 'after', sections })).toBe('MOVE_NOT_ALLOWED: What it did is assessed after it was carried out.');
    expect(await change.refusal('owner', assess, { phase: 'before', sections: [...sections, ...sections] })).toBe('NOT_UNIQUE: Each section is given once.');
    expect(await change.refusal('owner', assess, { phase: 'before', sections: [{ section: 'mood', text: 'x' }] })).toContain('INVALID_INPUT: "section" must be one of capacity, availability, continuity, sla, cost');
    const done = await story.inReview('general');
    expect(await done.refusal('owner', assess, { phase: 'before', sections })).toBe('MOVE_NOT_ALLOWED: It was approved on this assessment; plan it anew to change it.');
    await done.tell('owner', assess, { phase: 'after', sections });
  });

  test('CHG-03 CHG-16 asking for approval names everything that the plan lacks at once; the change manager\'s trimming lets one field go', async () => {
    const change = await story.accepted('general');
    await change.tell('owner', plan, {});
    await change.writePlan();
    await change.tell('owner', editPlan, { testPlan: ' ', rollbackPlan: '' });
    expect(await change.refusal('owner', askApproval, {})).toBe('MISSING_FIELD: The plan lacks "test plan".');
    expect(await change.refusal('owner', trim, { field: 'testPlan', reason: 'Nothing to test.' })).toContain('FORBIDDEN');
    await change.tell('manager', trim, { field: 'testPlan', reason: 'Nothing to test.' });
    expect(await change.refusal('owner', askApproval, {})).toBe('MISSING_FIELD: The plan lacks "rollback plan".');
    await change.tell('implementer', editPlan, { rollbackPlan: 'Switch back.' });
    await change.tell('owner', askApproval, {});
    expect(await change.state()).toBe('approval');
    expect(await change.refusal('owner', editPlan, { rollbackPlan: 'Other' })).toBe('MOVE_NOT_ALLOWED: Not possible while the change is approval.');
  });

  test('ORG-03 notes are internal unless they are meant for the customer', async () => {
    const change = await story.inReview('general');
    await change.tell('implementer', addNote, { text: 'Between us.' });
    await change.tell('implementer', addNote, { text: 'For you.', customerVisible: true });
    const seenBy = async (actor: Parameters<typeof workLogOf>[1]) => (await workLogOf(story.database.em, actor, change.id)).map(({ text }) => text);
    expect(await seenBy(story.contact)).toEqual(['For you.']);
    expect((await seenBy(story.people.auditor)).toSorted()).toEqual(['Between us.', 'For you.']);
    expect(await change.refusal('auditor', addNote, { text: 'x' })).toContain('FORBIDDEN');
  });
});
