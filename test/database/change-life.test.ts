import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { close } from '../../server/src/features/change/change-review.service.ts';
import { ChangeStory } from '../support/change-story.ts';

let story: ChangeStory;
beforeAll(async () => { story = await ChangeStory.start(); });
afterAll(() => story.desk.open.close());

describe('the life of a change', () => {
  test('CHG-04 CHG-10 a major change goes from draft to closed with every approval and paper', async () => {
    story.at('2026-03-02 10:00');
    const change = await story.inReview('major');
    await change.writeUp();
    for (const paper of ['change-plan', 'implementation-application', 'completion-report']) await change.paper(paper);
    await change.tell('implementer', close, {});
    const [ticket, facts] = [await change.ticket(), await change.facts()];
    expect(ticket.title).toBe('【重大变更】Replace the mail relay');
    expect(ticket.number).toMatch(/^CHG-\d{7}$/);
    expect(facts.state).toBe('closed');
    expect(facts.outcome).toBe('successful');
    expect(ticket.closedAt).not.toBeNull();
    expect(await story.desk.auditProblems()).toEqual([]);
  });
});
