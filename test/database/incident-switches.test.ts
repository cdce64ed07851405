import { afterAll, describe, expect, test } from 'vitest';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { feedback, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { accept, close, propose, refuse } from '../../server/src/features/incident/incident-solve.service.ts';
import { log, take } from '../../server/src/features/incident/incident-work.service.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import type { Policies } from '../../server/src/features/service-level/service-level.rules.ts';
import { RosterShiftEntity, TeamEntity } from '../../server/src/features/team/team.entity.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { newId } from '../../server/src/platform/time/new-id.ts';
import { SEEDED_POLICIES } from '../../server/src/seed/policy-documents.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const acme = story.customer('Acme').agreement();
const versions = new Map<string, number>();

const setPolicy = async <K extends keyof Policies>(key: K, more: Partial<Policies[K]>): Promise<void> => {
  const expectedVersion = versions.get(key) ?? 1;
  await editPolicy(story.database, SYSTEM('admin'), { key, expectedVersion, body: { ...SEEDED_POLICIES[key], ...more } });
  versions.set(key, expectedVersion + 1);
};
/** Each switch is tried on a day of its own: of two versions the one with the later valid-from counts. */
const suspended = async (date: string): Promise<IncidentInDatabase> => {
  story.at(`${date} 10:00`);
  const told = await (await acme.incident({ level: 'LV2' })).tell('senior', take, {});
  story.at(`${date} 10:10`);
  return told.tell('senior', suspend, { category: 'awaiting-user', expectedEndAt: shanghai(`${date} 12:00`) });
};

describe('D-37 INC-08 switches of policy', () => {
  test('D-37 by policy the customer\'s word resumes at once, by whatever command it comes', async () => {
    await setPolicy('suspension', { resumeOnFeedback: true });
    const contact = story.contactOf(await acme.customerId());
    const mailed = await suspended('2026-03-02');
    story.at('2026-03-02 11:00');
    await mailed.tell(contact, feedback, { text: 'Yes', channel: 'email' });
    const logged = await suspended('2026-03-02');
    story.at('2026-03-02 11:00');
    await logged.tell(contact, log, { kind: 'note', text: 'Yes', customerVisible: true });
    for (const told of [mailed, logged]) {
      expect([(await told.facts()).state, inShanghai((await told.clock('response')).dueAt)]).toEqual(['in-progress', '2026-03-02 11:20']);
      expect((await told.events()).map(({ type }) => type).slice(-2)).toEqual(['incident.feedbackArrived', 'incident.resumed']);
    }
    await setPolicy('suspension', {});
  });

  test('INC-08 by policy it resumes at its expected end, however late the timer comes', async () => {
    story.at('2026-03-03 09:00');
    await setPolicy('suspension', { resumeAtExpectedEnd: true });
    const told = await suspended('2026-03-03');
    await told.look('2026-03-03 11:59:59.999');
    expect((await told.facts()).state).toBe('suspended');
    await told.look('2026-03-03 12:15');
    expect([(await told.facts()).state, inShanghai((await told.clock('response')).dueAt)]).toEqual(['in-progress', '2026-03-03 12:20']);
    expect((await told.events()).filter(({ type }) => type === 'suspension.overdue' || type === 'incident.resumed')).toHaveLength(2);
    await setPolicy('suspension', {});
  });

  test('D-03 by policy the wait for the customer counts', async () => {
    story.at('2026-03-04 10:00');
    await setPolicy('feedback', { awaitingFeedbackCounts: true });
    const told = await (await acme.incident({ level: 'LV1' })).tell('technicalManager', propose, { solution: 'x', causeClass: 'operation' });
    story.at('2026-03-04 19:00');
    await told.tell('desk', refuse, { reason: 'No' });
    expect([inShanghai((await told.clock('resolution')).breachedAt), inShanghai((await told.clock('resolution')).announcedAt)]).toEqual(['2026-03-04 18:00', '2026-03-04 19:00']);
    await setPolicy('feedback', {});
  });
});

describe('D-13 the desk when it is not staffed', () => {
  test('D-13 the person on call in the 7×24 team closes, from the first instant of the shift to before its end', async () => {
    const teamId = newId();
    await story.database.change(SYSTEM('story'), async ({ em }) => {
      em.create(TeamEntity, { id: teamId, key: 'duty', name: 'Duty', nameZh: '值班', line: 1, purpose: 'duty', leadId: null, active: true, version: 1 });
      await em.flush();
      em.create(RosterShiftEntity, { id: newId(), teamId, personId: story.people.colleague.id, startsAt: shanghai('2026-03-05 20:00'), endsAt: shanghai('2026-03-06 08:00'), leader: true });
    });
    const solved = async (): Promise<IncidentInDatabase> => {
      story.at('2026-03-05 10:00');
      const told = await (await acme.incident({ level: 'LV2' })).tell('senior', take, {});
      await told.tell('senior', propose, { solution: 'x', causeClass: 'operation' });
      return told.tell(story.contactOf(await acme.customerId()), accept, {});
    };
    for (const [local, allowed] of [['2026-03-05 19:59:59.999', false], ['2026-03-05 20:00', true], ['2026-03-06 07:59:59.999', true], ['2026-03-06 08:00', false]] as const) {
      const told = await solved();
      story.at(local);
      const closing = told.tell('colleague', close, { closureCode: 'successful' });
      if (allowed) expect((await (await closing).facts()).state).toBe('closed');
      else await expect(closing).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('SLA-06 bounds', () => {
  test('SLA-06 an escalation names at most 20 others, each in at most 200 characters', async () => {
    story.at('2026-03-05 10:00');
    const told = await acme.incident({ level: 'LV2' });
    const to = (count: number, length: number) => ({ step: 'manual' as const, reason: 'x', to: Array.from({ length: count }, () => 'n'.repeat(length)) });
    await expect(told.tell('desk', escalate, to(21, 5))).rejects.toMatchObject({ code: 'TOO_LARGE', field: 'to' });
    await expect(told.tell('desk', escalate, to(1, 201))).rejects.toMatchObject({ code: 'TOO_LARGE', field: 'to' });
    await told.tell('desk', escalate, to(20, 200));
  });
});

test('ORG-05 the trail holds', async () => {
  expect(await story.auditProblems()).toEqual([]);
});
